// When: how much is said of each year, and below each dated fact on the same axis.

import { yearsOf } from './choose.js';
import { by, facts, figures } from './data.js';
import { redraw } from './parts.js';
import { choose, go, state, STATUSES } from './state.js';
import { button, called, el, label, period, qualifiers, say, symbol, tint, word } from './words.js';

const HEIGHT = 110, NARROW = 32; // of the highest bar; for a year's name: pixels
let grouping = 'subject', limit = 400; // rows shown until all are asked for

// The axis: a column for each year in which something begins or ends, narrower where only numbers do, and a break (year 0) for two years or
// more in which nothing does.
const columns = [];
for (const year of [...new Set([...facts, ...figures].flatMap((one) => yearsOf(one) || []))].toSorted((a, b) => a - b)) {
  const before = columns.at(-1)?.year ?? year - 1;
  if (year - before > 2) columns.push({ year: 0, wide: 0.35 });
  else if (year - before === 2) columns.push(column(year - 1));
  columns.push(column(year));
}
const width = columns.reduce((sum, { wide }) => sum + wide, 0);
const left = new Map(columns.map(({ year }, i) => [year, columns.slice(0, i).reduce((sum, { wide }) => sum + wide, 0)]));

function column(year) { return { year, wide: within(facts, year).length ? 1 : 0.6 }; }
function within(items, year) { return items.filter((one) => { const years = yearsOf(one); return years && years[0] <= year && year <= years[1]; }); }
function spread(made, { wide }) { return styled(made, { flexGrow: wide }); }
function styled(made, style) { return Object.assign(made.style, style) && made; }

// Where on the axis a day begins, or ends, in percent.
function at(day, ends = 0) {
  const year = Number(day.slice(0, 4)), first = Date.UTC(year, 0, 1);
  return ((left.get(year) + (Date.parse(day) + ends * 864e5 - first) / (Date.UTC(year + 1, 0, 1) - first)) / width) * 100;
}

export function showTime(place, visible) {
  if (!columns.length) { redraw(place, el('p', {}, say('time_none'))); return; }
  const dated = visible.facts.filter(yearsOf).toSorted((a, b) => (a.start || a.end).localeCompare(b.start || b.end) || a.end.localeCompare(b.end) || a.relation.id - b.relation.id || a.id - b.id), undated = visible.facts.length - dated.length;
  const choice = (name) => button({ class: 'step', 'aria-pressed': String(grouping === name), 'data-key': name, click: () => { grouping = name; showTime(place, visible); } }, say(`time_${name}`));
  const named = namedYears((place.clientWidth * (place.clientWidth < 600 ? 1 : 0.6)) / width);
  redraw(place, el('div', { class: 'timeline' },
    chart(visible, named),
    el('p', { class: 'line' }, [say('time_dated', { count: dated.length }), undated && say('time_undated', { count: undated })].filter(Boolean).join(' · ')),
    dated.length ? el('div', { class: 'lanes' },
      scale('grid', () => ''),
      el('div', { class: 'row axis' }, el('div', { role: 'group', 'aria-label': say('time_by') }, choice('subject'), choice('relation')), scale('', (year) => (named.has(year) ? String(year) : ''))),
      events(dated), lanes(dated)) : null,
    dated.length > limit ? button({ click: () => { limit = Infinity; showTime(place, visible); } }, say('time_rest', { count: dated.length - limit })) : null));
}

// The years whose names have room, where a year is so many pixels wide.
function namedYears(wide) {
  const found = new Set();
  let last = -Infinity;
  for (const [year, from] of left) if (year && (from - last) * wide >= NARROW) { found.add(year); last = from; }
  return found;
}

function scale(name, text) { return el('div', { class: `plot ${name}`, 'aria-hidden': 'true' }, columns.map((one) => spread(el('span', { class: one.year ? 'year' : 'break' }, el('span', { class: 'name' }, text(one.year))), one))); }

