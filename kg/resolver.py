"""Who is meant: words that stand for a thing named before, bodies that belong to the sentence's country, subjects left out.

Every step is written into the mention's `how`, so that a person can follow it from the evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from kg.finders.names import Found
from kg.iris import entity_iri
from kg.language import Language
from kg.model import VALUES, Entity, Mention, Paragraph
from kg.needs import may_match
from kg.ontology import Ontology
from kg.profile import StandIn
from kg.references import references
from kg.sentences import Alphabet, Cell, Sentence, alphabet, clauses, split, written
from kg.text import plain

_COUNTRY = frozenset({"Country"})
_FAR = 500  # characters or mentions before a word in which stands what it stands for, or whose it is
_end = attrgetter("end")  # of a cell; cells stand in the order of their ends, also where several stand for one word


def _seen(before: Sequence[Mention], left: Sequence[Cell]) -> list[Mention]:
    """What was named before a sentence and in its cells so far."""
    return [*before[-_FAR:], *(c.mention for c in left if c.mention)]


class Resolver:
    """Resolves the paragraphs of one report, one after the other."""

    def __init__(self, ontology: Ontology, language: Language, found: Found) -> None:
        """A resolver over the names of a report. `entities` and `parts` (as in Found) grow by the national bodies it makes."""
        self.entities: dict[str, Entity] = dict(found.entities)
        self.parts: dict[str, tuple[str, str]] = dict(found.parts)
        self._ontology = ontology
        self._language = language
        self._letters: Alphabet = alphabet(ontology)
        self._patterns = references(ontology, language)
        self._seen: dict[str, list[Mention]] = {}

    def resolve(self, paragraph: Paragraph, mentions: Sequence[Mention]) -> tuple[Sentence, ...]:
        """The paragraph's sentences, its stand-ins and left-out subjects filled in."""
        # A footnote speaks of what its paragraph named.
        before: list[Mention] = list(self._seen.get(paragraph.anchor, ()))
        subject: tuple[Mention, ...] = ()
        result = []
        text = plain(paragraph.text)
        chars = frozenset(text)
        stand_ins = [one for one in self._language.profile.stands_for if not one.subject and may_match(one.needs, chars)]
        for sentence in split(text, mentions, self._letters, self._language.profile.sentence_end):
            # Each step gives the same sentence where it has nothing to do, as most have in most sentences.
            read = self._national(self._without_excluded(sentence), before)
            read = self._stand_ins(text, read, before, stand_ins) if stand_ins else read
            read, subject = self._subjects(read, subject)
            before += read.mentions()
            result.append(read)
        self._seen[paragraph.number] = before
        return tuple(result)

    def _without_excluded(self, sentence: Sentence) -> Sentence:
        """Names that the sentence takes out ("except X") stand for nothing."""
        out: list[Cell] = []
        for match in self._language.profile.excluded.finditer(sentence.text):
            out = out or list(sentence.cells)
            for i in range(*match.span("what")):
                out[i] = out[i]._replace(char="＊" if out[i].mention else out[i].char, mention=None)
        return sentence.of(out) if out else sentence

    def _national(self, sentence: Sentence, before: Sequence[Mention]) -> Sentence:
        """Ministries, parliaments and courts become those of the countries named with them, else of the last country named."""
        out: list[Cell] = []
        governments = {i: m for m in self._patterns.government.finditer(sentence.text) for i in range(*m.span())}
        if not governments and all(m.term for m in sentence.mentions()):
            return sentence
        for index, cell in enumerate(sentence.cells):
            mention = cell.mention
            government = governments.get(index)
            if government and mention:
                last = index == government.end("countries") - 1
                end = sentence.cells[government.end() - 1].end if last else mention.end
                words = mention.text + (self._language.names.government if last else "")
                body = self._body(mention, self._language.names.government, mention._replace(end=end, text=words))
                out.append(self._letters.cell(body))
            elif government and index >= government.end("countries"):
                continue
            elif mention and not mention.term:
                out += self._bodies_of(mention, out, before)
            else:
                out.append(cell)
        return sentence.of(out)

    def _bodies_of(self, mention: Mention, left: list[Cell], before: Sequence[Mention]) -> Iterator[Cell]:
        """One cell for each country whose body this is; the plain words where no country is in sight."""
        beside = left[-1].mention if left else None
        near = left[-_FAR:]
        match = self._patterns.country_list.search(written(near))
        countries = [c.mention for c in near[slice(*match.span("countries"))] if c.mention] if match else []
        if beside and (countries == [beside] or (not countries and self._ontology.is_a(beside.kind, {"Place"}))):
            # Right behind its country, or its town, the two are one name.
            left.pop()
            where = mention._replace(start=beside.start, text=beside.text + mention.text)
            yield self._letters.cell(self._body(beside, mention.text, where))
            return
        if not countries:
            countries = list(islice(filter(None, map(self._country, reversed(_seen(before, near)))), 1))
        if not countries:
            yield from (Cell(char, mention.start + i, mention.start + i + 1) for i, char in enumerate(mention.text))
            return
        for number, country in enumerate(countries):
            if number:
                yield Cell(self._language.profile.list_mark, mention.end, mention.end)
            yield self._letters.cell(self._body(country, mention.text, mention))

    def _country(self, mention: Mention) -> Mention | None:
        """The country that a mention names, or that a body named by it lies in."""
        if mention.kind == "Country":
            return mention
        relation, whole = self.parts.get(mention.term, ("", ""))
        if relation != "locatedIn" or self.entities[whole].kind != "Country":
            return None
        return mention._replace(kind="Country", term=whole, text=self.entities[whole].name)

    def _body(self, country: Mention, body: str, where: Mention) -> Mention:
        """The mention of a country's body, which becomes an entity of its own."""
        known = self.entities[country.term]
        name = country.text + body
        short = min((known.name, *known.names, country.text), key=lambda form: (form[0] != country.text[0], len(form)))
        iri = entity_iri(known.name + body)
        names = {short + body, known.name + body, body} - {name}
        self.entities.setdefault(iri, Entity(iri, name, "GovernmentBody", tuple(sorted(names))))
        self.parts[iri] = ("locatedIn", country.term)
        how = f"national body of {known.name}" if where.text.startswith(country.text) else f"belongs to {known.name}, named before"
        return Mention(where.start, where.end, "GovernmentBody", iri, how, where.text)

    def _stand_ins(self, paragraph: str, sentence: Sentence, before: Sequence[Mention], stand_ins: Sequence[StandIn]) -> Sentence:
        """Words such as "the said fund" or "the two countries" become the things they stand for."""
        matches = [(one, match) for one in stand_ins for match in one.pattern.finditer(paragraph, sentence.start, sentence.end)]
        if not matches:
            return sentence
        cells = list(sentence.cells)
        taken = {i for m in sentence.mentions() if m.kind not in VALUES for i in range(m.start, m.end)}
        for stand_in, match in matches:
            if not taken.isdisjoint(range(*match.span())):
                continue
            at = bisect_right(cells, match.start(), key=_end)
            seen = _seen(before, cells[max(0, at - _FAR) : at])
            named = self._candidates(seen, stand_in, match)
            if at < len(cells) and cells[at].start == match.start() and named:
                until = bisect_right(cells, match.end(), key=_end)
                meant, others = named[-stand_in.many :], named[: -stand_in.many]
                cells[at:until] = self._cells_for(meant, match.start(), match.end(), match[0], others)
                taken |= set(range(*match.span()))
        return sentence.of(cells)

    def _cells_for(self, meant: Sequence[Mention], start: int, end: int, words: str, others: Sequence[Mention] = ()) -> Iterator[Cell]:
        rather = f" rather than {' or '.join(map(self._name, others))}" if others else ""
        for number, mention in enumerate(meant):
            if number:
                yield Cell(self._language.profile.list_mark, end, end)
            how = f"“{words}” stands for {self._name(mention)}{rather}"
            yield self._letters.cell(Mention(start, end, mention.kind, mention.term, how, words))

    def _name(self, mention: Mention) -> str:
        return self.entities[mention.term].name if mention.term in self.entities else mention.text

    def _names(self, mention: Mention) -> Iterator[str]:
        """All that a mentioned thing is called."""
        yield mention.text
        if entity := self.entities.get(mention.term):
            yield from (entity.name, *entity.names)

    def _candidates(self, seen: Sequence[Mention], stand_in: StandIn, match: re.Match[str]) -> list[Mention]:
        """The things named before that these words can stand for, each once; the one last named is the last."""
        words, noun = match[0], match.groupdict().get("noun")
        if stand_in.kinds == _COUNTRY:  # a body that lies in a country names it too
            seen = [self._country(m) or m for m in seen]
        fit = [m for m in seen if m.term and self._ontology.is_a(m.kind, stand_in.kinds)]
        if noun:
            fit = [m for m in fit if any(name.endswith(noun) for name in self._names(m))]
        # The words name the kind of thing; of several, those whose name ends in that noun.
        same = [m for m in fit if words[-2:] == m.text.rstrip("”")[-2:]]
        return list({m.term: m for m in reversed(same or fit)}.values())[::-1]

    def _subjects(self, sentence: Sentence, subject: tuple[Mention, ...]) -> tuple[Sentence, tuple[Mention, ...]]:
        """Puts the subject that goes on at the head of each clause that has none; also the subject the next sentence may go on with."""
        if not (subject or sentence.held):
            return sentence, subject
        text = sentence.text
        bounds = clauses(text, self._language.profile.clause_end)
        own = [self._own_subject(sentence, *bound) for bound in bounds]
        chars = frozenset(text)
        pronouns = [one for one in self._language.profile.stands_for if one.subject and may_match(one.needs, chars)]
        joins = may_match(self._patterns.together_needs, chars)
        partners: tuple[Mention, ...] = ()
        out: list[Cell] = []
        done = 0  # so many of the cells are in `out`
        for number, (begin, end) in enumerate(bounds):
            if own[number]:
                subject, partners = own[number], ()
            clause: Sequence[Cell] = ()
            if subject and pronouns:
                clause = self._pronouns(sentence.cells[begin:end], subject, pronouns)
            # "In X, the agency …": where the next clause names the subject, this one only sets the scene.
            scene = any(own[number + 1 : number + 2]) and self._patterns.scene.fullmatch(text, begin, end)
            if subject and not own[number] and not scene and self._patterns.lead.match(text, begin, end):
                going_on = {m.term: m for m in (*subject, *partners)}
                clause = [*self._carried(list(going_on.values()), sentence.cells[begin].start), *(clause or sentence.cells[begin:end])]
            if joins and (clause or self._patterns.together.search(text[begin:end])):
                partners = (*partners, *self._joined(clause or sentence.cells[begin:end]))
            if clause:
                out += (*sentence.cells[done:begin], *clause)
                done = end
        return (sentence.of([*out, *sentence.cells[done:]]) if out else sentence), subject

    def _own_subject(self, sentence: Sentence, begin: int, end: int) -> tuple[Mention, ...]:
        """The subject that a clause names at its head."""
        head = self._patterns.head.match(sentence.text, begin, end)
        return tuple(sentence.mentions(*head.span("subject" if head["subject"] else "first"))) if head else ()

    def _joined(self, clause: Sequence[Cell]) -> tuple[Mention, ...]:
        """The partners with whom the subject of a clause goes on together."""
        match = self._patterns.together.search(written(clause)) if any(c.mention for c in clause) else None
        if match is None:
            return ()
        span = (match.start("partners"), match.end()) if match["partners"] else match.span("others")
        found = [c.mention for c in clause[slice(*span)] if c.mention]
        return tuple({m.term: m for m in found if self._ontology.is_a(m.kind, {"Actor"})}.values())

    def _carried(self, subject: Sequence[Mention], at: int) -> Iterator[Cell]:
        for number, mention in enumerate(subject):
            if number:
                yield Cell(self._language.profile.list_mark, at, at)
            how = mention.how if mention.how.startswith("carried") else f"carried on from “{mention.text}”"
            yield self._letters.cell(mention._replace(start=at, end=at, how=how))

    def _pronouns(self, cells: Sequence[Cell], subject: Sequence[Mention], pronouns: Iterable[StandIn]) -> list[Cell]:
        """Words for "its" and "by it" inside a clause become the subject of the clause."""
        out = list(cells)
        for stand_in in pronouns:
            for match in reversed(list(stand_in.pattern.finditer(written(out)))):
                start, end = out[match.start()].start, out[match.end() - 1].end
                out[match.start() : match.end()] = list(self._cells_for(subject, start, end, match[0]))
        return out
