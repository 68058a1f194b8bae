// Which facts and figures the filters let through, and how many each choice of a filter would give.

import { facts, figures, kinds, relations, sections, things, topics } from './data.js';
import { state, STATUSES } from './state.js';

// What a fact is, for each filter, as numbers of choices. A place that lies in a country counts as the country does not: only what is said.
const countriesOf = (fact) => [...new Set([fact.from.id, fact.to.id, fact.place])].filter((id) => things[id]?.kind.name === 'Country');
const sectionsOf = ({ evidence }) => [...new Set(evidence.map(({ passage }) => sections.indexOf(passage.paragraph.section)))];
const topicsOf = ({ evidence }) => [...new Set(evidence.flatMap(({ passage }) => passage.paragraph.topics))];

// [first, last] year; null when nothing says when.
export function yearsOf({ start, end }) {
  return start || end ? [Number((start || end).slice(0, 4)), Number((end || start).slice(0, 4))] : null;
}

const TRAITS = new Map(facts.map((fact) => [fact, { sections: sectionsOf(fact), topics: topicsOf(fact), countries: countriesOf(fact), years: yearsOf(fact) }]));
const dated = [...facts, ...figures].map(yearsOf).filter(Boolean);
export const span = dated.length ? [Math.min(...dated.map(([first]) => first)), Math.max(...dated.map(([, last]) => last))] : null;

// The filters a fact does not pass.
function stops(fact, off) {
  const traits = TRAITS.get(fact), found = [];
  if (off.kinds.has(fact.from.kind.id) || off.kinds.has(fact.to.kind.id)) found.push('kinds');
  if (off.relations.has(fact.relation.id)) found.push('relations');
  if (off.status.has(STATUSES.indexOf(fact.status))) found.push('status');
  for (const name of ['sections', 'topics']) if (traits[name].length && traits[name].every((one) => off[name].has(one))) found.push(name);
  if (state.only.length && !traits.countries.some((id) => state.only.includes(id))) found.push('countries');
  if (!inYears(traits.years)) found.push('years');
  if (fact.sure < state.sure / 100) found.push('sure');
  return found;
}

function inYears(years) { return !state.years || (years !== null && years[0] <= state.years[1] && years[1] >= state.years[0]); }

// {facts, things (a Set), figures, counts, anyYear}: what passes all filters; for each filter a Map from its choices to how many facts
// (of classes: things) pass all the others; and the facts and figures that pass all filters but the years.
export function chosen() {
  const off = Object.fromEntries(Object.entries(state.off).map(([name, values]) => [name, new Set(values)]));
  const passed = [], anyYear = [], counts = Object.fromEntries(['kinds', 'relations', 'status', 'topics', 'sections', 'countries', 'years'].map((name) => [name, new Map()]));
  const ends = new Set();
  const add = (name, value) => counts[name].set(value, (counts[name].get(value) || 0) + 1);
  for (const fact of facts) {
    const found = stops(fact, off);
    if (found.length > 1) continue;
    const [stop] = found, traits = TRAITS.get(fact), open = (name) => !stop || stop === name;
    if (!stop) passed.push(fact);
    if (open('years')) anyYear.push(fact);
    if (open('kinds')) { ends.add(fact.from); ends.add(fact.to); }
    if (open('relations')) add('relations', fact.relation.id);
    if (open('status')) add('status', STATUSES.indexOf(fact.status));
    for (const name of ['topics', 'sections', 'countries']) if (open(name)) for (const one of traits[name]) add(name, one);
    if (open('years') && traits.years) for (let year = traits.years[0]; year <= traits.years[1]; year += 1) add('years', year);
  }
  for (const thing of ends) add('kinds', thing.kind.id);
  const told = figures.filter((figure) => passes(figure, off));
  return {
    facts: passed, things: new Set(passed.flatMap(({ from, to }) => [from, to])), figures: told.filter((figure) => inYears(yearsOf(figure))), counts,
    anyYear: { facts: anyYear, figures: told },
  };
}

function passes(figure, off) {
  const { about, place, passage, sure } = figure;
  return !off.sections.has(sections.indexOf(passage.paragraph.section)) && !passage.paragraph.topics.every((topic) => off.topics.has(topic)) && sure >= state.sure / 100
    && (!about || !off.kinds.has(about.kind.id)) && (!state.only.length || state.only.includes(place) || state.only.includes(about?.id));
}

// Whether anything is filtered out.
export function filtered() {
  return Object.values(state.off).some((values) => values.length) || state.only.length > 0 || state.years !== null || state.sure > 0;
}

// The choices of each filter in the order they are shown: the most frequent first, headings and years as they come.
function byCount(values, of) {
  const counts = new Map();
  for (const fact of facts) for (const value of of(fact)) counts.set(value, (counts.get(value) || 0) + 1);
  return values.filter(({ id }) => counts.has(id)).toSorted((a, b) => counts.get(b.id) - counts.get(a.id) || a.id - b.id);
}
const withFacts = new Set(facts.flatMap(({ from, to }) => [from, to]));
export const choices = {
  kinds: kinds.map((kind) => [kind, [...withFacts].filter((thing) => thing.kind === kind).length]).filter(([, n]) => n).toSorted((a, b) => b[1] - a[1] || a[0].id - b[0].id).map(([kind]) => kind),
  relations: byCount(relations, ({ relation }) => [relation.id]),
  status: STATUSES.map((name, i) => ({ id: i, name })).filter(({ name }) => facts.some(({ status }) => status === name)),
  topics,
  sections: sections.map((name, i) => ({ id: i, name })),
  countries: byCount(things, countriesOf),
};
