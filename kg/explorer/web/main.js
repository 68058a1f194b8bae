// The page around the views: what is shown when the state changes, search, keys.

import { columns, rings, row } from './arrange.js';
import { chosen } from './choose.js';
import { showCountries } from './countries.js';
import { facts, hubs, page, paragraphs, things } from './data.js';
import { clearFacets, showFacets } from './facets.js';
import { between, near, plain, ranked, search } from './find.js';
import { identify } from './iris.js';
import { showNumbers } from './numbers.js';
import { showOntology } from './ontology.js';
import { findWay, showPanel } from './panel.js';
import { Picture } from './picture.js';
import { choose, go, onChange, restore, state, VIEWS, written } from './state.js';
import { showSummary } from './summary.js';
import { showTable } from './table.js';
import { copied, listenTake, showTake } from './take.js';
import { showText } from './text.js';
import { showTime } from './time.js';
import { button, called, dark, el, id, say, symbol, tongue } from './words.js';

const MOST_FACTS = 3000;
const SHOW = { table: showTable, countries: showCountries, time: showTime, text: showText, numbers: showNumbers, ontology: showOntology };

// What is seen, and the picture once it has been drawn; `explorer` in the browser's console is this.
const explorer = { state, go, choose, written, restore, identify, visible: null, picture: null, page, things, facts, paragraphs };

globalThis.explorer = explorer;

let seen = ''; // by what `visible` was chosen, so that it is chosen anew only when that changes
let drawn = { arranged: '', visible: null }; // how the picture was arranged last, and what it showed

// What the filters let through, and of that what is around the thing chosen or on the way from it.
function see() {
  const passed = chosen();
  let { facts: among, things: ends } = passed, distances = null, found = { way: [], detour: false };
  if (state.goal >= 0 && state.thing >= 0) {
    found = findWay(passed.facts);
    ends = new Set(found.way);
    among = passed.facts.filter(({ from, to }) => Math.abs(found.way.indexOf(from) - found.way.indexOf(to)) === 1 && ends.has(from) && ends.has(to));
  } else if (state.hops && state.thing >= 0) {
    distances = near(things[state.thing], state.hops, passed.facts, state.through);
    ends = new Set(distances.keys());
    among = between(ends, passed.facts);
  }
  return { ...passed, facts: among, things: ends, factSet: new Set(among), passed: passed.facts, distances, ...found };
}

function update(change, quiet) {
  const has = (...keys) => keys.some((key) => key in change);
  const { off, only, years, sure, thing, goal, hops, through } = state;
  const by = JSON.stringify([off, only, years, sure, through, goal, hops, hops || goal >= 0 ? thing : -1]), changed = by !== seen;
  seen = by;
  if (changed) explorer.visible = see();
  const { visible } = explorer;
  if (has('language', 'theme', 'layout')) dress();
  if (changed || has('language', 'theme')) showFacets(visible);
  document.body.dataset.view = state.view;
  document.body.classList.toggle('chosen', [state.thing, state.fact, state.paragraph].some((one) => one >= 0));
  for (const tab of id('views').children) tab[tab.dataset.view === state.view ? 'setAttribute' : 'removeAttribute']('aria-current', 'page');
  showPanel(visible, copy);
  showStatus(visible);
  if (state.view === 'graph') showGraph(visible, has('language', 'theme')); else SHOW[state.view](id('view'), visible);
  const address = `#${written()}`;
  if (address !== (location.hash || '#')) history[quiet ? 'replaceState' : 'pushState'](null, '', address);
}

// Whether there is too much to draw, so that a summary comes first.
function tooMuch({ things: ends, facts: seen }) { return !state.all && (ends.size > page.opening.most || seen.length > MOST_FACTS); }

function showGraph(visible, redress) {
  const summary = tooMuch(visible);
  id('graph').hidden = summary;
  id('view').classList.toggle('summary', summary);
  id('view').replaceChildren();
  if (summary) { showSummary(id('view'), visible); drawn = { arranged: '', visible: null }; return; }
  explorer.picture ??= new Picture(id('graph'), ({ thing, fact }) => (thing === undefined && fact === undefined ? choose({}) : choose({ ...(thing === undefined ? { fact } : { thing }), hops: state.hops })));
  const { picture } = explorer, { width, height } = id('graph').getBoundingClientRect();
  const narrow = state.goal >= 0 ? `way ${state.thing} ${state.goal}` : visible.distances ? `rings ${state.thing} ${state.hops}` : '';
  const arranged = [state.layout, narrow, state.layout === 'columns' ? state.language : '', state.through].join();
  if (drawn.arranged !== arranged || drawn.visible !== visible) {
    picture.show(visible.things, visible.facts, narrow && state.goal >= 0 ? row(visible.way) : narrow ? rings(visible.distances, visible.facts) : state.layout === 'columns' ? columns(visible.things, visible.facts, width, height) : home(visible.things));
  }
  if (redress) picture.refresh();
  picture.select(focus(visible));
  if (drawn.arranged !== arranged) picture.fit();
  drawn = { arranged, visible };
}

