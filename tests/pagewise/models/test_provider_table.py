from __future__ import annotations

import pytest

from loaders.reading.rate_limiting.error_classifier import Failure, Kind
from pagewise.models.provider_table import PROVIDERS, advice_for, provider_of
from pagewise.settings import Settings

ABSENT, UNKNOWN = Failure(Kind.ABSENT, ""), Failure(Kind.CLOSED, "", 404)
DOOR = Failure(Kind.CLOSED, "", 401)


@pytest.mark.parametrize(
    ("model", "failure", "advice"),
    [
        ("ollama:qwen3", ABSENT, "`ollama serve`"),
        ("ollama:qwen3", UNKNOWN, "`ollama pull qwen3`"),
        ("openai:gpt", ABSENT, "OPENAI_BASE_URL"),
        ("openai:gpt", UNKNOWN, "a model that openai has"),
        ("openai:gpt", DOOR, "check OPENAI_API_KEY"),
        ("anthropic:claude", DOOR, "check ANTHROPIC_API_KEY"),
    ],
)
def test_what_to_do_is_told_by_provider(model: str, failure: Failure, advice: str) -> None:
    assert advice in advice_for(model, failure)


@pytest.mark.parametrize(
    ("model", "failure"),
    [("other:x", DOOR), ("anthropic:x", ABSENT), ("openai:x", Failure(Kind.BUSY, "", 503))],
)
def test_where_nothing_is_known_nothing_is_told(model: str, failure: Failure) -> None:
    assert advice_for(model, failure) == ""


def test_a_server_of_ones_own_needs_no_key_and_gets_the_one_there_is() -> None:
    options = PROVIDERS["openai"].chat(Settings(openai_base_url="http://127.0.0.1:1/v1"), 5.0)
    assert (options["api_key"], options["timeout"], options["max_retries"]) == ("none", 5.0, 0)
    keyed = Settings(openai_base_url="http://x", provider_keys={"OPENAI_API_KEY": "k"})
    assert PROVIDERS["openai"].chat(keyed, 5.0)["api_key"] == "k"
    assert "api_key" not in PROVIDERS["openai"].chat(Settings(), 5.0)


def test_openais_embeddings_download_no_table_of_tokens() -> None:
    assert PROVIDERS["openai"].embeddings(Settings())["check_embedding_ctx_length"] is False


def test_a_provider_that_we_know_nothing_of_has_no_extra() -> None:
    assert (provider_of("other:x").extra, provider_of("mistralai:x").extra) == ("", "mistral")
