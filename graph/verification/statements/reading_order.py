"""Several numbers beside several names: they are read in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.verification.statements.naming import Label, Path, names_of, qualified
from graph.verification.statements.statement import ASIDE, Statement
from loaders.text.quantities import Mention
from loaders.text.tokenizer import words

_MOST = 8
"""Numbers of a sentence beyond which no order is looked for."""


@dataclass(frozen=True)
class _Mentioned:
    """A row or column where a sentence names it."""

    path: Path
    place: int


def can_be_read(
    statement: Statement,
    numbers: Sequence[Mention],
    paths: Sequence[Sequence[Path]],
    named: Sequence[Label],
) -> bool:
    """Whether each number can be said of one of its rows, without crossing.

    `14.2 in 2023 and 15.1 in 2024`, `2023 and 2024: 14.2 and 15.1` and `in 2024 it was 15.1, after
    14.2 in 2023` all name and number in one order; swapped numbers cross.
    """
    if len({label.path for label in named}) < 2 or len(numbers) > _MOST:
        return True
    mentioned = _mentions(statement.text, named)
    labels = {label.path for label in named}
    for part, start in text_parts(statement):
        told = [k for k, own in enumerate(paths) if labels.intersection(own)]
        here = [k for k in told if start <= numbers[k].start < start + len(part)]
        inside = [one for one in mentioned if start <= one.place < start + len(part)]
        known = inside if len({one.path for one in inside}) or not here else mentioned
        if not _in_order(statement, [numbers[k] for k in here], [paths[k] for k in here], known):
            return False
    return True


def text_parts(statement: Statement) -> list[tuple[str, int]]:
    """The values in brackets with what stands there, and the sentence around with blanks for it."""
    around, found = statement.text, []
    for match in ASIDE.finditer(statement.text):
        if any(match.start() < one.start < match.end() for one in statement.values):
            found.append((match[0], match.start()))
            around = around[: match.start()] + " " * len(match[0]) + around[match.end() :]
    return [*found, (around, 0)]


def _mentions(text: str, named: Sequence[Label]) -> list[_Mentioned]:
    found = []
    spoken = words(text)
    for label in named:
        others = [other.named for other in named if other.named != label.named]
        telling = label.named - frozenset(key for other in others for key in other)
        telling = telling or label.named
        found += [
            _Mentioned(label.path, word.start)
            for word in spoken
            if not telling.isdisjoint(names_of(word))
        ]
        found += [_Mentioned(label.path, place) for place in qualified(text, telling)]
    return sorted(found, key=lambda one: one.place)


def _in_order(
    statement: Statement,
    numbers: Sequence[Mention],
    paths: Sequence[Sequence[Path]],
    mentioned: Sequence[_Mentioned],
) -> bool:
    choices = [
        sorted(
            {
                one.place
                for one in _allowed(statement, number, mentioned, len(numbers))
                if one.path in found
            }
        )
        for number, found in zip(numbers, paths, strict=True)
    ]
    if len({one.path for one in mentioned}) < 2:
        return all(choices) or not mentioned
    if not all(choices):
        return False
    places = [one.place for one in mentioned]
    return _search(choices, 0, [], places)


def _allowed(
    statement: Statement, number: Mention, mentioned: Sequence[_Mentioned], count: int
) -> Sequence[_Mentioned]:
    """A number that is alone in its clause is said of what the clause names."""
    if not any(m.start() < number.start < m.end() for m in ASIDE.finditer(statement.text)):
        bare = ASIDE.sub(lambda match: " " * len(match[0]), statement.text)
        statement = replace(statement, text=bare)  # what stands in brackets parts no clause
    clause = statement.clause(number.start)
    start = statement.text.find(clause)
    inside = [one for one in mentioned if start <= one.place < start + len(clause)]
    others = [
        one
        for one in statement.values
        if one is not number and start <= one.start < start + len(clause)
    ]
    return inside if inside and not others else mentioned


def _search(choices: Sequence[Sequence[int]], at: int, taken: list[int], places: list[int]) -> bool:
    if at == len(choices):
        return True
    return any(
        _follows(place, taken, places) and _search(choices, at + 1, [*taken, place], places)
        for place in choices[at]
    )


def _follows(place: int, taken: Sequence[int], places: Sequence[int]) -> bool:
    """Behind the last one; or from the first again, once all have had their turn."""
    if not taken or place >= taken[-1]:
        return True
    is_round = taken[0] == min(places) and taken[-1] == max(places)
    return is_round and place == min(places)
