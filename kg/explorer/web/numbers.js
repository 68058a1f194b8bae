// The numbers of the reports as a table to sort, each with a small plot where there is something to compare it with.

import { by, figures, page, things } from './data.js';
import { plain } from './find.js';
import { paragraphButton, redraw, thingButton } from './parts.js';
import { choose, go, state } from './state.js';
import { brief, button, called, dark, el, grouped, period, say, svg, word } from './words.js';

const SIGNS = { atLeast: '≥', moreThan: '>', lessThan: '<', atMost: '≤', approximately: '≈' };
const STEP = 100; // rows drawn at a time
const WIDTH = 152, ROOM = 138, MARGIN = 34, MIDDLE = 10; // of a plot, in pixels: for bars up to ROOM, for dots between two margins

const later = new Map(figures.filter(({ baseline }) => baseline >= 0).map((figure) => [figure.baseline, figure]));
const name = (thing) => (thing ? called(thing) : '');

// What each column is sorted by; '' comes last.
const COLUMNS = {
  about: ({ about }) => name(about), counted: ({ counted }) => counted, value: ({ value }) => value, plot: null,
  period: ({ start, end }) => start || end, place: ({ place }) => name(things[place]), paragraph: ({ id }) => id,
};

// A thing by a short name, where its own is long.
function shortly(thing) {
  if (!thing) return '';
  const made = thingButton(thing);
  made.lastChild.replaceWith(brief(thing, 8));
  made.title = called(thing);
  return made;
}

const amount = ({ exact, unit }) => [grouped(exact), word(unit)].filter(Boolean).join(' ');
const inWords = (figure) => (figure.comparator in SIGNS ? `${word(figure.comparator)} ${amount(figure)}` : amount(figure));

function valueOf({ comparator, exact, text, unit }) {
  const named = word(comparator);
  return [
    comparator in SIGNS ? el('span', { class: 'sign', role: 'img', title: named, 'aria-label': named }, SIGNS[comparator]) : '', ' ',
    el('span', { class: 'value', title: text }, grouped(exact)), ' ', el('span', { class: 'unit' }, word(unit)),
  ];
}

// One line of it: about whom, what is counted, how many, and what qualifies that.
export function figureLine(figure) {
  const before = figures[figure.baseline], said = [period(figure), before && say('number_from', { value: inWords(before) }), say('sure', { share: figure.sure })];
  return [
    figure.about ? thingButton(figure.about) : '', ' ', el('span', { lang: 'zh' }, figure.counted), ' ', el('strong', {}, valueOf(figure)),
    el('div', { class: 'said' }, said.filter(Boolean).map((text) => el('span', {}, text))),
  ];
}

let words = '', drawn = {}; // what the box asks for; what is drawn, and from what

export function showNumbers(place, visible) {
  const wanted = plain(words), down = state.sort.startsWith('-'), asked = state.sort.replace('-', ''), sort = COLUMNS[asked] ? asked : 'paragraph';
  const shown = sorted(visible.figures.filter(({ about, counted }) => !wanted || plain(`${counted} ${name(about)} ${about?.label}`).includes(wanted)), sort, down);
  const from = [dark(), sort, down, ...shown.map(({ id }) => id)].join();
  if (!place.contains(drawn.rows) || drawn.language !== state.language) drawn = frame(place);
  drawn.again = () => showNumbers(place, visible);
  if (from !== drawn.from) {
    drawn.from = from;
    drawn.count.textContent = say('shown_figures', { figures: shown.length, all: page.figures.length });
    redraw(drawn.rows, ...tableOf(shown, scalesOf(visible.figures), sort, down));
  }
  for (const row of drawn.rows.querySelectorAll('[aria-current]')) row.removeAttribute('aria-current');
  for (const row of drawn.rows.querySelectorAll(`[data-passage="${state.passage}"]`)) row.setAttribute('aria-current', 'true');
}

// What stands around the rows: it stays while they change, as someone may be typing in it.
function frame(place) {
  const count = el('span', { role: 'status' }), rows = el('div'), { language } = state;
  const box = el('input', { type: 'search', value: words, placeholder: say('number_find'), 'aria-label': say('number_find'), input: () => { words = box.value; drawn.again(); } });
  redraw(place, el('div', { class: 'numbers' }, el('div', { class: 'line' }, count, box, el('span', { class: 'quiet' }, say('number_striped'))), rows));
  return { count, rows, language };
}

// Amounts of one unit stand together, whichever way they are sorted.
function sorted(among, column, down) {
  const { compare } = new Intl.Collator(state.language ? 'en' : 'zh', { numeric: true }), keys = new Map(among.map((figure) => [figure, COLUMNS[column](figure)]));
  const ranks = new Map([...new Set(keys.values())].filter((key) => key !== '').toSorted((a, b) => (typeof a === 'string' ? compare(a, b) : a - b)).map((key, rank) => [key, down ? -rank : rank]));
  const rank = (figure) => ranks.get(keys.get(figure)) ?? Infinity, units = (a, b) => (column === 'value' && a.unit !== b.unit ? (a.unit < b.unit ? -1 : 1) : 0);
  return among.toSorted((a, b) => { const [x, y] = [rank(a), rank(b)]; return units(a, b) || (x === y ? a.id - b.id : x - y); });
}

