"""A vision model reads page images: its answer, what to do when it is none, and what it cost.

parser = GeminiVisionParser(ChatGoogleGenerativeAI(model="gemini-3.8-flash"))
for chunk in PageLoader("report.pdf", parser).lazy_load(): ...
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

from langchain_core.document_loaders import BaseBlobParser, Blob
from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langsmith import tracing_context

from loaders.errors import ModelError, PageError, PagewiseError, UsageError
from loaders.pages.page import MOST_ASKED, Audit, Outcome, Page, Reading, Usage
from loaders.reading.auditing.audit import audit
from loaders.reading.auditing.numerals import numerals
from loaders.reading.rate_limiting.budget import Budget, BudgetSpent
from loaders.reading.rate_limiting.error_classifier import Kind
from loaders.reading.rate_limiting.model_calls import LONGEST_S
from loaders.reading.rate_limiting.prices import Tier, usd_of
from loaders.reading.rate_limiting.scheduler import CallFailed, QuotaSpent, Scheduler
from loaders.reading.vision.cleanup import tidied
from loaders.reading.vision.outcomes import Answer, answer_of
from loaders.reading.vision.page_images import SHARP_WIDTH, WIDTH, halves, is_blank
from prompts import load_prompt

IMAGE_TOKENS = 1120
"""At Gemini's default resolution; twice as many at the highest, which one image alone may have."""
TYPICAL_TOKENS_OUT = 1500

_DEEPEST_CUT = 2
_LOWEST_RECALL = 0.85
_MOST_DIFFERENCES = 3
_SHARE_OF_NUMBERS = 0.1
_TOLD_DIFFERENCES = 40
_PAPER = "nothing but paper: told from its pixels, no model was asked"
_PARTS = "This image is a part of a page; write down what stands on this part, from its first line."


class NoReply(ModelError):
    """A batch has no answer for a page; `outcome` is what becomes of it."""

    def __init__(self, message: str, outcome: Outcome) -> None:
        super().__init__(message)
        self.outcome = outcome


class GeminiVisionParser(BaseBlobParser):
    """Reads page images with any LangChain chat model that sees; thread-safe.

    As a blob parser it makes one Document of an image, with its markup as content; as PageLoader's
    reader it makes Readings.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        *,
        name: str = "",
        scheduler: Scheduler | None = None,
        budget: Budget | None = None,
        pages_at_once: int = 64,
        sharper: Mapping[str, str] | None = None,
        seconds: float = LONGEST_S,
        tier: Tier = "",
    ) -> None:
        """A call may take `seconds`; `tier` is Gemini's.

        `sharper` is what an image's block says where the model shall look twice as closely.
        """
        self.chat, self.sharper = chat, sharper or {}
        self.name = name or _model_name(chat)
        self.scheduler = scheduler or Scheduler(self.name)
        self.budget, self.seconds = budget or Budget(), seconds
        self.image_width = WIDTH
        self.pages_at_once, self.tier = pages_at_once, tier
        self.replies: Callable[[str], AIMessage] | None = None
        """A batch's answers to the first question about each page, by fingerprint.

        It raises NoReply for a page that it has none for.
        """

    def lazy_parse(self, blob: Blob) -> Iterator[Document]:
        """Read one image; PageError if there is nothing to index and the page is not blank."""
        if not (blob.mimetype or "").startswith("image/"):
            raise UsageError(f"{blob.source}: not an image; give a PDF to PageLoader")
        page = Page(int(blob.metadata.get("page", 0)), image=blob.as_bytes())
        reading = self.read(page)
        if reading.outcome not in {Outcome.OK, Outcome.BLANK}:
            raise PageError(str(blob.source), page.number, reading.detail)
        metadata = {"source": blob.source, "page": page.number, "reader": self.name}
        yield Document(reading.markup, metadata=metadata | {"outcome": reading.outcome.value})

    def fingerprint(self, sha256: str, page: Page) -> str:
        """Key of what is paid for: the image, the prompts, the model; not the file."""
        key = hashlib.sha256(page.image or f"{sha256} {page.number}".encode())
        names = ("read_page", "read_page_again", "read_page_reworded")
        for part in (self.name, *(load_prompt(name).version for name in names)):
            key.update(b"\0" + part.encode())
        return key.hexdigest()

    def asks_for(self, page: Page) -> bool:
        """Whether the model is asked: it would invent what might stand on a blank leaf."""
        return bool(page.words) or not is_blank(page.image)

    def read(self, page: Page, stop: Event | None = None) -> Reading:
        """Read a page; what stops all further pages as well is raised, or skips this one."""
        call = _PageCall(self, page, stop)
        if not self.asks_for(page):
            return call.reading(Answer(Outcome.BLANK, detail=_PAPER))
        try:
            if self.replies:
                call.ready = self.replies(self.fingerprint("", page))
            answer = call.transcribed()
        except NoReply as error:
            return call.reading(Answer(error.outcome, detail=str(error)))
        except (QuotaSpent, BudgetSpent) as error:
            return call.reading(Answer(Outcome.SKIPPED, detail=str(error)))
        except CallFailed as error:
            if error.failure.kind is Kind.CLOSED:
                raise
            return call.reading(Answer(Outcome.FAILED, detail=str(error)))
        return call.audited(answer)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is sent: an image, and what to do with it."""

    image: bytes
    prompt: str
    is_sharp: bool = False

    def message(self, sharper: Mapping[str, str]) -> HumanMessage:
        encoded = base64.b64encode(self.image).decode()
        image = {"type": "image", "base64": encoded, "mime_type": "image/png"}
        if self.is_sharp:
            image.update(sharper)
        return HumanMessage([image, {"type": "text", "text": self.prompt}])

    @property
    def tokens_in(self) -> int:
        """By estimate: four letters a token."""
        return (2 if self.is_sharp else 1) * IMAGE_TOKENS + len(self.prompt) // 4


