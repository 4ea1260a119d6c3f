"""The numbers of an answer: each explained by one cell or one sentence of a cited source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graph.answer import Check, Computed
from graph.evidence.sources import Evidence, Source
from graph.verification.checks.calculation_check import computed_numbers
from graph.verification.checks.cell_check import wrong_cell_numbers
from graph.verification.checks.derived import is_derived, is_result, steps_of
from graph.verification.checks.name_digits import (
    is_in_name,
    is_numbered,
    is_of_known_name,
    is_sign,
    word_at,
)
from graph.verification.checks.number_match import (
    UNCHECKED,
    UNPROVEN,
    Claim,
    differences,
    has_currency,
)
from graph.verification.checks.period_match import is_of_other_period
from graph.verification.checks.spelt_numbers import date_faults, spelt_faults
from graph.verification.checks.unsaid import leaves_unsaid, other_sign, other_subject
from graph.verification.statements.facts import Fact, periods_of, values_of
from graph.verification.statements.measures import said_of
from graph.verification.statements.pointing import (
    is_accounted_for,
    is_elsewhere,
    is_of_another,
)
from graph.verification.statements.rounding import is_rounded, is_rounding
from graph.verification.statements.statement import MARKS, Statement, is_period
from graph.verification.statements.vocabulary import vocabularies
from loaders.text.dates import Date, dates_in
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in

PageNumbers = Callable[[Source], Sequence[Mention]]
"""The numbers that the page's own words have where a source stands."""

Found = tuple[Fact, Mention]
_FEW = 2
_MISSING = frozenset({"number", "subject"})
_NOWHERE = "stands in no cited source"


