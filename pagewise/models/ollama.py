"""Models that people run themselves with Ollama: what they can do, and a window that is opened.

Ollama cuts a prompt that is longer than its window, from the front and without a word. The window
is set here with each request, as large as the prompt and the reply need, in steps and never
smaller again: each change loads the model anew. The only door to Ollama's packages.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_ollama import ChatOllama
from ollama import Client
from pydantic import PrivateAttr

from loaders.errors import ModelError
from loaders.reading.rate_limiting.error_classifier import failure_of
from loaders.reading.rate_limiting.scheduler import CallFailed
from loaders.text.prompt_tokens import most_tokens
from pagewise.models.provider_table import OLLAMA_TIMEOUT_S, advice_for
from pagewise.settings import Settings

REPLY_TOKENS = 4096
"""Room for an answer, or for a page that is written down; what is longer is told as cut off."""
SMALLEST_WINDOW = 4096
_LEAST_REPLY = 256
_ASK_TIMEOUT_S = 10.0
_PIXELS_A_TOKEN = 784
"""28 by 28, as vision models of the Qwen family cut an image; others take fewer tokens."""
_PNG_SIZE = slice(16, 24)

logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs every request


@dataclass(frozen=True, slots=True)
class OllamaModel:
    """What the server says of a model."""

    window: int
    """Tokens that it was made for; 0 if the server does not say."""
    capabilities: frozenset[str]
    """`completion`, `tools`, `vision`, `thinking`, `embedding`."""


_known: dict[tuple[str, str], OllamaModel] = {}


def look_up(settings: Settings, model: str) -> OllamaModel:
    """Ask the server, once a process, what a model can do.

    Raises:
        ModelError: The server does not answer, or has not got the model.
    """
    key = (settings.ollama_host, model)
    if key not in _known:
        name = model.partition(":")[2]
        client = Client(host=settings.ollama_host or None, timeout=_ASK_TIMEOUT_S)
        try:
            with closing(client):
                told = client.show(name)
        except Exception as error:
            failure = failure_of(error)
            raise CallFailed(model, failure, advice=advice_for(model, failure)) from error
        _known[key] = OllamaModel(_window(told.modelinfo or {}), frozenset(told.capabilities or ()))
    return _known[key]


def _window(info: Mapping[str, Any]) -> int:
    """`qwen3.context_length`, whatever the family is called."""
    found = [value for key, value in info.items() if key.endswith(".context_length")]
    return int(found[0]) if found else 0


def ollama_options(settings: Settings, model: str) -> dict[str, Any]:
    """What `WindowedOllama` is made with: what the server says of the model is its profile."""
    known = look_up(settings, model)
    window = min(filter(None, (known.window, settings.chat_window)), default=0)
    profile = {
        "tool_calling": "tools" in known.capabilities,
        "image_inputs": "vision" in known.capabilities,
    }
    return {
        "model": model.partition(":")[2],
        "base_url": settings.ollama_host or None,
        "reasoning": False if "thinking" in known.capabilities else None,
        "num_predict": REPLY_TOKENS,
        "client_kwargs": {"timeout": OLLAMA_TIMEOUT_S},
        "window": window,
        "profile": profile | ({"max_input_tokens": window} if window else {}),
    }


class WindowedOllama(ChatOllama):
    """ChatOllama whose window holds what it is sent."""

    window: int = 0
    """The largest that the model has; 0 if it is not known."""
    _opened: int = PrivateAttr(default=SMALLEST_WINDOW)

    def _chat_params(
        self, messages: list[BaseMessage], stop: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        params = super()._chat_params(messages, stop, **kwargs)
        params["options"]["num_ctx"] = self._window_for(_tokens_of(params))
        return params

    def _window_for(self, tokens: int) -> int:
        if self.window and tokens + _LEAST_REPLY > self.window:
            raise ModelError(
                f"ollama:{self.model}: the prompt takes up to {tokens} tokens and the window has "
                f"{self.window}; choose a model with a larger one"
            )
        while self._opened < tokens + REPLY_TOKENS:
            self._opened *= 2
        return min(self._opened, self.window) if self.window else self._opened


def _tokens_of(params: Mapping[str, Any]) -> int:
    """Of all that is sent, at most; a few go to the template around each message."""
    texts = [str(message["content"]) for message in params["messages"]]
    calls = [message.get("tool_calls") for message in params["messages"]]
    extra = json.dumps([params.get("tools"), params.get("format"), calls], default=str)
    images = [image for message in params["messages"] for image in message.get("images", ())]
    words = sum(map(most_tokens, texts)) + most_tokens(extra)
    return words + sum(map(_image_tokens, images)) + 16 * len(texts)


def _image_tokens(image: str) -> int:
    head = base64.b64decode(image[:44])[_PNG_SIZE]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
    return -(-width * height // _PIXELS_A_TOKEN)
