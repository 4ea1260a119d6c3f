"""LangSmith: the client through which traces leave, when the settings ask for them.

Traces hold questions, sources and answers. They hold no page images and no keys, they never
hold up an answer, and an endpoint that does not reply costs a second at the end of the program.
"""

from __future__ import annotations

import atexit
import logging
import re
import time
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import requests
from langsmith import Client, configure
from urllib3.util import Retry

from app import models
from app.settings import Settings
from app.terminal import console
from loaders.errors import UsageError
from loaders.reading.calls.prices import price_of
from prompts import load_prompt

CONNECT_S, REPLY_S, LAST_S = 0.5, 1.5, 0.5
"""Seconds to reach the endpoint, to be answered, and to send what is left at the end."""
_SILENCE_S = 30.0
"""After a failure nothing is sent for so long: a queue of traces must not fail one by one."""
PROMPTS = ("read_page", "rewrite", "synthesize", "calculate")
_LIBRARIES = ("pagewise", "langchain-core", "langgraph", "langsmith", "pymupdf", "chromadb")
_INLINE = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[\w+/=-]*|[\w+/=-]{1024,}")
_BINARY_KEYS = frozenset({"base64", "bytes", "inline_data"})
_HIDDEN_KEY = "(key)"


def start_tracing(settings: Settings) -> None:
    """Send traces from now on, if the settings say so; harmless when called again."""
    if not settings.tracing or settings.offline:
        return
    logging.getLogger("langsmith").setLevel(logging.CRITICAL)  # it prints a part of the key
    used = {role: name for role, name in models.names(settings).items() if name}
    configure(
        client=client_for(settings),
        enabled=True,
        project_name=settings.langsmith_project or None,
        tags=["pagewise", *dict.fromkeys(f"{role}:{name}" for role, name in used.items())],
        metadata={
            **{f"{role}_model": name for role, name in used.items()},
            **{f"prompt_{name}": load_prompt(name).version for name in PROMPTS},
            **_versions(),
        },
    )


@cache
def client_for(settings: Settings, *, patient: bool = False) -> Client:
    """A client that gives up early unless `patient`, and hides what must not leave the machine.

    Raises:
        UsageError: The endpoint's settings are of no use.
    """
    hide = Redaction(
        settings.google_api_key,
        settings.langsmith_api_key,
        settings.server_key,
        settings.database_url,
        settings.chroma_url,
    )
    session = requests.Session() if patient else ImpatientSession()
    try:
        client = Client(
            settings.langsmith_endpoint or None,
            api_key=settings.langsmith_api_key or None,
            retry_config=Retry(0),
            session=session,
            hide_inputs=hide,
            hide_outputs=lambda outputs: hide(priced(outputs)),
            hide_metadata=hide,
        )
    except Exception as error:  # noqa: BLE001  langsmith raises what it likes here
        raise UsageError(f"LANGSMITH_ENDPOINT: {error}") from None
    atexit.register(_finish, client)
    return client


def _finish(client: Client) -> None:
    """Send what is left, for a moment; what cannot be sent by then is dropped."""
    client.close(timeout=LAST_S)


class ImpatientSession(requests.Session):
    """Waits for no reply longer than a moment, and tells once that traces are lost."""

    def __init__(self) -> None:
        super().__init__()
        self._silent_until = 0.0
        self._has_told = False

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if time.monotonic() < self._silent_until:
            raise requests.ConnectionError("LangSmith did not answer a moment ago")
        try:
            return super().send(request, **{**options, "timeout": (CONNECT_S, REPLY_S)})
        except requests.RequestException:
            self._silent_until = time.monotonic() + _SILENCE_S
            if not self._has_told:
                self._has_told = True
                console.complain("warning: LangSmith does not answer; traces are dropped")
            raise


class Redaction:
    """Takes keys and images out of whatever is about to be sent."""

    def __init__(self, *secrets: str) -> None:
        self.secrets = tuple(secret for secret in secrets if secret)

    def __call__(self, values: dict[str, Any]) -> dict[str, Any]:
        """The same values, fit to leave the machine."""
        return {str(self._text(str(k))): self._without(v, str(k)) for k, v in values.items()}

    def _without(self, value: Any, key: str = "") -> Any:
        if isinstance(value, bytes | bytearray):
            return f"({len(value)} bytes)"
        if isinstance(value, str):
            return f"({len(value)} characters)" if key in _BINARY_KEYS else self._text(value)
        if isinstance(value, dict):
            return self(value)
        if isinstance(value, list | tuple):
            return [self._without(item) for item in value]
        return self._object(value)

    def _object(self, value: Any) -> Any:
        """Messages and documents are sent as LangSmith would send them, once they are clean."""
        dump = getattr(value, "model_dump", None)
        return self._without(dump()) if callable(dump) and not isinstance(value, type) else value

    def _text(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, _HIDDEN_KEY)
        return _INLINE.sub(lambda found: f"({len(found[0])} characters)", text)


def priced(outputs: dict[str, Any]) -> dict[str, Any]:
    """Add what a model's reply cost to its tokens, by our list of prices."""
    try:
        message = outputs["generations"][0][0]["message"]["kwargs"]
        used, model = message["usage_metadata"], message["response_metadata"]["model_name"]
        tokens = int(used["input_tokens"]), int(used["output_tokens"])
    except (KeyError, IndexError, TypeError):
        return outputs  # no reply of a chat model
    price = price_of(str(model))
    if price is None:
        return outputs
    cost = {
        "input_cost": price.usd(tokens[0], 0),
        "output_cost": price.usd(0, tokens[1]),
        "total_cost": price.usd(*tokens),
    }
    return {**outputs, "usage_metadata": {**used, **cost}}


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[f"{name}_version"] = version(name)
        except PackageNotFoundError:
            continue
    return found
