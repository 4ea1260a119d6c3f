"""The words of a passage that a question asks for, marked for the eye."""

from __future__ import annotations

from markupsafe import Markup, escape

from graph.query.analysis import analyse
from graph.query.subject_terms import same, tokens_of


def with_matches(text: str, question: str, language: str) -> Markup:
    """The text as HTML, each word that means one of the question's in a `mark`."""
    asked = [term.key for term in analyse(question, language).every_term]
    found = [one for one in tokens_of(text) if any(same(one.key, key) for key in asked)]
    parts, end = [], 0
    for token in found:
        parts.append(escape(text[end : token.start]))
        parts.append(Markup("<mark>{}</mark>").format(text[token.start : token.end]))
        end = token.end
    return Markup("").join([*parts, escape(text[end:])])
