"""A chat model writes the answer; code computes what it asks for, and checks what comes back."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda
from langgraph.constants import TAG_NOSTREAM

from graph.answer import Computed
from graph.draft import Draft
from graph.evidence.prompt_sources import WrittenSources, harmless, prompt_sources
from graph.evidence.sources import Evidence
from graph.generation.calculate_tool import calculate_tool
from graph.generation.page_images import PICTURE_TOKENS, PagePictures, VisualContext, look_at
from graph.generation.response_parser import UnusableReply, answer_of, refusal_of, text_of
from graph.generation.summary import summarized
from graph.generation.tool_rounds import ask_with_tool
from graph.query.follow_up import stand_alone
from graph.state import Json
from loaders.errors import ModelError
from loaders.text.prompt_tokens import most_tokens
from loaders.text.tokenizer import keys
from prompts import load_prompt

_DRAWN_AT_ONCE = 4
_LONGEST_QUESTION = 600
_LONGEST_TURN = 800
_LANGUAGES = {
    "en": ("English", "1,234.5"),
    "de": ("German", "1.234,5"),
    "fr": ("French", "1 234,5"),
    "es": ("Spanish", "1.234,5"),
    "zh": ("Chinese", "1,234.5"),
}
_AS_GRID = (
    "Tables are rows of cells between bars; the first row heads the columns, and a line that ends "
    "with a colon heads the rows below it."
)
_AS_LINES = "Each cell of a table is a line of its own: `row › column = value`."
_ROOM_BESIDE = 3500
"""Tokens for the tool's schema, the reply, and what was computed in rounds before it."""
_LEAST_ROOM = 200
_LIKE_THE_QUESTION = ("the language of the question", "as the question does")


class ModelWriter:
    """Writes with any chat model of LangChain: one call a question, more if it calculates.

    Whether to calculate is the model's decision, within the call that would answer; so an ordinary
    question costs no call more, and what streams is the answer. Nothing is kept between questions.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        name: str = "",
        *,
        pictures: PagePictures | None = None,
        window: int = 0,
        reads_lines: bool = False,
    ) -> None:
        """With `pictures` the model is one that sees, and is shown charts and what is doubtful.

        `window` is how many tokens it takes at once, 0 if that is not known; sources are packed
        to it. With `reads_lines` it is given tables cell by cell, as small models read them.
        """
        self.chat, self.pictures = chat, pictures
        self._window, self._reads_lines = window, reads_lines
        self._name = name

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
        return self._written(evidence, self._look(evidence), {})

    def samples(self, evidence: Evidence, count: int) -> list[Draft]:
        """Draw as many drafts from the same evidence, each with calculations of its own.

        Raises:
            ModelError: No draw gave a usable reply.
        """
        look = self._look(evidence)
        quiet: RunnableConfig = {"tags": [TAG_NOSTREAM]}

        def draw(one: Evidence) -> Draft | UnusableReply:
            try:
                return self._written(one, look, quiet)
            except UnusableReply as error:
                return error

        config: RunnableConfig = {"max_concurrency": _DRAWN_AT_ONCE}
        drawn = RunnableLambda(draw).batch([evidence] * count, config)
        drafts = [draft for draft in drawn if isinstance(draft, Draft)]
        failures = [failure for failure in drawn if isinstance(failure, UnusableReply)]
        if failures and not drafts:
            raise failures[0]
        return drafts

    def summarize(self, evidence: Evidence) -> Draft:
        """Sum up a document from its sections' sources, each statement cited."""
        return summarized(self.chat, evidence, self._window)

    def _look(self, evidence: Evidence) -> VisualContext:
        if self.pictures is None:
            return VisualContext()
        return look_at(evidence.question, evidence.sources, self.pictures)

    def _written(self, evidence: Evidence, look: VisualContext, config: RunnableConfig) -> Draft:
        sources = self._sources(evidence, look)
        prompt = self._prompt(evidence, sources.text)
        reply, computed = self._reply(prompt, look.parts(), evidence, config)
        text, abstained = refusal_of(reply, evidence.language)
        known = () if abstained else (*evidence.computed, *computed)
        return Draft(
            text=text,
            computed=known,
            abstained=abstained,
            seen=tuple(look.seen),
            unseen=tuple(look.unseen),
            left_out=sources.left_out,
            kind="computed" if known else "written",
        )

    def _sources(self, evidence: Evidence, look: VisualContext) -> WrittenSources:
        """The sources as they are written for the model, as many as its window has room for.

        Raises:
            ModelError: It has no room for any.
        """
        room: int | None = None
        if self._window:
            said = most_tokens(self._prompt(evidence, "") + load_prompt("calculate").text)
            shown = len(look.shown) * PICTURE_TOKENS
            room = self._window - said - shown - min(_ROOM_BESIDE, self._window // 3)
            if room < _LEAST_ROOM:
                raise ModelError(
                    f"{self.name}: its window of {self._window} tokens is too small for a question "
                    "with sources; choose a model with a larger one (PAGEWISE_CHAT_WINDOW)"
                )
        return prompt_sources(evidence.question, evidence.sources, room, as_lines=self._reads_lines)

    def _prompt(self, evidence: Evidence, sources: str) -> str:
        language, example = _LANGUAGES.get(evidence.language, _LIKE_THE_QUESTION)
        return load_prompt("synthesize").fill(
            language=language,
            example=example,
            tables=_AS_LINES if self._reads_lines else _AS_GRID,
            before=_before(evidence.last_turn),
            computed="\n".join(map(_computed_line, evidence.computed)) or "nothing yet",
            sources=sources,
            question=evidence.question,
            failed=_told(evidence),
        )

    def _reply(
        self,
        prompt: str,
        pictures: Sequence[Json],
        evidence: Evidence,
        config: RunnableConfig,
    ) -> tuple[str, Sequence[Computed]]:
        """A usable reply and its calculations; after one that is not, told why, once more."""
        tool = calculate_tool(evidence)
        instructions = load_prompt("synthesize").text.partition("{before}")[0]

        def asked(text: str) -> tuple[str, Sequence[Computed]]:
            answered = ask_with_tool(self.chat, _message(text, pictures), tool, config)
            return answer_of(answered.reply, instructions), answered.computed

        try:
            return asked(prompt)
        except UnusableReply as error:
            return asked(f"{prompt}\n\nYour last reply could not be used: {error}.")


def _before(turn: Sequence[str]) -> str:
    if len(turn) < 2:
        return ""
    question, answer = (" ".join(harmless(part).split())[:_LONGEST_TURN] for part in turn[:2])
    return f"\nThe question before was: {question}\nIt was answered: {answer}\n"


def _message(prompt: str, pictures: Sequence[Json]) -> HumanMessage:
    if not pictures:
        return HumanMessage(prompt)
    about = load_prompt("pictures").text
    return HumanMessage([{"type": "text", "text": f"{prompt}\n{about}"}, *pictures])


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


def _told(evidence: Evidence) -> str:
    if not evidence.failed:
        return ""
    listed = "\n".join(f"- {line}" for line in evidence.failed)
    return (
        f"Your last answer was:\n{evidence.drafted}\n"
        f"It failed these checks. Write it again without these faults, and keep the rest:\n{listed}"
    )
