"""An answer held against its sources, by code: markers, numbers, quotes; links are taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.answer import Check, Citation, Computed
from graph.draft import Draft, Use
from graph.evidence.sources import Evidence, Source, squeezed
from graph.live_markup import inert
from graph.verification.checks.answer_check import answer_faults
from graph.verification.checks.calculation_check import calculation_faults
from graph.verification.checks.clause_check import clause_faults
from graph.verification.checks.difference_check import difference_faults
from graph.verification.checks.direction_check import direction_faults
from graph.verification.checks.name_check import name_faults, quoted_faults, role_faults
from graph.verification.checks.number_check import NumberChecker, PageNumbers, unsupported_numbers
from graph.verification.checks.number_match import UNCHECKED, UNPROVEN, announced_in
from graph.verification.checks.order_check import order_faults
from graph.verification.checks.parallel_check import parallel_faults
from graph.verification.checks.relation_check import relation_faults
from graph.verification.checks.superseded import superseded_faults
from graph.verification.checks.text_cells import text_cell_faults
from graph.verification.checks.unchecked import is_unchecked, shown
from graph.verification.statements.nearest import nearest
from graph.verification.statements.statement import Statement, joined, plain_digits, statements
from graph.verification.statements.vocabulary import says
from loaders.text.quantities import numbers_in

_OPEN = frozenset({UNPROVEN, UNCHECKED})
MARKER = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
_THOUGHT = re.compile(
    r"\A\s*<(think|thinking|thought)>.*?(?:</\1>|\Z)"
    r"|\A(?:(?!<think|<thought).)*</(?:think|thinking|thought)>(?=[^\S\n]*\n|\w)",
    re.DOTALL | re.IGNORECASE,
)
"""What a reply begins with; further on such a tag is what it speaks about."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found."""

    text: str
    citations: Sequence[Citation]
    computed: Sequence[Computed]
    unverified_numbers: Sequence[str]
    checks: Sequence[Check]
    """What failed."""
    cited: Sequence[int] = ()
    """The sources, by the numbers that the draft gave them; marker n is the n-th."""
    unchecked: Sequence[str] = ()
    """The statements that hold nothing that code has checked."""
    is_proved: bool = True
    """Whether none of these states a number: of it the source is silent."""

    @property
    def verified(self) -> bool:
        return not self.checks and self.is_proved

    @property
    def failed(self) -> list[str]:
        """What failed, in words that a writer can act on."""
        return [str(check) for check in self.checks]


def without_thoughts(text: str) -> str:
    """Take off what a reasoning model says to itself first, also if its first tag was left out."""
    while (rest := _THOUGHT.sub("", text, count=1)) != text:
        text = rest
    return text


def without_links(text: str, question: str = "") -> str:
    """Take out thoughts, then whatever a reader's program would fetch, follow or run."""
    return inert(without_thoughts(text), keeps_hosts=says("address", question))


def markers_in(text: str) -> list[int]:
    """The numbers of the sources that a text cites, in order, each once."""
    found = [int(n) for match in MARKER.finditer(text) for n in re.findall(r"\d+", match[1])]
    return list(dict.fromkeys(found))


Placing = Callable[[Citation, Source], Citation]


def verify(
    draft: Draft,
    evidence: Evidence,
    placed: Placing = lambda one, _: one,
    printed: PageNumbers = lambda _: (),
) -> Verdict:
    """Hold a draft against its sources.

    `placed` finds where on its page a citation stands; `printed` the numbers that the page's own
    words have in a source's place: they bear out what was read in the source's picture.
    """
    text, unknown = _shown(draft.text, evidence)
    known = markers_in(text)
    failed = [
        Check(what="citation", text=f"[{marker}]", why="names no source") for marker in unknown
    ]
    if draft.abstained:
        failed += answer_faults(text)
        loose = unsupported_numbers(text, evidence)
        failed += [Check(what="number", text=number, why="stands in no source") for number in loose]
        shown = draft if draft.kind == "passages" else draft.model_copy(update={"uses": ()})
        verdict = _renumbered(text, known, shown, evidence, loose, failed)
        return _placed(verdict, known, evidence, placed)
    if not known:
        failed.append(Check(what="citation", text="", why="no claim cites a source"))
    sources = [source for marker in known if (source := evidence.source(marker))]
    text = joined(text, sources)
    found = _faults(text, draft, evidence, sources, printed)
    failed += [check for check in found if check.what not in _OPEN]
    verdict = _renumbered(text, known, draft, evidence, _numbers_of(failed), failed)
    verdict = replace(
        verdict,
        unchecked=tuple(check.text for check in found if check.what in _OPEN),
        is_proved=all(check.what != UNPROVEN for check in found),
    )
    return _placed(verdict, known, evidence, placed)


def _shown(text: str, evidence: Evidence) -> tuple[str, list[int]]:
    """The text without markers of no source, and those: what stood around one may be a link."""
    text, unknown = without_links(text, evidence.question), dict[int, None]()
    while new := [marker for marker in markers_in(text) if evidence.source(marker) is None]:
        unknown |= dict.fromkeys(new)
        text = without_links(_drop_markers(text, set(new)), evidence.question)
    return text, list(unknown)