// Facts by status and figures, a column a year; years filtered out are pale.
function chart({ facts: seen, figures: counted, passed, anyYear }, named) {
  const narrowed = seen.length < passed.length, statuses = STATUSES.filter((status) => facts.some((fact) => fact.status === status));
  const told = columns.map(({ year, wide }) => ({ year, wide, facts: within(narrowed ? seen : anyYear.facts, year), figures: within(narrowed ? counted : anyYear.figures, year) }));
  const most = Math.max(1, ...told.flatMap((one) => [one.facts.length, one.figures.length])), [first, last] = state.years || [0, 9999], roomy = named.size === left.size - left.has(0);
  const bar = (parts, sum) => el('span', { class: 'stack' }, el('span', { class: 'sum' }, sum && roomy ? String(sum) : ''), parts.filter(([, count]) => count).map(([name, count]) => styled(el('span', { class: `part ${name}` }), { height: `${(count / most) * HEIGHT}px` })));
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => most / size <= 4) ?? most;
  return el('div', { class: 'row chart' },
    el('div', {}, el('ul', {}, [...statuses.map((status) => [status, word(status)]), ['figures', say('time_numbers')]].map(([name, text]) => el('li', {}, el('span', { class: `part ${name}` }), text))), el('p', { class: 'quiet' }, say('time_press'))),
    el('div', { class: 'plot', role: 'group', 'aria-label': say('time_chart') },
      Array.from({ length: Math.floor(most / step) }, (_, i) => styled(el('span', { class: 'tick', 'aria-hidden': 'true' }, String((i + 1) * step)), { bottom: `${(((i + 1) * step) / most) * HEIGHT + 20}px` })),
      told.map((one) => {
        const { year, facts: some, figures: numbers } = one;
        if (!year) return spread(el('span', { class: 'break', 'aria-hidden': 'true' }), one);
        const parts = statuses.map((status) => [status, some.filter((fact) => fact.status === status).length]), on = year >= first && year <= last;
        const name = say('time_year', { year, facts: [...parts.filter(([, count]) => count).map(([status, count]) => `${word(status)} ${count}`), `${say('time_numbers')} ${numbers.length}`].join(' · ') });
        return spread(button({
          class: `year${on ? '' : ' out'}`, title: name, 'aria-label': name, 'aria-pressed': String(Boolean(state.years) && on), 'data-key': `year-${year}`,
          click: ({ shiftKey }) => go({ years: shiftKey && state.years ? [Math.min(first, year), Math.max(last, year)] : first === year && last === year ? null : [year, year] }),
        }, el('span', { class: 'stacks' }, bar(parts, some.length), bar([['figures', numbers.length]], numbers.length)), el('span', { class: 'name' }, named.has(year) ? String(year) : '')), one);
      })));
}

// Each event once, as long as what is told of it.
function events(dated) {
  const found = by(dated.flatMap((fact) => [fact.from, fact.to].filter(({ kind }) => kind.name === 'Event').map((event) => [event, fact])), ([event]) => event);
  if (!found.size) return null;
  return lane('events', [say('time_events')], found.size, [...found].map(([event, pairs]) => {
    const told = pairs.map(([, fact]) => fact), start = told.map((fact) => fact.start).toSorted()[0], end = told.some((fact) => !fact.end) ? '' : told.map((fact) => fact.end).toSorted().at(-1);
    return row({ start, end, status: 'event', colour: tint(event.kind) }, event.id === state.thing ? 'lit' : '', `thing-${event.id}`, `${called(event)} · ${period({ start, end })}`, () => choose({ thing: event.id }), symbol(event.kind), called(event));
  }));
}

function lanes(dated) {
  const name = (fact) => (grouping === 'relation' ? fact.relation : fact.from);
  const groups = by(dated, name), inOrder = [...groups.values()].toSorted((a, b) => b.length - a.length);
  const shown = by(inOrder.flat().slice(0, limit), name);
  return [...shown].map(([common, group]) => lane('', grouping === 'relation' ? [label(common)] : [symbol(common.kind), called(common)], groups.get(common).length, group.map((fact) => {
    const arrow = el('span', { class: 'arrow' }, fact.relation.symmetric ? ' ↔ ' : ' → '), title = [`${called(fact.from)} ${label(fact.relation)} ${called(fact.to)}`, ...qualifiers(fact)].join(' · ');
    return row(fact, fact.id === state.fact ? 'lit' : [fact.from.id, fact.to.id].includes(state.thing) ? 'near' : '', `fact-${fact.id}`, title, () => choose({ fact: fact.id }), grouping === 'relation' ? called(fact.from) : el('span', { class: 'arrow' }, label(fact.relation)), arrow, called(fact.to));
  })));
}

function lane(name, heading, count, rows) {
  return el('section', { class: name }, el('h2', {}, heading, el('span', { class: 'count' }, String(count))), el('ul', {}, rows.map((one) => el('li', {}, one))));
}

// What holds from a day to a day: its words, and a bar on the axis with the date where the axis does not show it.
function row({ start, end, status, colour = '' }, lit, key, title, press, ...words) {
  const from = start ? at(start) : 0, to = end ? at(end, 1) : 100, when = period({ start, end }), side = to < 80 ? { left: `${to}%` } : { right: from > 15 ? `${100 - from}%` : 0 };
  const date = /^\d{4}( – \d{4})?$/u.test(when) ? null : styled(el('span', { class: 'when' }, when), side);
  return button({ class: `row ${lit}`, title, 'data-key': key, click: press }, el('span', { class: 'what' }, words),
    el('span', { class: 'track' }, styled(el('span', { class: `part ${status}${start ? '' : ' until'}${end ? '' : ' since'}` }), { left: `${from}%`, width: `${to - from}%`, background: colour }), date));
}
