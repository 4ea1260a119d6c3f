"""LangSmith and OpenTelemetry: the client through which traces leave, if the settings ask for it.

Traces hold questions, sources and answers. They hold no page images and no keys, they never
hold up an answer, and an endpoint that does not reply costs a second at the end of the program.
"""

from __future__ import annotations

import atexit
import logging
import time
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import requests
from langsmith import Client, configure
from urllib3.util import Retry

from loaders.errors import UsageError
from loaders.reading.rate_limiting.prices import price_of
from pagewise import console
from pagewise.secrets import redaction_for
from pagewise.settings import Settings
from prompts import load_prompt

CONNECT_S, REPLY_S, LAST_S = 0.5, 1.5, 0.5
"""Seconds to reach the endpoint, to be answered, and to send what is left at the end."""
_SILENCE_S = 30.0
"""After a failure nothing is sent for so long: a queue of traces must not fail one by one."""
PROMPTS = ("read_page", "rewrite", "synthesize", "pictures", "calculate", "assistant")
_LIBRARIES = ("pagewise", "langchain-core", "langgraph", "langsmith", "pymupdf", "chromadb")


def start_tracing(settings: Settings) -> None:
    """Send traces from now on, if the settings say so; harmless when called again."""
    if not settings.tracing or settings.offline:
        return
    logging.getLogger("langsmith").setLevel(logging.CRITICAL)  # it prints a part of the key
    logging.getLogger("opentelemetry").setLevel(logging.ERROR)  # one line when spans are lost
    used = {role: name for role, name in settings.models.items() if name}
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
        UsageError: The endpoint's settings are of no use, or a package is missing.
    """
    mode = "langsmith" if patient else settings.tracing_mode
    if mode != "langsmith" and find_spec("opentelemetry.exporter.otlp.proto.http") is None:
        # Without it the client would send everything to LangSmith instead.
        raise UsageError(
            f"LANGSMITH_TRACING_MODE={mode} needs more packages: "
            "pip install -c constraints.txt -e '.[otel]'"
        )
    hide = redaction_for(settings)
    session = requests.Session() if patient else ImpatientSession()
    try:
        client = Client(
            settings.langsmith_endpoint or None,
            api_key=settings.langsmith_api_key or None,
            retry_config=Retry(0),
            session=session,
            tracing_mode=mode,
            anonymizer=lambda values: hide(priced(values)),  # errors too; `hide_…` leave them
        )
    except Exception as error:  # noqa: BLE001  langsmith raises what it likes here
        raise UsageError(f"LANGSMITH_ENDPOINT: {error}") from None
    atexit.register(_finish, client)
    return client


def _finish(client: Client) -> None:
    """Send what is left, for a moment; what cannot be sent by then is dropped."""
    client.close(timeout=LAST_S)
    if isinstance(client.session, ImpatientSession) and client.session.is_waiting:
        client.session.tell()


class ImpatientSession(requests.Session):
    """Waits for no reply longer than a moment, and tells once that traces are lost."""

    def __init__(self) -> None:
        super().__init__()
        self._silent_until = 0.0
        self._has_told = False
        self._under_way: set[int] = set()

    @property
    def is_waiting(self) -> bool:
        """Whether a reply is still awaited: at the end of the program, that it never came."""
        return bool(self._under_way)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if time.monotonic() < self._silent_until:
            raise requests.ConnectionError("LangSmith did not answer a moment ago")
        self._under_way.add(id(request))
        try:
            return super().send(request, **{**options, "timeout": (CONNECT_S, REPLY_S)})
        except requests.RequestException:
            self._silent_until = time.monotonic() + _SILENCE_S
            self.tell()
            raise
        finally:
            self._under_way.discard(id(request))

    def tell(self) -> None:
        """Say once that traces are lost."""
        if not self._has_told:
            self._has_told = True
            console.complain("warning: LangSmith does not answer; traces are dropped")


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