def _faults(
    text: str,
    draft: Draft,
    evidence: Evidence,
    sources: Sequence[Source],
    printed: PageNumbers,
) -> list[Check]:
    """What does not stand, and the statements not checked; each once, in the answer's words."""
    literal = [
        Check(what="quote", text=use.quote, why=f"does not stand so in source [{use.marker}]")
        for use in draft.uses
        if not (source := evidence.source(use.marker)) or squeezed(use.quote) not in source.squeezed
    ]
    plain = plain_digits(text)
    parts = list(statements(plain, evidence, sources))
    if draft.kind == "quote":  # code took sentences as they stand: there is nothing else to check
        return literal + [
            _open(one, UNCHECKED) for one in parts if is_unchecked(one, is_quote=True)
        ]
    announced = announced_in(MARKER.sub(" ", plain), evidence.question)
    numbers = NumberChecker(
        evidence, draft.computed, draft.seen, printed, bool(draft.uses), announced
    )
    found: list[Check] = [
        *answer_faults(plain),
        *calculation_faults(draft.computed, evidence, sources),
    ]
    for statement in parts:
        own = list(dict.fromkeys(_statement_faults(statement, parts, draft, sources, numbers)))
        failed = [check for check in own if check.what not in _OPEN]
        found += failed
        if own and not failed:
            is_silent = any(check.what == UNPROVEN for check in own)
            found.append(_open(statement, UNPROVEN if is_silent else UNCHECKED))
        elif not own and not draft.uses and is_unchecked(statement):
            found.append(_open(statement, UNCHECKED))
    found += quoted_faults(plain, evidence, sources)
    found += literal
    return [_as_written(check, plain, text) for check in dict.fromkeys(found)]


def _statement_faults(
    statement: Statement,
    parts: Sequence[Statement],
    draft: Draft,
    sources: Sequence[Source],
    numbers: NumberChecker,
) -> Iterator[Check]:
    yield from numbers.faults(statement, sources)
    yield from name_faults(statement)
    yield from role_faults(statement)
    yield from clause_faults(statement)
    yield from parallel_faults(statement)
    yield from direction_faults(statement, draft.computed)
    yield from relation_faults(statement)
    yield from text_cell_faults(statement)
    yield from superseded_faults(statement, sources)
    if not draft.computed:
        yield from order_faults(statement, is_whole=len(parts) == 1)
        if len(parts) == 1:
            yield from difference_faults(statement)


def _open(statement: Statement, what: str) -> Check:
    return Check(what=what, text=shown(statement), why="")


def _as_written(check: Check, plain: str, text: str) -> Check:
    """With the digits of the answer's own script."""
    place = plain.find(check.text)
    if text == plain or place < 0:
        return check
    return check.model_copy(update={"text": text[place : place + len(check.text)]})


def _numbers_of(checks: Iterable[Check]) -> list[str]:
    """The numbers among what failed, each once."""
    told = (check.text for check in checks if check.what not in {"quote", "name", "citation"})
    return [
        text
        for text in dict.fromkeys(told)
        if text.strip() and (numbers_in(text) or not any(map(str.isdigit, text)))
    ]


def _drop_markers(text: str, unknown: set[int]) -> str:
    def kept(match: re.Match[str]) -> str:
        numbers = [n for n in re.findall(r"\d+", match[1]) if int(n) not in unknown]
        return f"[{', '.join(numbers)}]" if numbers else ""

    return (
        re.sub(r"[ \t]+([.,;。])|[ \t]{2,}", lambda m: m[1] or " ", MARKER.sub(kept, text))
        if unknown
        else text
    )


def _renumbered(
    text: str,
    cited: Sequence[int],
    draft: Draft,
    evidence: Evidence,
    loose: Sequence[str],
    failed: Sequence[Check],
) -> Verdict:
    """Count the markers from 1 in the order in which the answer names them."""
    new = {old: place for place, old in enumerate(cited, start=1)}

    def shown(match: re.Match[str]) -> str:
        return "".join(f"[{new[int(n)]}]" for n in re.findall(r"\d+", match[1]))

    citations = [
        citation
        for old in cited
        if (source := evidence.source(old))
        for citation in _citations(new[old], source, draft.uses, text)
    ]
    computed = [
        c.model_copy(update={"operands": tuple(new[n] for n in c.operands if n in new)})
        for c in draft.computed
    ]
    return Verdict(MARKER.sub(shown, text), citations, computed, tuple(loose), tuple(failed))


def _placed(verdict: Verdict, cited: Sequence[int], evidence: Evidence, placed: Placing) -> Verdict:
    """The citations with their places; marker n stands for the n-th source that is cited."""
    citations = [
        placed(citation, source)
        for citation in verdict.citations
        if (source := evidence.source(cited[citation.marker - 1]))
    ]
    return replace(verdict, citations=citations, cited=cited)


def _citations(marker: int, source: Source, uses: Iterable[Use], text: str) -> list[Citation]:
    mine = [use for use in uses if use.marker == source.number] or [
        nearest(source, MARKER.sub(" ", text))
    ]
    return [
        Citation(
            marker=marker,
            document=source.document,
            page=source.page + 1,
            label=source.label_of(source.page),
            kind=source.kind,
            quote=use.quote,
            box=source.box,
            cell=use.cell,
        )
        for use in mine
    ]
