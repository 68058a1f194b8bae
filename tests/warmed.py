"""What commands read first, read once: a process forked from one that has imported this begins with its work. It opens no store."""

from kg import facts, fingerprints, language, ontology
from kg.store import general

facts.grammar(language.load("zh"), ontology.load())
general.load("zh")
fingerprints.rules()
