"""What commands read first, read once: a process forked from one that has imported this begins with its work. It opens no store."""

from kg import facts, language, ontology
from kg.store import general, hashes

facts.grammar(language.load("zh"), ontology.load())
general.load("zh")
hashes.rules()
