// Where things stand when not as the page was made: in columns, in rings around one of them, in a row from one to another.

import { page } from './data.js';
import { joined } from './find.js';
import { label } from './words.js';

const ROW = 16.5, TALLEST = 34, NARROWEST = 80, HEAD = 62, FOOT = 30, SYMBOL = 30; // pixels, as columns are drawn at first sight

// {spots: Map from thing to [x, y], titles: [{x, y, text}], lane: {width of a name, whole width}}: classes in columns, each in as many
// lanes as it needs in a picture of that size, and in each those near together that are joined to the same.
export function columns(things, facts, width, height) {
  const named = new Set(page.columns.flatMap(({ kinds }) => kinds));
  const groups = [...page.columns.map((column) => ({ text: label(column), members: [...things].filter(({ kind }) => column.kinds.includes(kind.name)) })), { text: '', members: [...things].filter(({ kind }) => !named.has(kind.name)) }];
  const filled = groups.filter(({ members }) => members.length), tall = Math.max(200, height - HEAD - FOOT);
  order(filled.map(({ members }) => members), joined(facts));
  const lanes = ({ members }) => Math.ceil(members.length / Math.floor(tall / ROW));
  const count = filled.reduce((sum, group) => sum + lanes(group), 0), wide = Math.max(NARROWEST, (width - SYMBOL / 2) / count);
  const spots = new Map(), titles = [];
  let left = SYMBOL / 2;
  for (const group of filled) {
    const each = Math.ceil(group.members.length / lanes(group)), pitch = Math.min(TALLEST, tall / each);
    titles.push({ x: left, y: HEAD - 24, text: group.text });
    group.members.forEach((thing, i) => spots.set(thing, [left + Math.floor(i / each) * wide, HEAD + ((i % each) + 0.5) * pitch]));
    left += lanes(group) * wide;
  }
  return { spots, titles, lane: { width: wide - SYMBOL, whole: Math.max(width, left) } };
}

// Sort each column by where the neighbours of its members stand in the others, a few times over.
function order(columns_, links) {
  const place = new Map();
  const note = (members) => members.forEach((thing, i) => place.set(thing, (i + 0.5) / members.length));
  for (const members of columns_) { members.sort((a, b) => b.facts.length - a.facts.length || a.id - b.id); note(members); }
  for (let pass = 0; pass < 4; pass += 1) {
    for (const members of columns_) {
      const pull = new Map(members.map((thing) => {
        const others = (links.get(thing) || []).map(([other]) => other).filter((other) => !members.includes(other) && (links.get(other) || []).length < 40);
        return [thing, others.length ? others.reduce((sum, other) => sum + place.get(other), 0) / others.length : place.get(thing)];
      }));
      members.sort((a, b) => pull.get(a) - pull.get(b) || a.id - b.id);
      note(members);
    }
  }
}

// One thing in the middle, its neighbours on a ring around it, theirs on the next: distances is a Map from thing to steps.
export function rings(distances, facts) {
  const links = joined(facts), spots = new Map(), angle = new Map();
  let radius = 0;
  for (let step = 0; [...distances.values()].includes(step); step += 1) {
    const members = [...distances].filter(([, steps]) => steps === step).map(([thing]) => thing);
    if (step === 0) { spots.set(members[0], [0, 0]); angle.set(members[0], 0); continue; }
    const towards = new Map(members.map((thing) => {
      const inner = (links.get(thing) || []).map(([other]) => other).filter((other) => distances.get(other) === step - 1);
      const sum = inner.reduce(([x, y], other) => [x + Math.cos(angle.get(other)), y + Math.sin(angle.get(other))], [0, 0]);
      return [thing, step === 1 ? 0 : Math.atan2(sum[1], sum[0])];
    }));
    members.sort((a, b) => towards.get(a) - towards.get(b) || a.kind.id - b.kind.id || a.id - b.id);
    const lanes = Math.ceil(members.length / 36);
    radius = Math.max(radius + 105, (members.length * 62) / lanes / (2 * Math.PI));
    const first = step === 1 ? -Math.PI / 2 : towards.get(members[0]);
    members.forEach((thing, i) => {
      const turn = first + (2 * Math.PI * i) / members.length, out = radius + (i % lanes) * 62;
      angle.set(thing, turn);
      spots.set(thing, [out * 1.25 * Math.cos(turn), out * Math.sin(turn)]);
    });
    radius += (lanes - 1) * 62;
  }
  return { spots, titles: [] };
}

export function row(members) {
  return { spots: new Map(members.map((thing, i) => [thing, [i * 170, (i % 2) * 56]])), titles: [] };
}
