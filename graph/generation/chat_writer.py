"""A chat model writes the answer; code computes, and checks what comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda
from langgraph.constants import TAG_NOSTREAM
from pydantic import BaseModel, Field, ValidationError

from graph.answer import Computed
from graph.draft import Draft
from graph.evidence.sources import Evidence, Source
from graph.generation.page_images import PagePictures, VisualContext, look_at
from graph.generation.response_parser import UnusableReply, answer_of, text_of
from graph.query.intent import answer_format_of, operation_of
from graph.query.question import stand_alone
from graph.state import Json
from graph.table_qa.arithmetic import Operand, Operation, compute
from loaders.text.quantities import parse_quantity
from loaders.text.tokenizer import fold, keys
from prompts import load_prompt

ABSTAIN = "NOT FOUND:"
_DRAWN_AT_ONCE = 4
_ATTEMPTS = 2
_LONGEST_QUESTION = 600
_LANGUAGES = {"en": "English", "de": "German", "zh": "Chinese"}


class CalculationOperand(BaseModel):
    """A value of the sources."""

    source: int = Field(description="number of the source")
    row: str = Field(default="", description="row label as written")
    column: str = Field(default="", description="column label as written")
    value: str = Field(description="the value exactly as the source writes it")


class Calculation(BaseModel):
    """An operation and the values that it takes, in order."""

    operation: Literal[
        "difference",
        "change",
        "percent_change",
        "sum",
        "average",
        "ratio",
        "share",
        "product",
        "none",
    ]
    operands: list[CalculationOperand] = Field(default_factory=list)


class ModelWriter:
    """Writes with any chat model of LangChain; one call a question, one more for arithmetic."""

    def __init__(
        self, chat: BaseChatModel, name: str = "", *, pictures: PagePictures | None = None
    ) -> None:
        """With `pictures` the model is one that sees, and is shown charts and what is doubtful."""
        self.chat, self.pictures = chat, pictures
        self._name = name
        self._known: tuple[tuple[str, ...], list[Computed]] = ((), [])

    @property
    def name(self) -> str:
        if self._name:
            return self._name
        found = getattr(self.chat, "model", None) or getattr(self.chat, "model_name", None)
        return str(found or self.chat.get_name())

    def rewrite(self, question: str, history: Sequence[Sequence[str]]) -> str:
        """Ask the model for a question that stands alone."""
        turns = "\n".join(f"User: {turn[0]}\nAnswer: {turn[1]}" for turn in history[-4:])
        prompt = load_prompt("rewrite").fill(history=turns, question=question)
        message = self.chat.invoke([HumanMessage(prompt)])
        try:
            rewritten = text_of(message).strip().strip('"')
        except UnusableReply:
            rewritten = ""
        talk = " ".join([question, *(part for turn in history[-4:] for part in turn)])
        return rewritten if _is_of(rewritten, talk) else stand_alone(question, history)

    def write(self, evidence: Evidence) -> Draft:
        """Write from the sources; a reply that cannot be used is asked for once more.

        Raises:
            ModelError: The model gave no usable reply twice.
        """
        return self._written(evidence, self._computed(evidence), self._look(evidence))

    def samples(self, evidence: Evidence, count: int) -> list[Draft]:
        """Draw as many drafts from the same evidence; calculations are named once for all.

        Raises:
            ModelError: No draw gave a usable reply.
        """
        computed, look = self._computed(evidence), self._look(evidence)

        def draw(one: Evidence) -> Draft | UnusableReply:
            try:
                return self._written(one, computed, look, is_quiet=True)
            except UnusableReply as error:
                return error

        config: RunnableConfig = {"max_concurrency": _DRAWN_AT_ONCE}
        drawn = RunnableLambda(draw).batch([evidence] * count, config)
        drafts = [draft for draft in drawn if isinstance(draft, Draft)]
        failures = [failure for failure in drawn if isinstance(failure, UnusableReply)]
        if failures and not drafts:
            raise failures[0]
        return drafts

    def _computed(self, evidence: Evidence) -> list[Computed]:
        """Calculations for this evidence, named by one call however often it is written from."""
        if not operation_of(evidence.question):
            return []
        key = (evidence.question, *(source.chunk_id for source in evidence.sources))
        if not evidence.failed or self._known[0] != key:
            self._known = (key, self._calculate(evidence))
        return self._known[1]

    def _look(self, evidence: Evidence) -> VisualContext:
        if self.pictures is None:
            return VisualContext()
        return look_at(evidence.question, evidence.sources, self.pictures)

    def _written(
        self,
        evidence: Evidence,
        computed: Sequence[Computed],
        look: VisualContext,
        *,
        is_quiet: bool = False,
    ) -> Draft:
        prompt = load_prompt("synthesize").fill(
            language=_LANGUAGES.get(evidence.language, "the question's"),
            computed="\n".join(_computed_line(c) for c in computed) or "nothing",
            sources="\n\n".join(source.fenced() for source in evidence.sources),
            question=evidence.question,
            failed=_told(evidence.failed),
        )
        text = self._reply(prompt, look.parts(), is_quiet=is_quiet)
        draft = Draft(text=text, computed=computed, seen=look.seen, unseen=look.unseen)
        if text.startswith(ABSTAIN):
            bare = text.removeprefix(ABSTAIN).strip()
            return draft.model_copy(update={"text": bare, "computed": (), "abstained": True})
        return draft

    def _reply(self, prompt: str, pictures: Sequence[Json], *, is_quiet: bool) -> str:
        """A usable reply; after one that is not, told why, once more."""
        config: RunnableConfig = {"tags": [TAG_NOSTREAM]} if is_quiet else {}
        instructions = load_prompt("synthesize").text.partition("Computed by code")[0]
        try:
            return answer_of(self.chat.invoke([_message(prompt, pictures)], config), instructions)
        except UnusableReply as error:
            again = f"{prompt}\n\nYour last reply could not be used: {error}. Answer briefly."
        return answer_of(self.chat.invoke([_message(again, pictures)], config), instructions)

    def _calculate(self, evidence: Evidence) -> list[Computed]:
        """The model names operation and cells; code computes, if the cells hold these values."""
        structured = self.chat.with_structured_output(Calculation, include_raw=True)
        quiet: RunnableConfig = {"tags": [TAG_NOSTREAM], "run_name": "calculate"}  # nobody reads it
        structured = structured.with_config(quiet)
        prompt = load_prompt("calculate").fill(
            sources="\n\n".join(source.fenced() for source in evidence.sources),
            question=evidence.question,
        )
        for _ in range(_ATTEMPTS):
            reply: Any = structured.invoke([HumanMessage(prompt)])
            try:
                text_of(reply["raw"])  # what was cut off comes repaired: only the reason tells
                calculation = Calculation.model_validate(reply["parsed"], from_attributes=True)
            except (UnusableReply, ValidationError):
                continue
            return _result_of(calculation, evidence)
        return []


def _message(prompt: str, pictures: Sequence[Json]) -> HumanMessage:
    if not pictures:
        return HumanMessage(prompt)
    about = load_prompt("pictures").text
    return HumanMessage([{"type": "text", "text": f"{prompt}\n{about}"}, *pictures])


def _result_of(calculation: Calculation, evidence: Evidence) -> list[Computed]:
    operands = [_operand(named, evidence) for named in calculation.operands]
    known = [operand for operand in operands if operand]
    if calculation.operation == "none" or len(known) < len(operands):
        return []
    operation: Operation = calculation.operation
    result = compute(operation, known, answer_format_of(evidence.question).decimals)
    if result is None:
        return []
    value = result.text + ("%" if result.percent else "")
    return [
        Computed(
            expression=result.expression,
            result=value,
            operands=tuple(dict.fromkeys(o.marker for o in known)),
        )
    ]


def _operand(named: CalculationOperand, evidence: Evidence) -> Operand | None:
    """The value, if its source holds it."""
    source = evidence.source(named.source)
    quantity = parse_quantity(named.value)
    if source is None or quantity is None or not _holds(source, named.value):
        return None
    return Operand(quantity.value, named.source, quantity.percent)


def _holds(source: Source, value: str) -> bool:
    return re.sub(r"\s+", "", fold(value)) in source.squeezed


def _is_of(rewritten: str, talk: str) -> bool:
    """Whether a question is made of what was said before: no other query comes of it."""
    wanted = list(keys(rewritten))
    known = set(keys(talk))
    new = [key for key in wanted if key not in known]
    is_short = bool(wanted) and len(rewritten) < _LONGEST_QUESTION and "\n" not in rewritten
    return is_short and len(new) * 3 <= len(wanted)


def _computed_line(computed: Computed) -> str:
    markers = "".join(f"[{marker}]" for marker in computed.operands)
    return f"{computed.expression} = {computed.result} {markers}"


def _told(failed: Sequence[str]) -> str:
    if not failed:
        return ""
    listed = "\n".join(f"- {line}" for line in failed)
    return f"Your last answer failed these checks. Write it again without these faults:\n{listed}"
