// What stands in the picture's place where there is too much to draw: classes of things by sections, and groups that hang together. Each leads to less.

import { by, hubs, kinds, page, paragraphs, sections } from './data.js';
import { joined } from './find.js';
import { redraw, thingButton } from './parts.js';
import { go, state } from './state.js';
import { button, el, id, label, say, symbol } from './words.js';

const GROUPS = 20, LEAST = 4, ROUNDS = 10, LISTED = 60; // groups shown; things in the smallest; passes of finding them; things of a cell shown

// The columns: reports where there are several, else the headings of the first level, or of the second where the first has one only.
const several = page.reports.length > 1, level = (depth) => ({ section }) => section.split(' › ').slice(0, depth).join(' › ');
const depth = new Set(paragraphs.map(level(1))).size > 1 ? 1 : 2;
const columnOf = new Map(), numberOf = new Map(sections.map((section, i) => [section, i]));
const COLUMNS = [...by(paragraphs, several ? ({ report }) => report : level(depth))].map(([of, inside], i) => {
  for (const paragraph of inside) columnOf.set(paragraph, i);
  return { name: several ? of.symbol : of.split(' › ').pop() || say('no_section'), title: several ? of.title : of, sections: new Set(inside.map(({ section }) => numberOf.get(section))) };
});
const ALL = -1; // the row of all classes, the column of all sections

let opened = '', kept = {}; // the cell whose things are listed; the facts last shown, with their cells and groups

const columnsOf = ({ evidence }) => new Set([ALL, ...evidence.filter(({ passage: { paragraph } }) => paragraph && !state.off.sections.includes(numberOf.get(paragraph.section))).map(({ passage }) => columnOf.get(passage.paragraph))]);
const rowsOf = ({ from, to }) => new Set([ALL, from.kind.id, to.kind.id]);

export function showSummary(place, visible) {
  if (kept.facts !== visible.facts) kept = { facts: visible.facts, cells: cellsOf(visible.facts), found: groups(visible.facts) };
  const { cells, found } = kept;
  const again = () => showSummary(place, visible);
  redraw(place, banner(visible), ...matrix(cells, again), cells.has(opened) ? listing(opened, cells) : null, hanging(found.slice(0, GROUPS)));
}

// The facts of each cell, by "row column".
function cellsOf(seen) {
  const cells = new Map();
  for (const fact of seen) {
    const columns = columnsOf(fact);
    for (const row of rowsOf(fact)) for (const column of columns) { const key = `${row} ${column}`; if (cells.has(key)) cells.get(key).push(fact); else cells.set(key, [fact]); }
  }
  return cells;
}

function banner({ things, facts: seen }) {
  const most = page.opening.most;
  return el('div', { class: 'banner' }, el('p', {}, el('strong', {}, say('summary_much', { things: things.size, facts: seen.length })), ' ', say('summary_ways', { most })),
    el('div', { class: 'steps' }, button({ click: () => id('search').focus() }, say('summary_search')), button({ 'data-key': 'all', click: () => go({ all: true }) }, say('summary_all'))));
}

function matrix(cells, again) {
  const count = (row, column) => cells.get(`${row} ${column}`)?.length ?? 0;
  const columns = [ALL, ...COLUMNS.keys()].filter((column) => count(ALL, column)), rows = [ALL, ...kinds.map((kind) => kind.id).filter((row) => count(row, ALL)).toSorted((a, b) => count(b, ALL) - count(a, ALL) || a - b)];
  const most = Math.max(...columns.slice(1).flatMap((column) => rows.slice(1).map((row) => count(row, column))), 1);
  const cell = (row, column) => {
    const key = `${row} ${column}`, number = count(row, column);
    if (!number) return el('td', {}, '–');
    const made = button({ 'data-key': key, 'aria-pressed': String(key === opened), 'aria-label': `${cellName(row, column)}: ${number}`, click: () => { opened = key === opened ? '' : key; again(); } }, String(number));
    if (row !== ALL && column !== ALL) made.style.setProperty('--share', `${Math.round(8 + 52 * Math.sqrt(number / most))}%`);
    return el('td', {}, made);
  };
  const table = el('table', { 'aria-label': say('summary_matrix') },
    el('thead', {}, el('tr', {}, el('td'), columns.map((column) => el('th', { scope: 'col', lang: column === ALL ? null : 'zh', title: COLUMNS[column]?.title }, el('span', {}, columnName(column)))))),
    el('tbody', {}, rows.map((row) => el('tr', {}, el('th', { scope: 'row' }, row === ALL ? null : symbol(kinds[row]), ' ', rowName(row)), columns.map((column) => cell(row, column))))));
  table.style.width = `min(100%, ${columns.length * 76 + 220}px)`; // a few columns stay together
  return [el('p', { class: 'quiet' }, say('summary_matrix')), el('div', { class: 'matrix', tabindex: 0, role: 'region', 'aria-label': say('summary_matrix') }, table)];
}

