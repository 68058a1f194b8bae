// Countries as tiles by region and sub-region of the United Nations (M49): no map, as borders are not ours to draw.

import { around, by, facts, things } from './data.js';
import { redraw } from './parts.js';
import { choose, go, state } from './state.js';
import { button, called, el, label, say, symbol } from './words.js';

const placesOf = ({ from, to, place }) => [...new Set([from.id, to.id, place])];
const told = new Map(things.filter(({ kind }) => ['Country', 'Region', 'Locality'].includes(kind.name)).map((thing) => [thing.id, []]));
for (const fact of facts) for (const id of placesOf(fact)) told.get(id)?.push(fact);
const of = (thing) => told.get(thing.id);

const countries = things.filter(({ kind }) => kind.name === 'Country').toSorted((a, b) => of(b).length - of(a).length || a.id - b.id);
const others = things.filter(({ id, kind }) => kind.name !== 'Country' && told.get(id)?.length);
const regions = (country) => around(country.id).filter(({ kind }) => kind.name === 'Region');
const bySize = (groups) => [...groups].toSorted(([a, s], [b, t]) => !a - !b || allOf(t).length - allOf(s).length || a.id - b.id);
const allOf = (group) => [...new Set(group.flatMap(of))];
const continents = bySize(by(countries, (country) => regions(country).at(-1))).map(([continent, group]) => [continent, group, bySize(by(group, (country) => regions(country)[0]))]);

// The relations most told of countries have a colour each in a tile's bar, the rest one together.
const MAIN = [...by(countries.flatMap(of), ({ relation }) => relation)].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 2).map(([relation]) => relation);
// The largest number of each shade, of all facts, so that a filter leaves a number its shade.
const most = Math.max(1, ...countries.map((country) => of(country).length));
const STEPS = [...new Set([0, 1, 2, 3, 4].map((step) => Math.round(most ** (step / 4))))];

export function showCountries(place, visible) {
  const seen = (thing) => of(thing).filter((fact) => visible.factSet.has(fact));
  const named = (region) => (region ? called(region) : say('tiles_rest'));
  const lit = new Set(facts[state.fact] ? placesOf(facts[state.fact]) : [state.thing]);

  function pressed(thing, name, ...inside) {
    const shown = seen(thing), hidden = of(thing).length - shown.length;
    const mix = [...by(shown, ({ relation }) => relation)].toSorted(([, a], [, b]) => b.length - a.length).map(([relation, { length }]) => `${label(relation)} ${length}`);
    const title = say('tile', { name: called(thing), mix: [...mix, hidden && say('filtered', { count: hidden }), !mix.length && !hidden && say('no_facts')].filter(Boolean).join(' · ') });
    return button({ class: `${name} ${shade(shown.length)}${lit.has(thing.id) ? ' lit' : ''}`, title, 'data-key': thing.id, 'data-thing': thing.id, 'aria-pressed': String(state.thing === thing.id), click: () => choose({ thing: thing.id }) },
      ...inside, el('span', { class: 'name', lang: state.language && thing.en ? 'en' : 'zh' }, called(thing)), el('span', { class: 'number' }, String(shown.length || '–')), name === 'tile' && shown.length ? mixed(shown) : null);
  }

  // What is said of a group, and the filter that leaves only its countries.
  function total(region, group) {
    const ids = group.map(({ id }) => id), on = ids.every((id) => state.only.includes(id)), rest = state.only.filter((id) => !ids.includes(id));
    const only = say('tiles_only_of', { name: named(region) });
    return [
      button({ class: 'step', 'aria-pressed': String(on), 'aria-label': only, title: only, 'data-key': `only-${ids}`, click: () => go({ only: (on ? rest : [...rest, ...ids]).toSorted((a, b) => a - b) }) }, say('tiles_only')),
      el('span', { class: 'quiet' }, say('tiles_total', { countries: group.length, facts: new Set(group.flatMap(seen)).size })),
    ];
  }

  redraw(place, el('div', { class: 'countries' },
    el('p', { class: 'line' }, say('tiles', { count: countries.length, seen: countries.filter((country) => seen(country).length).length })),
    key(),
    continents.map(([continent, group, parts]) => el('section', {},
      el('header', {}, el('h2', {}, named(continent)), total(continent, group)),
      parts.map(([region, some]) => {
        const tiles = el('div', { class: 'tiles' }, some.map((country) => pressed(country, 'tile')));
        return region === continent ? tiles : el('div', { class: 'subregion' }, el('header', {}, el('h3', {}, named(region)), total(region, some)), tiles);
      }))),
    others.length ? el('section', {}, el('header', {}, el('h2', {}, say('tiles_places'))), el('div', { class: 'places' }, others.map((thing) => pressed(thing, 'spot', symbol(thing.kind))))) : null,
    el('p', { class: 'quiet' }, say('tiles_about'))));
}

function shade(count) { return count ? `shade${STEPS.findIndex((step) => count <= step) + 5 - STEPS.length}` : 'shade'; }

function key() {
  const range = (step, i) => { const from = (STEPS[i - 1] ?? 0) + 1; return from === step ? String(step) : `${from}–${step}`; };
  return el('ul', { class: 'shades', 'aria-label': say('tiles_steps') },
    el('li', { class: 'quiet' }, say('tiles_steps')),
    STEPS.map((step, i) => el('li', { class: `sample ${shade(step)}` }, range(step, i))),
    el('li', {}, el('span', { class: 'sample shade' }, '–'), ' ', say('tiles_none')),
    [...MAIN.map(label), say('tiles_others')].map((name, i) => el('li', {}, el('span', { class: `line${i}` }), ' ', name)));
}

// A tile's relations as parts of a line.
function mixed(shown) {
  const parts = by(shown, ({ relation }) => MAIN.indexOf(relation));
  return el('span', { class: 'mix', 'aria-hidden': 'true' }, [0, 1, -1].filter((main) => parts.has(main)).map((main) => {
    const part = el('span', { class: `line${main < 0 ? MAIN.length : main}` });
    part.style.flexGrow = parts.get(main).length;
    return part;
  }));
}
