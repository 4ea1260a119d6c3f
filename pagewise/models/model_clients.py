"""Chat models, page readers and embeddings of other providers than Google, through schedulers."""

from __future__ import annotations

from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from loaders.errors import ModelError
from loaders.reading.rate_limiting.budget import Budget
from loaders.reading.rate_limiting.error_classifier import failure_of
from loaders.reading.rate_limiting.model_calls import LONGEST_S
from loaders.reading.rate_limiting.scheduler import Scheduler
from loaders.reading.vision.vision_parser import GeminiVisionParser
from pagewise.models.embedding_forms import form_of
from pagewise.models.provider_table import advice_for, provider_of
from pagewise.models.scheduled_chat import CHAT_TIMEOUT_S, ScheduledChat, scheduled_class
from pagewise.secrets import redaction_for
from pagewise.settings import Settings

_schedulers: dict[tuple[str, str, str], Scheduler] = {}


def other_scheduler(settings: Settings, model: str) -> Scheduler:
    """The one scheduler of a model at an address in this process."""
    key = (model, settings.ollama_host, settings.openai_base_url)
    if key not in _schedulers:
        _schedulers[key] = Scheduler(
            model,
            at_most=provider_of(model).at_most,
            advise=lambda failure: advice_for(model, failure),
            hide=redaction_for(settings).text,
        )
    return _schedulers[key]


def other_reader(settings: Settings, *, budget: Budget | None = None) -> GeminiVisionParser:
    """The page reader that PAGEWISE_READER names, which sees.

    Raises:
        ModelError: As `other_chat`; or the model takes no images.
    """
    model = settings.reader
    made, options = _found(settings, "PAGEWISE_READER", model, LONGEST_S)
    chat: BaseChatModel = made(**options)  # the reader itself waits and repeats
    if (chat.profile or {}).get("image_inputs") is False:
        raise ModelError(f"PAGEWISE_READER={model}: it takes no images; choose one that sees")
    return GeminiVisionParser(
        chat,
        name=model,
        scheduler=other_scheduler(settings, model),
        budget=budget,
        pages_at_once=provider_of(model).at_most,
        seconds=provider_of(model).seconds or LONGEST_S,
    )


def other_chat(settings: Settings) -> ScheduledChat:
    """The chat model that PAGEWISE_CHAT names.

    Raises:
        ModelError: Its package, its key, its server or the model is missing; it says which.
    """
    made, options = _found(settings, "PAGEWISE_CHAT", settings.chat, CHAT_TIMEOUT_S)
    chat: ScheduledChat = scheduled_class(made)(**options)
    seconds = provider_of(settings.chat).seconds or CHAT_TIMEOUT_S
    chat.use_scheduler(other_scheduler(settings, settings.chat), seconds)
    return chat


def _found(
    settings: Settings, setting: str, model: str, timeout_s: float
) -> tuple[type[BaseChatModel], dict[str, Any]]:
    """The provider's class, and what to make it with."""
    _require_provider(setting, model)
    require(settings, model)
    try:
        if model.startswith("ollama:"):
            from pagewise.models.ollama import WindowedOllama, ollama_options

            return WindowedOllama, ollama_options(settings, model)
        from langchain.chat_models import init_chat_model

        options = provider_of(model).chat(settings, timeout_s)
        made: BaseChatModel = init_chat_model(model, **options)
    except ModelError:
        raise
    except Exception as error:
        raise unusable(setting, model, error) from error
    return type(made), {"model": model.partition(":")[2], **options}


def _require_provider(setting: str, model: str) -> None:
    if not all(model.partition(":")):
        raise ModelError(
            f"{setting}={model}: this is neither `local` nor a provider with its model, such as "
            "openai:MODEL, google_genai:MODEL or ollama:MODEL"
        )


def other_embeddings(settings: Settings) -> ScheduledEmbeddings:
    """The embeddings that PAGEWISE_EMBEDDINGS names."""
    from langchain.embeddings import init_embeddings

    model = settings.embeddings
    _require_provider("PAGEWISE_EMBEDDINGS", model)
    require(settings, model)
    try:
        inner: Any = init_embeddings(model, **provider_of(model).embeddings(settings))
    except Exception as error:
        raise unusable("PAGEWISE_EMBEDDINGS", model, error) from error
    return ScheduledEmbeddings(inner, model, other_scheduler(settings, model))


class ScheduledEmbeddings(Embeddings):
    """Embeddings of any provider, in the form that the model wants, through its scheduler."""

    def __init__(self, inner: Embeddings, model: str, scheduler: Scheduler) -> None:
        self.inner, self.model, self._scheduler = inner, model, scheduler
        self._form, self._seconds = form_of(model), provider_of(model).seconds or LONGEST_S

    def __repr__(self) -> str:
        return f"ScheduledEmbeddings({self.model!r})"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        formed = [self._form.of_passage(text) or " " for text in texts]
        if not formed:
            return []
        vectors = self._scheduler.call(
            lambda: self.inner.embed_documents(formed), seconds=self._seconds
        )
        if len(vectors) != len(texts) or not all(vectors):
            raise ModelError(
                f"{self.model}: {len(texts)} texts were sent and {len(vectors)} vectors came back; "
                "run it again: what was embedded is kept"
            )
        return vectors

    def embed_query(self, text: str) -> list[float]:
        formed = self._form.of_query(text)
        return self._scheduler.call(lambda: self.inner.embed_query(formed), seconds=self._seconds)


def reachable(settings: Settings, setting: str, model: str) -> str:
    """Make what the setting names, and ask its server; say what is known of it.

    Raises:
        ModelError: What is missing: the package, the key, the server, the model.
    """
    if setting == "PAGEWISE_EMBEDDINGS":
        made: Any = other_embeddings(settings).inner
    elif setting == "PAGEWISE_READER":
        made = other_reader(settings).chat
    else:
        made = other_chat(settings)
    if model.startswith("ollama:"):
        from pagewise.models.ollama import look_up

        known = look_up(settings, model)
        return f"{model}: pulled; {known.window or '?'} tokens at once"
    if models := getattr(getattr(made, "root_client", None), "models", None):
        other_scheduler(settings, model).call(models.list)
        return f"{model}: its server answers"
    return f"{model}: package and key are there; its server was not asked"


def require(settings: Settings, model: str) -> None:
    """Refuse a model whose provider wants a key, if there is none."""
    key = provider_of(model).key
    has_own_server = model.startswith("openai:") and bool(settings.openai_base_url)
    if key and not has_own_server and not settings.provider_keys.get(key):
        raise ModelError(f"{model}: no key; set {key}, or use --offline")


def unusable(setting: str, model: str, error: BaseException) -> ModelError:
    """Say what is missing: a package, or what the provider's own class misses."""
    extra = provider_of(model).extra
    if isinstance(error, ImportError):
        how = f"pip install -c constraints.txt -e '.[{extra}]'" if extra else str(error)
        return ModelError(f"{setting}={model}: its package is missing: {how}")
    told = failure_of(error).message
    return ModelError(f"{setting}={model}: {told}")
