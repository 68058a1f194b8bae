// The picture as SVG, with a legend and its source below: vis-network draws symbols and lines on a pen that writes paths instead of
// on a canvas, and names stand where the picture has put them.

import { choices } from './choose.js';
import { page } from './data.js';
import { font } from './picture.js';
import { called, corners, id, label, say, svg, tint } from './words.js';

const EDGE = 14, LINE = 22, SYMBOL = 19, APART = 16; // of the legend, in pixels
const BASE = 4.4; // from the middle of a line of text down to where its letters stand
const SOURCES = 3; // reports that are named

const short = (number) => Math.round(number * 100) / 100;

// What vis-network needs of a canvas. Each path is filled, stroked or both.
class Pen {
  constructor() { this.dashes = []; }
  on(place) { this.place = place; return this; }
  beginPath() { this.path = ''; this.filled = null; }
  add(letter, ...numbers) { this.path += letter + numbers.map(short).join(' '); }
  moveTo(x, y) { this.add('M', x, y); }
  lineTo(x, y) { this.add(this.path ? 'L' : 'M', x, y); }
  quadraticCurveTo(...points) { this.add('Q', ...points); }
  bezierCurveTo(...points) { this.add('C', ...points); }
  arc(x, y, r) { this.add('M', x - r, y); for (const way of [r, -r]) this.add('a', r, r, 0, 1, 1, 2 * way, 0); }
  rect(x, y, w, h) { this.add('M', x, y); this.add('h', w); this.add('v', h); this.add('h', -w); this.add('z'); }
  closePath() { this.add('z'); }
  setLineDash(dashes) { this.dashes = dashes.filter(Boolean); }
  save() {}
  restore() {}
  fill() { this.filled = svg('path', { d: this.path, ...paint('fill', this.fillStyle) }); this.place.append(this.filled); }
  stroke() {
    const line = this.filled || svg('path', { d: this.path, fill: 'none', 'stroke-dasharray': this.dashes.join(' ') || null });
    for (const [name, value] of Object.entries({ ...paint('stroke', this.strokeStyle), 'stroke-width': short(this.lineWidth) })) line.setAttribute(name, value);
    this.place.append(line);
  }
}

// Not every program that reads SVG knows colours one can see through.
function paint(name, color) {
  const [, solid, share] = /^rgba\((.*),\s*([\d.]+)\)$/u.exec(color) || [];
  return solid ? { [name]: `rgb(${solid})`, [`${name}-opacity`]: Number(share) } : { [name]: color };
}

export function drawing(picture) {
  const { network, colors, focus, shown, labels } = picture, { nodes, edges } = network.body, canvas = network.canvas.getContext();
  const { clientWidth: width, clientHeight: height } = canvas.canvas, { x, y } = network.canvasToDOM({ x: 0, y: 0 }), pen = new Pen();
  const layer = ({ things, facts }) => svg('g', { transform: `translate(${short(x)} ${short(y)}) scale(${network.getScale()})` },
    [...facts].map((fact) => drawn(edges[fact.id], `${called(fact.from)} – ${label(fact.relation)} – ${called(fact.to)}`)), [...things].map((thing) => drawn(nodes[thing.id], called(thing))));

  function drawn(one, title) {
    const place = svg('g', {}, svg('title', {}, title));
    one.draw(pen.on(place));
    one.drawArrows?.(pen);
    return place;
  }

  const wide = (text) => picture.measure(canvas, text, false);
  const legend = flow([
    ...choices.kinds.filter((kind) => [...shown.things].some((thing) => thing.kind === kind)).map((kind) => ({ kind, text: label(kind) })),
    ...[[({ status }) => status === 'planned', 'planned'], [({ relation }) => relation.symmetric, 'parallel']].filter(([is]) => [...shown.facts].some(is)).map(([, key]) => ({ text: say(key) })),
  ], (item) => wide(item.text) + (item.kind ? SYMBOL : 0), width, height + EDGE + 6);
  const source = broken([say('source', { source: sources() }), id('status').textContent], (row) => wide(row) <= width - 2 * EDGE), below = legend.bottom + 6;
  const full = below + source.length * (LINE - 4) + EDGE;

  return svg('svg', { width, height: full, viewBox: `0 0 ${width} ${full}`, lang: document.documentElement.lang, role: 'img', 'aria-label': document.title, 'font-family': font(false).replace(/^.*?px /u, ''), 'font-size': 12, fill: colors.ink },
    svg('rect', { width, height: full, fill: colors.page }),
    svg('svg', { width, height, overflow: 'hidden' },
      layer(shown),
      ...(focus ? [svg('rect', { width, height, ...paint('fill', colors.veil) }), layer(focus)] : []),
      svg('g', { 'text-anchor': 'middle', ...paint('stroke', colors.halo), 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }, labels.flatMap(named))),
    svg('path', { d: `M0 ${height + 0.5}h${width}`, ...paint('stroke', colors['line-of']) }),
    legend.placed.flatMap(({ kind, text, at }) => [
      kind && svg('g', { transform: `translate(${short(at[0])} ${at[1] - 8})` }, mark(kind)),
      svg('text', { x: short(at[0]) + (kind ? SYMBOL : 0), y: at[1] + BASE }, text),
    ]),
    source.map((row, i) => svg('text', { x: EDGE, y: below + i * (LINE - 4) + BASE }, row)));

  function named({ rows, x: middle, box: [, top, , bottom], strong, line }) {
    return rows.map((text, i) => svg('text', { x: short(middle), y: short(top + ((bottom - top) * (i + 0.5)) / rows.length + BASE), 'font-weight': strong ? 'bold' : null, fill: line ? colors.accent : null }, text));
  }
}

function mark(kind) {
  const points = corners(kind.shape);
  return points ? svg('polygon', { points: points.map((point) => point.map(short).join()).join(' '), fill: tint(kind) }) : svg('circle', { cx: 8, cy: 8, r: 6.5, fill: tint(kind) });
}

// The reports that the page is of, as one cites them.
function sources() {
  const named = page.reports.slice(0, SOURCES).map(({ title, symbol }) => (symbol === title ? title : `${title} (${symbol})`));
  return [...named, ...(page.reports.length > SOURCES ? ['…'] : [])].join(' · ') || document.title;
}

// Items one after the other, in rows no longer than the picture is wide.
function flow(items, long, width, top) {
  let x = EDGE, y = top;
  const placed = items.map((item) => {
    if (x > EDGE && x + long(item) > width - EDGE) { x = EDGE; y += LINE; }
    const at = [x, y];
    x += long(item) + APART;
    return { ...item, at };
  });
  return { placed, bottom: y + LINE };
}

// Texts as rows that fit, each text from a new row; Latin words are not broken.
function broken(texts, fits) {
  return texts.flatMap((text) => {
    const rows = [''];
    for (const piece of text.match(/[!-\u02ff]+ ?|./gsu) || []) {
      if (rows.at(-1) && !fits(rows.at(-1) + piece.trimEnd())) rows.push('');
      rows[rows.length - 1] += piece;
    }
    return rows;
  });
}
