"""What the table re-query asks for: entities and measures, and the lines that a formula needs."""

from __future__ import annotations

from graph.query.formulas import formula_of, line_in, lines_of, synonyms
from graph.query.query_cleaning import subject_of
from loaders.text.tokenizer import content_words, is_cjk, is_year, words

MOST_QUERIES = 5


def table_queries(question: str) -> list[str]:
    """Queries made of what headers are made of; one more for every line of a formula."""
    queries = [_headers(subject_of(question))]
    formula = formula_of(question)
    if formula is not None:
        years = " ".join(word.text for word in words(question) if is_year(word.key))
        names = dict.fromkeys(line.name for line in lines_of(formula.node))
        queries += [f"{' '.join(synonyms(name)[:3])} {years}" for name in names]
    elif name := line_in(question):
        queries.append(" ".join(synonyms(name)[:4]))
    return queries[:MOST_QUERIES]


def _headers(question: str) -> str:
    if is_cjk(question):
        return question
    return " ".join(dict.fromkeys(word.text for word in content_words(question))) or question
