// Pieces that several views are made of: names to press, facts as sentences, text with its names marked.

import { characters, marks } from './data.js';
import { choose, go, state } from './state.js';
import { button, called, el, label, paragraphName, say, symbol, tongue } from './words.js';

// Subject, relation, object; the relation chooses the fact, a name its thing.
export function sentence(fact) {
  const arrow = fact.relation.symmetric ? '↔' : '→';
  return [thingButton(fact.from), button({ class: 'relation', click: () => choose({ fact: fact.id }) }, `${label(fact.relation)} ${arrow}`), thingButton(fact.to)];
}

// A name that chooses its thing, and changes more of the state with it.
export function thingButton(thing, more = {}) {
  return button({ class: 'thing', lang: tongue(thing), 'data-thing': thing.id, click: () => choose({ thing: thing.id, ...more }) }, symbol(thing.kind), called(thing));
}

// A paragraph's name, which leads to its place in the report's text.
export function paragraphButton(paragraph, passage = null) {
  const name = paragraphName(paragraph);
  return button({ class: 'paragraph', title: say('read', { place: name }), click: () => go({ view: 'text', paragraph: paragraph.id, passage: passage?.id ?? -1 }) }, name);
}

// A paragraph's characters from start to end with names marked: those of `ends` ([thing, how it was known], …) or all, `strong` ones more so.
// press(thing): more attributes of its mark.
export function marked(paragraph, start, end, { ends = null, strong = [], press = null } = {}) {
  const text = characters(paragraph), said = text.slice(start, end).join('');
  const found = marks(paragraph).filter(([from, to, thing]) => from >= start && to <= end && (!ends || ends.some(([one]) => one === thing)));
  for (const [thing, known] of ends || []) {
    const words = wordsOf(known, said), at = words ? said.indexOf(words) : -1;
    if (at < 0) continue;
    const from = start + Array.from(said.slice(0, at)).length, to = from + Array.from(words).length;
    if (!found.some(([a, b]) => a < to && b > from)) found.push([from, to, thing]);
  }
  const made = [];
  let here = start;
  for (const [from, to, thing] of found.toSorted((a, b) => a[0] - b[0])) {
    const attributes = { 'data-thing': thing.id, class: strong.includes(thing) && 'strong', ...press?.(thing) };
    made.push(text.slice(here, from).join(''), el('mark', attributes, text.slice(from, to).join('')));
    here = to;
  }
  return [...made, text.slice(here, end).join('')];
}

// The words a thing was known by when they are no name of it: such as “the Fund”, or the end of its name.
function wordsOf(known, said) {
  const [, standing, whole] = /^(?:“([^”]+)”|short for (.+))/u.exec(known) || [];
  return standing ?? (whole && Array.from(whole, (_, i) => whole.slice(i)).find((tail) => tail.length > 1 && said.includes(tail)));
}

// Write a view anew where it is scrolled to, and leave the keyboard at what has the same `data-key`.
export function redraw(place, ...made) {
  const at = place.contains(document.activeElement) && document.activeElement.dataset.key, scrolled = place.dataset.drawn === state.view ? place.scrollTop : 0;
  place.dataset.drawn = state.view;
  place.replaceChildren(...made.flat().filter(Boolean));
  place.scrollTop = scrolled;
  if (at) place.querySelector(`[data-key="${at}"]`)?.focus({ preventScroll: true });
}