@dataclass(frozen=True)
class NumberChecker:
    """What bears a draft's numbers out: its sources, its calculations, the question."""

    evidence: Evidence
    computed: Sequence[Computed]
    seen: Sequence[int]
    printed: PageNumbers
    is_quoted: bool
    """Code took the values from their cells: the cells need not be found again."""
    announced: frozenset[Decimal] = frozenset()
    """Scales that the answer or the question says once for all numbers."""
    proved: list[tuple[Decimal, bool]] = field(default_factory=list)
    """What the statements so far have worked out."""

    def faults(self, statement: Statement, cited: Sequence[Source]) -> Iterator[Check]:
        """The numbers of a sentence that its sources do not bear out, in order."""
        yield from date_faults(statement)
        results = computed_numbers(self.computed, self.evidence, cited)
        dates = dates_in(statement.text)
        yield from () if statement.values else _misplaced_dates(statement, dates)
        explained: dict[Mention, list[Found]] = {}
        lost: dict[Mention, Check] = {}
        for number in statement.numbers:
            if any(date.start <= number.start < date.end for date in dates):
                continue
            if self._is_free(statement, number, results):
                continue
            found, told = self._explained(statement, number)
            if found:
                explained[number] = found
                yield from [told] if told.what in {UNCHECKED, UNPROVEN} else ()
            elif not self._is_seen(statement, number):
                lost[number] = told
        borne = [
            (number, found[0][0])
            for number, found in explained.items()
            if not (number.in_name or is_period(number))
        ]
        yield from self._lost(statement, lost, borne)
        yield from self._misplaced(statement, explained)
        yield from self._of_other_labels(explained)
        yield from spelt_faults(statement, results, borne, is_computed=bool(self.computed))

    def _lost(
        self,
        statement: Statement,
        lost: Mapping[Mention, Check],
        borne: Sequence[tuple[Mention, Fact]],
    ) -> Iterator[Check]:
        """What nothing bears out; the question's own condition is no claim beside a value."""
        for number, told in lost.items():
            is_beside = bool(borne) or statement.is_denial
            is_echo = is_beside and told.what in _MISSING and self._is_asked(number)
            if is_derived(statement, number, borne, is_nowhere=told.why == _NOWHERE):
                self.proved.append((number.amount, number.percent))
            elif not is_echo and (number.amount, number.percent) not in self.proved:
                yield told

    def _explained(self, statement: Statement, number: Mention) -> tuple[list[Found], Check]:
        """The facts that explain a number; and what to say if none does."""
        said = said_of(statement.text, number)
        before = fold_in_place(statement.text[: number.start])
        is_about = statement.vocabulary.about.search(before) is not None
        is_step = any(number in steps for steps in steps_of(statement))
        claim = Claim(
            number, said, statement.text, self.announced, statement.around, is_about, is_step
        )
        if is_period(number) and _is_known_period(statement, number):
            dated = [fact for fact in statement.facts if periods_of(number.text) <= fact.periods]
            if (
                not statement.values
                and not self.is_quoted
                and not _dates_documents(statement, number)
                and is_elsewhere(statement, number, dated)
            ):
                return [], _check("period", number, "is the year of something else in the source")
            return [(fact, number) for fact in statement.facts[:1]], _check("number", number, "")
        met = [
            ((fact, one), differing)
            for fact in statement.facts
            for one in fact.numbers
            if (differing := differences(claim, fact, one)) is not None
        ]
        good = [found for found, differing in met if not differing]
        silent = [
            found for found, differing in met if {what for what, _ in differing} == {UNPROVEN}
        ]
        if good or silent:
            found, told = self._in_their_place(statement, number, good or silent)
            return found, told if good or not found else _check(UNPROVEN, number, "")
        if not met and _is_counted(statement, number, claim):
            return [(fact, number) for fact in statement.facts[:1]], _check("number", number, "")
        if not met and any(_has(source, number) for source in statement.sources):
            return [], _check(UNPROVEN, number, "")
        if not met:
            return [], _check("number", number, _NOWHERE)
        what, why = min((differing for _, differing in met), key=len)[0]
        return [], _check(what, number, why)

    def _in_their_place(
        self, statement: Statement, number: Mention, good: list[Found]
    ) -> tuple[list[Found], Check]:
        """Of the facts that have the number those that are said of the same period and thing."""
        if is_period(number) or number.in_name:
            return good, _check("number", number, "")
        dated = [
            one for one in good if self.is_quoted or not is_of_other_period(statement, number, *one)
        ]
        if not dated:
            return [], _check("period", number, "is of another period in the source")
        placed = [one for one in dated if not is_of_another(statement, number, one)]
        if not placed:
            return [], _check("subject", number, "is of something else in the source")
        facts = [fact for fact, _ in placed]
        if self.is_quoted:
            return placed, _check("number", number, "")
        if why := _misplaced_because(statement, number, facts):
            return [], _check("subject", number, why)
        if why := leaves_unsaid(statement, facts):
            return placed, _check(UNCHECKED, number, why)
        if name := other_subject(statement, facts):
            return [], _check("subject", number, f"is not said of {name} in the source")
        return placed, _check("number", number, "")

    def _misplaced(
        self, statement: Statement, explained: dict[Mention, list[Found]]
    ) -> Iterator[Check]:
        if self.is_quoted:
            return
        summed = (steps for steps in steps_of(statement) if len(steps) > _FEW)
        shown = {number for steps in summed for number in steps}  # nobody names each of them
        cells = [
            number
            for number, found in explained.items()
            if number not in shown
            if not is_of_known_name(statement, number)
            if not is_period(number) and all(fact.cell for fact, _ in found)
            if not is_result(statement, number, explained)
        ]
        for number, is_proved in wrong_cell_numbers(statement, cells):
            why = "stands in another row or column than the one you name"
            yield _check("cell" if is_proved else UNPROVEN, number, why)

    def _of_other_labels(self, explained: dict[Mention, list[Found]]) -> Iterator[Check]:
        """What only labels say is a condition: of cells whose label it is."""
        heads = {
            fact.heads for found in explained.values() for fact, _ in found if fact.cell is not None
        }
        worked = {" › ".join((*c.row, *c.column)) for one in self.computed for c in one.cells}
        known = heads | worked
        asked = numbers_in(self.evidence.question)
        for number, found in explained.items():
            labels = [fact for fact, _ in found if fact.is_label]
            if not heads or is_period(number) or len(labels) < len(found):
                continue
            if any(number.equals(one) for one in asked) or self.is_quoted:
                continue
            if not any(
                _is_whole(fact, explained) or any(fact.text in one for one in known)
                for fact in labels
            ):
                yield _check("cell", number, "heads another row or column than the one you name")

    def _is_free(self, statement: Statement, number: Mention, results: Sequence[Mention]) -> bool:
        """Computed, or part of a name that the question has: `R1` is no value."""
        if any(_is_result(statement, number, other) for other in results):
            return True
        if said_of(statement.text, number).follows_per and self._is_given(statement, number):
            return True
        if number.in_name and periods_of(word_at(statement.text, number)):
            return True  # Q2
        asked = numbers_in(self.evidence.question) if number.in_name else []
        if is_sign(statement, number):
            return True
        is_named = any(other.in_name and number.equals(other) for other in asked)
        return is_named or is_numbered(statement, number) or is_in_name(statement, number)

    def _is_asked(self, number: Mention) -> bool:
        """Whether the question has it: its condition, which an answer may say again."""
        return any(number.equals(one) for one in numbers_in(self.evidence.question))

    def _is_given(self, statement: Statement, number: Mention) -> bool:
        """Whether the cited documents have it anywhere: a price per 1,000 is said so once."""
        return any(number.equals(one) for source in statement.around for one in source.numbers)

    def _is_seen(self, statement: Statement, number: Mention) -> bool:
        """Read from the picture that was shown, and printed there."""
        return any(
            source.number in self.seen
            and any(values_of(number) & values_of(other) for other in self.printed(source))
            for source in statement.sources
        )


