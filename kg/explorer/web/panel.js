// What is said of what is chosen: the sentences of the report, each once, with every fact read from it.

import { facts as allFacts, hubs, marks, page, paragraphs, things } from './data.js';
import { ranked } from './find.js';
import { figureLine } from './numbers.js';
import { marked, paragraphButton, sentence, thingButton } from './parts.js';
import { choose, go, state } from './state.js';
import { button, called, citation, el, how, id, label, paragraphName, qualifiers, say, symbol, titled, tongue } from './words.js';

// Write the panel anew. visible: what the filters and the surroundings chosen let through; copy(text): put it on the clipboard.
export function showPanel(visible, copy) {
  const place = id('panel'), at = document.activeElement, pressed = at !== place && place.contains(at) && (at.dataset.key || at.matches(':focus-visible'));
  const made = state.goal >= 0 ? ofWay(visible, copy) : state.thing >= 0 ? ofThing(visible, copy) : state.fact >= 0 ? ofFact(copy) : state.paragraph >= 0 ? ofParagraph(paragraphs[state.paragraph], copy) : atStart();
  const shut = document.body.classList.contains('chosen') && button({ class: 'shut', 'aria-label': say('close'), title: say('close'), click: () => choose({}) }, '×');
  place.replaceChildren(...[shut, made].flat(Infinity).filter(Boolean));
  const said = place.querySelector(`[data-passage="${state.passage}"]`);
  said?.classList.add('here');
  place.scrollTop = 0;
  said?.scrollIntoView();
  if (pressed) (place.querySelector(`[data-key="${at.dataset.key}"]`) || place).focus({ preventScroll: true });
}

function atStart() {
  const [title, about] = ['title', 'about'].map((name) => page.opening[name]?.[state.language]);
  return [
    title && el('div', { class: 'report' }, el('strong', {}, title), about && el('span', {}, about)),
    ...page.reports.map((report) => el('div', { class: 'report', lang: tongue(report) }, el('strong', {}, titled(report)), report.symbol === report.title ? null : el('span', { lang: 'zh' }, report.symbol))),
    el('p', {}, say('start')), el('p', { class: 'quiet' }, say('start_keys')),
    el('h2', {}, say('most')),
    el('ul', { class: 'most' }, ranked.filter((thing) => thing.facts.length).slice(0, 14).map((thing) => el('li', {}, thingButton(thing), el('span', { class: 'count' }, String(thing.facts.length))))),
  ];
}

function ofThing(visible, copy) {
  const thing = things[state.thing], facts = thing.facts.filter((fact) => visible.factSet.has(fact));
  const passages = gathered(facts);
  const other = [state.language ? thing.label : thing.en, ...thing.names].filter((name) => name && name !== called(thing));
  const steps = (hops) => button({ class: 'step', 'data-key': `hops-${hops}`, 'aria-pressed': String(state.hops === hops), click: () => go({ hops, view: 'graph' }) }, hops ? String(hops) : say('hops_none'));
  const named = paragraphs.filter((paragraph) => marks(paragraph).some(([, , one]) => one === thing));
  return [
    el('div', { class: 'head' }, symbol(thing.kind), el('h2', { lang: tongue(thing) }, called(thing)), el('span', { class: 'kind' }, label(thing.kind))),
    other.length ? el('p', { class: 'quiet names' }, say('names', { names: other.join(' · ') })) : null,
    thing.facts.length ? el('div', { class: 'steps', role: 'group', 'aria-label': say('around') }, el('span', { class: 'quiet' }, say('around')), [0, 1, 2, 3].map(steps), throughHubs(), button({ class: 'step', id: 'way', click: () => id('search').dispatchEvent(new Event('way')) }, say('way'))) : null,
    el('p', { class: 'quiet' }, thing.facts.length ? say('facts', { count: facts.length, sentences: passages.length }) : say('no_facts')),
    thing.facts.length > facts.length ? el('p', { class: 'quiet' }, say('filtered', { count: thing.facts.length - facts.length })) : null,
    passages.map((passage) => card(passage, [thing], null, copy)),
    named.length ? el('p', { class: 'quiet named' }, say('named_in'), named.map((paragraph) => paragraphButton(paragraph))) : null,
  ];
}

// Around a thing and on the way between two, hubs are reached but not passed, unless this is on.
function throughHubs() {
  if (!hubs.size || (state.hops < 2 && state.goal < 0)) return null;
  return el('label', { class: 'quiet' }, el('input', { type: 'checkbox', 'data-key': 'through', checked: state.through, change: (event) => go({ through: event.target.checked }) }), say('through'));
}

function ofFact(copy) {
  const fact = allFacts[state.fact];
  return [
    el('div', { class: 'head' }, el('h2', {}, sentence(fact))),
    fact.evidence.length ? null : el('p', { class: 'quiet' }, say('no_evidence')),
    gathered([fact]).map(({ passage }) => {
      const together = passage.facts.toSorted(([a], [b]) => (b === fact) - (a === fact) || a.id - b.id);
      return card({ passage, facts: together }, [fact.from, fact.to], fact, copy);
    }),
  ];
}

