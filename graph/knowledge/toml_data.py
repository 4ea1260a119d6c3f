"""The data of this folder, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """What a file says, by its name without the ending; nothing if there is no such file."""
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def languages(kind: str) -> tuple[str, ...]:
    """The languages that have a file of this kind: `de`, `en` … of `intent`."""
    return tuple(sorted(path.name.split(".")[1] for path in FOLDER.glob(f"{kind}.*.toml")))


@cache
def joined(kind: str, section: str, line: str) -> str:
    """A line's patterns in every language as one: documents may be in another than the question."""
    return "|".join(_told(kind, section, line)) or r"(?!)"


@cache
def words_of(kind: str, section: str, line: str) -> tuple[str, ...]:
    """A line's words in every language."""
    return tuple(word for told in _told(kind, section, line) for word in told.split())


def _told(kind: str, section: str, line: str) -> list[str]:
    """What each language's file says in a line; a language need not have all of them."""
    files = (load(f"{kind}.{code}") for code in languages(kind))
    return [told for file in files if (told := file.get(section, {}).get(line))]
