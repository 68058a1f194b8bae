"""The questions in queries/*.rq, and how to ask one of a graph: what it only reads, within limits of time, rows and memory.

catalogue.py   the files: titles, questions, parameters
parameters.py  values in place of the defaults
safety.py      what a question may not say: SERVICE, FROM, an update
sources.py     what answers: files in memory, a store on disk, an endpoint
answers.py     a question, asked of a source, as a table of text
limits.py      the same in a process of its own, which is stopped at a limit
"""

from __future__ import annotations

from kg.queries.answers import Answer, ask, check_names, prepared, results
from kg.queries.catalogue import Question, catalogue, fill, parse, question

__all__ = ["Answer", "Question", "ask", "catalogue", "check_names", "fill", "parse", "prepared", "question", "results"]
