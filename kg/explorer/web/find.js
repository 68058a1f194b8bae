// Finding things: by name in any language, by pinyin; around a thing; on the way from one to another.

import { facts, hubs, page, things } from './data.js';

// How words are compared: width, case, accents, blanks and marks do not matter.
export function plain(text) { return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s\p{P}]/gu, ''); }

const readings = new Map();
for (const [reading, characters] of Object.entries(page.readings)) {
  for (const character of characters) readings.set(character, [...(readings.get(character) || []), reading, ...(reading.includes('v') ? [reading.replace('v', 'u')] : [])]); // ü is typed v or u
}

export const ranked = things.toSorted((a, b) => b.facts.length - a.facts.length || a.id - b.id);
const names = things.map(({ label, en, names: others }) => [label, en, ...others].filter(Boolean).map((name) => [plain(name), name]));

// Whether letters spell a name from some character on, each as a whole syllable or by its first letter: "lhg", "lianheguo".
function spelt(letters, name) {
  const spell = (rest, at) => rest === '' || (at < name.length && (readings.get(name[at]) || [name[at]]).some((reading) => (rest.startsWith(reading) && spell(rest.slice(reading.length), at + 1)) || (rest[0] === reading[0] && spell(rest.slice(1), at + 1))));
  for (let at = 0; at < name.length; at += 1) if (readings.has(name[at]) && spell(letters, at)) return at === 0 ? 2 : 4;
  return 9;
}

// [thing, the name that was met] of all that are called so: whole names first, then beginnings, then by number of facts.
export function search(words) {
  const wanted = plain(words), latin = /^[a-z]{2,}$/u.test(wanted);
  if (!wanted) return [];
  const rank = ([name]) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 3 : latin ? spelt(wanted, name) : 9);
  return ranked.map((thing) => {
    const ranks = names[thing.id].map(rank), best = Math.min(...ranks);
    return [best, thing, best < 9 ? names[thing.id][ranks.indexOf(best)][1] : ''];
  }).filter(([best]) => best < 9).toSorted(([a, s], [b, t]) => a - b || (t.facts.length > 0) - (s.facts.length > 0)).map(([, thing, name]) => [thing, name]);
}

// Each thing with the facts that join it to its neighbours, among these facts.
export function joined(among) {
  const found = new Map();
  for (const fact of among) {
    for (const [a, b] of [[fact.from, fact.to], [fact.to, fact.from]]) {
      if (!found.has(a)) found.set(a, []);
      if (a !== b) found.get(a).push([b, fact]);
    }
  }
  return found;
}

// The things at most so many steps around one, each with its distance. A hub on the way is reached, but not passed unless `through`.
export function near(centre, hops, among, through) {
  const links = joined(among), found = new Map([[centre, 0]]);
  for (const thing of found.keys()) { // a Map also walks what is added on the way
    const steps = found.get(thing);
    if (steps === hops || (thing !== centre && hubs.has(thing.id) && !through)) continue;
    for (const [other] of links.get(thing) || []) if (!found.has(other)) found.set(other, steps + 1);
  }
  return found;
}

// The things on a shortest way, ends included; [] when there is none. Hubs are passed only when `through`, or to begin and to end.
export function way(from, to, among, through) {
  const links = joined(among), before = new Map([[from, null]]);
  for (const thing of before.keys()) {
    if (thing === to) {
      const found = [];
      for (let at = to; at; at = before.get(at)) found.unshift(at);
      return found;
    }
    if (thing !== from && hubs.has(thing.id) && !through) continue;
    for (const [other] of links.get(thing) || []) if (!before.has(other)) before.set(other, thing);
  }
  return [];
}

// The facts between things of a group.
export function between(group, among = facts) { return among.filter(({ from, to }) => group.has(from) && group.has(to)); }
