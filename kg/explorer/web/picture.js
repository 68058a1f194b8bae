'use strict';

// The picture. vis-network draws symbols and lines and tells what is clicked; names are drawn here, in the size of the screen,
// so that none overlaps another at any zoom, and so is the veil over what is not selected.

const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Segoe UI", system-ui, sans-serif';
const INK = '#1b2430', ACCENT = '#b4400a', LINE = 'rgba(84, 97, 115, .5)', FAINT = 'rgba(84, 97, 115, .13)';
const SIZE = 12, ROW = 15, WIDEST = 108, LONGEST = 16; // of a name: pixels, pixels, pixels, characters
const MOST_NAMES = 220, MOST_LINE_NAMES = 40;
const MANY_EDGES = 1500; // above this, lines are not drawn while the picture moves

const OPTIONS = {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, multiselect: false, zoomSpeed: 0.7 },
  nodes: { font: { size: 0 }, borderWidth: 1, borderWidthSelected: 2 },
  edges: { font: { size: 0 }, arrows: { to: { scaleFactor: 0.45 } }, width: 1, selectionWidth: 0.4, hoverWidth: 0.4 },
};

class Picture {
  // name(node), lineName(edge): what to write, in the language shown; chosen({node} | {edge} | {}): what was clicked.
  constructor(place, page, { name, lineName, chosen }) {
    const hubs = new Set(page.hubs);
    this.page = page;
    this.name = name;
    this.lineName = lineName;
    this.labels = []; // [left, top, right, bottom] of every name drawn last
    this.shown = { nodes: new Set(page.nodes.map((n) => n.id)), edges: new Set(page.edges.map((e) => e.id)) };
    this.focus = null;
    this.hovered = null;
    this.broken = new Map();
    this.degree = page.nodes.map(() => 0);
    for (const edge of page.edges) { this.degree[edge.from] += 1; this.degree[edge.to] += 1; }
    this.ranked = page.nodes.map((n) => n.id).sort((a, b) => this.degree[b] - this.degree[a] || a - b);
    this.nodes = new vis.DataSet(page.nodes.map((n) => ({ ...n, color: look(n.color) })));
    this.edges = new vis.DataSet(page.edges.map((e) => {
      const color = hubs.has(e.from) || hubs.has(e.to) ? FAINT : LINE;
      return { ...e, color: { color, highlight: ACCENT, hover: ACCENT } };
    }));
    const interaction = { ...OPTIONS.interaction, hideEdgesOnDrag: page.edges.length > MANY_EDGES, hideEdgesOnZoom: page.edges.length > MANY_EDGES };
    this.network = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, { ...OPTIONS, interaction });
    this.network.on('afterDrawing', (ctx) => this.draw(ctx));
    this.network.on('click', ({ nodes, edges }) => chosen(nodes.length ? { node: nodes[0] } : edges.length ? { edge: edges[0] } : {}));
    this.network.on('hoverNode', ({ node }) => { this.hovered = { node }; });
    this.network.on('hoverEdge', ({ edge }) => { this.hovered = { edge }; });
    for (const left of ['blurNode', 'blurEdge']) this.network.on(left, () => { this.hovered = null; });
  }

  // Show exactly these nodes and edges (sets of ids).
  show(nodes, edges) {
    for (const [all, before, now] of [[this.nodes, this.shown.nodes, nodes], [this.edges, this.shown.edges, edges]]) {
      all.update(all.getIds().filter((id) => before.has(id) !== now.has(id)).map((id) => ({ id, hidden: !now.has(id) })));
    }
    this.shown = { nodes, edges };
  }

  // Put a node with its neighbours, or an edge with its ends, before a veil; with neither, take the veil away.
  select({ node, edge }) {
    this.network.unselectAll();
    this.focus = null;
    if (node !== undefined && this.shown.nodes.has(node)) {
      const edges = this.page.edges.filter((e) => this.shown.edges.has(e.id) && (e.from === node || e.to === node));
      this.focus = { first: node, nodes: new Set([node, ...edges.flatMap((e) => [e.from, e.to])]), edges: new Set(edges.map((e) => e.id)) };
      this.network.selectNodes([node]);
    } else if (edge !== undefined && this.shown.edges.has(edge)) {
      const { from, to } = this.page.edges[edge];
      this.focus = { first: null, nodes: new Set([from, to]), edges: new Set([edge]) };
      this.network.selectEdges([edge]);
    }
    this.network.redraw();
  }

  // All that is shown, or what is selected, as large as it fits.
  fit(selected = false) {
    const nodes = [...(selected && this.focus ? this.focus.nodes : this.shown.nodes)];
    if (nodes.length) this.network.fit({ nodes, maxZoomLevel: 1.3, animation: false });
    this.network.moveTo({ scale: this.network.getScale() * 0.96, offset: { x: 0, y: -6 }, animation: false });
  }

  refresh() {
    this.broken.clear();
    this.network.redraw();
  }

  // Where a node or the middle of an edge is, in pixels of the canvas.
  at({ node, edge }) {
    const { body } = this.network;
    return this.network.canvasToDOM(node === undefined ? body.edges[edge].edgeType.getPoint(0.5) : body.nodes[node]);
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
      onScreen(() => { ctx.fillStyle = 'rgba(255, 255, 255, .8)'; ctx.fillRect(0, 0, width, height); });
      for (const id of this.focus.edges) { body.edges[id].draw(ctx); body.edges[id].drawArrows(ctx); }
      for (const id of this.focus.nodes) body.nodes[id].draw(ctx);
    }
    onScreen(() => this.write(ctx, width, height));
  }

  // Names, the most important first, each where it covers no other name and no symbol; what does not fit is left out.
  write(ctx, width, height) {
    const scale = this.network.getScale(), over = this.hovered || {};
    const inPlay = this.ranked.filter((id) => this.shown.nodes.has(id) && (!this.focus || this.focus.nodes.has(id) || id === over.node));
    const first = inPlay.filter((id) => id === over.node || id === this.focus?.first);
    const taken = new Boxes();
    const spots = new Map();
    for (const id of inPlay) {
      const { x, y } = this.at({ node: id }), r = this.page.nodes[id].size * scale;
      if (x < -WIDEST || y < -ROW || x > width + WIDEST || y > height + ROW) continue;
      spots.set(id, [x, y, r]);
      taken.add([x - r, y - r, x + r, y + r], id);
    }
    this.labels = [];
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    for (const id of [...first, ...inPlay.filter((n) => !first.includes(n))]) {
      if (this.labels.length >= MOST_NAMES || !spots.has(id)) continue;
      const strong = first.includes(id) || this.page.hubs.includes(id);
      this.put(ctx, taken, this.rows(ctx, this.name(this.page.nodes[id]), strong), spots.get(id), id, strong ? 'bold' : 'normal', INK);
    }
    const lines = this.focus && this.focus.edges.size <= MOST_LINE_NAMES ? [...this.focus.edges] : [];
    if (over.edge !== undefined && this.shown.edges.has(over.edge)) lines.unshift(over.edge);
    for (const id of new Set(lines)) {
      const { x, y } = this.at({ edge: id });
      this.put(ctx, taken, this.rows(ctx, this.lineName(this.page.edges[id]), false), [x, y, null], null, 'normal', ACCENT);
    }
  }

  put(ctx, taken, { rows, width }, [x, y, r], id, weight, color) {
    const w = width / 2 + 2, h = (rows.length * ROW) / 2;
    const centres = r === null ? [[x, y]] : [[x, y + r + h + 1], [x, y - r - h - 1], [x + r + w + 2, y], [x - r - w - 2, y]];
    const inside = ([left, top, right, bottom]) => left >= 0 && top >= 0 && right <= ctx.canvas.clientWidth && bottom <= ctx.canvas.clientHeight;
    const fits = ([cx, cy], box = [cx - w, cy - h, cx + w, cy + h]) => inside(box) && taken.free(box, id);
    const centre = centres.find((spot) => fits(spot));
    if (!centre) return;
    const [cx, cy] = centre, box = [cx - w, cy - h, cx + w, cy + h];
    taken.add(box);
    this.labels.push(box);
    ctx.font = `${weight} ${SIZE}px ${FONT}`;
    ctx.lineWidth = 3;
    ctx.strokeStyle = 'rgba(255, 255, 255, .9)';
    ctx.fillStyle = color;
    rows.forEach((row, i) => {
      const line = cy - h + ROW * (i + 0.5);
      ctx.strokeText(row, cx, line);
      ctx.fillText(row, cx, line);
    });
  }

  // A name broken into two rows at most; one that is still too long ends in "…".
  rows(ctx, text, strong) {
    const key = `${strong}${text}`;
    if (this.broken.has(key)) return this.broken.get(key);
    ctx.font = `${strong ? 'bold' : 'normal'} ${SIZE}px ${FONT}`;
    const wide = (row) => ctx.measureText(row).width;
    const pieces = shortened(text.replace(/\s+/gu, ' ').trim()).match(/[\p{L}\p{N}\p{M}'’.-]+?(?=[\u2e80-\uffff]|[^\p{L}\p{N}\p{M}'’.-]|$)|./gsu) || [];
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

function look(color) {
  const dark = { background: color, border: INK };
  return { background: color, border: '#fff', highlight: dark, hover: dark };
}

// Rectangles that must not overlap, in cells so that thousands are cheap.
class Boxes {
  constructor() { this.cells = new Map(); }

  * keys([left, top, right, bottom]) {
    for (let i = Math.floor(left / 64); i <= Math.floor(right / 64); i += 1) {
      for (let j = Math.floor(top / 64); j <= Math.floor(bottom / 64); j += 1) yield i * 4096 + j;
    }
  }

  add(box, owner = null) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, owner]);
    }
  }

  // Whether nothing but the owner's own symbol is under this box.
  free(box, owner) {
    for (const key of this.keys(box)) {
      for (const [other, whose] of this.cells.get(key) || []) {
        const apart = box[0] >= other[2] || box[2] <= other[0] || box[1] >= other[3] || box[3] <= other[1];
        if (!apart && (whose === null || whose !== owner)) return false;
      }
    }
    return true;
  }
}