function home(shown) { return { spots: new Map([...shown].map((thing) => [thing, [thing.x, thing.y]])), titles: [] }; }

// What the picture sets off: the thing chosen with its neighbours, or a fact; a whole way.
function focus({ facts: seen, things: ends, factSet }) {
  const thing = things[state.thing], fact = facts[state.fact];
  if (state.goal >= 0) return { first: null, things: ends, facts: seen };
  if (thing && ends.has(thing)) {
    const around = seen.filter(({ from, to }) => from === thing || to === thing);
    return { first: thing, things: state.hops ? ends : new Set([thing, ...around.flatMap(({ from, to }) => [from, to])]), facts: around };
  }
  return fact && factSet.has(fact) ? { first: null, things: new Set([fact.from, fact.to]), facts: [fact] } : null;
}

function showStatus({ facts: seen, things: ends, figures, distances }) {
  const shown = state.view === 'numbers' ? say('shown_figures', { figures: figures.length, all: page.figures.length }) : say('shown', { things: ends.size, all_things: page.places.length, facts: seen.length, all_facts: facts.length });
  const faint = state.view === 'graph' && state.layout === 'map' && !distances && state.goal < 0 && !tooMuch({ things: ends, facts: seen }) ? [...hubs].filter((hub) => ends.has(things[hub])).map((hub) => called(things[hub])) : [];
  id('status').textContent = [shown, faint.length ? say('hubs', { names: faint.join(', ') }) : ''].filter(Boolean).join(' · ');
  const chips = [];
  const chip = (text, change) => chips.push(button({ class: 'chip', title: say('take_away_chip'), click: () => go(change) }, text, ' ×'));
  if (state.goal >= 0) chip(say('chip_way', { from: called(things[state.thing]), to: called(things[state.goal]) }), { goal: -1 });
  else if (state.hops) chip(say('chip_hops', { name: called(things[state.thing]), count: state.hops }), { hops: 0 });
  if (state.all) chip(say('chip_all'), { all: false });
  id('chips').replaceChildren(...chips);
}

// Everything whose words do not depend on what is shown, in the language and the theme chosen.
function dress() {
  document.documentElement.lang = state.language ? 'en' : 'zh';
  document.documentElement.dataset.theme = dark() ? 'dark' : 'light';
  const title = page.opening.title[state.language], head = document.querySelector('h1');
  if (title) { document.title = head.textContent = head.title = title; head.lang = document.documentElement.lang; }
  for (const place of document.querySelectorAll('[data-text]')) place.textContent = say(place.dataset.text);
  for (const place of document.querySelectorAll('[data-title]')) { place.title = say(place.dataset.title); place.setAttribute('aria-label', say(place.dataset.title)); }
  id('search').placeholder = say(searching.way ? 'search_way' : 'search');
  id('search').setAttribute('aria-label', id('search').placeholder);
  for (const place of document.querySelectorAll('[data-text=language]')) place.lang = state.language ? 'zh' : 'en';
  id('views').replaceChildren(...VIEWS.map((name, i) => button({ 'data-view': name, title: `${say(`view_${name}`)} (${i + 1})`, click: () => go({ view: name }) }, say(`view_${name}`))));
  id('layout').textContent = say(state.layout === 'map' ? 'layout_columns' : 'layout_map');
  showTake(explorer);
}

// ---------------------------------------------------------------- search

const searching = { way: false, at: -1 };

function showResults() {
  const box = id('search'), list = id('results'), found = search(box.value), open = plain(box.value) !== '';
  searching.at = found.length ? 0 : -1;
  const rest = found.length > 12 ? say('found', { count: found.length }) : found.length ? '' : say('not_found');
  list.replaceChildren(...found.slice(0, 12).map(([thing, name], i) => el('li', { role: 'option', id: `result-${i}`, 'data-thing': thing.id, mousedown: (event) => { event.preventDefault(); take(thing.id); } },
    symbol(thing.kind), el('span', { class: 'name', lang: tongue(thing) }, called(thing)), name === called(thing) ? null : el('span', { class: 'also', lang: name === thing.en ? 'en' : 'zh' }, name))));
  id('rest').textContent = open ? rest : '';
  list.hidden = !open || !found.length;
  id('rest').hidden = !open || !rest;
  box.setAttribute('aria-expanded', String(!list.hidden));
  point(0);
}

// Move to the next or the previous result.
function point(step) {
  const options = [...id('results').children];
  if (options.length) searching.at = (searching.at + step + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === searching.at)));
  options[searching.at]?.scrollIntoView({ block: 'nearest' });
  if (options.length) id('search').setAttribute('aria-activedescendant', options[searching.at].id); else id('search').removeAttribute('aria-activedescendant');
}

// A result taken: the goal of a way, or what is chosen; filters that hide it are taken away.
function take(thing) {
  closeResults();
  const { way: asGoal } = searching;
  seekWay(false);
  id('search').value = '';
  if (asGoal && thing !== state.thing) { go({ goal: thing, hops: 0, view: 'graph' }); return; }
  choose({ thing });
  if (things[thing].facts.length && !explorer.visible.things.has(things[thing])) clearFacets();
  if (state.view === 'graph' && explorer.picture?.focus) explorer.picture.fit(true);
}

