"""What the program says, in the question's language: the sentences stand in `messages.*.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from graph.knowledge.toml_data import languages, load


@cache
def _messages(language: str) -> dict[str, Any]:
    return load(f"messages.{language if language in languages('messages') else 'en'}")


def say(phrase: str, language: str, **values: object) -> str:
    """A sentence in the language, English if we have none in it."""
    template: str = _messages(language)["text"][phrase]
    return template.format(**values)


def sentence_for(question: str, value: str, language: str) -> str:
    """A question for one value turned into the sentence that gives it; empty if we cannot."""
    bare = re.sub(r"^\s*¿|\s*[?？.!]*\s*$", "", question)
    if "?" in bare:
        return ""  # more is said behind the question
    for shape in _messages(language).get("sentence", ()):
        if match := re.fullmatch(shape["question"], bare, re.IGNORECASE):
            parts = [part.strip() if part else "" for part in match.groups()]
            text = re.sub(r"\s+(?=[.\s])", "", shape["answer"].format("", *parts, value=value))
            text = re.sub(r"(?<=\w\.)\.$", "", text)  # of `m a.s.l.`
            return text[:1].upper() + text[1:]
    return ""


def listed(items: Sequence[str], language: str) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    comma = "、" if language == "zh" else ", "
    return comma.join(items[:-1]) + say("and", language) + items[-1]
