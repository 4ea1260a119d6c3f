"""What a chat model sends back: its text, or the named reason why there is none to use."""

from __future__ import annotations

import re

from langchain_core.messages import AIMessage, BaseMessage

from graph.generation.messages import say
from graph.verification.verify import without_thoughts
from loaders.errors import ModelError
from loaders.text.tokenizer import fold

_CUT_OFF = frozenset({"max_tokens", "length"})
_DONE = frozenset({"", "stop", "end_turn", "tool_calls", "stop_sequence", "unspecified"})
_MALFORMED = frozenset({"malformed_function_call", "unexpected_tool_call", "too_many_tool_calls"})
_REFUSAL = re.compile(r"[\s*_>#\"'`]*not[ _]found[\s*_`]*(?:[:：.–—-][\s*_`]*|\Z)", re.IGNORECASE)
"""`NOT FOUND:` in the forms in which it comes back; `Not found guilty` is none."""
_LOOP = re.compile(r"(\S.{7,119}?)\s*(?:\1\s*){4,}", re.DOTALL)
_LEAKED_WORDS = 10
"""So many words of the instructions in a row are no answer."""
_LONGEST = 8000


class UnusableReply(ModelError):
    """A reply came, and cannot be used; the message says why."""


def text_of(message: BaseMessage) -> str:
    """The text of a reply, without thoughts.

    Raises:
        UnusableReply: The reply was cut off, blocked, or withheld.
    """
    reason = _finish_reason(message)
    if reason in _CUT_OFF:
        raise UnusableReply(
            "the model's reply was cut off (MAX_TOKENS); ask for less, or ask again"
        )
    if reason in _MALFORMED:
        raise UnusableReply(f"the model's call of a tool was malformed ({reason.upper()})")
    if reason not in _DONE:
        raise UnusableReply(f"the model withheld its reply ({reason.upper()}); ask in other words")
    return without_thoughts(message.text)


def answer_of(message: BaseMessage, instructions: str) -> str:
    """The text of a reply that can be shown.

    Raises:
        UnusableReply: There is none: cut off, withheld, empty, looping, or its own instructions.
    """
    text = text_of(message).strip()
    if not text:
        raise UnusableReply(
            "the model's reply was empty; ask again, or choose another PAGEWISE_CHAT"
        )
    if len(text) > _LONGEST or _LOOP.search(text):
        raise UnusableReply("the model's reply repeated itself; ask again")
    if repeats(text, instructions):
        raise UnusableReply("the model's reply was its own instructions; ask about the documents")
    return text


def refusal_of(text: str, language: str) -> tuple[str, bool]:
    """The text without its mark, and whether it was marked as a refusal."""
    match = _REFUSAL.match(text)
    if not match:
        return text, False
    bare = text[match.end() :].strip().removesuffix("**").strip()
    return bare or say("not_found", language), True


def repeats(text: str, instructions: str) -> bool:
    """Whether a text gives many words of the instructions away, one after the other."""
    told, said = _words(instructions), _words(text)
    runs = {tuple(told[at : at + _LEAKED_WORDS]) for at in range(len(told) - _LEAKED_WORDS + 1)}
    return any(
        tuple(said[at : at + _LEAKED_WORDS]) in runs for at in range(len(said) - _LEAKED_WORDS + 1)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _finish_reason(message: BaseMessage) -> str:
    if not isinstance(message, AIMessage):
        return ""
    told = message.response_metadata
    names = ("finish_reason", "stop_reason", "done_reason")  # Google and OpenAI, Anthropic, Ollama
    reason = next(filter(None, map(told.get, names)), "")
    blocked = (told.get("prompt_feedback") or {}).get("block_reason")
    bare = fold(str(blocked or reason or "")).rsplit(".", 1)[-1]
    return "" if bare in {"0", "none", "block_reason_unspecified"} else bare