class _PageCall:
    """All that is asked about one page, and what it costs together."""

    def __init__(self, parser: GeminiVisionParser, page: Page, stop: Event | None) -> None:
        self.parser, self.page, self.stop = parser, page, stop
        self.usage = Usage(attempts=0)
        self.prompt = first_prompt()
        self.left = MOST_ASKED - page.asked
        self.ready: AIMessage | None = None
        """The answer to the first question, if a batch has it."""

    def transcribed(self) -> Answer:
        """Ask for the page; for its parts if it is too long, in other words if it is refused."""
        answer = self.asked_in_parts(_Question(self.page.image, self.prompt))
        if answer.outcome is Outcome.RECITATION and self.left > 0:
            reworded = load_prompt("read_page_reworded").fill(instructions=self.prompt)
            second = self.asked_in_parts(_Question(self.page.image, reworded))
            return second if second.outcome in {Outcome.OK, Outcome.BLANK} else answer
        if answer.outcome is Outcome.BLANK and not self.page.words:
            answer = self.asked_in_parts(self.sharp_question(self.prompt))
        return answer

    def sharp_question(self, prompt: str) -> _Question:
        """Ask for the page with twice the pixels, of which the model shall make twice as much."""
        image = self.page.image
        if self.page.drawn:
            with suppress(PagewiseError):  # the page as it was sent before is better than none
                image = self.page.drawn(SHARP_WIDTH)
        return _Question(image, prompt, is_sharp=True)

    def asked_in_parts(self, question: _Question, depth: int = 0) -> Answer:
        """Ask; when the answer does not end, ask for the image's halves and join them."""
        answer = self.asked(question)
        if answer.worth_asking_again and self.left > 0:
            answer = self.asked(question)
        if answer.outcome not in {Outcome.TRUNCATED, Outcome.REPEATED} or depth >= _DEEPEST_CUT:
            return answer
        parts = halves(question.image)
        if len(parts) < 2:
            return answer
        asked: list[str] = []
        for part in parts:
            if is_blank(part):
                continue
            prompt = f"{question.prompt}\n{_PARTS}"
            piece = self.asked_in_parts(_Question(part, prompt, question.is_sharp), depth + 1)
            if piece.outcome not in {Outcome.OK, Outcome.BLANK}:
                return answer
            asked.append(piece.markup)
        markup = "\n".join(filter(None, asked))
        if not markup:
            return answer
        return Answer(Outcome.OK, markup, "read in parts: the whole page was too long to answer")

    def asked(self, question: _Question) -> Answer:
        """Make one call, through the scheduler and within the budget."""
        parser = self.parser
        if self.ready:  # whoever sent the batch has paid for it
            ready, self.ready, self.left = self.ready, None, self.left - 1
            self.usage.attempts += 1
            self._count(ready, question, "batch")
            return answer_of(ready)
        message = question.message(parser.sharper)
        reserved = usd_of(parser.name, question.tokens_in, TYPICAL_TOKENS_OUT, parser.tier)
        parser.budget.reserve(reserved)
        usd = 0.0
        try:
            reply = parser.scheduler.call(
                lambda: self._sent(message), self.stop, seconds=parser.seconds
            )
            usd = self._count(reply, question, parser.tier)
        finally:
            parser.budget.settle(reserved, usd)
        self.left -= 1
        return answer_of(reply)

    def audited(self, answer: Answer) -> Reading:
        """Hold the answer against the text layer; read once more when they differ much."""
        if not self.page.words or answer.outcome not in {Outcome.OK, Outcome.BLANK}:
            return self.reading(answer)
        first = self._checked(answer)
        if not self._is_bad(first):
            return first
        try:
            again = load_prompt("read_page_again").fill(differences=self._differences(first))
            question = self.sharp_question(f"{self.prompt}\n{again}")
            second = self._checked(self.asked_in_parts(question))
        except (QuotaSpent, BudgetSpent, CallFailed):
            second = first
        best = min((first, second), key=_defects)
        if answer.outcome is Outcome.BLANK and best.outcome is Outcome.BLANK:
            count = len(self.page.words)
            detail = f"the model sees a blank page, the text layer has {count} words; look at it"
            return replace(best, outcome=Outcome.FAILED, detail=detail, usage=self.usage)
        return replace(best, usage=self.usage)

    def reading(self, answer: Answer) -> Reading:
        """Say what became of the page; only a whole answer keeps its markup."""
        return Reading(
            page=self.page.number,
            outcome=answer.outcome,
            markup=answer.markup if answer.outcome is Outcome.OK else "",
            reader=self.parser.name,
            detail=answer.detail,
            words=self.page.words,
            usage=self.usage,
        )

    def _sent(self, message: HumanMessage) -> AIMessage:
        self.usage.attempts += 1
        tier: dict[str, Any] = {"service_tier": self.parser.tier} if self.parser.tier else {}
        with tracing_context(enabled=False):  # a trace would carry the whole image
            return self.parser.chat.invoke([message], **tier)

    def _count(self, reply: AIMessage, question: _Question, tier: Tier) -> float:
        """Add what the reply cost; by estimate where it does not tell its tokens."""
        used = reply.usage_metadata
        tokens_in = used["input_tokens"] if used else question.tokens_in
        tokens_out = used["output_tokens"] if used else len(reply.text) // 4
        usd = usd_of(self.parser.name, tokens_in, tokens_out, tier)
        self.usage.tokens_in += tokens_in
        self.usage.tokens_out += tokens_out
        self.usage.usd += usd
        return usd

    def _checked(self, answer: Answer) -> Reading:
        page = self.page
        markup = tidied(answer.markup, page.words, page.height)
        reading = self.reading(replace(answer, markup=markup))
        reading.audit = audit(markup, page.words, hidden=page.hidden, height=page.height)
        return reading

    def _is_bad(self, reading: Reading) -> bool:
        found = reading.audit or Audit()
        count = sum(len(numerals(word.text)) for word in self.page.words)
        allowed = max(_MOST_DIFFERENCES, _SHARE_OF_NUMBERS * count)
        differences = len(found.novel_numbers) + len(found.missing_numbers)
        return found.word_recall < _LOWEST_RECALL or differences > allowed

    def _differences(self, reading: Reading) -> str:
        found = reading.audit or Audit()
        lines = [
            _told("Numbers that you wrote and the text does not have", found.novel_numbers),
            _told("Numbers that the text has and you left out", found.missing_numbers),
            _told("Table cells that look wrong", found.doubtful_cells),
        ]
        if found.word_recall < _LOWEST_RECALL:
            lines.append(f"You left out about {1 - found.word_recall:.0%} of the page's words.")
        return "\n".join(line for line in lines if line)


def first_prompt() -> str:
    """What is asked about every page, beside its image."""
    return load_prompt("read_page").text


def typical_tokens_in() -> int:
    """Of a page: its image and the prompt."""
    return _Question(b"", first_prompt()).tokens_in


def _told(what: str, found: Sequence[str]) -> str:
    shown = ", ".join(dict.fromkeys(found[:_TOLD_DIFFERENCES]))
    return f"{what}: {shown}." if found else ""


def _defects(reading: Reading) -> float:
    """How much a reading differs from the page's text: the smaller, the better."""
    if reading.outcome is not Outcome.OK or reading.audit is None:
        return float("inf")
    found = reading.audit
    differences = len(found.novel_numbers) + len(found.missing_numbers) + len(found.hidden_numbers)
    return differences + (1 - found.word_recall) * len(reading.words)


def _model_name(chat: BaseChatModel) -> str:
    for attribute in ("model", "model_name", "model_id"):
        name = getattr(chat, attribute, None)
        if isinstance(name, str) and name:
            return name.removeprefix("models/")
    return chat._llm_type
