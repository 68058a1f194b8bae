// What is said of a selection: the sentences of the report, each once, with every fact read from it. Text enters the page as text only.

const SVG = 'http://www.w3.org/2000/svg';

// An element with attributes, listeners (functions) and children (nodes, or strings as text).
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// The symbol of a class, as vis-network draws it.
function symbol({ shape, color }) {
  const around = (n, turn, radius = () => 7) => [...Array(n).keys()]
    .map((i) => [8 + radius(i) * Math.sin((2 * Math.PI * i) / n + turn), 8 - radius(i) * Math.cos((2 * Math.PI * i) / n + turn)]);
  const corners = {
    square: () => [[2, 2], [14, 2], [14, 14], [2, 14]],
    diamond: () => around(4, 0),
    triangle: () => [[8, 1.5], [15, 13.5], [1, 13.5]],
    triangleDown: () => [[8, 14.5], [15, 2.5], [1, 2.5]],
    hexagon: () => around(6, Math.PI / 6),
    star: () => around(10, 0, (i) => (i % 2 ? 3.4 : 7.6)),
  }[shape];
  const made = document.createElementNS(SVG, 'svg');
  made.setAttribute('viewBox', '0 0 16 16');
  made.setAttribute('aria-hidden', 'true');
  const drawn = document.createElementNS(SVG, corners ? 'polygon' : 'circle');
  const geometry = corners ? { points: corners().map((p) => p.map((v) => v.toFixed(1)).join()).join(' ') } : { cx: 8, cy: 8, r: 6.5 };
  for (const [name, value] of Object.entries({ ...geometry, fill: color })) drawn.setAttribute(name, value);
  made.append(drawn);
  return made;
}

class Panel {
  // view: the language shown, names and what to do on a click; see View.
  constructor(place, reader, page, view) {
    Object.assign(this, { place, reader, page, view });
    this.characters = page.paragraphs.map(() => null);
    reader.addEventListener('click', (event) => { if (event.target === reader) reader.close(); });
  }

  showStart() {
    const { page, view } = this;
    const most = [...view.picture.ranked].slice(0, 12);
    this.fill(
      ...page.reports.map(({ title, symbol: cited }) => el('div', { class: 'report', lang: 'zh' }, el('strong', {}, title), cited === title ? null : el('span', {}, cited))),
      el('p', {}, view.text('start')),
      el('p', { class: 'quiet' }, view.text('start_keys')),
      el('h2', {}, view.text('most')),
      el('ul', { class: 'most' }, ...most.map((id) => el('li', {}, this.thing(id), el('span', { class: 'count' }, String(view.picture.degree[id]))))),
    );
  }

  showNode(id) {
    const { page, view } = this, node = page.nodes[id], kind = page.kinds[node.kind];
    const all = page.edges.filter((edge) => edge.from === id || edge.to === id);
    const facts = all.filter((edge) => view.picture.shown.edges.has(edge.id));
    const passages = this.passages(facts);
    const other = [view.language ? node.label : node.en, ...node.names].filter((name) => name && name !== view.name(node));
    this.fill(
      el('div', { class: 'head' }, symbol(kind), el('h2', {}, view.name(node)), el('span', { class: 'kind' }, kind.label[view.language])),
      other.length ? el('p', { class: 'quiet names' }, view.text('names', { names: other.join(' · ') })) : null,
      el('p', { class: 'quiet' }, view.text('facts', { count: facts.length, sentences: passages.length })),
      all.length > facts.length ? el('p', { class: 'quiet' }, view.text('filtered', { count: all.length - facts.length })) : null,
      ...passages.map((passage) => this.card(passage, [id])),
    );
  }

  showEdge(id) {
    const edge = this.page.edges[id];
    const passages = this.passages([edge]).map((passage) => ({ ...passage, facts: this.saidIn(passage, edge) }));
    this.fill(
      el('div', { class: 'head' }, el('h2', {}, ...this.sentence(edge))),
      ...passages.map((passage) => this.card(passage, [edge.from, edge.to], edge)),
    );
  }