function ofParagraph(paragraph, copy) {
  const said = paragraph.passages.filter(({ facts, figures }) => facts.length || figures.length).toSorted((a, b) => a.start - b.start || a.end - b.end);
  return [
    el('div', { class: 'head' }, el('h2', {}, paragraphName(paragraph)), button({ class: 'copy', click: () => copy(citation(paragraph)) }, say('copy'))),
    el('p', { class: 'quiet', lang: 'zh' }, paragraph.section),
    said.length ? null : el('p', { class: 'quiet' }, say('nothing_here')),
    said.map((passage) => card({ passage, facts: passage.facts, figures: passage.figures }, [], null, copy)),
  ];
}

function ofWay(visible, copy) {
  const from = things[state.thing], to = things[state.goal], found = visible.way;
  const steps = found.slice(1).map((thing, i) => visible.facts.filter(({ from: a, to: b }) => (a === found[i] && b === thing) || (b === found[i] && a === thing)));
  return [
    el('div', { class: 'head' }, el('h2', {}, thingButton(from), ' ⋯ ', thingButton(to))),
    el('div', { class: 'steps' }, throughHubs(), button({ class: 'step', click: () => go({ goal: -1 }) }, say('way_end'))),
    el('p', { class: 'quiet' }, found.length ? say(visible.detour ? 'way_hub' : hubs.size && !state.through ? 'way_round' : 'way_found', { count: found.length - 1 }) : say('way_none')),
    steps.map((facts) => gathered(facts).map((passage) => card(passage, facts.flatMap(({ from: a, to: b }) => [a, b]), null, copy))),
  ];
}

// The stretches of text these facts are read from, in reading order: [{passage, facts: [[fact, evidence], …]}, …].
function gathered(facts) {
  const found = new Map();
  for (const fact of facts) {
    for (const evidence of fact.evidence) {
      if (!found.has(evidence.passage)) found.set(evidence.passage, { passage: evidence.passage, facts: [] });
      found.get(evidence.passage).facts.push([fact, evidence]);
    }
  }
  return [...found.values()].toSorted(({ passage: a }, { passage: b }) => a.paragraph.id - b.paragraph.id || a.start - b.start || a.end - b.end);
}

function card({ passage, facts, figures = [] }, strong, chosen, copy) {
  const { paragraph } = passage;
  const ends = facts.flatMap(([fact, evidence]) => [[fact.from, evidence.subject], [fact.to, evidence.object]]);
  const quote = el('blockquote', { lang: 'zh' }, marked(paragraph, passage.start, passage.end, { ends, strong }));
  return el('article', { class: 'card', 'data-passage': passage.id },
    el('header', {}, paragraphButton(paragraph, passage), el('span', { class: 'section', lang: 'zh', title: paragraph.section }, paragraph.section), button({ class: 'copy', click: () => copy(citation(paragraph, passage.page)) }, say('copy'))),
    quote,
    facts.length ? el('ul', { class: 'facts' }, facts.map(([fact, evidence]) => factItem(fact, evidence, quote, fact === chosen, copy))) : null,
    figures.length ? el('ul', { class: 'figures' }, figures.map((figure) => el('li', {}, figureLine(figure), wrong([figure.about?.label ?? '', figure.counted, figure.exact], passage, copy)))) : null);
}

function factItem(fact, { rule, subject, object, review, passage }, quote, chosen, copy) {
  const light = (on) => () => quote.querySelectorAll('mark').forEach((mark) => mark.classList.toggle('lit', on && [fact.from.id, fact.to.id].includes(Number(mark.dataset.thing))));
  const [from, to] = [subject, object].map((known) => how(known) || '–');
  return el('li', { class: chosen && 'chosen', mouseenter: light(true), mouseleave: light(false) },
    el('div', {}, sentence(fact)),
    el('div', { class: 'said' }, qualifiers(fact).map((text) => el('span', {}, text))),
    el('div', { class: 'how' },
      el('span', {}, say('rule', { rule })), el('span', {}, say('known', { subject: from, object: to })), review ? el('span', {}, say('review', { review })) : null,
      wrong([fact.from.label, fact.relation.name, fact.to.label], passage, copy)));
}

// What copies the line that says so in the report's review file, of a fact's or a number's three parts. A name with marks of YAML's in it is quoted.
function wrong(parts, { paragraph }, copy) {
  const quoted = (text) => JSON.stringify(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`); // YAML takes these for ends of lines, or not at all
  const name = (text) => (/^[\p{L}\p{N}][\p{L}\p{N} ().·-]*$/u.test(text) && !/^[\d.-]|^(?:true|false|yes|no|null|on|off)$|\s$/iu.test(text) ? text : quoted(text));
  const line = `  - {reject: [${parts.map(name).join(', ')}], paragraph: ${name(paragraph.number)}}`;
  return button({ class: 'wrong', title: say('wrong_hint'), click: () => copy(line) }, say('wrong'));
}
