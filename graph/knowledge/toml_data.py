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


def languages(kind: str) -> tuple[str, ...]:
    """The languages that have a file of this kind, by their codes."""
    return tuple(sorted(path.name.split(".")[1] for path in FOLDER.glob(f"{kind}.*.toml")))
