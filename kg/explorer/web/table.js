// Every fact that is seen, in rows of one height, of which only those on the screen are in the page.

import { paragraphButton, thingButton } from './parts.js';
import { choose, go, state } from './state.js';
import { button, called, el, label, period, say, word } from './words.js';

const ROW = 42, TWO_LINES = 60, NARROW = 700; // heights in pixels: of a row, and where the view is narrower than NARROW
const BEYOND = 8, FOOT = 30; // rows drawn above and below the screen; pixels that the status line covers
const PRINTED = 5000; // rows in a print, at most
const CITED = 2; // paragraphs in a row

const first = ({ evidence }) => evidence[0]?.passage.paragraph?.id ?? '';

// Of each column: what it is sorted by ('' comes last) and what stands in it.
const COLUMNS = {
  subject: { key: ({ from }) => called(from), cell: ({ from }) => thingButton(from) },
  relation: { key: ({ relation }) => label(relation), cell: ({ id, relation }) => button({ class: 'relation', click: () => choose({ fact: id }) }, label(relation), relation.symmetric ? ' ↔' : '') },
  object: { key: ({ to }) => called(to), cell: ({ to }) => thingButton(to) },
  status: { key: ({ status }) => word(status), cell: ({ status }) => word(status) },
  when: { key: ({ start, end }) => start || end, cell: period },
  paragraph: { key: first, cell: cited },
  confidence: { key: ({ told, sure }) => (told ? sure : ''), cell: ({ told, sure }) => (told ? sure.toFixed(2) : '') },
};

function cited({ evidence }) {
  const passages = [...new Map(evidence.map(({ passage }) => [passage.paragraph, passage])).values()].filter(({ paragraph }) => paragraph);
  return [passages.slice(0, CITED).map((passage) => paragraphButton(passage.paragraph, passage)), passages.length > CITED ? `+${passages.length - CITED}` : ''].flat();
}

let facts = [], order = []; // the rows, and what they were last put in order from and by
let here = 0; // the row that Tab comes to
let marked = -1; // the fact that was chosen when the table was last drawn
let fill = () => {}; // draws the rows of the table that is in the page
const again = () => fill(), watch = new ResizeObserver(again);