function closeResults() {
  for (const name of ['results', 'rest']) id(name).hidden = true;
  id('search').setAttribute('aria-expanded', 'false');
}

function seekWay(on) {
  searching.way = on;
  document.body.classList.toggle('seeking', on);
  dress();
  if (on) id('search').focus();
}

// ---------------------------------------------------------------- copying, keys

async function copy(text) {
  await copied(text);
  tell(say('copied', { text: text.trim() }));
}

let silence;
function tell(text) {
  id('said').textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { id('said').textContent = ''; }, 3500);
}

// The neighbour that stands farthest in a direction from the thing chosen; of all, the most connected.
function step(dx, dy) {
  const { picture, visible } = explorer, here = things[state.thing];
  if (!here || !visible.things.has(here)) { const most = ranked.find((thing) => visible.things.has(thing)); if (most) choose({ thing: most.id, hops: state.hops }); return; }
  const from = picture.at({ thing: here });
  const others = visible.facts.filter((fact) => fact.from === here || fact.to === here).map((fact) => (fact.from === here ? fact.to : fact.from)).filter((thing) => thing !== here);
  const along = (thing) => { const at = picture.at({ thing }), x = at.x - from.x, y = at.y - from.y, length = Math.hypot(x, y) || 1; return (x * dx + y * dy) / length - length / 1e5; };
  const best = others.reduce((found, thing) => (found && along(found) >= along(thing) ? found : thing), null);
  if (best && along(best) > 0.2) choose({ thing: best.id });
}

const KEYS = {
  '/': () => { id('search').focus(); id('search').select(); },
  l: () => go({ language: 1 - state.language }),
  d: () => go({ theme: dark() ? 'light' : 'dark' }),
  c: () => go({ view: 'graph', layout: state.layout === 'map' ? 'columns' : 'map' }),
  f: () => explorer.picture?.fit(),
  h: () => { if (state.thing >= 0) go({ hops: (state.hops + 1) % 4, goal: -1, view: 'graph' }); },
  p: () => { if (state.thing >= 0) seekWay(true); },
  e: () => { id('take').open = !id('take').open; id('take').querySelector(id('take').open ? 'button' : 'summary').focus(); },
  x: clearFacets,
  '?': () => id('help').showModal(),
  '[': () => turn(-1), ']': () => turn(1),
};

// To the paragraph before or after.
function turn(by) {
  const at = Math.min(paragraphs.length - 1, Math.max(0, state.paragraph + (state.paragraph < 0 ? 1 : by)));
  choose({ view: 'text', paragraph: at });
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return; // Esc closes it, as every dialog
  const typing = event.target.closest?.('input:not([type=checkbox]), textarea, select');
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === 'Escape') escape();
  else if (typing) return;
  else if (arrow && state.view === 'graph' && explorer.picture && (event.target === document.body || id('graph').contains(event.target))) step(...arrow);
  else if (VIEWS[event.key - 1]) go({ view: VIEWS[event.key - 1] });
  else if (KEYS[event.key.toLowerCase()]) KEYS[event.key.toLowerCase()]();
  else return;
  event.preventDefault();
}

// Undo the last narrowing: the menu, the search, the way, the surroundings, what is chosen.
function escape() {
  if (id('take').open) id('take').open = false;
  else if (searching.way || id('search').value) { seekWay(false); id('search').value = ''; closeResults(); id('search').blur(); }
  else if (state.goal >= 0) go({ goal: -1 });
  else if (state.hops) go({ hops: 0 });
  else choose({});
}

function listen() {
  id('search').addEventListener('input', showResults);
  id('search').addEventListener('focus', showResults);
  id('search').addEventListener('blur', closeResults);
  id('search').addEventListener('way', () => seekWay(true));
  id('search').addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); point(by); }
    const at = id('results').querySelector('[aria-selected=true]');
    if (event.key === 'Enter' && at && !id('results').hidden) { take(Number(at.dataset.thing)); id('panel').focus(); }
  });
  for (const [name, key] of [['fit', 'f'], ['layout', 'c'], ['language', 'l'], ['theme', 'd'], ['keys', '?'], ['unfilter', 'x']]) id(name).addEventListener('click', KEYS[key]);
  id('filters').addEventListener('click', () => document.body.classList.toggle('filtering'));
  id('help').addEventListener('click', (event) => { if (event.target === id('help') || event.target.closest('button')) id('help').close(); });
  document.addEventListener('keydown', press);
  addEventListener('popstate', () => { drawn.arranged = ''; restore(location.hash.slice(1)); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => update({ theme: '' }, true));
  listenTake(explorer, tell);
}

function begin() {
  listen();
  onChange(update);
  restore(location.hash.slice(1) || page.opening.state);
  const ready = () => { document.documentElement.dataset.ready = Math.round(performance.now()); };
  if (explorer.picture) { explorer.picture.network.once('afterDrawing', ready); explorer.picture.network.redraw(); } else ready();
}

begin();
