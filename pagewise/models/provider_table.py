"""What is known of providers beside Google: extras, keys, options, what to do about errors.

Any other provider that LangChain knows works too, with what it is by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from loaders.reading.rate_limiting.error_classifier import Failure, Kind
from pagewise.models.scheduled_chat import CHAT_TIMEOUT_S
from pagewise.settings import Settings

OLLAMA_TIMEOUT_S = 600.0
"""A model on a processor reads a long prompt for minutes before it answers."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What is known of one: its extra, its key, and the options of its classes."""

    extra: str
    key: str = ""
    chat: Callable[[Settings, float], dict[str, Any]] = lambda settings, timeout_s: {}
    embeddings: Callable[[Settings], dict[str, Any]] = lambda settings: {}
    at_most: int = 64
    """Calls under way: Ollama answers one after the other, who waits too long waits in vain."""
    seconds: float = 0.0
    """What a call may take, if it is more than elsewhere."""


def _hosted(settings: Settings, timeout_s: float) -> dict[str, Any]:
    return {"timeout": timeout_s, "max_retries": 0}


def _openai(settings: Settings, timeout_s: float) -> dict[str, Any]:
    options = _hosted(settings, timeout_s)
    if not settings.openai_base_url:
        return options
    key = settings.provider_keys.get("OPENAI_API_KEY", "none")  # a server of one's own wants none
    return options | {"base_url": settings.openai_base_url, "api_key": key}


def _openai_embeddings(settings: Settings) -> dict[str, Any]:
    # Else it cuts texts into tokens itself, with a table that it downloads.
    return _openai(settings, CHAT_TIMEOUT_S) | {"check_embedding_ctx_length": False}


def _ollama_embeddings(settings: Settings) -> dict[str, Any]:
    address = {"base_url": settings.ollama_host} if settings.ollama_host else {}
    return address | {"client_kwargs": {"timeout": OLLAMA_TIMEOUT_S}}


PROVIDERS = {
    "openai": Provider("openai", "OPENAI_API_KEY", _openai, _openai_embeddings),
    "ollama": Provider(
        "ollama", embeddings=_ollama_embeddings, at_most=2, seconds=OLLAMA_TIMEOUT_S
    ),
    "anthropic": Provider("anthropic", "ANTHROPIC_API_KEY", _hosted),
    "mistralai": Provider("mistral", "MISTRAL_API_KEY"),
}


def provider_of(model: str) -> Provider:
    """Of a provider string; one that we know nothing of has no extra."""
    return PROVIDERS.get(model.partition(":")[0], Provider(""))


def advice_for(model: str, failure: Failure) -> str:
    """What to do about a failure, where the provider says more than its kind."""
    provider, name = model.partition(":")[0], model.partition(":")[2]
    key = provider_of(model).key
    if provider == "ollama":
        return _ollama_advice(name, failure)
    if failure.kind is Kind.ABSENT:
        return "check OPENAI_BASE_URL" if provider == "openai" else ""
    if failure.code == 404:
        return f"choose a model that {provider} has for your key"
    return f"check {key}, or use --offline" if failure.code in {401, 403} and key else ""


def _ollama_advice(name: str, failure: Failure) -> str:
    if failure.kind is Kind.ABSENT:
        return "start it with `ollama serve`, or set OLLAMA_HOST"
    if failure.code == 404:
        return f"fetch it with `ollama pull {name}`"
    return ""
