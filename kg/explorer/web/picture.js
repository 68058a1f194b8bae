// The picture. vis-network draws symbols and lines and tells what is clicked; names are drawn here, in the size of the screen,
// so that none overlaps another at any zoom, and so is the veil over what is not selected.

import { DataSet } from 'vis-data/esnext';
import { Network } from 'vis-network/esnext';

import { Boxes } from './boxes.js';
import { facts as allFacts, hubs } from './data.js';
import { ranked } from './find.js';
import { state } from './state.js';
import { brief, label, tint } from './words.js';

const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Segoe UI", system-ui, sans-serif';
const SIZE = 12, ROW = 15, WIDEST = 108, LONGEST = 16; // of a name: pixels, pixels, pixels, characters
const BRIEF = [LONGEST, 10]; // the same of what a short name is sought for, by language: English ones break only between words
const MOST_NAMES = 220, MOST_LINE_NAMES = 40;
const MANY_LINES = 1500; // above this, lines are not drawn while the picture moves
const BEND = 0.16; // how much further each of several lines between the same two things is bent

const OPTIONS = {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, multiselect: false, zoomSpeed: 0.7, keyboard: false },
  nodes: { font: { size: 0 }, borderWidth: 1, borderWidthSelected: 2 },
  edges: { font: { size: 0 }, arrows: { to: { scaleFactor: 0.45 } }, width: 1, selectionWidth: 0.4, hoverWidth: 0.4 },
};

// Of a thing's symbol, in pixels, as kg/explorer/page.py reckons with it.
function radius(thing) { return hubs.has(thing.id) ? 20 : Math.min(5 + 1.8 * Math.sqrt(thing.facts.length), 14); }