def _misplaced_because(statement: Statement, number: Mention, facts: Sequence[Fact]) -> str:
    """Why a number is said of another thing than in the source; empty if it is not."""
    if not is_accounted_for(statement, number, facts):
        return "is of something that the source does not name"
    if is_elsewhere(statement, number, facts):
        return "stands elsewhere than what you say of it"
    sign = other_sign(statement, number, facts)
    return f"is said of {sign} in the source" if sign else ""


def _has(source: Source, number: Mention) -> bool:
    """Whether a source has a number that no cell or sentence of it explains: in a head."""
    if number.scale != 1 or number.percent or is_period(number) or not source.tables:
        return False
    return any(number.equals(one) and not one.in_name for one in source.numbers)


def _is_whole(label: Fact, said: Iterable[Mention]) -> bool:
    """Whether an answer has all numbers of a label: it names the row or column by them."""
    return all(any(one.equals(other) for other in said) for one in label.numbers)


def _misplaced_dates(statement: Statement, dates: Sequence[Date]) -> Iterator[Check]:
    """Days that the source gives to something else."""
    for date in dates:
        facts = [
            fact for fact in statement.facts if any(date.agrees(one) for one in dates_in(fact.text))
        ]
        if is_elsewhere(statement, date, facts):
            yield Check(what="subject", text=date.text, why="is the day of something else")


def _is_counted(statement: Statement, number: Mention, claim: Claim) -> bool:
    """Whether a source spells the count out, or the fraction."""
    if claim.said.percent:
        return any(is_rounded(one, number.value) for one in _fractions(statement))
    if claim.said.scale != 1 or claim.said.currency:
        return False
    return any(number.value in source.counts for source in statement.sources)


def _fractions(statement: Statement) -> list[Decimal]:
    return [
        ratio.value * 100
        for source in statement.sources
        for vocabulary in vocabularies().values()
        for ratio in vocabulary.fractions(source.everything)
    ]


def _is_result(statement: Statement, number: Mention, result: Mention) -> bool:
    """A result as it was computed: percent stays percent, the scale is its own or its sources'."""
    said = said_of(statement.text, number)
    if said.currency and not has_currency(said.currency, statement.around):
        return False
    if number.percent != result.percent and (number.percent or result.percent):
        return bool(
            number.percent and {value / 100 for value in values_of(number)} & values_of(result)
        )
    if number.amount == result.amount:
        return True
    if not values_of(number) & values_of(result):
        return is_rounding(result.amount, number.value, said.scale) or (
            number.percent and is_rounded(result.value, number.value)
        )
    scales = {scale for source in statement.evidence.sources for scale in source.scales}
    return number.scale == 1 or (result.scale == 1 and number.scale in scales)


def _is_known_period(statement: Statement, number: Mention) -> bool:
    """Whether the year stands in the source, or dates its document."""
    year = periods_of(number.text)
    return any(year & (fact.periods | fact.periods_aside) for fact in statement.facts) or any(
        year & periods_of(f"{source.everything}\n{source.document.replace('_', ' ')}")
        for source in statement.sources
    )


def _dates_documents(statement: Statement, number: Mention) -> bool:
    """Whether it is the year of a cited document: what is said may be said of that."""
    names = (re.sub(r"[_.-]", " ", source.document) for source in statement.sources)
    return any(periods_of(number.text) <= periods_of(name) for name in names)


def unsupported_numbers(text: str, evidence: Evidence) -> list[str]:
    """The numbers of a refusal that neither a source nor the question holds."""
    asked = numbers_in(evidence.question)
    known = [number for source in evidence.sources for number in source.numbers]
    loose = [
        number.text
        for number in numbers_in(MARKS.sub(" ", text))
        if not any(values_of(number) & values_of(other) for other in [*asked, *known])
    ]
    return list(dict.fromkeys(loose))


def _check(what: str, number: Mention, why: str) -> Check:
    return Check(what=what, text=number.text, why=why)
