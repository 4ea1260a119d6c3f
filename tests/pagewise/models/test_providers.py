from __future__ import annotations

from math import inf, nan

import pytest

from graph.offline.keyless_writer import KeylessWriter
from loaders.errors import ModelError, UsageError
from loaders.reading.reader import EmbeddedReader
from pagewise.models import providers
from pagewise.models.local_embeddings import LocalEmbeddings
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT

KEYLESS = Settings(offline=True)
GEMINI = f"google_genai:{CHAT}"


def test_without_a_key_nothing_needs_a_network() -> None:
    embeddings = providers.load_embeddings(KEYLESS)
    assert isinstance(embeddings, LocalEmbeddings)
    assert isinstance(providers.load_reader(KEYLESS), EmbeddedReader)
    writer = providers.load_writer(KEYLESS, embeddings, lambda *_: [])  # type: ignore[arg-type]
    assert isinstance(writer, KeylessWriter)
    assert providers.load_reranker(KEYLESS) is None


def test_a_model_is_the_one_that_the_settings_name() -> None:
    chat = providers.load_chat(Settings(chat=GEMINI, google_api_key="a-key-of-a-test"))
    assert str(getattr(chat, "model", "")).endswith(CHAT)


def test_answers_name_the_models_at_work() -> None:
    assert KEYLESS.models == {"reader": "local", "chat": "local", "embeddings": "local"}


def test_a_budget_needs_known_prices() -> None:
    assert providers.budget_for(KEYLESS, 1.5).usd == 1.5
    unknown = Settings(reader="openai:nobody-knows-it")
    with pytest.raises(ModelError, match="nobody-knows-it: price unknown"):
        providers.budget_for(unknown, 1.5)
    assert providers.budget_for(unknown, None).usd == inf


@pytest.mark.parametrize("usd", [nan, -1.0])
def test_a_budget_is_a_sum_of_money(usd: float) -> None:
    with pytest.raises(UsageError, match="0 or more"):
        providers.budget_for(KEYLESS, usd)


@pytest.mark.parametrize(
    "settings", [Settings(rerank="model"), Settings(rerank="other", chat=GEMINI)]
)
def test_what_cannot_rerank_is_told(settings: Settings) -> None:
    with pytest.raises(ModelError, match="only `model` is known"):
        providers.load_reranker(settings)
