// The filters: each choice with how many facts (of classes: things) it has left, and how many there are in all.

import { choices, filtered, span } from './choose.js';
import { go, state } from './state.js';
import { button, called, el, id, label, say, svg, symbol, tongue, word } from './words.js';

const GROUPS = {
  kinds: { name: label, mark: symbol },
  relations: { name: label },
  status: { name: ({ name }) => word(name) },
  topics: { name: label, title: label },
  sections: { lang: ({ name }) => name && 'zh', name: ({ name }) => name.split(' › ').pop() || say('no_section'), title: ({ name }) => name, depth: ({ name }) => name.split(' › ').length - 1 },
};
const open = { kinds: true, relations: true, status: true, years: true, least: true };

// Write the filters anew. visible: what they let through, with counts.
export function showFacets(visible) {
  const place = id('facets'), at = document.activeElement, inside = place.contains(at), group = at?.closest('[data-group]')?.dataset.group, { scrollTop } = place;
  place.replaceChildren(
    ...[section('kinds'), section('relations'), section('status'), years(visible), section('topics'), countries(visible), section('sections'), sure()].filter(Boolean),
    el('p', { class: 'key' }, say('planned')), el('p', { class: 'key' }, say('parallel')),
  );
  place.scrollTop = scrollTop;
  const find = (...selectors) => selectors.map((selector) => place.querySelector(selector)).find(Boolean); // what is pressed may go away
  if (inside) find(`[data-key="${at.dataset.key}"]`, `[data-group="${group}"] summary`)?.focus();
  if (document.activeElement === id('unfilter') && !filtered()) find('summary').focus();
  id('unfilter').hidden = !filtered();

  function section(group) {
    const all = choices[group], off = state.off[group];
    if (all.length < 2) return null;
    return frame(group, off.length > 0,
      [['all', []], ['none', all.map((one) => one.id)]].map(([name, value]) => button({ 'data-key': `${group}-${name}`, click: () => change(group, value) }, say(name))),
      el('ul', {}, all.map((one) => choice(group, one, !off.includes(one.id), visible.counts[group].get(one.id) || 0, (on) => change(group, on ? off.filter((value) => value !== one.id) : [...off, one.id])))));
  }
}

function change(group, values) { go({ off: { ...state.off, [group]: values.toSorted((a, b) => a - b) } }); }

function frame(group, active, tools, ...inside) {
  return el('details', { open: open[group], 'data-group': group, toggle: (event) => { open[group] = event.target.open; } },
    el('summary', {}, el('h2', {}, say(group)), active ? el('span', { class: 'dot', title: say('active') }) : null),
    tools.length ? el('div', { class: 'tools' }, tools) : null, ...inside);
}

function choice(group, one, on, count, press) {
  const { name, lang, mark, title, depth } = GROUPS[group];
  const box = el('input', { type: 'checkbox', 'data-key': `${group}-${one.id}`, change: () => press(box.checked) });
  box.checked = on;
  return el('li', {}, el('label', { class: `deep${depth?.(one) || 0}`, title: title?.(one), 'data-id': one.name, 'data-number': one.id }, box, mark?.(one), el('span', { class: 'name', lang: lang?.(one) }, name(one)), el('span', { class: 'count' }, String(count))));
}

// Countries: none pressed means all.
function countries(visible) {
  if (choices.countries.length < 2) return null;
  return frame('countries', state.only.length > 0, state.only.length ? [button({ 'data-key': 'countries-all', click: () => go({ only: [] }) }, say('any'))] : [],
    el('ul', { class: 'long' }, choices.countries.map((thing) => {
      const box = el('input', { type: 'checkbox', 'data-key': `countries-${thing.id}`, change: () => go({ only: (box.checked ? [...state.only, thing.id] : state.only.filter((one) => one !== thing.id)).toSorted((a, b) => a - b) }) });
      box.checked = state.only.includes(thing.id);
      return el('li', {}, el('label', { 'data-id': thing.iri }, box, el('span', { class: 'name', lang: tongue(thing) }, called(thing)), el('span', { class: 'count' }, String(visible.counts.countries.get(thing.id) || 0))));
    })));
}

// A bar a year, as high as it has facts; pressed, only that year's are left; with Shift all years up to it.
function years(visible) {
  if (!span) return null;
  const all = Array.from({ length: span[1] - span[0] + 1 }, (_, i) => span[0] + i), counts = visible.counts.years;
  const most = Math.max(1, ...counts.values()), [first, last] = state.years || [0, 9999];
  const bars = all.map((year) => {
    const count = counts.get(year) || 0, on = year >= first && year <= last;
    return button({
      class: 'bar', 'data-key': `years-${year}`, 'data-count': count, 'aria-pressed': String(Boolean(state.years) && on), title: say('in_year', { year, count }), 'aria-label': say('in_year', { year, count }),
      click: ({ shiftKey }) => go({ years: shiftKey && state.years ? [Math.min(first, year), Math.max(last, year)] : first === year && last === year ? null : [year, year] }),
    }, svg('svg', { viewBox: '0 0 10 30', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, svg('rect', { x: 1, y: 30 - Math.max(count ? 2 : 0, (count / most) * 30), width: 8, height: Math.max(count ? 2 : 0, (count / most) * 30), class: on ? 'on' : '' })));
  });
  const bound = (which, value) => el('input', { type: 'number', min: span[0], max: span[1], value, 'data-key': `years-${which}`, 'aria-label': say(which), change: (event) => {
    const year = Math.min(span[1], Math.max(span[0], Number(event.target.value) || span[0])), [from, to] = state.years || span;
    go({ years: which === 'from_year' ? [year, Math.max(year, to)] : [Math.min(from, year), year] });
  } });
  return frame('years', state.years !== null, state.years ? [button({ 'data-key': 'years-all', click: () => go({ years: null }) }, say('any'))] : [],
    el('div', { class: 'bars', role: 'group', 'aria-label': say('years') }, bars),
    el('div', { class: 'bounds' }, bound('from_year', (state.years || span)[0]), '–', bound('to_year', (state.years || span)[1])));
}

function sure() {
  const shown = el('output', {}, `≥ ${state.sure} %`);
  return frame('least', state.sure > 0, [], el('div', { class: 'bounds' },
    el('input', { type: 'range', min: 0, max: 100, step: 5, value: state.sure, 'data-key': 'sure', 'aria-label': say('least'), input: (event) => { shown.textContent = `≥ ${event.target.value} %`; }, change: (event) => go({ sure: Number(event.target.value) }) }), shown));
}

export function clearFacets() { go({ off: { kinds: [], relations: [], status: [], topics: [], sections: [] }, only: [], years: null, sure: 0 }); }