function tableOf(shown, scales, sort, down) {
  const more = button({ class: 'more', click: () => fill() }), table = el('table', { role: 'table', 'aria-label': say('view_numbers') });
  let rest = shown;
  const fill = () => {
    table.append(el('tbody', { role: 'rowgroup' }, rest.slice(0, STEP).map((figure) => row(figure, scales))));
    rest = rest.slice(STEP);
    more.textContent = say('number_more', { count: rest.length });
    more.hidden = !rest.length;
  };
  new IntersectionObserver((told) => { if (told.at(-1).isIntersecting) fill(); }, { rootMargin: '600px' }).observe(more);
  const press = (column) => { const next = (column === sort ? !down : column === 'value') ? `-${column}` : column; go({ sort: next === 'paragraph' ? '' : next }); };
  const heads = Object.keys(COLUMNS).map((column) => el('th', { role: 'columnheader', scope: 'col', class: column, 'aria-sort': column === sort ? (down ? 'descending' : 'ascending') : null },
    COLUMNS[column] ? button({ 'data-key': `sort-${column}`, click: () => press(column) }, say(`number_${column}`)) : say(`number_${column}`)));
  table.append(el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, heads)));
  fill();
  return [table, more];
}

function row(figure, scales) {
  const { about, counted, passage, place } = figure, pick = () => choose({ paragraph: passage.paragraph.id, passage: passage.id });
  const cell = (kind, inside) => el('td', { role: 'cell', class: kind }, inside);
  return el('tr', { role: 'row', 'data-passage': passage.id, click: (event) => { if (!event.target.closest('button')) pick(); } },
    cell('about', shortly(about)), cell('counted', button({ lang: 'zh', click: pick }, counted)), cell('value', valueOf(figure)), cell(figures[figure.baseline] ? 'plot change' : 'plot', plot(figure, scales)),
    cell('period', period(figure)), cell('place', shortly(things[place])), cell('paragraph', paragraphButton(passage.paragraph, passage)));
}

// ---------------------------------------------------------------- plots

// What figures are compared with each other: shares, money of one currency, and what is counted in the same words.
const alike = ({ counted, unit }) => (unit === 'PERCENT' || unit.startsWith('CCY_') ? unit : `${counted} ${unit}`);

// The end of each group's scale; one figure alone has none, unless it is a share.
function scalesOf(among) {
  return new Map([...by(among, alike)].map(([group, all]) => [group, group === 'PERCENT' ? Math.max(100, ...all.map(({ value }) => value)) : all.length > 1 ? all.reduce((most, { value }) => Math.max(most, value), 0) : 0]));
}

function plot(figure, scales) {
  const before = figures[figure.baseline], after = later.get(figure.id), most = scales.get(alike(figure));
  if (before) return change(before, figure);
  if (after) return el('span', { class: 'quiet' }, say('number_baseline', { value: inWords(after) }));
  return most ? bar(figure, most) : '';
}

function drawing(text, ...parts) { return svg('svg', { viewBox: `0 0 ${WIDTH} 20`, width: WIDTH, height: 20, role: 'img', 'aria-label': text }, parts); }
const line = (kind, from, to) => svg('path', { class: kind, d: `M${from.toFixed(1)} ${MIDDLE}H${to.toFixed(1)}` });

// A bar; striped is what the report leaves open: beyond a least number, below a greatest, around an approximate one.
function bar(figure, most) {
  const end = (figure.value / most) * ROOM, { comparator } = figure, below = comparator === 'lessThan' || comparator === 'atMost', above = comparator === 'moreThan' || comparator === 'atLeast';
  const [solid, open] = below ? [0, end] : above ? [end, end + 12] : comparator in SIGNS ? [Math.max(0, end - 5), end + 5] : [end, end];
  return drawing(say('number_of', { value: inWords(figure), most: amount({ ...figure, exact: most }) }),
    figure.unit === 'PERCENT' ? line('track', 0, ROOM) : '', solid ? line('solid', 0, Math.max(1, solid)) : '', open > solid ? line('open', solid, open) : '',
    below ? svg('path', { class: 'edge', d: `M${end.toFixed(1)} 3V17` }) : '');
}

// From the baseline, an open dot, to the value, a filled one.
function change(before, after) {
  const most = after.unit === 'PERCENT' ? 100 : Math.max(before.value, after.value), scale = WIDTH - 2 * MARGIN, at = ({ value }) => MARGIN + (value / (most || 1)) * scale;
  const [from, to] = [at(before), at(after)], way = to < from ? -1 : 1, short = new Intl.NumberFormat(state.language ? 'en' : 'zh', { notation: 'compact', maximumFractionDigits: 1 });
  const text = (figure, x, side) => svg('text', { x: x + side * 8, y: MIDDLE + 4, 'text-anchor': side < 0 ? 'end' : 'start' }, (SIGNS[figure.comparator] ?? '') + short.format(figure.value) + (figure.unit === 'PERCENT' ? '%' : ''));
  return drawing(say('number_change', { from: inWords(before), to: inWords(after) }),
    svg('path', { class: 'scale', d: `M${MARGIN} 16.5v2h${scale}v-2` }), line('way', from, to),
    Math.abs(to - from) > 20 ? svg('path', { class: 'way', d: `M${(from + to) / 2 - 2 * way} ${MIDDLE - 4}l${4 * way} 4l${-4 * way} 4` }) : '',
    svg('circle', { class: 'before', cx: from, cy: MIDDLE, r: 4 }), svg('circle', { class: after.comparator in SIGNS ? 'after bounded' : 'after', cx: to, cy: MIDDLE, r: 4.5 }),
    text(before, from, -way), text(after, to, way));
}