export class Picture {
  // chosen({thing} | {fact} | {}): what was clicked.
  constructor(place, chosen) {
    this.place = place;
    this.labels = []; // of every name drawn last: {box: [left, top, right, bottom], rows, x, y, strong, line}
    this.shown = { things: new Set(), facts: new Set() };
    this.spots = new Map();
    this.titles = [];
    this.focus = null;
    this.hovered = null;
    this.moved = false; // since it was fitted to its place
    this.broken = new Map();
    this.nodes = new DataSet();
    this.edges = new DataSet();
    this.read();
    const many = allFacts.length > MANY_LINES;
    this.network = new Network(place, { nodes: this.nodes, edges: this.edges }, { ...OPTIONS, interaction: { ...OPTIONS.interaction, hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
    place.firstElementChild.tabIndex = -1; // the keyboard comes to the place itself, which has a name
    this.network.on('afterDrawing', (ctx) => this.draw(ctx));
    this.network.on('click', ({ nodes, edges }) => chosen(nodes.length ? { thing: nodes[0] } : edges.length ? { fact: edges[0] } : {}));
    this.network.on('hoverNode', ({ node }) => { this.hovered = { thing: node }; });
    this.network.on('hoverEdge', ({ edge }) => { this.hovered = { fact: edge }; });
    this.network.on('dragStart', ({ nodes }) => { this.dragged = !nodes.length; });
    this.network.on('dragEnd', () => { this.dragged = false; this.network.redraw(); });
    for (const moved of ['zoom', 'dragEnd']) this.network.on(moved, () => { this.moved = true; });
    this.network.on('resize', () => queueMicrotask(() => { if (!this.moved) this.fit(); })); // until somebody moves it, it fits its place
    for (const left of ['blurNode', 'blurEdge']) this.network.on(left, () => { this.hovered = null; });
  }

  // In columns symbols are no higher than a row.
  radius(thing) { return this.lane ? Math.min(6.5, radius(thing)) : radius(thing); }

  // The colours of the page's style.
  read() {
    const style = getComputedStyle(document.documentElement);
    this.colors = Object.fromEntries(['ink', 'accent', 'line-of', 'faint-line', 'halo', 'veil', 'page'].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  node(thing) {
    const { ink, page } = this.colors, background = tint(thing.kind), strong = { background, border: ink };
    return { id: thing.id, shape: thing.kind.shape, size: radius(thing), x: 0, y: 0, color: { background, border: page, highlight: strong, hover: strong } };
  }

  edge(fact) {
    const { accent } = this.colors, faint = hubs.has(fact.from.id) || hubs.has(fact.to.id);
    const between = fact.from.facts.filter(({ from, to }) => (from === fact.to && to === fact.from) || (from === fact.from && to === fact.to));
    const nth = between.indexOf(fact), turned = fact.from.id > fact.to.id;
    return {
      id: fact.id, from: fact.from.id, to: fact.to.id, dashes: fact.status === 'planned', arrows: fact.relation.symmetric ? '' : 'to',
      color: { color: this.colors[faint ? 'faint-line' : 'line-of'], highlight: accent, hover: accent },
      smooth: nth > 0 && { enabled: true, type: (nth % 2 === 1) !== turned ? 'curvedCW' : 'curvedCCW', roundness: BEND * Math.ceil(nth / 2) },
    };
  }

  // Show exactly these, at these spots. What was never shown is made; all else is done on what vis-network has made, as an update of
  // its data takes a hundred times as long.
  show(things, facts, { spots, titles, lane }) {
    this.nodes.add([...things].filter(({ id }) => !this.nodes.get(id)).map((thing) => this.node(thing)));
    this.edges.add(facts.filter(({ id }) => !this.edges.get(id)).map((fact) => this.edge(fact)));
    Object.assign(this, { spots, titles, lane, shown: { things, facts: new Set(facts) } });
    const { nodes, edges } = this.network.body;
    const seen = [new Set([...things].map(({ id }) => id)), new Set(facts.map(({ id }) => id))];
    [nodes, edges].forEach((all, i) => { for (const one of Object.values(all)) one.options.hidden = !seen[i].has(one.id); });
    for (const [thing, [x, y]] of spots) {
      const node = nodes[thing.id];
      Object.assign(node, { x, y });
      node.options.size = this.radius(thing);
      node.shape.refreshNeeded = true;
    }
    this.network.body.emitter.emit('_dataChanged');
    this.hovered = null;
  }

  // Put these before a veil; first: the one whose name comes before all others. null takes the veil away.
  select(focus) {
    this.network.unselectAll();
    this.focus = focus;
    if (focus?.first) this.network.selectNodes([focus.first.id]);
    else if (focus?.facts.length === 1) this.network.selectEdges([focus.facts[0].id]);
    this.network.body.emitter.emit('_requestRedraw'); // at the next frame, once for all that has changed
  }

  // All that is shown, or what is selected, as large as it fits.
  fit(selected = false) {
    const nodes = [...(selected && this.focus ? this.focus.things : this.shown.things)].map(({ id }) => id);
    if (!nodes.length) return;
    this.moved = selected;
    this.network.fit({ nodes, maxZoomLevel: 1.3, animation: false });
    if (this.lane && !selected) this.network.moveTo({ position: { x: this.place.clientWidth / 2, y: this.place.clientHeight / 2 }, scale: this.place.clientWidth / this.lane.whole, animation: false });
    else this.network.moveTo({ scale: this.network.getScale() * 0.96, offset: { x: 0, y: -6 }, animation: false });
  }

  // Draw anew, after another language, theme or size.
  refresh() {
    this.broken.clear();
    const before = this.colors.page;
    this.read();
    if (before !== this.colors.page) {
      this.nodes.update([...this.shown.things].map((thing) => { const { id, color } = this.node(thing); return { id, color }; }));
      this.edges.update([...this.shown.facts].map((fact) => { const { id, color } = this.edge(fact); return { id, color }; }));
    }
    this.network.redraw();
  }

  // Where a thing, or the middle of a fact's line, is, in pixels of the canvas.
  at({ thing, fact }) {
    const { body } = this.network;
    return this.network.canvasToDOM(thing ? body.nodes[thing.id] : body.edges[fact.id].edgeType.getPoint(0.5));
  }

  draw(ctx) {
    const { body } = this.network, ratio = this.network.canvas.pixelRatio;
    const onScreen = (paint) => {
      ctx.save();
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      paint();
      ctx.restore();
    };
    const { clientWidth: width, clientHeight: height } = ctx.canvas;
    if (this.focus) {
      onScreen(() => { ctx.fillStyle = this.colors.veil; ctx.fillRect(0, 0, width, height); });
      for (const { id } of this.focus.facts) { body.edges[id].draw(ctx); body.edges[id].drawArrows(ctx); }
      for (const { id } of this.focus.things) body.nodes[id].draw(ctx);
    }
    const { translation: { x, y }, scale } = body.view, last = this.written;
    onScreen(() => (this.dragged && last?.scale === scale ? this.shift(ctx, x - last.x, y - last.y) : this.write(ctx, width, height)));
    this.written = { x, y, scale };
  }

  // Names, the most important first, each where it covers no other name and no symbol; what does not fit is left out.
  write(ctx, width, height) {
    const scale = this.network.getScale(), over = this.hovered || {}, { things, facts } = this.shown;
    const inPlay = ranked.filter((thing) => things.has(thing) && (!this.focus || this.focus.things.has(thing) || thing.id === over.thing));
    const first = inPlay.filter((thing) => thing.id === over.thing || thing === this.focus?.first);
    const taken = new Boxes(), spots = new Map();
    const { body } = this.network, { x: left, y: top } = body.view.translation;
    for (const thing of inPlay) {
      const node = body.nodes[thing.id], x = node.x * scale + left, y = node.y * scale + top, r = this.radius(thing) * scale;
      if (x < -WIDEST || y < -ROW || x > width + WIDEST || y > height + ROW) continue;
      spots.set(thing, [x, y, r]);
      taken.add([x - r, y - r, x + r, y + r], thing);
    }
    this.labels = [];
    this.size = { width, height }; // asked for at every name, it would be measured anew each time
    Object.assign(ctx, this.pen());
    for (const { x, y, text } of this.titles) {
      const at = this.network.canvasToDOM({ x, y });
      this.put(ctx, taken, { rows: [text], width: this.measure(ctx, text, true) }, [at.x + this.measure(ctx, text, true) / 2 - 6, at.y, null], null, { strong: true });
    }
    for (const thing of [...first, ...inPlay.filter((one) => !first.includes(one))]) {
      if (this.labels.length >= MOST_NAMES || !spots.has(thing)) continue;
      const strong = first.includes(thing) || hubs.has(thing.id);
      this.put(ctx, taken, this.rows(ctx, brief(thing, this.lane ? (this.lane.width * scale) / SIZE : BRIEF[state.language]), strong), spots.get(thing), thing, { strong });
    }
    const lines = this.focus && this.focus.facts.length <= MOST_LINE_NAMES ? [...this.focus.facts] : [];
    const hovered = over.fact !== undefined && allFacts[over.fact];
    if (hovered && facts.has(hovered)) lines.unshift(hovered);
    for (const fact of new Set(lines)) {
      const { x, y } = this.at({ fact });
      this.put(ctx, taken, this.rows(ctx, label(fact.relation), false), [x, y, null], null, { line: true });
    }
  }

  put(ctx, taken, { rows, width }, [x, y, r], owner, { strong = false, line = false }) {
    const w = width / 2 + 2, h = (rows.length * ROW) / 2;
    const right = [x + r + w + 2, y], below = [x, y + r + h + 1];
    const centres = r === null ? [[x, y]] : this.lane ? [right] : [below, [x, y - r - h - 1], right, [x - r - w - 2, y]];
    const box = ([cx, cy]) => [cx - w, cy - h, cx + w, cy + h];
    const inside = ([left, top, to, bottom]) => left >= 0 && top >= 0 && to <= this.size.width && bottom <= this.size.height;
    const centre = centres.find((spot) => inside(box(spot)) && taken.free(box(spot), owner));
    if (!centre) return;
    const [cx, cy] = centre;
    taken.add(box(centre));
    const label = { box: box(centre), rows, x: cx, y: cy, strong, line };
    this.labels.push(label);
    this.letter(ctx, label);
  }

  // While the picture is dragged its names move along: to find places for them again in each frame would take too long where things are many.
  shift(ctx, dx, dy) {
    Object.assign(ctx, this.pen());
    this.labels = this.labels.map((label) => ({ ...label, x: label.x + dx, y: label.y + dy, box: label.box.map((side, i) => side + (i % 2 ? dy : dx)) }));
    for (const label of this.labels) this.letter(ctx, label);
  }

  pen() { return { textBaseline: 'middle', lineJoin: 'round', lineWidth: 3, strokeStyle: this.colors.halo }; }

  letter(ctx, { rows, x, y, strong, line }) {
    Object.assign(ctx, { font: font(strong), textAlign: 'center', fillStyle: this.colors[line ? 'accent' : 'ink'] });
    rows.forEach((text, i) => {
      const middle = y + ROW * (i + 0.5 - rows.length / 2);
      ctx.strokeText(text, x, middle);
      ctx.fillText(text, x, middle);
    });
  }

  measure(ctx, text, strong) {
    ctx.font = font(strong);
    return ctx.measureText(text).width;
  }

  // A name broken into two rows at most; one that is still too long ends in "…". In columns: one row, as long as a lane is wide.
  rows(ctx, text, strong) {
    const room = this.lane ? Math.round(this.lane.width * this.network.getScale()) : 0, key = `${strong}${room}${text}`;
    if (this.broken.has(key)) return this.broken.get(key);
    const wide = (row) => this.measure(ctx, row, strong);
    if (room) {
      let row = text;
      while (row.length > 2 && wide(row) > room) row = `${row.replace(/…$/u, '').slice(0, -1)}…`;
      this.broken.set(key, { rows: [row], width: wide(row) });
      return this.broken.get(key);
    }
    const short = shortened(text.replace(/\s+/gu, ' ').trim());
    const pieces = short.match(/[\p{L}\p{N}\p{M}'’.-]+?(?=[\u2e80-\uffff]|[^\p{L}\p{N}\p{M}'’.-]|$)|./gsu) || [];
    const rows = [''], whole = wide(text);
    const limits = [whole <= WIDEST ? WIDEST : Math.min(WIDEST, whole / 2 + SIZE), WIDEST + SIZE]; // two rows of about the same width
    for (const piece of pieces) {
      const last = rows.length - 1;
      const stays = /^[\u3001\u3002\uff0c\uff1a\uff1b)\uff09\u300b\u201d]/u.test(piece); // no row begins with these
      if (!rows[last] || stays || wide(rows[last] + piece) <= limits[last]) rows[last] += piece;
      else if (rows.length < 2) rows.push(piece.trim());
      else { rows[last] = `${rows[last].replace(/…$/u, '')}…`; break; }
    }
    const found = { rows, width: Math.max(...rows.map(wide)) };
    this.broken.set(key, found);
    return found;
  }
}

export function font(strong) { return `${strong ? 'bold' : 'normal'} ${SIZE}px ${FONT}`; }

// At most LONGEST wide characters, or twice as many narrow ones.
function shortened(text) {
  let room = LONGEST, kept = '';
  for (const character of text) {
    room -= character < '\u2e80' ? 0.5 : 1;
    if (room < 0) return `${kept}…`;
    kept += character;
  }
  return text;
}
