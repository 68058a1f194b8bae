// What is seen: what the filters let through, and of that what is around the thing chosen or on the way from it.

import { chosen } from './choose.js';
import { facts, figures, page, paragraphs, things } from './data.js';
import { between, near, way } from './find.js';
import { identify } from './iris.js';
import { choose, go, restore, state, written } from './state.js';

// `visible` is what is seen, `picture` the picture once it has been drawn; in the browser's console `explorer` is this.
export const explorer = { state, go, choose, written, restore, identify, visible: null, picture: null, page, things, facts, figures, paragraphs };
globalThis.explorer = explorer;

let by = ''; // what `visible` was chosen by, so that it is chosen anew only when that changes

// Choose anew what is seen, if the state asks for other things than before; tell whether it does.
export function look() {
  const { off, only, years, sure, thing, goal, hops, through } = state;
  const now = JSON.stringify([off, only, years, sure, through, goal, hops, hops || goal >= 0 ? thing : -1]), changed = now !== by;
  by = now;
  if (changed) explorer.visible = see();
  return changed;
}

// {facts, things (a Set), figures, counts} as chosen() gives them, narrowed; factSet; distances: steps by thing, or null; way: the things on
// it, and whether it is a detour through hubs.
function see() {
  const passed = chosen();
  let { facts: among, things: ends } = passed, distances = null, found = { way: [], detour: false };
  if (state.goal >= 0 && state.thing >= 0) {
    found = findWay(passed.facts);
    ends = new Set(found.way);
    among = passed.facts.filter(({ from, to }) => Math.abs(found.way.indexOf(from) - found.way.indexOf(to)) === 1 && ends.has(from) && ends.has(to));
  } else if (state.hops && state.thing >= 0) {
    distances = near(things[state.thing], state.hops, passed.facts, state.through);
    ends = new Set(distances.keys());
    among = between(ends, passed.facts);
  }
  return { ...passed, facts: among, things: ends, factSet: new Set(among), passed: passed.facts, distances, ...found };
}

// The way between the thing chosen and the goal: without hubs where that can be, else through them.
function findWay(among) {
  const [from, to] = [things[state.thing], things[state.goal]];
  const without = state.through ? [] : way(from, to, among, false);
  return without.length ? { way: without, detour: false } : { way: way(from, to, among, true), detour: !state.through };
}
