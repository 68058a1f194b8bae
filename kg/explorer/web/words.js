// Names and texts in the language shown, and elements made of them. Text enters the page as text only.

import { page, things } from './data.js';
import { state } from './state.js';

const SVG = 'http://www.w3.org/2000/svg';

export function id(name) { return document.getElementById(name); }

// An element with attributes, listeners (functions) and children (nodes, or strings as text; null is left out).
export function el(tag, attributes = {}, ...children) {
  return dressed(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), attributes, children);
}

function dressed(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

export function button(attributes, ...children) { return el('button', { type: 'button', ...attributes }, ...children); }

// A text of interface.yaml in the language shown, with {name} filled in.
export function say(key, values = {}) {
  return page.texts[key][state.language].replace(/\{(\w+)\}/gu, (_, name) => values[name]);
}

// What a thing, a class or a relation is called, and the language of a thing's name.
export function called(thing) { return (state.language && thing.en) || thing.label; }

// How much room a name takes, in letters that are as wide as high.
function breadth(name) { return [...name].reduce((sum, character) => sum + (character < '\u2e80' ? 0.5 : 1), 0); }

// What a thing is called where there is little room: where its name is broader than that, the broadest other one of the same script that is not.
export function brief(thing, most) {
  const own = called(thing), latin = (name) => /[a-z]/iu.test(name);
  if (breadth(own) <= most) return own;
  const fitting = thing.names.filter((name) => name.length > 1 && latin(name) === latin(own) && breadth(name) <= most);
  return fitting.reduce((best, name) => (breadth(name) > breadth(best) ? name : best), '') || own;
}

// A report's title, and one of it in the language shown where there is one.
export function titled({ title, en }) { return (state.language && en) || title; }

export function tongue(thing) { return state.language && thing.en ? 'en' : 'zh'; }
export function label(named) { return named.label[state.language]; }

// A status, comparator or unit by its local name; a currency that interface.yaml does not name as the browser calls it.
export function word(name) {
  const currency = !(name in page.units) && /^CCY_([A-Z]{3})$/u.exec(name)?.[1];
  if (currency) return new Intl.DisplayNames(state.language ? 'en' : 'zh', { type: 'currency' }).of(currency);
  return (page.words[name] || page.units[name] || [name, name])[state.language];
}

// How a name was known.
export function how(known) {
  const [pattern, zh] = page.known.find(([said]) => new RegExp(said, 'u').test(known)) || ['', ''];
  return state.language || !pattern ? known : known.replace(new RegExp(pattern, 'u'), zh);
}

// A number with its thousands set off; what is exact stays exact.
export function grouped(exact) {
  const [whole, ...part] = String(exact).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/gu, ','), ...part].join('.');
}

// When something holds: whole years as years, whole months as months, else days; '' when nothing says.
export function period({ start, end }) {
  if (!start && !end) return '';
  const lastDay = new Date(Date.UTC(Number(end.slice(0, 4)), Number(end.slice(5, 7)), 0)).getUTCDate();
  const whole = (first, last) => (!start || start.endsWith(first)) && (!end || end.endsWith(last));
  const length = whole('-01-01', '-12-31') ? 4 : whole('-01', `-${lastDay}`) ? 7 : 10;
  const [from, to] = [start, end].map((day) => day.slice(0, length));
  if (!from) return say('until', { date: to });
  if (!to) return say('since', { date: from });
  return from === to ? from : `${from} – ${to}`;
}

export function qualifiers(fact) {
  return [
    word(fact.status), period(fact),
    fact.amount && say('amount', { amount: grouped(fact.amount), unit: word(fact.unit) }),
    fact.place in things && say('place', { name: called(things[fact.place]) }),
    fact.programme in things && say('programme', { name: called(things[fact.programme]) }),
    fact.told && say('sure', { share: fact.sure }),
  ].filter(Boolean);
}

export function paragraphName({ number }, numbered = 'paragraph') {
  const [, named, digits] = /^(\D*)(.*)$/u.exec(number);
  if (!named) return say(numbered, { number });
  return named === 'fn' ? say('footnote', { number: digits }) : named.startsWith('summary') ? say('summary') + digits : number;
}

export function citation(paragraph, page) {
  return say(page ? 'citation_page' : 'citation', { symbol: paragraph.report?.symbol ?? document.title, place: paragraphName(paragraph, 'cited_paragraph'), page });
}

// The corners of a class's symbol in a square of 16, as vis-network draws it; null for a circle.
export function corners(shape) {
  const around = (n, turn, radius = () => 7) => Array.from({ length: n }, (_, i) => [8 + radius(i) * Math.sin((2 * Math.PI * i) / n + turn), 8 - radius(i) * Math.cos((2 * Math.PI * i) / n + turn)]);
  return {
    square: () => [[2, 2], [14, 2], [14, 14], [2, 14]],
    diamond: () => around(4, 0),
    triangle: () => [[8, 1.5], [15, 13.5], [1, 13.5]],
    triangleDown: () => [[8, 14.5], [15, 2.5], [1, 2.5]],
    hexagon: () => around(6, Math.PI / 6),
    star: () => around(10, 0, (i) => (i % 2 ? 3.4 : 7.6)),
  }[shape]?.() ?? null;
}

// The colour of a class, on a light or a dark page.
export function dark() { return state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches; }
export function tint({ look }) { return look[dark() ? 2 : 1]; }

export function symbol(kind) {
  const points = corners(kind.shape)?.map((point) => point.map((v) => v.toFixed(1)).join()).join(' ');
  return svg('svg', { viewBox: '0 0 16 16', class: 'symbol', 'aria-hidden': 'true' }, svg(points ? 'polygon' : 'circle', { ...(points ? { points } : { cx: 8, cy: 8, r: 6.5 }), fill: tint(kind) }));
}