  // The stretches of text these facts are read from, in reading order: {paragraph, start, end, facts: [[edge, evidence], …]}.
  passages(edges) {
    const found = new Map();
    for (const edge of edges) {
      for (const evidence of edge.evidence) {
        const [paragraph, start, end] = evidence, key = `${paragraph} ${start} ${end}`;
        if (!found.has(key)) found.set(key, { paragraph, start, end, facts: [] });
        found.get(key).facts.push([edge, evidence]);
      }
    }
    return [...found.values()].sort((a, b) => a.paragraph - b.paragraph || a.start - b.start || a.end - b.end);
  }

  // Every fact of the same stretch of text, that of the edge first.
  saidIn({ paragraph, start, end }, first) {
    const facts = this.page.edges.flatMap((edge) => edge.evidence.map((evidence) => [edge, evidence]));
    return facts
      .filter(([, [p, s, e]]) => p === paragraph && s === start && e === end)
      .sort(([a], [b]) => (b === first) - (a === first) || a.id - b.id);
  }

  card({ paragraph, start, end, facts }, strong, chosen = null) {
    const { view } = this, { section } = this.page.paragraphs[paragraph];
    const ends = new Map(facts.flatMap(([edge, evidence]) => [[edge.from, evidence[4]], [edge.to, evidence[5]]]));
    const quote = el('blockquote', { lang: 'zh' }, ...this.marked(paragraph, start, end, ends, strong));
    const list = el('ul', { class: 'facts' }, ...facts.map(([edge, evidence]) => this.fact(edge, evidence, quote, edge === chosen)));
    return el(
      'article', { class: 'card' },
      el('header', {},
        el('button', { type: 'button', class: 'paragraph', title: view.text('read', { place: this.called(paragraph) }), click: () => this.read(paragraph, start, end) }, this.called(paragraph)),
        el('span', { class: 'section', lang: 'zh', title: section }, section),
        el('button', { type: 'button', class: 'copy', click: () => view.copy(this.citation(paragraph)) }, view.text('copy'))),
      quote,
      list,
    );
  }

  fact(edge, [, , , rule, subjectHow, objectHow], quote, chosen) {
    const { view } = this;
    const light = (on) => () => quote.querySelectorAll('mark').forEach((mark) => mark.classList.toggle('lit', on && [edge.from, edge.to].includes(Number(mark.dataset.node))));
    const [subject, object] = [subjectHow, objectHow].map((how) => view.how(how) || '–');
    return el(
      'li', { class: chosen ? 'chosen' : null, mouseenter: light(true), mouseleave: light(false) },
      el('div', {}, ...this.sentence(edge)),
      el('div', { class: 'said' }, ...this.qualifiers(edge).map((text) => el('span', {}, text))),
      el('div', { class: 'how' }, el('span', {}, view.text('rule', { rule })), el('span', {}, view.text('known', { subject, object }))),
    );
  }

  // Subject, relation, object; the relation chooses the edge, a name its node.
  sentence(edge) {
    const relation = this.page.relations[edge.relation];
    const arrow = relation.symmetric ? '↔' : '→';
    return [
      this.thing(edge.from),
      el('button', { type: 'button', class: 'relation', click: () => this.view.choose({ edge: edge.id }) }, `${relation.label[this.view.language]} ${arrow}`),
      this.thing(edge.to),
    ];
  }

  qualifiers(edge) {
    const { page, view } = this, word = (name) => (page.words[name] ? page.words[name][view.language] : name);
    const unit = page.units[edge.unit] ? page.units[edge.unit][view.language] : edge.unit;
    return [
      edge.status && word(edge.status),
      period(edge, view),
      edge.amount && view.text('amount', { amount: edge.amount, unit }),
      edge.place && view.text('place', { name: word(edge.place) }),
      edge.programme && view.text('programme', { name: word(edge.programme) }),
      view.text('sure', { share: edge.sure }),
    ].filter(Boolean);
  }

  thing(id) {
    const node = this.page.nodes[id];
    return el('button', { type: 'button', class: 'thing', 'data-node': id, click: () => this.view.choose({ node: id }, true) }, symbol(this.page.kinds[node.kind]), this.view.name(node));
  }

