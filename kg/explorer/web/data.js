// What the page holds (kg/explorer/content.py and rows.py write it): things, facts, figures, passages and paragraphs that know each other.

// What is the same in all pages stands in a file of its own where they share one.
export const page = { ...globalThis.common, ...JSON.parse(document.getElementById('data').textContent) };

const said = (number) => page.sayings[number];

export const kinds = page.kinds.map((kind, id) => ({ ...kind, name: kind.id, id, shape: kind.look[0] }));
export const relations = page.relations.map((relation, id) => ({ ...relation, name: relation.id, id }));
export const hubs = new Set(page.hubs);

// facts: those that speak of the thing; x, y: its place in the picture, undefined where it has no facts.
export const things = page.things.label.map((label, id) => ({
  id, label, en: page.things.en[id], names: page.things.names[id], iri: page.things.iri[id], kind: kinds[page.things.kind[id]],
  x: page.places[id]?.[0], y: page.places[id]?.[1], facts: [],
}));

// Behind the themes that paragraphs are about stands one for those that are about none.
export const topics = [...page.topics, { id: 'none', label: page.texts.no_topic }].map((topic, id) => ({ ...topic, name: topic.id, id }));

export const paragraphs = page.paragraphs.map(([number, section, report, text, about = [page.topics.length]], id) => ({
  id, number, section: said(section), report: page.reports[report], text, topics: about, passages: [], marks: null, characters: null,
}));

// The headings of the reports in reading order; of facts whose paragraph is under none there is one that is ''.
export const sections = [...new Set(paragraphs.map((paragraph) => paragraph.section))];

// start, end: characters of the paragraph; page: of the report, where it tells; facts: [fact, evidence] pairs said there; figures: numbers said there.
export const passages = page.passages.map(([paragraph, start, end, page], id) => ({ id, paragraph: paragraphs[paragraph], start, end, page, facts: [], figures: [] }));
for (const passage of passages) passage.paragraph?.passages.push(passage);

export const facts = page.facts.map(([from, relation, to, iri, sure, evidence, qualifiers], id) => ({
  status: 'done', start: '', end: '', amount: '', unit: '', place: -1, programme: -1, ...qualifiers,
  id, iri, from: things[from], to: things[to], relation: relations[relation], told: sure !== '', sure: Number(sure),
  evidence: evidence.map(([passage, rule, subject, object, review]) => ({
    passage: passages[passage], rule: said(rule), subject: said(subject), object: said(object), review: said(review) || '',
  })),
}));
for (const fact of facts) {
  for (const end of new Set([fact.from, fact.to])) end.facts.push(fact);
  for (const evidence of fact.evidence) evidence.passage.facts.push([fact, evidence]);
}

export const figures = page.figures.map(([about, counted, value, unit, comparator, start, end, place, text, passage, rule, sure, baseline, iri], id) => ({
  id, iri, about: things[about], counted, value: Number(value), exact: value, unit, comparator, start, end, place, text, passage: passages[passage], rule: said(rule), sure: Number(sure), baseline,
}));
for (const figure of figures) figure.passage.figures.push(figure);

// Items by what they have in common, as they come: a Map.
export function by(items, of) {
  const found = new Map();
  for (const item of items) {
    const common = of(item);
    if (found.has(common)) found.get(common).push(item); else found.set(common, [item]);
  }
  return found;
}

// The place each place lies in, by thing; and the widest region of each that is not the whole world.
const within = new Map(page.within);
export function around(thing) {
  const found = [];
  for (let at = within.get(thing); at !== undefined && !found.includes(at); at = within.get(at)) found.push(at);
  return found.map((id) => things[id]);
}

// Offsets count characters, JavaScript's strings count UTF-16 units: a paragraph is cut up into characters once.
export function characters(paragraph) {
  paragraph.characters ??= [...paragraph.text];
  return paragraph.characters;
}

// [start, end, thing] of each name in a paragraph, left to right, the longest at each place; in Latin letters only whole words.
export function marks(paragraph) {
  if (paragraph.marks) return paragraph.marks;
  const text = characters(paragraph), found = [];
  const latin = (at) => /[a-z0-9]/iu.test(text[at] ?? ''), inWord = (at) => latin(at - 1) && latin(at);
  for (let start = 0; start < text.length;) {
    const hit = !inWord(start) && (named().get(text[start]) || []).find(([name, length]) => !inWord(start + length) && text.slice(start, start + length).join('') === name);
    if (hit) found.push([start, start + hit[1], hit[2]]);
    start += hit ? hit[1] : 1;
  }
  paragraph.marks = found;
  return found;
}

// [name, length, thing] by first character, longest first. A name of two things is that of the one with facts.
let byFirst;
function named() {
  if (byFirst) return byFirst;
  byFirst = new Map();
  const owners = new Map();
  for (const thing of things) for (const name of [thing.label, thing.en, ...thing.names]) if (name.length > 1 && !owners.has(name)) owners.set(name, thing);
  for (const [name, thing] of owners) {
    const spelt = [...name];
    if (!byFirst.has(spelt[0])) byFirst.set(spelt[0], []);
    byFirst.get(spelt[0]).push([name, spelt.length, thing]);
  }
  for (const names of byFirst.values()) names.sort((a, b) => b[1] - a[1]);
  return byFirst;
}
