// The page around the picture: language, search, filters, selection and keys.

class View {
  constructor(page) {
    this.page = page;
    this.language = 0;
    this.chosen = {};
    this.off = { kinds: new Set(), relations: new Set() };
    this.words = page.nodes.map((node) => [node.label, node.en, ...node.names].filter(Boolean).map(plain));
    this.picture = new Picture(id('graph'), page, {
      name: (node) => this.name(node),
      lineName: (edge) => page.relations[edge.relation].label[this.language],
      chosen: (what) => this.choose(what),
    });
    this.panel = new Panel(id('panel'), id('reader'), page, this);
    this.listen();
    this.speak();
    this.picture.fit();
  }

  name(node) { return (this.language && node.en) || node.label; }

  // A text of interface.yaml in the language shown, with {name} filled in.
  text(key, values = {}) {
    return this.page.texts[key][this.language].replace(/\{(\w+)\}/gu, (_, name) => values[name]);
  }

  // How a name was known, in the language shown.
  how(known) {
    const [pattern, zh] = this.page.known.find(([said]) => new RegExp(said, 'u').test(known)) || ['', ''];
    return this.language || !pattern ? known : known.replace(new RegExp(pattern, 'u'), zh);
  }

  // Write everything in the language chosen.
  speak() {
    document.documentElement.lang = this.language ? 'en' : 'zh';
    for (const place of document.querySelectorAll('[data-text]')) place.textContent = this.text(place.dataset.text);
    for (const [name, key, hint] of [['fit', 'fit', 'fit_hint'], ['language', 'language', 'language_hint']]) {
      id(name).textContent = this.text(key);
      id(name).title = this.text(hint);
    }
    id('search').placeholder = this.text('search');
    for (const [name, key] of [['search', 'search'], ['graph', 'graph'], ['panel', 'panel']]) id(name).setAttribute('aria-label', this.text(key));
    id('reader').close();
    this.legend();
    this.filter();
    this.picture.refresh();
  }

  // The classes and the relations, each with its number in the whole graph and a box that hides it.
  legend() {
    for (const [group, items] of Object.entries({ kinds: this.page.kinds, relations: this.page.relations })) {
      id(group).replaceChildren(...items.map((item, i) => {
        const box = el('input', { type: 'checkbox', change: () => { this.off[group][box.checked ? 'delete' : 'add'](i); this.filter(); } });
        box.checked = !this.off[group].has(i);
        return el('li', {}, el('label', { 'data-id': item.id }, box, group === 'kinds' ? symbol(item) : null, el('span', { class: 'name' }, item.label[this.language]), el('span', { class: 'count' }, String(item.count))));
      }));
    }
  }

  // Show the facts whose relation and whose two classes are on, and the things that have such a fact.
  filter() {
    const { nodes, edges, hubs } = this.page, { kinds, relations } = this.off;
    const facts = edges.filter((e) => !relations.has(e.relation) && !kinds.has(nodes[e.from].kind) && !kinds.has(nodes[e.to].kind));
    const things = new Set(facts.flatMap((e) => [e.from, e.to]));
    this.picture.show(things, new Set(facts.map((e) => e.id)));
    const counts = { nodes: things.size, all_nodes: nodes.length, edges: facts.length, all_edges: edges.length };
    const faint = hubs.filter((hub) => things.has(hub)).map((hub) => this.name(nodes[hub]));
    id('status').textContent = [this.text('shown', counts), faint.length ? this.text('hubs', { names: faint.join(', ') }) : ''].filter(Boolean).join(' · ');
    this.choose(this.chosen);
  }

  // Select a node or an edge, or nothing; `near` also brings it before the eye, and shows it if a filter hides it.
  choose(what, near = false) {
    this.chosen = what;
    id('reader').close();
    if (near && what.node !== undefined && !this.picture.shown.nodes.has(what.node)) {
      this.all('kinds', true);
      this.all('relations', true);
    }
    this.picture.select(what);
    if (what.node !== undefined) this.panel.showNode(what.node);
    else if (what.edge !== undefined) this.panel.showEdge(what.edge);
    else this.panel.showStart();
    if (near) this.picture.fit(true);
  }

  all(group, on) {
    this.off[group] = new Set(on ? [] : this.page[group].keys());
    this.legend();
    this.filter();
  }

