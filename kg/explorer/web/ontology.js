// The ontology: which class of things may stand on which side of which relation, drawn and as tables.

import { choices } from './choose.js';
import { by, kinds, relations } from './data.js';
import { ranked } from './find.js';
import { redraw, thingButton } from './parts.js';
import { go, state } from './state.js';
import { button, dark, el, label, say, svg, symbol } from './words.js';

const ROW = 27, NARROW = 560, LISTED = 200; // a row's height in pixels; the width below which arrows are short; things listed without being asked for more
const byName = Object.fromEntries(kinds.map((kind) => [kind.name, kind]));
const above = (kind) => [kind, ...kind.above.flatMap((name) => above(byName[name]))];
const ABOVE = new Map(kinds.map((kind) => [kind, [...new Set(above(kind))]])); // each class with those above it
const isA = (kind, names) => ABOVE.get(kind).some(({ name }) => names.includes(name));

// Classes of things are those that a relation may join and those that have things; the others describe facts.
const NAMED = [...new Set(relations.flatMap(({ domain, range }) => [...domain, ...range]))];
const members = new Map(kinds.map((kind) => [kind, []]));
for (const thing of ranked) for (const kind of ABOVE.get(thing.kind)) members.get(kind).push(thing);
const size = (kind) => members.get(kind).length;
const inDiagram = kinds.filter((kind) => size(kind) || NAMED.some((name) => isA(byName[name], [kind.name])));
const ofThings = kinds.filter((kind) => inDiagram.includes(kind) || isA(kind, NAMED));

// [class, depth] from the top down, the larger first; a class below two stands twice.
function tree(among) {
  const below = (parent, depth) => among.filter((kind) => (parent ? kind.above.includes(parent.name) : !kind.above.length)).toSorted((a, b) => size(b) - size(a) || a.id - b.id)
    .flatMap((kind) => [[kind, depth], ...below(kind, depth + 1)]);
  return below(null, 0);
}

const CLASSES = tree(inDiagram);
const rowOf = new Map(CLASSES.map(([kind], i) => [kind.name, i]).toReversed());
const middle = (names) => names.reduce((sum, name) => sum + rowOf.get(name), 0) / names.length;
const DRAWN = relations.filter(({ domain, range }) => domain.length && range.length).toSorted((a, b) => middle(a.range) - middle(b.range) || middle(a.domain) - middle(b.domain) || a.id - b.id);
const HEIGHT = Math.max(CLASSES.length, DRAWN.length) * ROW;

let held = null; // the class or relation followed until it is pressed again: {named, side}; side: 'domain', 'range', or '' for a relation
let opened = null; // the class whose things are listed
let drawn = []; // what was drawn last, and from what

export function showOntology(place, visible) {
  const counts = new Map(relations.map((relation) => [relation, 0])), short = place.clientWidth < NARROW;
  for (const { relation } of visible.facts) counts.set(relation, counts.get(relation) + 1);
  const from = [state.language, dark(), opened?.id, short, ...counts.values()].join();
  if (from === drawn[1] && place.contains(drawn[0])) return;
  drawn = [el('div', { class: 'ontology' }, DRAWN.length ? diagram(visible.facts, counts, short ? 26 : 96) : null, classes(() => showOntology(place, visible)), relationTable(counts), describing()), from];
  redraw(place, drawn[0]);
}

// ---------------------------------------------------------------- the diagram

function diagram(facts, counts, gap) {
  const about = el('p', { class: 'about', role: 'status' }), boxes = [], lines = [], most = Math.max(1, ...counts.values());
  const made = el('div', { class: 'diagram', role: 'group', 'aria-label': say('ontology_diagram') },
    ['ontology_from', 'relations', 'ontology_to'].map((text) => el('div', { class: 'quiet' }, say(text))), column('domain'), arrows('domain'),
    el('ul', { class: 'between' }, DRAWN.map((relation) => el('li', {}, box(relation, '', el('span', { class: 'name' }, label(relation), relation.symmetric ? ' ↔' : ''), el('span', { class: 'count' }, String(counts.get(relation))))))),
    arrows('range'), column('range'));
  for (const list of made.querySelectorAll('ul')) list.style.height = `${HEIGHT}px`;
  light(held);
  return [made, about];

  function column(side) {
    return el('ul', {}, CLASSES.map(([kind, depth]) => el('li', { class: `deep${depth}` }, box(kind, side, symbol(kind), el('span', { class: 'name' }, label(kind))))));
  }

  function box(named, side, ...inside) {
    const what = { named, side }, on = () => light(what), off = () => light(held), press = () => { held = same(what) ? null : what; light(what); };
    const plain = side && !DRAWN.some((relation) => relation[side].includes(named.name));
    const node = button({ class: plain ? 'box plain' : 'box', title: label(named), 'data-key': `${side || 'relation'}-${named.name}`, mouseenter: on, mouseleave: off, focus: on, blur: off, click: press }, ...inside);
    boxes.push([node, what]);
    return node;
  }

  // A line for each class that is said to stand on this side of a relation, as thick as it has facts.
  function arrows(side) {
    const nearest = ({ from, relation, to }) => ABOVE.get(side === 'domain' ? from.kind : to.kind).find(({ name }) => relation[side].includes(name))?.name;
    const groups = by(facts, (fact) => `${fact.relation.name} ${nearest(fact)}`), y = (row, rows) => ((row + 0.5) * rows).toFixed(1), ends = new Set();
    const paths = DRAWN.flatMap((relation, i) => relation[side].map((name) => {
      const there = y(rowOf.get(name), ROW), here = y(i, HEIGHT / DRAWN.length), [from, to] = side === 'domain' ? [there, here] : [here, there], count = groups.get(`${relation.name} ${name}`)?.length ?? 0;
      const path = svg('path', { d: `M0 ${from}C${gap / 2} ${from} ${gap / 2} ${to} ${side === 'domain' ? gap : gap - 7} ${to}`, class: count ? 'link' : 'link none', 'stroke-width': (1 + (gap / 20) * Math.sqrt(count / most)).toFixed(1) });
      if (side === 'range') ends.add(there);
      lines.push([path, relation, side, name]);
      return path;
    }));
    return svg('svg', { width: gap, height: HEIGHT, 'aria-hidden': 'true' }, paths, [...ends].map((end) => svg('path', { class: 'head', d: `M${gap} ${end}l-8 -5v10z` })));
  }

  // Set off what belongs to a class or a relation, and tell about it; nothing: all alike.
  function light(what) {
    const { named, side } = what ?? {}, up = side ? ABOVE.get(named).map(({ name }) => name) : [];
    const lit = side ? DRAWN.filter((relation) => relation[side].some((name) => up.includes(name))) : what ? [named] : [];
    made.classList.toggle('followed', what !== null);
    for (const [path, relation, end, name] of lines) path.classList.toggle('lit', lit.includes(relation) && (end !== side || up.includes(name)));
    for (const [node, its] of boxes) {
      node.classList.toggle('lit', !its.side ? lit.includes(its.named) : its.side === side ? its.named === named : lit.some((relation) => isA(its.named, relation[its.side])));
      node.setAttribute('aria-pressed', String(same(its)));
    }
    about.replaceChildren(...(what ? [el('strong', {}, label(named)), ' ', code(named), ' ', named.about[state.language]] : [say('ontology_follow')]));
  }
}

