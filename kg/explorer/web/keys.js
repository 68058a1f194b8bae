// The keyboard: what each key does, which buttons do too.

import { paragraphs, things } from './data.js';
import { clearFacets } from './facets.js';
import { ranked } from './find.js';
import { seekWay, stopSeeking } from './seek.js';
import { explorer } from './seen.js';
import { choose, go, state, VIEWS } from './state.js';
import { dark, id } from './words.js';

// The neighbour that stands farthest in a direction from the thing chosen; of all, the most connected.
function step(dx, dy) {
  const { picture, visible } = explorer, here = things[state.thing];
  if (!here || !visible.things.has(here)) { const most = ranked.find((thing) => visible.things.has(thing)); if (most) choose({ thing: most.id, hops: state.hops }); return; }
  const from = picture.at({ thing: here });
  const others = visible.facts.filter((fact) => fact.from === here || fact.to === here).map((fact) => (fact.from === here ? fact.to : fact.from)).filter((thing) => thing !== here);
  const along = (thing) => { const at = picture.at({ thing }), x = at.x - from.x, y = at.y - from.y, length = Math.hypot(x, y) || 1; return (x * dx + y * dy) / length - length / 1e5; };
  const best = others.reduce((found, thing) => (found && along(found) >= along(thing) ? found : thing), null);
  if (best && along(best) > 0.2) choose({ thing: best.id });
}

export const KEYS = {
  '/': () => { id('search').focus(); id('search').select(); },
  l: () => go({ language: 1 - state.language }),
  d: () => go({ theme: dark() ? 'light' : 'dark' }),
  c: () => go({ view: 'graph', layout: state.layout === 'map' ? 'columns' : 'map' }),
  f: () => explorer.picture?.fit(),
  h: () => { if (state.thing >= 0) go({ hops: (state.hops + 1) % 4, goal: -1, view: 'graph' }); },
  p: () => { if (state.thing >= 0) seekWay(true); },
  e: () => { id('take').open = !id('take').open; id('take').querySelector(id('take').open ? 'button' : 'summary').focus(); },
  x: clearFacets,
  '?': () => id('help').showModal(),
  '[': () => turn(-1), ']': () => turn(1),
};

// To the paragraph before or after.
function turn(by) {
  const at = Math.min(paragraphs.length - 1, Math.max(0, state.paragraph + (state.paragraph < 0 ? 1 : by)));
  choose({ view: 'text', paragraph: at });
}

export function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return; // Esc closes it, as every dialog
  const typing = event.target.closest?.('input:not([type=checkbox]), textarea, select');
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === 'Escape') escape();
  else if (typing) return;
  else if (arrow && state.view === 'graph' && explorer.picture && (event.target === document.body || id('graph').contains(event.target))) step(...arrow);
  else if (VIEWS[event.key - 1]) go({ view: VIEWS[event.key - 1] });
  else if (KEYS[event.key.toLowerCase()]) KEYS[event.key.toLowerCase()]();
  else return;
  event.preventDefault();
}

// Undo the last narrowing: the menu, the search, the way, the surroundings, what is chosen.
function escape() {
  if (id('take').open) id('take').open = false;
  else if (stopSeeking()) return;
  else if (state.goal >= 0) go({ goal: -1 });
  else if (state.hops) go({ hops: 0 });
  else choose({});
}
