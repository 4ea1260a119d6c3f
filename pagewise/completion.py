"""Completion with the Tab key, as a script for the user's shell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import shtab

_FILES = {"PDF", "SOURCE", "QUESTIONS.jsonl", "OUT.jsonl", "OUT.html", "OLD.jsonl"}
_FOLDERS = {"DIR"}


def script_for(parser: argparse.ArgumentParser, shell: str) -> str:
    """What the shell is to run, once or at its start."""
    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    return str(shtab.complete(parser, shell))


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _actions(below)