const same = ({ named, side }) => held !== null && held.named === named && held.side === side;

// ---------------------------------------------------------------- tables

function code({ name }) { return el('code', {}, `kg:${name}`); }

// A class or a relation by both its names and as queries call it.
function names(named) {
  const [here, other] = [state.language, 1 - state.language];
  return [el('strong', {}, named.label[here]), named.label[other] === named.label[here] ? '' : el('span', { class: 'other', lang: other ? 'en' : 'zh' }, named.label[other]), code(named)];
}

function table(name, columns, rows) {
  return [el('h2', { id: name }, say(name)), el('table', { 'aria-labelledby': name }, el('thead', {}, el('tr', {}, columns.map((column) => el('th', { scope: 'col' }, say(column))))), el('tbody', {}, rows))];
}

function classes(again) {
  const columns = ['ontology_class', 'ontology_about', 'ontology_things'];
  return table('ontology_classes', columns, tree(ofThings).filter(([kind], i, all) => all.findIndex(([one]) => one === kind) === i).flatMap(([kind, depth]) => {
    const open = opened === kind, press = () => { opened = open ? null : kind; again(); };
    return [
      el('tr', {}, el('th', { scope: 'row', class: `deep${depth}` }, symbol(kind), el('div', {}, names(kind))), el('td', {}, kind.about[state.language]), number(size(kind), { 'data-key': `things-${kind.name}`, 'aria-expanded': String(open), title: say('ontology_list', { name: label(kind) }), click: press })),
      open ? el('tr', {}, el('td', { colspan: columns.length, class: 'list' }, listing(members.get(kind)))) : null,
    ];
  }));
}

// A number that leads to what it counts.
function number(count, attributes) { return el('td', { class: 'number' }, count ? button(attributes, String(count)) : '0'); }

function listing(all) {
  const listed = (some) => some.map((thing) => el('span', { class: 'member' }, thingButton(thing), el('span', { class: 'count' }, String(thing.facts.length))));
  const rest = all.slice(LISTED), more = button({ click: () => more.replaceWith(...listed(rest)) }, say('number_more', { count: rest.length }));
  return [listed(all.slice(0, LISTED)), rest.length ? more : []].flat();
}

function relationTable(counts) {
  const chips = (side) => el('div', { class: 'chips' }, side.map((name) => el('span', {}, symbol(byName[name]), label(byName[name]))));
  const only = (relation) => go({ view: 'table', off: { ...state.off, relations: choices.relations.filter((one) => one !== relation).map(({ id }) => id).toSorted((a, b) => a - b) } });
  return table('ontology_relations', ['ontology_relation', 'ontology_about', 'ontology_ends', 'ontology_facts'], relations.map((relation) => {
    const { about, above: wider, domain, inverse, range, symmetric } = relation;
    const more = [symmetric ? say('ontology_symmetric') : inverse[state.language] && say('ontology_inverse', { name: inverse[state.language] }), ...wider.map((name) => say('ontology_wider', { name: label(relations.find((one) => one.name === name)) }))];
    return el('tr', {}, el('th', { scope: 'row' }, el('div', {}, names(relation))), el('td', {}, about[state.language], el('div', { class: 'more' }, more.filter(Boolean).map((text) => el('span', {}, text)))),
      el('td', {}, el('div', { class: 'ends' }, chips(domain), el('span', { 'aria-hidden': 'true' }, symmetric ? '↔' : '→'), chips(range))),
      number(counts.get(relation), { 'data-key': `facts-${relation.name}`, title: say('ontology_only', { name: label(relation) }), click: () => only(relation) }));
  }));
}

function describing() {
  const others = kinds.filter((kind) => !ofThings.includes(kind) && kind.label[0]);
  return others.length ? [el('h2', {}, say('ontology_describing')), el('ul', { class: 'describing' }, others.map((kind) => el('li', {}, el('strong', {}, label(kind)), ' ', code(kind), ' ', kind.about[state.language])))] : null;
}
