"""The patterns by which the resolver reads what a sentence leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language import Language
from kg.needs import Needs, needs
from kg.ontology import Ontology
from kg.sentences import alphabet
from kg.slots import fill

_MOST_LISTED = 200  # or a long list would be read again from each of its countries
_MOST_LEADING = 9  # words in a row before a subject; without a bound they could be cut up in any number of ways


@dataclass(frozen=True, slots=True)
class References:
    """Patterns over the cells of a sentence: which country a body belongs to, and who goes on as the subject of a clause.

    together_needs: as in kg.needs.
    """

    country_list: re.Pattern[str]
    government: re.Pattern[str]
    head: re.Pattern[str]
    lead: re.Pattern[str]
    scene: re.Pattern[str]
    together: re.Pattern[str]
    together_needs: Needs


@cache
def references(ontology: Ontology, language: Language) -> References:
    """The patterns of a language."""
    profile = language.profile

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(fill(text, profile, alphabet(ontology)))

    countries, parties, listed = "{Country}(?:{joiner}{Country})*", "{Party}(?:{with_joiner}{Party})*", "{Party}(?:{joiner}{Party})+"
    leading = f"(?:{{lead}}){{0,{_MOST_LEADING}}}"
    marks = re.escape(profile.clause_end)
    together = pattern(f"{{Party}}{{adv}}(?:{{with}}(?P<partners>[^{marks}]{{1,60}}?){{going_together}}|{{jointly}}(?P<others>{parties}))")
    return References(
        pattern(f"(?P<countries>{countries}){{genitive}}$"),
        pattern(f"(?P<countries>{{Country}}(?:{{list_joiner}}{{Country}}){{0,{_MOST_LISTED}}}){language.names.government}"),
        # Who signs with somebody acts alone afterwards; else all who are named together go on together.
        pattern(
            f"{leading}(?:(?P<subject>(?>{parties})(?!{{apart}})|(?>{listed})|{{Event}})(?!{{no_subject}})"
            "|(?P<first>{Party})(?={with}))"
        ),
        pattern(f"{leading}{{goes_on}}"),
        pattern(f"(?:{{lead}}){{1,{_MOST_LEADING}}}"),
        together,
        needs(together.pattern),
    )
