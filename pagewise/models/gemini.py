"""The door to Gemini: chat, page reader and embeddings from settings; nothing else imports Google.

Every call to a model goes through that model's scheduler, which alone repeats calls.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

from google import genai
from google.genai import types
from httpx import create_ssl_context
from langchain_core.embeddings import Embeddings
from langchain_google_genai import ChatGoogleGenerativeAI
from pydantic import SecretStr

from loaders.errors import ModelError
from loaders.reading.rate_limiting.budget import Budget
from loaders.reading.rate_limiting.error_classifier import Failure, failure_of
from loaders.reading.rate_limiting.model_calls import watched
from loaders.reading.rate_limiting.prices import Tier
from loaders.reading.rate_limiting.rate_limiter import Pace
from loaders.reading.rate_limiting.scheduler import RetryPolicy, Scheduler
from loaders.reading.vision.vision_parser import GeminiVisionParser
from pagewise.models.embedding_forms import Form, form_of
from pagewise.models.scheduled_chat import CHAT_TIMEOUT_S, ScheduledChat
from pagewise.secrets import redaction_for
from pagewise.settings import GEMINI, Settings

READ_TIMEOUT_S = 240.0
"""A dense page takes a minute to write down."""
FLEX_PATIENCE_S = 900.0
"""Of a call that is answered, or shed and sent again, when there is room for it."""
EMBED_TIMEOUT_S = 60.0
DIMENSIONS = 768
"""Of 3072: the model is trained so that the first ones carry nearly all of the meaning."""

ULTRA_HIGH = {"media_resolution": "MEDIA_RESOLUTION_ULTRA_HIGH"}
"""For one image: twice the tokens of the default."""

_TEXTS_A_REQUEST = 100
_SIGNS_A_REQUEST = 60_000
_BATCHES_AT_ONCE = 4
_LISTED_MODELS = 12
_THIRD = 3

_FLEX_PATIENCE = RetryPolicy(seconds=FLEX_PATIENCE_S, seconds_at_first=FLEX_PATIENCE_S)

_schedulers: dict[tuple[str, str, str, Tier, str], Scheduler] = {}

for _name in ("google_genai", "google_genai.models", "langchain_google_genai"):
    # What they warn of is an outcome here, and told as such.
    logging.getLogger(_name).setLevel(logging.ERROR)


def scheduler_for(settings: Settings, model: str, tier: Tier = "") -> Scheduler:
    """Return the one scheduler of a model and key in this process.

    Calls that may be shed have one of their own: how they fare says nothing of the others.
    """
    secret = settings.google_base_url, settings.google_api_key, model
    key = (*secret, tier, settings.database_url)
    if key not in _schedulers:
        _schedulers[key] = Scheduler(
            model,
            pace=_shared_pace(settings.database_url, *secret, tier),
            advise=partial(_advice, settings, model),
            hide=redaction_for(settings).text,
            patience=_FLEX_PATIENCE if tier == "flex" else None,
        )
    return _schedulers[key]


def _shared_pace(database_url: str, *secret: str) -> Pace | None:
    """With a database, the limits of a key are those of all processes together."""
    if not database_url:
        return None
    from loaders.reading.rate_limiting.shared_pace import SharedPace
    from loaders.storing.truth.quota_table import QuotaTable

    return SharedPace(QuotaTable(database_url, *secret).turn)


def gemini_reader(
    settings: Settings, *, budget: Budget | None = None, scheduler: Scheduler | None = None
) -> GeminiVisionParser:
    """The page reader that PAGEWISE_READER names."""
    model, tier = settings.reader.removeprefix(GEMINI), settings.gemini_tier
    timeout_s = FLEX_PATIENCE_S if tier == "flex" else READ_TIMEOUT_S
    return GeminiVisionParser(
        plain_chat(settings, model, timeout_s),
        name=model,
        scheduler=scheduler or scheduler_for(settings, model, tier),
        budget=budget,
        sharper=ULTRA_HIGH if is_of_third_generation(model) else None,
        seconds=timeout_s,
        tier=tier,
    )


class GeminiChat(ScheduledChat, ChatGoogleGenerativeAI):
    """Gemini, through its scheduler."""


def gemini_chat(settings: Settings) -> GeminiChat:
    """The chat model that PAGEWISE_CHAT names."""
    model = settings.chat.removeprefix(GEMINI)
    chat = GeminiChat(**_options(settings, model, CHAT_TIMEOUT_S), name=model)  # as traces say
    chat.use_scheduler(scheduler_for(settings, model), CHAT_TIMEOUT_S)
    return chat


def gemini_embeddings(settings: Settings) -> GeminiEmbeddings:
    """The embeddings that PAGEWISE_EMBEDDINGS names."""
    model = settings.embeddings.removeprefix(GEMINI)
    client = client_for(settings, EMBED_TIMEOUT_S)
    return GeminiEmbeddings(client, model, scheduler_for(settings, model))


def plain_chat(settings: Settings, model: str, timeout_s: float) -> ChatGoogleGenerativeAI:
    """A chat model that neither waits nor repeats: its caller schedules."""
    return ChatGoogleGenerativeAI(**_options(settings, model, timeout_s))


def usable_models(settings: Settings) -> list[str]:
    """Ask which models the key can use; ModelError says why if it cannot be asked."""
    try:
        with client_for(settings, 20.0) as client:
            found = [model.name or "" for model in client.models.list()]
    except Exception as error:
        failure = failure_of(error, redaction_for(settings).text)
        advice = _key_advice(failure)
        raise ModelError(f"Gemini: {failure.kind.value} ({failure.message}); {advice}") from error
    return sorted(name.removeprefix("models/") for name in found)


class GeminiEmbeddings(Embeddings):
    """Gemini's embeddings with a timeout, in batches, through the scheduler."""

    def __init__(self, client: genai.Client, model: str, scheduler: Scheduler) -> None:
        self._client, self.model, self._scheduler = client, model, scheduler
        self._form = form_of(model)
        self._has_form = self._form != Form()  # the task stands in the text, not in a field

    def __repr__(self) -> str:
        return f"GeminiEmbeddings({self.model!r})"

    def use_scheduler(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def close(self) -> None:
        self._client.close()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        formed = [self._form.of_passage(text) for text in texts]
        with ThreadPoolExecutor(_BATCHES_AT_ONCE, "embedding") as pool:
            embed = partial(self._embedded, task="RETRIEVAL_DOCUMENT")
            return [vector for batch in pool.map(embed, _batches(formed)) for vector in batch]

    def embed_query(self, text: str) -> list[float]:
        return self._embedded([self._form.of_query(text)], task="RETRIEVAL_QUERY")[0]

    def _embedded(self, texts: Sequence[str], task: str) -> list[list[float]]:
        contents: list[Any] = [{"parts": [{"text": text or " "}]} for text in texts]
        config = types.EmbedContentConfig(
            task_type=None if self._has_form else task, output_dimensionality=DIMENSIONS
        )
        reply = self._scheduler.call(
            lambda: self._client.models.embed_content(
                model=self.model, contents=contents, config=config
            ),
            seconds=EMBED_TIMEOUT_S,
        )
        vectors = [list(each.values or ()) for each in reply.embeddings or ()]
        whole = sum(len(vector) == DIMENSIONS for vector in vectors)
        if not len(vectors) == len(texts) == whole:
            raise ModelError(
                f"{self.model}: {len(texts)} texts were sent and {whole} vectors of {DIMENSIONS} "
                "numbers came back; run it again: what was embedded is kept"
            )
        return vectors


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        is_full = len(batch) == _TEXTS_A_REQUEST
        if batch and (is_full or sum(map(len, batch)) + len(text) > _SIGNS_A_REQUEST):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _options(settings: Settings, model: str, timeout_s: float) -> dict[str, Any]:
    _require_key(settings, model)
    options: dict[str, Any] = {
        "model": model,
        "google_api_key": SecretStr(settings.google_api_key),
        "base_url": settings.google_base_url or None,
        "timeout": timeout_s,
        "client_args": _connecting(),
        "max_retries": 1,
    }
    if is_of_third_generation(model):
        options["thinking_level"] = "low"  # reading and quoting need no long thoughts
    return options


@cache
def _connecting() -> dict[str, Any]:
    """What all clients of this process connect with.

    Google's client would read the certificates three times for each of them: 90 ms of CPU. A call
    that nobody waits for ends with its connection, which is why replies are watched.
    """
    trusted = create_ssl_context()
    return {"event_hooks": {"response": [watched]}, "verify": trusted, "ssl": trusted}


def is_of_third_generation(model: str) -> bool:
    """Or a later one: these take a level of thinking, and an image's own resolution."""
    found = re.match(r"gemini-(?:(\d+)|.*latest$)", model)
    return found is not None and int(found[1] or _THIRD) >= _THIRD


def client_for(settings: Settings, timeout_s: float) -> genai.Client:
    """Google's own client, which neither waits nor repeats."""
    _require_key(settings, "embeddings")
    return genai.Client(
        vertexai=False,
        api_key=settings.google_api_key,
        http_options=types.HttpOptions(
            base_url=settings.google_base_url or None,
            timeout=int(timeout_s * 1000),
            client_args=_connecting(),
            async_client_args=_connecting(),
            retry_options=types.HttpRetryOptions(attempts=1),
        ),
    )


def _require_key(settings: Settings, model: str) -> None:
    if not settings.google_api_key:
        raise ModelError(
            f"{model}: no key; set GOOGLE_API_KEY (https://aistudio.google.com/apikey), "
            "or use --offline"
        )


def _advice(settings: Settings, model: str, failure: Failure) -> str:
    """Say what to do about a key or a model that is not accepted."""
    if failure.code != 404:
        return _key_advice(failure)
    names = [name for name, one in settings.named(GEMINI).items() if one == GEMINI + model]
    is_embedding = names == ["PAGEWISE_EMBEDDINGS"]
    try:
        usable = [name for name in usable_models(settings) if ("embedding" in name) == is_embedding]
    except ModelError:
        usable = []
    listed = (
        ", ".join(usable[:_LISTED_MODELS]) or "see https://ai.google.dev/gemini-api/docs/models"
    )
    return f"set {' and '.join(names) or 'the model'} to {GEMINI}… with one of: {listed}"


def _key_advice(failure: Failure) -> str:
    is_key = failure.code in {401, 403} or "API key" in failure.message
    if is_key:
        return "check GOOGLE_API_KEY (https://aistudio.google.com/apikey), or use --offline"
    return ""
