// What can be taken away of what is seen: the picture, the facts as a table or as Turtle, the address, a print.

import { characters, page, things } from './data.js';
import { drawing } from './drawing.js';
import { go, state } from './state.js';
import { full, identify, ofOntology } from './iris.js';
import { turtle } from './turtle.js';
import { button, called, el, id, label, say, word } from './words.js';

const TIMES = 4, LARGEST = 16000; // of a bitmap: its pixels for each of the screen; what a browser draws at most
const KEPT = 60000; // milliseconds that a file is kept for the browser to write it

// Put a text on the clipboard; where the browser has none or refuses, by the old way, from a field that is selected.
export async function copied(text) {
  try { await navigator.clipboard.writeText(text); } catch {
    const field = el('textarea', { class: 'away', readonly: true }, text), before = document.activeElement;
    (document.querySelector('dialog[open]') || document.body).append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    before?.focus();
    if (!done) throw new Error(say('not_copied'));
  }
}

// ---------------------------------------------------------------- tables

const place = (at) => (things[at] ? called(things[at]) : at === -1 ? '' : at);
const iriOf = ({ iri }) => iri && full(iri);
const SAID = { // of the passage that says it
  report: ({ paragraph }) => paragraph?.report?.symbol, paragraph: ({ paragraph }) => paragraph?.number, section: ({ paragraph }) => paragraph?.section,
  quote: ({ paragraph, start, end }) => paragraph && characters(paragraph).slice(start, end).join(''),
};
const FACT = {
  subject: ({ from }) => called(from), relation: ({ relation }) => label(relation), object: ({ to }) => called(to), subject_class: ({ from }) => label(from.kind), object_class: ({ to }) => label(to.kind),
  status: ({ status }) => word(status), start: ({ start }) => start, end: ({ end }) => end, amount: ({ amount }) => amount, unit: ({ unit }) => word(unit), place: (fact) => place(fact.place), programme: ({ programme }) => place(programme), confidence: ({ told, sure }) => (told ? sure : ''),
};
const FACT_IRIS = { subject_iri: ({ from }) => iriOf(from), relation_iri: ({ relation }) => ofOntology(relation.name), object_iri: ({ to }) => iriOf(to), statement_iri: iriOf };
const FIGURE = {
  about: ({ about }) => (about ? called(about) : ''), counted: ({ counted }) => counted, value: ({ exact }) => exact, unit: ({ unit }) => word(unit), comparator: ({ comparator }) => word(comparator), number: ({ text }) => text,
  start: ({ start }) => start, end: ({ end }) => end, place: (figure) => place(figure.place), confidence: ({ sure }) => sure,
};

// Quoted where it must be; what a spreadsheet would run as a formula begins with an apostrophe, which a number need not.
function cell(value = '') {
  const text = String(value ?? ''), safe = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) && !/^-?\d+(?:\.\d+)?$/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function csv({ facts, figures }) {
  await identify(facts);
  const table = (parts, rows) => [parts.flatMap(Object.keys).map((name) => say(`of_${name}`)), ...rows.map((row) => row.flatMap((one, i) => Object.values(parts[i]).map((value) => value(one))))];
  const rows = state.view === 'numbers'
    ? table([FIGURE, SAID, { iri: iriOf }], figures.map((figure) => [figure, figure.passage, figure]))
    : table([FACT, SAID, FACT_IRIS], facts.flatMap((fact) => (fact.evidence.length ? fact.evidence : [{ passage: {} }]).map(({ passage }) => [fact, passage, fact])));
  return ['\uFEFF', ...rows.map((row) => `${row.map(cell).join(',')}\r\n`)].join('');
}

// ---------------------------------------------------------------- pictures

// A name may hold characters that XML may not.
function svgOf(made) { return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made).replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD')}\n`; }

async function bitmap(made) {
  const [width, height] = ['width', 'height'].map((name) => Number(made.getAttribute(name))), times = Math.min(TIMES, LARGEST / Math.max(width, height));
  made.setAttribute('width', Math.floor(width * times));
  made.setAttribute('height', Math.floor(height * times));
  const image = el('img', { src: `data:image/svg+xml,${encodeURIComponent(svgOf(made))}` });
  await image.decode();
  const canvas = el('canvas', { width: made.getAttribute('width'), height: made.getAttribute('height') });
  canvas.getContext('2d').drawImage(image, 0, 0);
  return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
}

// ---------------------------------------------------------------- the menu

const numbers = () => state.view === 'numbers', pictured = ({ picture }) => state.view === 'graph' && picture && !id('graph').hidden;

const FILES = {
  png: ['image/png', ({ picture }) => bitmap(drawing(picture))],
  svg: ['image/svg+xml', ({ picture }) => svgOf(drawing(picture))],
  csv: ['text/csv', ({ visible }) => csv(visible)],
  ttl: ['text/turtle', ({ visible }) => (numbers() ? turtle([], visible.figures) : turtle(visible.facts, []))],
};
const PICTURES = new Set(['png', 'svg']);

async function save(ending, explorer) {
  if (PICTURES.has(ending) && !pictured(explorer)) return say('no_picture');
  const [type, make] = FILES[ending], what = PICTURES.has(ending) ? 'graph' : numbers() ? 'numbers' : 'facts';
  const name = `${page.reports.length === 1 ? page.reports[0].id : 'report-kg'}-${what}.${ending}`;
  const url = URL.createObjectURL(new Blob([await make(explorer)], { type }));
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT);
  return say('taken', { name });
}

// What the menu offers, in the language shown; a picture only where there is one.
export function showTake() {
  const offered = [...Object.keys(FILES).filter((ending) => state.view === 'graph' || !PICTURES.has(ending)), 'link', 'print'];
  id('take').querySelector('ul').replaceChildren(...offered.map((what) => el('li', {}, button({ 'data-take': what }, say(`take_${what}`)))));
}

// What the menu does; told by tell(text).
export function listenTake(explorer, tell) {
  const menu = id('take'), close = () => { menu.open = false; menu.querySelector('summary').focus(); };
  const acts = { link: async () => { await copied(location.href); return say('copied', { text: location.href }); }, print: () => window.print() };
  menu.addEventListener('click', async ({ target }) => {
    const { take } = target.closest('button')?.dataset ?? {};
    if (!take) return;
    close();
    try { tell(await (acts[take] ? acts[take]() : save(take, explorer)) ?? ''); } catch ({ message }) { tell(message); }
  });
  menu.addEventListener('keydown', (event) => { if (event.key === 'Escape' && menu.open) { event.stopPropagation(); close(); } });
  for (const left of ['pointerdown', 'focusin']) document.addEventListener(left, ({ target }) => { if (!menu.contains(target)) menu.open = false; });
  listenPrint(explorer);
}

// A print is light, whatever the theme; the picture is in it as SVG, and all rows of the table.
function listenPrint(explorer) {
  let before = null;
  addEventListener('beforeprint', () => {
    before ??= state.theme;
    document.body.classList.add('printing');
    go({ theme: 'light' }, true);
    id('sheet')?.remove();
    if (pictured(explorer)) id('stage').append(el('figure', { id: 'sheet' }, drawing(explorer.picture)));
  });
  addEventListener('afterprint', () => {
    document.body.classList.remove('printing');
    id('sheet')?.remove();
    go({ theme: before ?? state.theme }, true);
    before = null;
  });
}
