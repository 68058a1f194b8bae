// IRIs in full, and those of statements, which are made of what they say (kg/iris.py) and so need not lie in the page.

import { page, things } from './data.js';

// The whole IRI of a thing, a statement or a number; of a class or a relation.
export function full(iri) { return /^[a-z][a-z\d+.-]*:/iu.test(iri) ? iri : page.base + iri; }
export function ofOntology(name) { return `https://w3id.org/report-kg/ontology#${name}`; }

// SHA-256 of texts, in hexadecimal digits; '' where the browser has none, which is so on pages that came over an unsafe connection.
export async function digest(texts) {
  const hash = await crypto.subtle?.digest('SHA-256', new TextEncoder().encode(texts.join('\u001F')));
  return hash ? [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('') : '';
}

// Give the facts that a statement describes the IRI of that.
export async function identify(facts) {
  const whole = (at) => (at === -1 ? '' : full(things[at]?.iri ?? at));
  await Promise.all(facts.filter(({ iri, told }) => told && !iri).map(async (fact) => {
    const { from, relation, to, status, start, end, amount, unit, place, programme } = fact;
    const hash = await digest([full(from.iri), relation.name, full(to.iri), status, start, end, amount, unit, whole(place), whole(programme)]);
    if (hash) fact.iri = `statement/${hash.slice(0, 16)}`;
  }));
}
