"""LangSmith: the client through which traces leave, when the settings ask for them.

Traces hold questions, sources and answers. They hold no page images and no keys, they never
hold up an answer, and an endpoint that does not reply costs a second at the end of the program.
"""

from __future__ import annotations

import atexit
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from langsmith import Client, configure
from urllib3.util import Retry

from app import models
from app.settings import Settings
from loaders.errors import UsageError
from loaders.reading.calls.prices import price_of

CONNECT_S, REPLY_S, LAST_S = 0.5, 5.0, 1.0
"""Seconds to reach the endpoint, to be answered, and to send what is left at the end."""
_LIBRARIES = ("pagewise", "langchain-core", "langgraph", "langsmith", "pymupdf", "chromadb")
_INLINE = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[\w+/=-]*|[\w+/=-]{1024,}")
_BINARY_KEYS = frozenset({"base64", "bytes", "inline_data"})
_HIDDEN_KEY = "(key)"


def start_tracing(settings: Settings) -> None:
    """Send traces from now on, if the settings say so; harmless when called again."""
    if not settings.tracing or settings.offline:
        return
    used = {role: name for role, name in models.names(settings).items() if name}
    configure(
        client=client_for(settings),
        enabled=True,
        project_name=settings.langsmith_project or None,
        tags=["pagewise", *dict.fromkeys(f"{role}:{name}" for role, name in used.items())],
        metadata={
            **{f"{role}_model": name for role, name in used.items()},
            **_versions(),
        },
    )


@cache
def client_for(settings: Settings) -> Client:
    """A client that gives up early, and hides what must not leave the machine.

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
    try:
        client = Client(
            settings.langsmith_endpoint or None,
            api_key=settings.langsmith_api_key or None,
            retry_config=Retry(0),
            timeout_ms=(int(CONNECT_S * 1000), int(REPLY_S * 1000)),
            anonymizer=None,
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
