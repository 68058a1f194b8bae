"""What people decided about facts and numbers, applied to those that were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import ReportError
from kg.facts import joined
from kg.model import Entity, Evidence, Extraction, Issue, Observation, Statement
from kg.ontology import Ontology
from kg.review.entries import FactDecision, NumberDecision, Review
from kg.review.things import Things

_GIVEN = "given in the review"


@dataclass(frozen=True, slots=True)
class _Known:
    """What a decision is held against."""

    review: Review
    paragraphs: frozenset[str]
    things: Things
    ontology: Ontology


def decide(review: Review, read: Extraction, entities: Mapping[str, Entity], ontology: Ontology) -> Extraction:
    """What was read from a report after all decisions, one after the other; a ReportError for a correction that cannot be.

    Its issues tell what was rejected, and which decisions meet nothing. entities: by IRI, all that a correction can name.
    """
    if not review.facts and not review.numbers:
        return read
    known = _Known(review, frozenset(p.number for p in read.document.paragraphs), Things(entities.values()), ontology)
    statements, observations, issues = list(read.statements), list(read.observations), list(read.issues)
    for fact in review.facts:
        statements, told = _of_fact(fact, statements, known)
        issues += told
    for number in review.numbers:
        observations, told = _of_number(number, observations, known)
        issues += told
    return replace(read, statements=joined(statements), observations=tuple(observations), issues=tuple(issues))


def _of_fact(decision: FactDecision, statements: list[Statement], known: _Known) -> tuple[list[Statement], list[Issue]]:
    """The statements after one decision, and what there is to tell of it."""
    said = " ".join(decision.fact)
    meant, rest = _meant(decision, statements, known)
    fault = "" if meant else _absence(decision, decision.fact[::2], known)
    if meant and decision.to:
        fault = next(filter(None, map(known.things.fault, decision.to[::2])), "")
    if fault:
        return statements, [_unmatched(decision, said, fault)]
    match decision.verb:
        case "reject":
            return rest, _rejected(decision, said, [e for s in meant for e in s.evidence])
        case "accept":
            changed = [replace(s, evidence=_marked(s.evidence, "accepted", decision.why)) for s in meant]
        case _:
            changed = [_corrected(decision, s, known) for s in meant]
    return [*rest, *changed], []


def _meant(decision: FactDecision, statements: Sequence[Statement], known: _Known) -> tuple[list[Statement], list[Statement]]:
    """The statements that a decision is about, each with the evidence that it is about, and what is left."""
    name, relation, other = decision.fact
    subjects, objects = ({entity.iri for entity in known.things.called(end)} for end in (name, other))
    turned = known.ontology.relations[relation].symmetric
    meant, rest = [], []
    for s in statements:
        fits = (s.subject in subjects and s.object in objects) or (turned and s.subject in objects and s.object in subjects)
        here = tuple(e for e in s.evidence if decision.paragraph in {"", e.paragraph}) if fits and s.relation == relation else ()
        there = tuple(e for e in s.evidence if e not in here)
        meant += [replace(s, evidence=here)] if here else []
        rest += ([replace(s, evidence=there)] if there else []) if here else [s]
    return meant, rest


def _corrected(decision: FactDecision, old: Statement, known: _Known) -> Statement:
    """A statement as people want it, its evidence marked with what was read."""
    subject, relation, obj = old.subject, old.relation, old.object
    if decision.to:
        subject, relation, obj = _ends(decision, known)
    period = old.period if decision.period is None else decision.period
    status = decision.status or old.status
    read = " ".join((known.things.name(old.subject), old.relation, known.things.name(old.object)))
    times = " to ".join(filter(None, (old.period.start, old.period.end))) or "no time"
    was = [old.status] * (status != old.status) + [times] * (period != old.period)
    mark = f"corrected from {read}" + (f" ({', '.join(was)})" if was else "")
    evidence = tuple(_turned(e, old, subject, obj) for e in _marked(old.evidence, mark, decision.why))
    place, programme = ("" if iri in {subject, obj} else iri for iri in (old.place, old.programme))
    return Statement(subject, relation, obj, status, period, old.amount, old.unit, place, programme, evidence)


def _turned(evidence: Evidence, old: Statement, subject: str, obj: str) -> Evidence:
    """Evidence that tells of each end of a corrected fact how it was known."""
    hows = {old.subject: evidence.subject_how, old.object: evidence.object_how}
    return replace(evidence, subject_how=hows.get(subject, _GIVEN), object_how=hows.get(obj, _GIVEN))


def _ends(decision: FactDecision, known: _Known) -> tuple[str, str, str]:
    """The fact that a correction leads to, by IRIs; a ReportError when the relation cannot join the two."""
    name, verb, other = decision.to or decision.fact
    relation = known.ontology.relations[verb]
    ends = []
    for role, end, allowed in (("subject", name, relation.domain), ("object", other, relation.range)):
        thing = known.things.one(end)
        if thing is None or not known.ontology.is_a(thing.kind, allowed):
            kind = thing.kind if thing else "nothing"
            message = (
                f"{known.review.path}: {decision.where}.to: {end} is a {kind}, which {verb} does not allow as {role}; "
                f"choices: {', '.join(sorted(allowed))}"
            )
            raise ReportError(message)
        ends.append(thing.iri)
    if ends[0] == ends[1]:
        message = f"{known.review.path}: {decision.where}.to: {name} and {other} are the same thing; name two"
        raise ReportError(message)
    first, second = sorted(ends) if relation.symmetric else ends
    return first, verb, second


def _of_number(decision: NumberDecision, read: list[Observation], known: _Known) -> tuple[list[Observation], list[Issue]]:
    """The observations after one decision, and what there is to tell of it."""
    said = f"{decision.about}: {decision.counted} {decision.value:f}"
    about = {entity.iri for entity in known.things.called(decision.about)}
    named = [o for o in read if o.about in about and (o.counted, o.value) == (decision.counted, decision.value)]
    meant = [o for o in named if decision.paragraph in {"", o.evidence.paragraph}]
    if not meant:
        return read, [_unmatched(decision, said, _absence(decision, [decision.about], known))]
    if decision.verb == "accept":
        return [replace(o, evidence=_marked([o.evidence], "accepted", decision.why)[0]) if o in meant else o for o in read], []
    # A number that was compared with a rejected one is compared with nothing.
    rest = [replace(o, baseline=None) if o.baseline in meant else o for o in read if o not in meant]
    return rest, _rejected(decision, said, [o.evidence for o in meant])


def _marked(evidence: Sequence[Evidence], mark: str, why: str) -> tuple[Evidence, ...]:
    """Evidence with one more decision on it."""
    text = f"{mark}: {why}" if why else mark
    return tuple(replace(e, review=f"{e.review}; {text}" if e.review else text) for e in evidence)


def _rejected(decision: FactDecision | NumberDecision, said: str, evidence: Sequence[Evidence]) -> list[Issue]:
    """The reason, once for each paragraph that says what was rejected."""
    numbers = dict.fromkeys(e.paragraph for e in evidence)
    return [Issue(number, "rejected", said, decision.why or "by the review") for number in numbers]


def _absence(decision: FactDecision | NumberDecision, names: Sequence[str], known: _Known) -> str:
    """Why what a decision is about is not there: a name that nothing has, a paragraph that is not there, else it is not said."""
    missing = [name for name in names if not known.things.called(name)]
    if missing:
        return known.things.fault(missing[0])
    if decision.paragraph and decision.paragraph not in known.paragraphs:
        return f"there is no paragraph {decision.paragraph}"
    return f"{f'paragraph {decision.paragraph}' if decision.paragraph else 'the report'} does not say so"


def _unmatched(decision: FactDecision | NumberDecision, said: str, fault: str) -> Issue:
    return Issue("", "review", f"{decision.verb} {said}", f"{decision.where} matches nothing: {fault}")
