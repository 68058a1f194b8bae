// Facts and numbers as Turtle, in the shape and under the IRIs that kg/graph.py and kg/iris.py give them.

import { characters, figures as allFigures, page, things } from './data.js';
import { digest, full, identify, ofOntology } from './iris.js';

const PREFIXES = {
  st: `${page.base}statement/`, obs: `${page.base}observation/`, id: page.base, kg: ofOntology(''), unit: 'http://qudt.org/vocab/unit/', oa: 'http://www.w3.org/ns/oa#', dcterms: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#', xsd: 'http://www.w3.org/2001/XMLSchema#',
};
const SAFE = /^[\w\u3400-\u9fff][\w\u3400-\u9fff-]*$/u, BARRED = /[\0- <>"{}|^\u0060\\]/gu; // what can stand behind a prefix as it is; what no IRI can hold

function term(iri) {
  const prefix = Object.keys(PREFIXES).find((name) => iri.startsWith(PREFIXES[name]) && SAFE.test(iri.slice(PREFIXES[name].length)));
  return prefix ? `${prefix}:${iri.slice(PREFIXES[prefix].length)}` : `<${iri.replace(BARRED, encodeURIComponent)}>`;
}
const node = ({ iri, id }) => (iri ? term(full(iri)) : `_:f${id}`), kg = (name) => term(ofOntology(name));
const text = JSON.stringify, zh = (said) => said && `${text(said)}@zh`; // JSON escapes as Turtle does
const number = (exact) => (/^-?\d+(?:\.\d+)?$/u.test(exact) ? `${exact}` : `${text(String(exact))}^^xsd:decimal`);
const day = (date) => date && `${text(date)}^^xsd:date`;
const unit = (name) => name && (name in page.words ? kg(name) : term(PREFIXES.unit + name));
const other = (named) => (named === -1 ? '' : things[named] ? node(things[named]) : term(full(named))); // may be no thing of the page

// A subject with all that is said of it: [predicate, object or objects]; what is '' is not said.
function block(subject, ...said) {
  const parts = said.filter(([, objects]) => objects.length).map(([predicate, objects]) => `${predicate} ${[objects].flat().join(' , ')}`);
  return `${subject} ${parts.join(' ;\n\t')} .\n`;
}

// Evidence has its IRI from how it was read, of which the page does not hold all for a number; and some browsers have no hashes.
async function evidenceTerm(place, { rule, subject, object, review }, count) {
  const hash = subject === undefined ? '' : await digest([rule, subject, object, ...(review ? [review] : [])]);
  return hash ? term(`${place}-${hash.slice(0, 8)}`) : `_:e${count}`;
}

export async function turtle(facts, figures) {
  await identify(facts);
  const named = new Set(), sources = new Map(); // evidence and what it points at, by term: each is said once
  let count = 0;
  const of = (thing) => { named.add(thing); return node(thing); };
  const place = (at) => { if (things[at]) named.add(things[at]); return other(at); };

  async function evidence(one) {
    const { passage: { paragraph, start, end }, rule, subject = '', object = '', review = '' } = one;
    if (!paragraph?.report) return [];
    const { report } = paragraph, source = full(`${report.id}/p${paragraph.number}`), selector = `${source}-${start}-${end}`, name = await evidenceTerm(selector, one, count += 1);
    const tell = (about, ...said) => sources.set(about, block(about, ...said));
    tell(name, ['a', 'kg:Evidence'], ['oa:hasSource', term(source)], ['oa:hasSelector', term(selector)], ['kg:rule', text(rule)], ...[['kg:subjectKnownBy', subject], ['kg:objectKnownBy', object], ['kg:review', review]].map(([how, said]) => [how, said && text(said)]));
    tell(term(selector), ['a', ['oa:TextQuoteSelector', 'oa:TextPositionSelector']], ['oa:exact', zh(characters(paragraph).slice(start, end).join(''))], ['oa:start', number(start)], ['oa:end', number(end)]);
    tell(term(source), ['a', 'kg:Paragraph'], ['kg:number', text(paragraph.number)], ['dcterms:isPartOf', term(full(report.id))]);
    tell(term(full(report.id)), ['a', 'kg:Report'], ['rdfs:label', zh(report.title)]);
    return name;
  }

  const statement = async (fact) => block(
    node(fact), ['a', 'kg:Statement'], ['rdf:subject', of(fact.from)], ['rdf:predicate', kg(fact.relation.name)], ['rdf:object', of(fact.to)], ['kg:status', fact.status && kg(fact.status)], ...qualified(fact),
    ['kg:amount', fact.amount && number(fact.amount)], ['kg:programme', place(fact.programme)], ['kg:evidence', (await Promise.all(fact.evidence.map(evidence))).flat()]);
  const observation = async (figure) => block(
    node(figure), ['a', 'kg:Observation'], ['kg:about', figure.about ? of(figure.about) : ''], ['kg:counted', zh(figure.counted)], ['kg:value', number(figure.exact)], ['kg:valueText', zh(figure.text)], ...qualified(figure),
    ['kg:comparator', figure.comparator && kg(figure.comparator)], ['kg:baseline', allFigures[figure.baseline] ? node(allFigures[figure.baseline]) : ''], ['kg:evidence', await evidence(figure)]);
  const qualified = (one) => [['kg:confidence', number(one.sure)], ['kg:start', day(one.start)], ['kg:end', day(one.end)], ['kg:unit', unit(one.unit)], ['kg:place', place(one.place)]];

  const plain = facts.map(({ from, relation, to }) => `${of(from)} ${kg(relation.name)} ${of(to)} .\n`);
  const said = await Promise.all([...facts.filter(({ told }) => told).map(statement), ...figures.map(observation)]);
  const about = [...named].map((thing) => block(node(thing), ['a', thing.kind ? kg(thing.kind.name) : ''], ['rdfs:label', [zh(thing.label), ...(thing.en ? [`${text(thing.en)}@en`] : [])]]));
  return [...Object.entries(PREFIXES).map(([name, iri]) => `@prefix ${name}: <${iri}> .\n`), '\n', ...about, '\n', ...new Set(plain), '\n', ...said, '\n', ...[...sources.keys()].toSorted().map((subject) => sources.get(subject))].join('');
}
