"""What became of a page, told from a model's answer: most of it raises no error."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage

from loaders.pages.page import Outcome
from loaders.reading.auditing.shown_text import shown_text
from loaders.text.kept_text import kept_text

BLANK_PAGE = "[blank page]"

_FINISHED = {"stop", "end_turn", "stop_sequence", "finish_reason_unspecified"}
_CUT = {"max_tokens", "length"}
_RECITED = {"recitation", "image_recitation"}
_BLOCKED = {
    "safety",
    "blocklist",
    "prohibited_content",
    "spii",
    "image_safety",
    "image_prohibited_content",
    "content_filter",
    "refusal",
    "language",
}
_MOST_REPEATS = 12
"""A page that says the same more often in a row is rare; a model that loops does not stop."""
_MOST_SHORT_REPEATS = 100
"""Columns of zeros are not rare."""
_SHORT = 15
"""Letters and digits in what is repeated."""
_LONGEST_PERIOD = 8
_SHORTEST_LOOP = 600
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
"""What models that run at home say to themselves first, in the text."""
_FENCE = re.compile(r"\A\s*```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """A model's answer about one image."""

    outcome: Outcome
    markup: str = ""
    detail: str = ""
    worth_asking_again: bool = False
    """Nothing came back, without a reason: the next answer may be whole."""


def answer_of(message: AIMessage) -> Answer:
    """Tell the outcome from finish reason, feedback and text; ok only if the text is whole."""
    metadata: Mapping[str, Any] = message.response_metadata
    text = _FENCE.sub(r"\1", _THOUGHT.sub("", kept_text(message.text))).strip()
    finish = _finish(metadata)
    refused = _refusal(metadata, finish)
    if refused:
        return refused
    if has_loop(text):
        return Answer(Outcome.REPEATED, detail="the model repeats itself without end")
    if finish in _CUT:
        return Answer(Outcome.TRUNCATED, detail="the answer is longer than the model may write")
    has_end = bool(finish) or metadata.get("model_provider") != "google_genai"
    if not text or not has_end or finish not in {*_FINISHED, ""}:
        how = f"the model stopped early ({finish or 'no reason given'})"
        detail = how if text else f"the answer is empty ({finish or 'no candidate'})"
        return Answer(Outcome.FAILED, detail=f"{detail}; run it again", worth_asking_again=True)
    if text.casefold().strip("`*_. \n") == BLANK_PAGE:
        return Answer(Outcome.BLANK, detail="nothing stands on the page")
    if not _has_words(text):
        detail = "the answer has no words, and the page is not blank; run it again"
        return Answer(Outcome.FAILED, detail=detail, worth_asking_again=True)
    return Answer(Outcome.OK, text)


def _refusal(metadata: Mapping[str, Any], finish: str) -> Answer | None:
    reason = _block_reason(metadata) or (finish if finish in _BLOCKED else "")
    if reason:
        detail = f"the service refuses the page ({reason}); another model may read it"
        return Answer(Outcome.BLOCKED, detail=detail)
    if finish in _RECITED:
        return Answer(Outcome.RECITATION, detail="the service will not recite published text")
    return None


def has_loop(text: str) -> bool:
    """Tell a text that says the same few lines, or ends in the same few words, over and over."""
    lines = [line for line in (line.strip() for line in text.splitlines()) if line]
    for period in range(1, _LONGEST_PERIOD + 1):
        run = 0
        for number in range(period, len(lines)):
            run = run + 1 if lines[number] == lines[number - period] else 0
            may_loop = run >= period * _MOST_REPEATS
            if may_loop and run >= period * _most(lines[number - period : number]):
                return True
    return _ends_in_loop(text.rstrip())


def _most(lines: Sequence[str]) -> int:
    """Return how often these lines may follow each other."""
    signs = sum(sign.isalnum() for sign in shown_text("\n".join(lines)))
    if not signs:
        return sys.maxsize
    return _MOST_REPEATS if signs >= _SHORT else _MOST_SHORT_REPEATS


def _ends_in_loop(text: str) -> bool:
    for period in range(2, min(400, len(text) // _MOST_REPEATS)):
        piece = text[-period:]
        count = max(_MOST_REPEATS, -(-_SHORTEST_LOOP // period))
        if text.endswith(piece * count) and _has_words(piece):
            return True
    return False


def _has_words(text: str) -> bool:
    return any(sign.isalnum() for sign in shown_text(text))


def _finish(metadata: Mapping[str, Any]) -> str:
    for key in ("finish_reason", "stop_reason", "done_reason"):
        reason = metadata.get(key)
        if reason:
            return str(getattr(reason, "value", reason)).casefold()
    return ""


def _block_reason(metadata: Mapping[str, Any]) -> str:
    feedback = metadata.get("prompt_feedback")
    reason = feedback.get("block_reason") if isinstance(feedback, Mapping) else None
    return str(getattr(reason, "value", reason)).casefold() if reason else ""
