"""What the table re-query asks for: entities and measures, and the lines that a formula needs."""

from __future__ import annotations

from graph.query.analysis import QuestionAnalysis
from graph.query.formulas import formulas_in
from graph.query.query_cleaning import subject_of
from graph.query.statement_lines import lines_in, phrases_of
from loaders.text.tokenizer import content_words, is_cjk

MOST_QUERIES = 5
MOST_NAMES = 4


def table_queries(analysis: QuestionAnalysis) -> list[str]:
    """Queries made of what headers are made of; one more for every line that is looked for."""
    question = analysis.question
    needed = [line for formula in formulas_in(question)[:1] for line in formula.lines]
    lines = dict.fromkeys([*lines_in(question), *needed])
    return [_headers(subject_of(question)), *(_line(one, analysis) for one in lines)][:MOST_QUERIES]


def _line(line: str, analysis: QuestionAnalysis) -> str:
    return " ".join([*phrases_of(line, analysis.language)[:MOST_NAMES], *analysis.periods])


def _headers(question: str) -> str:
    if is_cjk(question):
        return question
    return " ".join(dict.fromkeys(word.text for word in content_words(question))) or question
