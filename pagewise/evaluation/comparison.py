"""Figures of one evaluation, by kind of question, and what two evaluations did differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loaders.reading.rate_limiting.prices import usd_of
from pagewise.evaluation.judge import Case, Judgement, has_gold, judge


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its reply, and how they compare."""

    case: Case
    reply: Case
    judgement: Judgement

    @property
    def kind(self) -> str:
        return str(self.case.get("kind") or "any")

    @property
    def seconds(self) -> float:
        return float(self.reply["seconds"].get("total", 0.0))

    @property
    def usd(self) -> float:
        """What the writing cost, where the reply tells its tokens; the embedded default is free."""
        tokens = self.reply.get("tokens") or {}
        model = str(self.reply["models"].get("chat", ""))
        return usd_of(model, int(tokens.get("input", 0)), int(tokens.get("output", 0)))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a kind of question, or all of them."""

    kind: str
    count: int
    right: tuple[int, int]
    """Right answers, of those that can be judged."""
    cited: tuple[int, int]
    """Answers that cite a gold page, of the questions that name some."""
    refused: int
    seconds: float
    usd: float


@dataclass(frozen=True, slots=True)
class Change:
    """A question that two evaluations judged differently."""

    before: Judged
    after: Judged


class Changes(NamedTuple):
    """What two evaluations did differently."""

    better: list[Change]
    worse: list[Change]
    compared: int
    """Questions that both have."""


def judge_all(cases: Sequence[Case], replies: Sequence[Case]) -> list[Judged]:
    """Judge every reply; both are in the order of the file of questions."""
    pairs = zip(cases, replies, strict=True)
    return [Judged(case, reply, judge(case, reply)) for case, reply in pairs]


def has_any_gold(cases: Iterable[Case]) -> bool:
    """Whether anything can be judged at all."""
    return any(has_gold(case) or case.get("pages") for case in cases)


def rows_of(judged: Sequence[Judged]) -> list[Row]:
    """One row a kind, in their order, and one of all."""
    kinds = list(dict.fromkeys(item.kind for item in judged))
    rows = [_row(kind, [item for item in judged if item.kind == kind]) for kind in kinds]
    return [*rows, _row("all", judged)] if len(rows) != 1 else [_row("all", judged)]


def _row(kind: str, judged: Sequence[Judged]) -> Row:
    return Row(
        kind,
        len(judged),
        _of_known(item.judgement.is_right for item in judged),
        _of_known(item.judgement.cites_gold_page for item in judged),
        sum(item.judgement.refused for item in judged),
        sum(item.seconds for item in judged) / (len(judged) or 1),
        sum(item.usd for item in judged),
    )


def _of_known(found: Iterable[bool | None]) -> tuple[int, int]:
    """How many hold, of those that could be judged."""
    known = [one for one in found if one is not None]
    return sum(known), len(known)


def changes(before: Sequence[Case | None], after: Sequence[Judged]) -> Changes:
    """What got better and what worse, of the questions that were asked both times."""
    pairs = [
        Change(Judged(new.case, reply, judge(new.case, reply)), new)
        for reply, new in zip(before, after, strict=True)
        if reply is not None
    ]
    better = [pair for pair in pairs if _level(pair.after) > _level(pair.before)]
    worse = [pair for pair in pairs if _level(pair.after) < _level(pair.before)]
    return Changes(better, worse, len(pairs))


def _level(item: Judged) -> tuple[int, int]:
    """Right comes first; a cited gold page tells two equally right answers apart."""
    return int(item.judgement.is_right or 0), int(item.judgement.cites_gold_page or 0)
