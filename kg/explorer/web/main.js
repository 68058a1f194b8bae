// The page around the views: what is shown when the state changes.

import { columns, rings, row } from './arrange.js';
import { showCountries } from './countries.js';
import { facts, hubs, page, things } from './data.js';
import { showFacets } from './facets.js';
import { KEYS, press } from './keys.js';
import { showNumbers } from './numbers.js';
import { showOntology } from './ontology.js';
import { showPanel } from './panel.js';
import { redraw } from './parts.js';
import { Picture } from './picture.js';
import { hint, listenSeek } from './seek.js';
import { explorer, look } from './seen.js';
import { choose, go, onChange, restore, state, VIEWS, written } from './state.js';
import { showSummary } from './summary.js';
import { showTable } from './table.js';
import { copied, listenTake, showTake } from './take.js';
import { showText } from './text.js';
import { showTime } from './time.js';
import { button, called, dark, id, say, titled, tongue } from './words.js';

const MOST_FACTS = 3000;
const SHOW = { table: showTable, countries: showCountries, time: showTime, text: showText, numbers: showNumbers, ontology: showOntology };

let drawn = { arranged: '', visible: null }; // how the picture was arranged last, and what it showed

function update(change, quiet) {
  const has = (...keys) => keys.some((key) => key in change);
  const changed = look();
  const { visible } = explorer;
  if (has('language', 'theme', 'layout')) dress();
  if (has('language', 'view')) showTake();
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
  const pressed = id('chips').contains(document.activeElement);
  id('chips').replaceChildren(...chips);
  if (pressed) (chips[0] || id('panel')).focus();
}

// Everything whose words do not depend on what is shown, in the language and the theme chosen.
function dress() {
  document.documentElement.lang = state.language ? 'en' : 'zh';
  document.documentElement.dataset.theme = dark() ? 'dark' : 'light';
  const only = page.reports.length === 1 ? page.reports[0] : null, head = document.querySelector('h1');
  const title = page.opening.title[state.language] || (only && titled(only));
  if (title) { document.title = head.textContent = head.title = title; head.lang = page.opening.title[0] ? document.documentElement.lang : tongue(only); }
  for (const place of document.querySelectorAll('[data-text]')) place.textContent = say(place.dataset.text);
  for (const place of document.querySelectorAll('[data-title]')) {
    place.setAttribute('aria-label', say(place.dataset.title));
    if (place.matches('button')) place.title = say(place.dataset.title); // a region's would show wherever the mouse rests
  }
  hint();
  for (const place of document.querySelectorAll('[data-text=language]')) place.lang = state.language ? 'zh' : 'en';
  redraw(id('views'), ...VIEWS.map((name, i) => button({ 'data-view': name, 'data-key': name, title: `${say(`view_${name}`)} (${i + 1})`, click: () => go({ view: name }) }, say(`view_${name}`))));
  id('layout').textContent = say(state.layout === 'map' ? 'layout_columns' : 'layout_map');
}

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

function listen() {
  listenSeek();
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
