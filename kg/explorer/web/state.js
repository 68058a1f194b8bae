// What is looked at and how: one object, which is also the part of the address behind "#". `go` changes it and tells who listens.

import { facts, kinds, page, paragraphs, relations, sections, things, topics } from './data.js';

export const VIEWS = ['graph', 'table', 'countries', 'time', 'text', 'numbers', 'ontology'];
export const STATUSES = ['done', 'ongoing', 'planned'];

// thing, fact, paragraph: what is chosen, -1 for nothing (one of them at most). passage: of the paragraph, to be set off.
// hops: how far around the thing is shown, 0 for everything. goal: the thing a way is sought to. through: whether ways may pass hubs.
// off: what is filtered out, by number; only: countries, none for all. years: [first, last] or null. sure: least confidence in percent.
const INITIAL = {
  view: 'graph', layout: 'map', language: 0, theme: '', thing: -1, fact: -1, paragraph: -1, passage: -1, hops: 0, goal: -1, through: false, all: false,
  off: { kinds: [], relations: [], status: [], topics: [], sections: [] }, only: [], years: null, sure: 0, sort: '',
};

export const state = structuredClone(INITIAL);
const listeners = [];

export function onChange(listener) { listeners.push(listener); }

// Change some of it; `quiet` changes are no step that the browser's Back undoes.
export function go(change, quiet = false) {
  Object.assign(state, change);
  for (const listener of listeners) listener(change, quiet);
}

export function choose(change) { go({ thing: -1, fact: -1, paragraph: -1, passage: -1, goal: -1, hops: 0, ...change }); }

// How each part is written in the address: [letter, to text ('' for what is usual), from text].
const number = (text) => Number(text) || 0;
const listed = (values, names) => values.map((value) => names[value].replaceAll('.', '%2E')).join('.');
const unlisted = (text, names) => [...new Set(text.split('.').map((name) => names.indexOf(name.replaceAll('%2E', '.'))).filter((at) => at >= 0))].toSorted((a, b) => a - b);
// A fact by where it is said first, and which of the facts said there it is.
function whereSaid(fact) {
  const passage = fact.evidence[0]?.passage;
  return passage ? [passage.paragraph.id, passage.start, passage.end, passage.facts.findIndex(([one]) => one === fact)].join('.') : `.${fact.id}`;
}
const NAMES = {
  kinds: kinds.map(({ name }) => name), relations: relations.map(({ name }) => name), status: STATUSES, topics: topics.map(({ name }) => name), sections: sections.map((_, i) => String(i)),
  things: things.map(({ iri }) => iri), facts: facts.map(whereSaid), paragraphs: paragraphs.map(({ id }) => String(id)),
};
const one = (letter, key, names) => [letter, () => names[state[key]] ?? '', (text) => { state[key] = names.indexOf(text); }];
const off = (letter, key) => [letter, () => listed(state.off[key], NAMES[key]), (text) => { state.off[key] = unlisted(text, NAMES[key]); }];
const choice = (letter, key, choices) => [letter, () => (state[key] === INITIAL[key] ? '' : state[key]), (text) => { if (choices.includes(text)) state[key] = text; }];
const yes = (letter, key) => [letter, () => (state[key] ? '1' : ''), (text) => { state[key] = text === '1'; }];
const FIELDS = [
  choice('v', 'view', VIEWS), choice('m', 'layout', ['columns']), choice('t', 'theme', ['light', 'dark']),
  ['l', () => (state.language ? 'en' : ''), (text) => { state.language = text === 'en' ? 1 : 0; }],
  one('n', 'thing', NAMES.things), one('f', 'fact', NAMES.facts), one('p', 'paragraph', NAMES.paragraphs),
  ['q', () => (state.passage < 0 ? '' : String(state.passage)), (text) => { state.passage = Array.isArray(page.passages[text]) ? Number(text) : -1; }],
  ['h', () => (state.hops ? String(state.hops) : ''), (text) => { state.hops = Math.min(3, Math.max(0, Math.trunc(number(text)))); }],
  one('g', 'goal', NAMES.things), yes('u', 'through'), yes('a', 'all'),
  off('k', 'kinds'), off('r', 'relations'), off('s', 'status'), off('e', 'topics'), off('c', 'sections'),
  ['w', () => listed(state.only, NAMES.things), (text) => { state.only = unlisted(text, NAMES.things); }],
  ['y', () => (state.years ? state.years.join('-') : ''), (text) => { const years = /^(\d{4})-(\d{4})$/u.exec(text); state.years = years && years[1] <= years[2] ? [Number(years[1]), Number(years[2])] : null; }],
  ['b', () => (state.sure ? String(state.sure) : ''), (text) => { state.sure = Math.min(100, Math.max(0, number(text))); }],
  ['o', () => state.sort, (text) => { state.sort = /^-?\w+$/u.test(text) ? text : ''; }],
];

// The state as the part of an address behind "#": '' for the beginning.
export function written() {
  return FIELDS.flatMap(([letter, write]) => { const text = write(); return text ? [`${letter}=${encodeURIComponent(text)}`] : []; }).join('&');
}

// Take the state from an address; what it does not name, or names wrongly, is as at the beginning.
export function restore(address) {
  Object.assign(state, structuredClone(INITIAL));
  const given = new URLSearchParams(address);
  for (const [letter, , read] of FIELDS) if (given.has(letter)) read(given.get(letter));
  if (state.thing < 0) Object.assign(state, { hops: 0, goal: -1 });
  for (const listener of listeners) listener(state, true);
}