  // A paragraph's characters from start to end with names marked: those of `ends` (node -> how it was known), `strong` ones more so.
  marked(paragraph, start, end, ends, strong = []) {
    const text = this.text(paragraph), said = text.slice(start, end).join('');
    const marks = this.page.paragraphs[paragraph].marks.filter(([from, to, node]) => from >= start && to <= end && (ends ? ends.has(node) : node >= 0));
    for (const [node, how] of ends || []) {
      const words = /^“([^”]+)”/u.exec(how)?.[1], at = words ? said.indexOf(words) : -1; // known by words such as “the Fund”: mark those
      if (at < 0) continue;
      const from = start + [...said.slice(0, at)].length, to = from + [...words].length;
      if (!marks.some(([a, b]) => a < to && b > from)) marks.push([from, to, node]);
    }
    const made = [];
    let here = start;
    for (const [from, to, node] of marks.sort((a, b) => a[0] - b[0])) {
      made.push(text.slice(here, from).join(''), el('mark', { 'data-node': node, class: strong.includes(node) ? 'strong' : null }, text.slice(from, to).join('')));
      here = to;
    }
    return [...made, text.slice(here, end).join('')];
  }

  // Offsets count characters, JavaScript's strings count UTF-16 units: a paragraph is cut up into characters once.
  text(paragraph) {
    this.characters[paragraph] ??= [...this.page.paragraphs[paragraph].text];
    return this.characters[paragraph];
  }

  // The whole paragraph, the quoted stretch set off, with all that was read from it.
  read(paragraph, start = 0, end = 0) {
    const { page, view, reader } = this, { section, report } = page.paragraphs[paragraph], length = this.text(paragraph).length;
    const facts = page.edges.flatMap((edge) => edge.evidence.filter(([p]) => p === paragraph).map((evidence) => [edge, evidence]));
    const quoted = el('span', { class: end ? 'quoted' : null }, ...this.marked(paragraph, start, end, null));
    const text = el('p', { class: 'whole', lang: 'zh' }, ...this.marked(paragraph, 0, start, null), quoted, ...this.marked(paragraph, end, length, null));
    const turn = (to, name, sign) => el('button', { type: 'button', title: view.text(name), 'aria-label': view.text(name), ...(page.paragraphs[to] ? { click: () => this.read(to) } : { disabled: '' }) }, sign);
    const close = el('button', { type: 'button', class: 'close', click: () => reader.close() }, view.text('close'));
    reader.replaceChildren(
      el('header', {}, turn(paragraph - 1, 'previous', '←'), el('h2', {}, this.called(paragraph)), turn(paragraph + 1, 'next', '→'),
        el('button', { type: 'button', click: () => view.copy(this.citation(paragraph)) }, view.text('copy')), close),
      el('p', { class: 'quiet', lang: 'zh' }, [page.reports[report]?.symbol, section].filter(Boolean).join(' › ')),
      text,
      el('h3', {}, view.text(facts.length ? 'facts_here' : 'no_facts_here')),
      el('ul', { class: 'facts' }, ...facts.map(([edge, evidence]) => this.fact(edge, evidence, text, false))),
    );
    if (!reader.open) reader.showModal();
    close.focus();
  }

  called(paragraph, numbered = 'paragraph') {
    const { number } = this.page.paragraphs[paragraph], [, word, digits] = /^(\D*)(.*)$/u.exec(number);
    if (!word) return this.view.text(numbered, { number });
    return word === 'fn' ? this.view.text('footnote', { number: digits }) : word.startsWith('summary') ? this.view.text('summary') + digits : number;
  }

  citation(paragraph) {
    const { symbol: cited } = this.page.reports[this.page.paragraphs[paragraph].report] || { symbol: document.title };
    return this.view.text('citation', { symbol: cited, place: this.called(paragraph, 'cited_paragraph') });
  }

  fill(...children) {
    this.place.replaceChildren(...children.filter((child) => child !== null));
    this.place.scrollTop = 0;
  }
}

// When a fact holds: whole years as years, else days.
function period({ start, end }, view) {
  if (!start && !end) return '';
  const years = (!start || start.endsWith('-01-01')) && (!end || end.endsWith('-12-31'));
  const [from, to] = [start, end].map((day) => (years ? day.slice(0, 4) : day));
  if (!from) return view.text('until', { date: to });
  if (!to) return view.text('since', { date: from });
  return from === to ? from : `${from} – ${to}`;
}
