"""What the page says, in the reader's language: `texts.{language}.toml`, whose lines are data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DEFAULT = "en"


class Texts:
    """The lines of one language; those with `{…}` are filled in."""

    def __init__(self, language: str, lines: Mapping[str, Any]) -> None:
        self.language, self.lines = language, lines

    def __call__(self, line: str, **values: object) -> str:
        return str(self.lines[line]).format(**values)

    def of(self, section: str, line: str, **values: object) -> str:
        """A line of a section; what the section does not know is said as it is."""
        return str(self.lines[section].get(line, line)).format(**values)


@cache
def texts(language: str) -> Texts:
    """The texts in a language, or in English."""
    path = FOLDER / f"texts.{language if language in languages() else DEFAULT}.toml"
    lines = tomllib.loads(path.read_text(encoding="utf-8"))
    return Texts(path.name.split(".")[1], lines)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    return tuple(sorted(path.name.split(".")[1] for path in FOLDER.glob("texts.*.toml")))


def language_wanted(accepted: str) -> str:
    """The first language of an `Accept-Language` header that there is, by its weights."""
    wanted = [_weighed(part) for part in accepted[:500].split(",")]
    known = [(weight, code) for weight, code in wanted if code in languages() and weight > 0]
    return max(known, key=lambda one: one[0])[1] if known else DEFAULT


def _weighed(part: str) -> tuple[float, str]:
    code, _, weight = part.strip().partition(";q=")
    try:
        return float(weight or 1), code.partition("-")[0].lower()
    except ValueError:
        return 0.0, ""
