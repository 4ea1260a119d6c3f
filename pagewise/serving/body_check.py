"""A body that no program could work with is refused at the door."""

from __future__ import annotations

import json
from typing import Any

LONGEST_NUMBER = 40
"""Digits."""


def fault_of(body: bytes) -> str:
    """Why nobody can work with a body; nothing if it is JSON, or another text."""
    try:
        read = json.loads(body, parse_int=_number)
    except UnicodeDecodeError:
        return "not UTF-8"
    except OverflowError as error:
        return str(error)
    except (ValueError, RecursionError):
        return ""  # no JSON: the application says what it misses
    if isinstance(read, dict) and not isinstance(read.get("config", {}), dict | list):
        return "its config is no object"  # LangServe fails over null
    return _fault_in(read)


def _fault_in(read: Any) -> str:
    try:
        json.dumps(read, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "half of a character, which no encoding takes"
    return ""


def _number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise OverflowError(f"a number of {len(digits)} digits; at most {LONGEST_NUMBER} are taken")
    return int(digits)