export function showTable(place, visible) {
  const down = state.sort.startsWith('-'), asked = state.sort.replace('-', ''), sort = asked in COLUMNS ? asked : 'paragraph';
  const wanted = [visible.facts, sort, down, state.language], same = wanted.every((part, i) => part === order[i]), kept = place.querySelector('.rows') && same ? place.scrollTop : 0;
  const focused = place.contains(document.activeElement) && document.activeElement.dataset.stop;
  if (!same) { facts = sorted(visible.facts, sort, down); order = wanted; here = 0; }

  const head = el('tr', { role: 'row', 'aria-rowindex': 1 }, Object.keys(COLUMNS).map((name) => el('th', { role: 'columnheader', scope: 'col', 'data-of': name, 'aria-sort': name !== sort ? 'none' : down ? 'descending' : 'ascending' },
    button({ 'data-stop': name, click: () => go({ sort: name === sort && !down ? `-${name}` : name }) }, say(`of_${name}`)))));
  const body = el('tbody', { role: 'rowgroup', keydown: walk });
  const table = el('table', { role: 'grid', 'aria-label': say('view_table'), 'aria-rowcount': facts.length + 1 }, el('thead', { role: 'rowgroup' }, head), body);
  const frame = el('div', { class: 'rows' }, facts.length ? table : el('p', { class: 'quiet' }, say('no_rows')));
  let height = ROW, all = false, drawn = '';

  function size() {
    all = document.body.classList.contains('printing');
    height = place.clientWidth < NARROW && !all ? TWO_LINES : ROW;
    frame.classList.toggle('narrow', height === TWO_LINES);
    frame.style.height = all ? '' : `${facts.length * height + head.offsetHeight}px`;
  }

  fill = () => {
    if (!table.isConnected) return;
    size();
    const from = all ? 0 : Math.max(0, Math.floor(place.scrollTop / height) - BEYOND), to = Math.min(facts.length, all ? PRINTED : Math.ceil((place.scrollTop + place.clientHeight) / height) + BEYOND);
    if (drawn === `${from} ${to} ${height}`) return;
    drawn = `${from} ${to} ${height}`;
    frame.style.paddingTop = `${from * height}px`;
    const stop = body.contains(document.activeElement) ? Number(document.activeElement.dataset.stop) : -1;
    if (here < from || here >= to) here = Math.min(to - 1, Math.ceil(place.scrollTop / height));
    body.replaceChildren(...facts.slice(from, to).map((fact, i) => row(fact, from + i)));
    if (stop >= 0) rest(stop);
  };

  // To a row, which is brought onto the screen, and there to the row itself (0) or the nth thing to press in it.
  function reach(to, stop = null) {
    here = Math.min(facts.length - 1, Math.max(0, to));
    place.scrollTop = Math.min(here * height, Math.max(place.scrollTop, (here + 1) * height + head.offsetHeight + FOOT - place.clientHeight));
    fill();
    for (const one of body.children) one.tabIndex = Number(one.dataset.row) === here ? 0 : -1;
    if (stop !== null) rest(stop);
  }

  function rest(stop) {
    const stops = stopsOf(body.querySelector(`[data-row="${here}"]`));
    stops[Math.min(stop, stops.length - 1)].focus({ preventScroll: true });
  }

  function walk(event) {
    const on = event.target.closest('tr'), stop = Number(event.target.dataset.stop), at = Number(on.dataset.row), screen = Math.floor(place.clientHeight / height) - 2;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + screen, PageUp: at - screen, Home: 0, End: facts.length - 1 }[event.key];
    const beside = { ArrowLeft: stop - 1, ArrowRight: stop + 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) reach(to, stop);
    else if (beside !== undefined) stopsOf(on)[beside]?.focus();
    else if (stop === 0 && (event.key === 'Enter' || event.key === ' ')) choose({ fact: facts[at].id });
    else return;
    event.preventDefault();
  }

  place.replaceChildren(frame);
  if (document.body.classList.contains('printing') && facts.length > PRINTED) frame.append(el('p', {}, say('printed', { count: PRINTED })));
  place.addEventListener('scroll', again); // once, as it is always the same function
  watch.observe(place);
  size();
  place.scrollTop = kept;
  fill();
  const chosen = state.fact >= 0 && (state.fact !== marked || !kept) ? facts.findIndex(({ id }) => id === state.fact) : -1;
  marked = state.fact;
  if (chosen >= 0) reach(chosen);
  if (focused in COLUMNS) head.querySelector(`[data-stop=${focused}]`).focus();
  else if (focused && facts.length) rest(Number(focused));
}

function stopsOf(row) { return [row, ...row.querySelectorAll('button')]; }

function row(fact, number) {
  const chosen = fact.id === state.fact;
  const made = el('tr', {
    role: 'row', 'aria-rowindex': number + 2, 'aria-selected': String(chosen), class: chosen && 'chosen', 'data-row': number, 'data-status': fact.status,
    click: ({ target }) => { here = number; if (!target.closest('button')) choose({ fact: fact.id }); },
  }, Object.entries(COLUMNS).map(([name, { key, cell }]) => el('td', { role: 'gridcell', 'data-of': name, title: name === 'subject' || name === 'object' ? key(fact) : null }, cell(fact))));
  stopsOf(made).forEach((one, i) => { one.tabIndex = i || number !== here ? -1 : 0; one.dataset.stop = i; });
  return made;
}

// By a column; the same there: as they come in the report.
function sorted(among, name, down) {
  const { key } = COLUMNS[name], { compare } = new Intl.Collator('zh', { numeric: true }), keys = new Map(among.map((fact) => [fact, key(fact)]));
  const values = [...new Set(keys.values())].filter((value) => value !== '').toSorted((a, b) => (typeof a === 'string' ? compare(a, b) : a - b));
  const ranks = new Map(values.map((value, i) => [value, down ? -i : i])), rank = (fact) => ranks.get(keys.get(fact)) ?? values.length;
  return among.toSorted((a, b) => rank(a) - rank(b) || first(a) - first(b) || a.id - b.id);
}
