"""What gets past the check of an answer: replies that are wrong in one way each, and right ones.

    python -m tests.benchmarks.attacks [--worlds 3] [--half report] [--each]

The replies stand in `attacks.toml`, the documents are made by `attack_world.py`. Every second reply
was at hand while the checks were made (`tune`); figures are told of the others (`report`), which
are filled in from other worlds. Of a wrong reply it counts whether it is called verified, of a
right one whether it is not.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.answer import Computed
from graph.draft import Draft
from graph.verification.verify import verify
from tests.benchmarks.attack_world import World, make_world

REPLIES = Path(__file__).with_suffix(".toml")
SEEDS = {"tune": 1000, "report": 2000}
MOST_PASSED, MOST_ALARMS = 0.05, 0.02
_QUESTIONS = {
    "en": "What do the documents say about it?",
    "de": "Was sagen die Dokumente dazu?",
    "zh": "文件对此怎么说？",
}
_CALCULATIONS = (
    ("{rev24} - {rev23}", "{revd}", "Revenue rose by €{revd} million in 2024. [1]", True),
    (
        "({op24} - {op23}) / {op23} * 100",
        "{oppct}%",
        "Operating profit rose by {oppct}%. [1]",
        True,
    ),
    ("{net24} - {net23}", "{netd}", "Net profit rose by {netd} million euros. [1]", True),
    ("({cost24} - {cost23}) / {cost23} * 100", "{costpct}%", "Costs rose by {costpct}%. [1]", True),
    ("{rev24} - {rev23}", "{opd}", "Revenue rose by €{opd} million in 2024. [1]", False),
    ("{lost} + {rev23}", "{rev24}", "Together it was €{rev24} million. [1]", False),
    ("{net24} - {net23}", "{netd}", "Net profit fell by €{netd} million. [1]", False),
    ("{op24} - {op23}", "{opd}", "Operating profit rose by {opd}%. [1]", False),
    ("{op24} - {op23}", "{opd}", "Operating profit rose by ${opd} million. [1]", False),
    ("{rev24} - {rev23}", "{revd}", "Revenue rose by €{netd} million. [1]", False),
    ("{revB24} - {revB23}", "{revBd}", "Revenue rose by €{revBd} million. [1]", False),
    ("{op24} - {op23}", "{opd}", "Operating profit rose by €{opd} billion. [1]", False),
    ("{lost} * 2", "{lost}", "It comes to {lost}. [1]", False),
    ("({rev24} - {rev23}) / {rev23} * 100", "{oppct}%", "Revenue rose by {oppct}%. [1]", False),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply, and the class that it is of; `right` if nothing is wrong with it."""

    kind: str
    language: str
    draft: Draft
    world: World
    asked: str = ""
    """The question, of a reply that says nothing but a value."""

    @property
    def is_verified(self) -> bool:
        return not self.faults

    @property
    def faults(self) -> list[str]:
        question = self.asked or _QUESTIONS[self.language]
        verdict = verify(self.draft, self.world.evidence(question, self.language))
        return verdict.failed


def replies(half: str, worlds: int) -> Iterator[Reply]:
    """The replies of a half, filled in from so many worlds."""
    data: dict[str, Any] = tomllib.loads(REPLIES.read_text(encoding="utf-8"))
    for seed in range(worlds):
        world = make_world(SEEDS[half] + seed)
        for kind, language, text in _texts(data, half):
            draft = Draft(text=text.format(**world.values))
            yield Reply(kind, language, draft, world, data["questions"].get(text, ""))
        yield from _calculations(half, world)


def _texts(data: dict[str, Any], half: str) -> Iterator[tuple[str, str, str]]:
    """Class, language and text of each reply of a half."""
    for kind, languages in {"right": data["right"], **data["wrong"]}.items():
        for language, texts in languages.items():
            yield from ((kind, language, text) for text in texts[half == "report" :: 2])
    if half == "tune":
        more = {"right": data["tune"]["right"], **data["tune"]["wrong"]}
        for kind, languages in more.items():
            for language, texts in languages.items():
                yield from ((kind, language, text) for text in texts)


def _calculations(half: str, world: World) -> Iterator[Reply]:
    for expression, result, text, is_right in _CALCULATIONS[half == "report" :: 2]:
        expression, result, text = (
            part.format(**world.values) for part in (expression, result, text)
        )
        computed = [Computed(expression=expression, result=result, operands=(1,))]
        kind = "right" if is_right else "calculation"
        yield Reply(kind, "en", Draft(text=text, computed=computed), world)


def rates(half: str, worlds: int) -> dict[str, tuple[int, int, list[Reply]]]:
    """For each class the replies that went wrong, of how many, and which."""
    counted: dict[str, int] = defaultdict(int)
    astray: dict[str, list[Reply]] = defaultdict(list)
    for reply in replies(half, worlds):
        counted[reply.kind] += 1
        if reply.is_verified is (reply.kind != "right"):
            astray[reply.kind].append(reply)
    return {kind: (len(astray[kind]), count, astray[kind]) for kind, count in counted.items()}


def main() -> int:
    """Tell the rates; 1 if one of them is too high."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--half", choices=sorted(SEEDS), default="report")
    parser.add_argument("--each", action="store_true", help="show each reply that went wrong")
    arguments = parser.parse_args()
    failed = False
    for kind, (wrong, count, each) in rates(arguments.half, arguments.worlds).items():
        limit = MOST_ALARMS if kind == "right" else MOST_PASSED
        failed |= wrong > limit * count
        told = "false alarms" if kind == "right" else "passed"
        sys.stdout.write(f"{kind:12} {told} {wrong} of {count} ({wrong / count:.3f})\n")
        for reply in each if arguments.each else ():
            sys.stdout.write(f"    {reply.draft.text!r} {reply.faults}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