const rowName = (row) => (row === ALL ? say('summary_kinds') : label(kinds[row]));
const columnName = (column) => (column === ALL ? say(several ? 'summary_reports' : 'summary_sections') : COLUMNS[column].name);
const cellName = (row, column) => [row, column].map((at, i) => (i ? columnName : rowName)(at)).join(' · ');

// The things of a cell, the most told of first; and the way to draw its whole column.
function listing(key, cells) {
  const [row, column] = key.split(' ').map(Number), counts = new Map(), wanted = COLUMNS[column]?.sections;
  for (const { from, to } of cells.get(key)) for (const thing of new Set([from, to])) if (row === ALL || thing.kind.id === row) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  const found = [...counts].toSorted(([a, n], [b, m]) => m - n || a.id - b.id), off = wanted && [...sections.keys()].filter((section) => !wanted.has(section) || state.off.sections.includes(section));
  return el('section', { class: 'listing' }, el('h2', {}, cellName(row, column)), el('p', { class: 'quiet', role: 'status' }, say('summary_cell', { facts: cells.get(key).length, things: found.length, shown: Math.min(LISTED, found.length) })),
    wanted && !several ? button({ class: 'draw', 'data-key': 'draw', click: () => go({ off: { ...state.off, sections: off } }) }, say('summary_draw', { count: cells.get(`${ALL} ${column}`).length })) : null,
    el('ul', {}, found.slice(0, LISTED).map(([thing, count]) => el('li', {}, thingButton(thing, { hops: 1 }), el('span', { class: 'count' }, String(count))))));
}

function hanging(found) {
  if (!found.length) return null;
  return el('section', { class: 'groups' }, el('h2', {}, say('summary_groups')), el('p', { class: 'quiet' }, say('summary_groups_about')), el('ol', {}, found.map(({ members, inside }) => el('li', {},
    el('div', {}, members.slice(0, 3).map((thing) => el('div', {}, thingButton(thing, { hops: 1 })))), el('p', { class: 'quiet' }, say('summary_group', { things: members.length, facts: inside }))))));
}

// [{members, inside}], the largest first: things that have more to do with each other than with the rest, hubs left out. Each thing takes the name
// that most of its neighbours have until nothing moves (label propagation), in a fixed order, so that the groups are the same every time.
function groups(seen) {
  const links = joined(seen), degree = (thing) => links.get(thing).length, order = [...links.keys()].filter(({ id: of }) => !hubs.has(of)).toSorted((a, b) => degree(b) - degree(a) || a.id - b.id);
  const names = new Map(order.map((thing) => [thing, thing.id]));
  for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
    moved = false;
    for (const thing of order) {
      const votes = new Map();
      let best = names.get(thing);
      for (const [other] of links.get(thing)) if (names.has(other)) votes.set(names.get(other), (votes.get(names.get(other)) ?? 0) + 1);
      for (const [name, count] of votes) { const most = votes.get(best) ?? 0; if (count > most || (count === most && best !== names.get(thing) && name < best)) best = name; }
      moved ||= best !== names.get(thing);
      names.set(thing, best);
    }
  }
  const inside = new Map();
  for (const { from, to } of seen) if (names.has(from) && names.get(from) === names.get(to)) inside.set(names.get(from), (inside.get(names.get(from)) ?? 0) + 1);
  return [...by(order, (thing) => names.get(thing))].map(([name, members]) => ({ members, inside: inside.get(name) ?? 0 })).filter(({ members }) => members.length >= LEAST).toSorted((a, b) => b.members.length - a.members.length || a.members[0].id - b.members[0].id);
}
