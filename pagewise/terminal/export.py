"""A conversation as Markdown that can be read, sent and checked without this program."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import datetime
from pathlib import Path

from graph.answer import Answer
from loaders.errors import UsageError
from pagewise import console
from pagewise.terminal.answer_view import marked_text, places_told, remarks

Turn = tuple[str, Answer, Set[str]]

_MARKUP = r"!?\[(?!\d+\](?!:))|\]\("
_ACTIVE = re.compile(rf"([\\`*_#<>|~]|{_MARKUP})")
"""What Markdown or HTML would act on; markers like [1] stay."""
_LIVE = re.compile(rf"([\\<]|{_MARKUP})")
"""What would fetch or lead somewhere; emphasis, lists and tables are not among it."""
_ADDRESS = re.compile(r"(https?|ftp|file|data|javascript):", re.IGNORECASE)


def as_markdown(turns: Sequence[Turn], models: str, when: datetime) -> str:
    """Questions as headings, answers below them, and where each thing stands."""
    parts = [f"# Questions and answers, {when:%Y-%m-%d %H:%M}", f"Models: {models}"]
    for question, answer, doubtful in turns:
        parts.append(f"## {_literal(' '.join(question.split()))}")
        parts.append(answer_markdown(answer, doubtful))
    return "\n\n".join(parts) + "\n"


def answer_markdown(answer: Answer, doubtful: Set[str]) -> str:
    """The answer, and below it a list of what is to be said of it and of what it cites.

    What documents say is text; of a model's own words the form is kept.
    """
    text = marked_text(answer, doubtful)
    parts = [_literal(text, _LIVE if answer.kind == "written" else _ACTIVE)]
    lines = [f"- {_literal(remark)}" for remark in remarks(answer)]
    lines += [f"- {marker} {_literal(place)}" for marker, place in places_told(answer)]
    return "\n\n".join([*parts, "\n".join(lines)] if lines else parts)


def write_new(text: str, path: Path) -> None:
    """Write a file that is not there yet.

    Raises:
        UsageError: There is one, or it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path}: exists already; name another file") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be written ({error})") from error


def _literal(text: str, active: re.Pattern[str] = _ACTIVE) -> str:
    """Text that no Markdown viewer turns into a link, an image or HTML."""
    escaped = active.sub(lambda m: re.sub(r"([^\w\s!])", r"\\\1", m[0]), console.plain(text))
    return _ADDRESS.sub(r"\1\\:", escaped)
