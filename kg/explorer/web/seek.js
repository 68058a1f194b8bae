// The search box: results as one types, the first taken by Enter; also for the goal of a way.

import { things } from './data.js';
import { clearFacets } from './facets.js';
import { plain, search } from './find.js';
import { explorer } from './seen.js';
import { choose, go, state } from './state.js';
import { called, el, id, say, symbol, tongue } from './words.js';

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

// Look for the goal of a way, or stop that.
export function seekWay(on) {
  searching.way = on;
  document.body.classList.toggle('seeking', on);
  hint();
  if (on) id('search').focus();
}

// What the box is for, in the language shown.
export function hint() {
  id('search').placeholder = say(searching.way ? 'search_way' : 'search');
  id('search').setAttribute('aria-label', id('search').placeholder);
}

// Empty the box and leave it; tell whether there was anything to stop.
export function stopSeeking() {
  if (!searching.way && !id('search').value) return false;
  seekWay(false);
  id('search').value = '';
  closeResults();
  id('search').blur();
  return true;
}

export function listenSeek() {
  const box = id('search');
  box.addEventListener('input', showResults);
  box.addEventListener('focus', showResults);
  box.addEventListener('blur', closeResults);
  box.addEventListener('way', () => seekWay(true));
  box.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); point(by); }
    const at = id('results').querySelector('[aria-selected=true]');
    if (event.key === 'Enter' && at && !id('results').hidden) { take(Number(at.dataset.thing)); id('panel').focus(); }
  });
}
