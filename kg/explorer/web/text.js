// The report to read, with every name in it marked. A name leads to the thing, a paragraph's number to what was read from it.

import { paragraphs, passages, things } from './data.js';
import { marked } from './parts.js';
import { choose, state } from './state.js';
import { button, el, paragraphName, say } from './words.js';

let written = ''; // the language the text stands in the page in: it is written once, and then only what is chosen in it changes

export function showText(place) {
  if (written !== String(state.language) || !place.querySelector('.report-text')) {
    place.replaceChildren(el('div', { class: 'report-text' }, ...body()));
    written = String(state.language);
  }
  for (const mark of place.querySelectorAll('mark')) mark.classList.toggle('strong', Number(mark.dataset.thing) === state.thing);
  for (const old of place.querySelectorAll('.here')) { old.classList.remove('here'); fill(old, paragraphs[old.dataset.paragraph]); }
  const here = place.querySelector(`[data-paragraph="${state.paragraph}"]`) || (state.thing >= 0 && place.querySelector(`mark[data-thing="${state.thing}"]`)?.closest('section'));
  if (!here) return;
  if (state.paragraph >= 0) { here.classList.add('here'); fill(here, paragraphs[state.paragraph]); }
  (here.querySelector('.quoted') || here).scrollIntoView({ block: 'center' });
}

function* body() {
  let report = null, above = [];
  for (const paragraph of paragraphs) {
    if (paragraph.report !== report) { report = paragraph.report; above = []; yield el('h2', { class: 'title', lang: 'zh' }, report?.title ?? ''); }
    const headings = paragraph.section ? paragraph.section.split(' › ') : [];
    for (const [depth, heading] of headings.entries()) if (above[depth] !== heading || above.slice(0, depth).some((one, i) => one !== headings[i])) yield el(`h${Math.min(depth + 3, 6)}`, { lang: 'zh' }, heading);
    above = headings;
    yield fill(el('section', { 'data-paragraph': paragraph.id, 'aria-label': paragraphName(paragraph) }), paragraph);
  }
}

// A paragraph with its number, its text and how much was read from it; the passage chosen set off.
function fill(place, paragraph) {
  const here = state.paragraph === paragraph.id && passages[state.passage]?.paragraph === paragraph ? passages[state.passage] : null;
  const options = { strong: things[state.thing] ? [things[state.thing]] : [], press: (thing) => pressed(() => choose({ thing: thing.id, paragraph: paragraph.id })) };
  const part = (start, end) => marked(paragraph, start, end, options);
  const length = [...paragraph.text].length, facts = new Set(paragraph.passages.flatMap((passage) => passage.facts.map(([fact]) => fact))).size;
  const figures = paragraph.passages.reduce((sum, passage) => sum + passage.figures.length, 0);
  place.replaceChildren(
    button({ class: 'paragraph', click: () => choose({ paragraph: paragraph.id }) }, paragraphName(paragraph)),
    el('p', { lang: 'zh' }, ...(here ? [part(0, here.start), el('span', { class: 'quoted' }, part(here.start, here.end)), part(here.end, length)] : [part(0, length)])),
    el('span', { class: 'quiet yield' }, [facts && say('facts_here', { count: facts }), figures && say('figures_here', { count: figures })].filter(Boolean).join(' · ')),
  );
  return place;
}

// A mark that is pressed like a button, but broken into lines like the text it is part of, which a button is not.
function pressed(act) {
  return { role: 'button', tabindex: 0, click: act, keydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); act(); } } };
}