  // Nodes one of whose names holds the words: whole names first, then beginnings, then by number of facts.
  find(words) {
    const wanted = plain(words);
    if (!wanted) return [];
    const rank = (name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3);
    return this.picture.ranked
      .map((node) => [Math.min(...this.words[node].map(rank)), node])
      .filter(([found]) => found < 3)
      .sort(([a], [b]) => a - b)
      .map(([, node]) => node);
  }

  search() {
    const box = id('search'), list = id('results'), found = this.find(box.value);
    const open = plain(box.value) !== '';
    this.result = found.length ? 0 : -1;
    list.replaceChildren(...found.slice(0, 12).map((node, i) => {
      const thing = this.page.nodes[node], matched = this.words[node].findIndex((name) => name.includes(plain(box.value)));
      const also = [thing.label, thing.en, ...thing.names].filter(Boolean)[matched];
      return el('li', { role: 'option', id: `result-${i}`, 'data-node': node, mousedown: (event) => { event.preventDefault(); this.take(node); } },
        symbol(this.page.kinds[thing.kind]), el('span', { class: 'name' }, this.name(thing)), also === this.name(thing) ? null : el('span', { class: 'also' }, also));
    }), ...(open && (found.length > 12 || !found.length) ? [el('li', { class: 'also', role: 'presentation' }, found.length ? this.text('found', { count: found.length }) : this.text('not_found'))] : []));
    list.hidden = !open;
    box.setAttribute('aria-expanded', String(open));
    this.point(0);
  }

  // Move to the next or the previous result.
  point(step) {
    const options = [...id('results').querySelectorAll('[role=option]')];
    if (options.length) this.result = (this.result + step + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === this.result)));
    const at = options[this.result];
    if (at) id('search').setAttribute('aria-activedescendant', at.id); else id('search').removeAttribute('aria-activedescendant');
  }

  take(node) {
    id('results').hidden = true;
    id('search').setAttribute('aria-expanded', 'false');
    this.choose({ node }, true);
  }

  clear() {
    id('search').value = '';
    this.search();
    this.choose({});
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no permission, or not a secure page: the old way
      const area = el('textarea', { class: 'away' });
      area.value = text;
      (id('reader').open ? id('reader') : document.body).append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    id('said').textContent = this.text('copied', { text });
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { id('said').textContent = ''; }, 2500);
  }

  listen() {
    id('fit').addEventListener('click', () => this.picture.fit());
    id('language').addEventListener('click', () => { this.language = 1 - this.language; this.speak(); });
    for (const button of document.querySelectorAll('[data-all]')) button.addEventListener('click', () => this.all(button.dataset.all, true));
    for (const button of document.querySelectorAll('[data-none]')) button.addEventListener('click', () => this.all(button.dataset.none, false));
    id('search').addEventListener('input', () => this.search());
    id('search').addEventListener('blur', () => { id('results').hidden = true; });
    id('search').addEventListener('focus', () => this.search());
    id('search').addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); this.point(step); }
      const at = id('results').querySelector('[aria-selected=true]');
      if (event.key === 'Enter' && at) { this.take(Number(at.dataset.node)); id('panel').focus(); }
    });
    document.addEventListener('keydown', (event) => {
      if (id('reader').open) return; // Esc closes it, as every dialog
      if (event.key === '/' && document.activeElement !== id('search')) { event.preventDefault(); id('search').focus(); id('search').select(); }
      if (event.key === 'Escape') this.clear();
    });
  }
}

function id(name) { return document.getElementById(name); }

// How words are compared: width, case, blanks and marks do not matter.
function plain(text) { return text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}]/gu, ''); }

// The page's data as the script uses it: phrases in full, and what is not said as ''.
function unpacked(page) {
  for (const paragraph of page.paragraphs) paragraph.section = page.phrases[paragraph.section];
  page.edges = page.edges.map((edge) => ({
    status: '', start: '', end: '', amount: '', unit: '', place: '', programme: '', sure: '0', ...edge, iri: page.base + edge.iri,
    evidence: edge.evidence.map(([paragraph, start, end, ...said]) => [paragraph, start, end, ...said.map((phrase) => page.phrases[phrase])]),
  }));
  for (const node of page.nodes) node.iri = page.base + node.iri;
  return page;
}

const view = new View(unpacked(JSON.parse(id('data').textContent)));
view.picture.network.once('afterDrawing', () => { document.documentElement.dataset.ready = Math.round(performance.now()); });
view.picture.refresh();
