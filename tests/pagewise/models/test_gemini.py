"""Gemini from settings: the real client, against the emulator."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from loaders.errors import LibraryError, ModelError
from loaders.pages.page import Outcome, Page
from loaders.reading.rate_limiting.prices import usd_of
from loaders.reading.rate_limiting.scheduler import CallFailed, QuotaSpent, Scheduler
from loaders.storing.databases.sqlite_database import SqliteDatabase
from pagewise.library import Library
from pagewise.models.gemini import (
    DIMENSIONS,
    FLEX_PATIENCE_S,
    GeminiChat,
    GeminiEmbeddings,
    gemini_chat,
    gemini_embeddings,
    gemini_reader,
    scheduler_for,
    usable_models,
)
from pagewise.models.providers import budget_for
from pagewise.settings import Settings
from tests.gemini_emulator import (
    BROKEN_OFF,
    CHAT,
    DROPPED,
    EMBEDDINGS,
    KEY,
    OVERLOADED,
    SHED,
    GeminiEmulator,
    Reply,
    failing,
    over_quota,
)
from tests.simulated_clock import SimulatedClock

Ask = Callable[[GeminiChat, str], str]


@pytest.fixture
def settings(gemini: GeminiEmulator) -> Settings:
    return Settings(
        reader=f"google_genai:{CHAT}",
        chat=f"google_genai:{CHAT}",
        embeddings=f"google_genai:{EMBEDDINGS}",
        google_api_key=KEY,
        google_base_url=gemini.url,
    )


@pytest.fixture
def scheduler(gemini: GeminiEmulator) -> Scheduler:
    gemini.clock = clock = SimulatedClock()
    return Scheduler(CHAT, clock=clock, pause=clock.pause)


@pytest.fixture
def chat(settings: Settings, scheduler: Scheduler) -> Iterator[GeminiChat]:
    client = gemini_chat(settings)
    client.use_scheduler(scheduler)
    yield client
    asyncio.run(client.aclose())


def invoked(chat: GeminiChat, question: str) -> str:
    return str(chat.invoke(question).text)


def streamed(chat: GeminiChat, question: str) -> str:
    return "".join(str(piece.text) for piece in chat.stream(question))


async def _ainvoked(chat: GeminiChat, question: str) -> str:
    return str((await chat.ainvoke(question)).text)


async def _astreamed(chat: GeminiChat, question: str) -> str:
    pieces: AsyncIterator[object] = chat.astream(question)
    return "".join([str(getattr(piece, "text", "")) async for piece in pieces])


def in_a_loop(ask: Callable[[GeminiChat, str], Awaitable[str]]) -> Ask:
    async def asked(chat: GeminiChat, question: str) -> str:
        try:
            return await ask(chat, question)
        finally:
            await chat.aclose()

    return lambda chat, question: asyncio.run(asked(chat, question))


WAYS = [
    pytest.param(invoked, id="invoke"),
    pytest.param(streamed, id="stream"),
    pytest.param(in_a_loop(_ainvoked), id="ainvoke"),
    pytest.param(in_a_loop(_astreamed), id="astream"),
]


# google-genai derives a class from aiohttp's session, which aiohttp advises against.
@pytest.mark.filterwarnings("ignore:Inheritance class AiohttpClientSession:DeprecationWarning")
@pytest.mark.parametrize("ask", WAYS)
def test_a_question_is_answered(chat: GeminiChat, gemini: GeminiEmulator, ask: Ask) -> None:
    gemini.will_say("Forty-two, says the report.")
    assert ask(chat, "How many?") == "Forty-two, says the report."


@pytest.mark.parametrize("fault", [OVERLOADED, DROPPED], ids=["503", "dropped"])
@pytest.mark.parametrize("ask", WAYS[:2])
def test_a_fault_that_passes_is_not_seen(
    chat: GeminiChat, gemini: GeminiEmulator, ask: Ask, fault: Reply
) -> None:
    gemini.will(fault, fault, Reply("Well."))
    assert ask(chat, "How many?") == "Well."


@pytest.mark.parametrize("ask", WAYS[:2])
def test_a_quota_is_waited_for(chat: GeminiChat, gemini: GeminiEmulator, ask: Ask) -> None:
    gemini.will(over_quota(53), Reply("Well."))
    assert ask(chat, "How many?") == "Well."
    first, second = gemini.generations
    assert second.at - first.at >= 53


@pytest.mark.parametrize("ask", WAYS[:2])
def test_a_spent_day_is_said(chat: GeminiChat, gemini: GeminiEmulator, ask: Ask) -> None:
    gemini.will(over_quota(9000, per_day=True))
    with pytest.raises(QuotaSpent, match="comes back at"):
        ask(chat, "How many?")


@pytest.mark.parametrize("reply", [BROKEN_OFF, Reply(error_inside=503)], ids=["broken", "503"])
def test_a_stream_that_breaks_is_an_error_and_no_answer(
    chat: GeminiChat, gemini: GeminiEmulator, reply: Reply
) -> None:
    gemini.will(reply)
    with pytest.raises(CallFailed):
        streamed(chat, "How many?")


def test_chat_and_reader_of_one_model_share_a_scheduler(settings: Settings) -> None:
    reader = gemini_reader(settings)
    assert reader.scheduler is scheduler_for(settings, CHAT)
    assert scheduler_for(settings, EMBEDDINGS) is not reader.scheduler


def test_a_retired_model_names_setting_and_choices(
    settings: Settings, gemini: GeminiEmulator
) -> None:
    retired = replace(settings, reader="google_genai:gemini-2.0-flash", chat="local")
    with pytest.raises(CallFailed) as caught:
        gemini_reader(retired).read(Page(0, image=b"image"))
    message = str(caught.value)
    assert "gemini-2.0-flash" in message
    assert "set PAGEWISE_READER to google_genai:" in message
    assert "gemini-3.1-flash-lite" in message
    assert EMBEDDINGS not in message


def test_a_bad_key_says_so(settings: Settings) -> None:
    wrong = replace(settings, google_api_key="canary-wrong")
    with pytest.raises(CallFailed, match="check GOOGLE_API_KEY") as caught:
        gemini_reader(wrong).read(Page(0, image=b"image"))
    assert "canary" not in str(caught.value)
    with pytest.raises(ModelError, match="check GOOGLE_API_KEY"):
        usable_models(wrong)


@pytest.mark.parametrize("make", [gemini_chat, gemini_reader, gemini_embeddings])
def test_without_a_key_nothing_is_made(
    settings: Settings, make: Callable[[Settings], object]
) -> None:
    with pytest.raises(ModelError, match="set GOOGLE_API_KEY"):
        make(replace(settings, google_api_key=""))


def test_a_budget_needs_a_known_price(settings: Settings) -> None:
    with pytest.raises(ModelError, match="price unknown"):
        budget_for(replace(settings, reader="google_genai:gemini-99"), 1.0)
    with pytest.raises(ModelError, match="gemini-embedding-99: price unknown"):
        budget_for(replace(settings, embeddings="google_genai:gemini-embedding-99"), 1.0)


@pytest.fixture
def embeddings(settings: Settings, scheduler: Scheduler) -> Iterator[GeminiEmbeddings]:
    made = gemini_embeddings(settings)
    made.use_scheduler(scheduler)
    yield made
    made.close()


def test_texts_become_vectors_in_order(
    embeddings: GeminiEmbeddings, gemini: GeminiEmulator
) -> None:
    texts = [f"text number {number}" for number in range(230)]
    vectors = embeddings.embed_documents(texts)
    assert [len(vector) for vector in vectors] == [DIMENSIONS] * 230
    assert vectors[7] == embeddings.embed_documents([texts[7]])[0]
    sizes = sorted(len(request.body["requests"]) for request in gemini.requests)
    assert sizes == [1, 30, 100, 100]


def sent(gemini: GeminiEmulator) -> list[tuple[str, str]]:
    """What the model reads of each text, and the field for the task."""
    asked = [request.body["requests"][0] for request in gemini.requests]
    return [(one["content"]["parts"][0]["text"], one.get("taskType", "")) for one in asked]


def test_questions_and_documents_are_told_apart_in_what_the_model_reads(
    embeddings: GeminiEmbeddings, gemini: GeminiEmulator
) -> None:
    embeddings.embed_documents(["a text"])
    embeddings.embed_query("a question")
    assert sent(gemini) == [
        ("title: none | text: a text", ""),
        ("task: search result | query: a question", ""),
    ]


def test_an_older_model_is_told_in_the_field_that_it_has(
    settings: Settings, gemini: GeminiEmulator
) -> None:
    older = gemini_embeddings(replace(settings, embeddings="google_genai:gemini-embedding-001"))
    older.embed_documents(["a text"])
    older.embed_query("a question")
    older.close()
    assert sent(gemini) == [
        ("a text", "RETRIEVAL_DOCUMENT"),
        ("a question", "RETRIEVAL_QUERY"),
    ]


def test_a_library_of_the_older_form_is_another_embedding_and_says_reindex(
    settings: Settings, gemini: GeminiEmulator, small_pdf: Path, tmp_path: Path
) -> None:
    mixed = replace(settings, home=tmp_path, reader="local", chat="local")
    with Library(mixed) as library:
        library.index([str(small_pdf)])
        name = f"google_genai:{EMBEDDINGS}"
        assert library.store.nearest("employees", 1)
    with closing(SqliteDatabase(tmp_path / "library.sqlite")) as database:
        assert database.meta("embedding_model").startswith(f"{name}#")
        database.set_meta("embedding_model", name)  # as earlier versions remembered it
    with Library(mixed) as library:
        with pytest.raises(LibraryError, match=f"with {name} in an older form; run `reindex`"):
            library.ask("How many employees are there?")
        library.reindex()
        assert library.store.nearest("employees", 1)


@pytest.mark.parametrize(
    ("model", "thinks"),
    [
        ("gemini-3.8-flash", True),
        ("gemini-3.1-flash-lite", True),
        ("gemini-4-argon", True),
        ("gemini-12-nova", True),
        ("gemini-flash-latest", True),
        ("gemini-2.5-flash", False),
        ("gemma-4-27b-it", False),
    ],
)
def test_every_family_that_takes_a_thinking_level_is_told_one(
    settings: Settings, gemini: GeminiEmulator, model: str, thinks: bool
) -> None:
    gemini.models = (*gemini.models, model)
    gemini.will_say("Well.")
    gemini_chat(replace(settings, chat=f"google_genai:{model}")).invoke("How many?")
    [request] = gemini.generations
    thinking = request.body.get("generationConfig", {}).get("thinkingConfig", {})
    assert ("LOW" in thinking.values()) == thinks


@pytest.mark.parametrize(
    "fault", [OVERLOADED, DROPPED, over_quota(20)], ids=["503", "dropped", "429"]
)
def test_embedding_is_repeated_too(
    embeddings: GeminiEmbeddings, gemini: GeminiEmulator, fault: Reply
) -> None:
    gemini.scripted_embeddings.extend([fault, Reply()])
    assert len(embeddings.embed_query("a question")) == DIMENSIONS


def test_no_text_no_call(embeddings: GeminiEmbeddings, gemini: GeminiEmulator) -> None:
    assert embeddings.embed_documents([]) == []
    assert not gemini.requests


def test_usable_models_are_listed(settings: Settings) -> None:
    assert CHAT in usable_models(settings)


def test_the_key_stands_nowhere(
    settings: Settings,
    chat: GeminiChat,
    embeddings: GeminiEmbeddings,
    gemini: GeminiEmulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    told = [repr(chat), str(chat), repr(embeddings), repr(gemini_reader(settings)), repr(settings)]
    for reply in (failing(400, message=f"key {KEY}"), failing(403, message=KEY)):
        gemini.will(reply)
        with pytest.raises(CallFailed) as caught:
            chat.invoke("How many?")
        told.append(str(caught.value))
    gemini.will(Reply(no_candidates=True))
    chat.invoke("How many?")
    assert KEY not in "".join([*told, caplog.text])


QUOTING = f"the key {KEY} ({KEY[:10]}…) is refused"


@pytest.mark.parametrize("reply", [failing(400, message=QUOTING), failing(403, message=QUOTING)])
def test_an_error_that_quotes_the_key_shows_no_piece_of_it(
    gemini: GeminiEmulator, settings: Settings, reply: Reply
) -> None:
    scheduled = gemini_chat(settings)  # through the scheduler that is made from settings
    gemini.will(reply, reply)
    for ask in (invoked, streamed):
        with pytest.raises(CallFailed, match="is refused") as caught:
            ask(scheduled, "How many?")
        assert not any(KEY[at : at + 8] in str(caught.value) for at in range(len(KEY) - 7))


def test_flex_is_asked_for_by_call_and_costs_half(
    settings: Settings, scheduler: Scheduler, gemini: GeminiEmulator
) -> None:
    flex = replace(settings, gemini_tier="flex")
    reading = gemini_reader(flex, scheduler=scheduler).read(Page(0, image=b"image"))
    assert reading.usage.usd == usd_of(CHAT, 1400, 300) / 2
    gemini_chat(flex).invoke("How much?")
    with closing(gemini_embeddings(flex)) as embeddings:
        embeddings.embed_query("revenue")
    assert [request.tier for request in gemini.requests] == ["flex", "", ""]


@pytest.mark.parametrize("code", [503, 429])
def test_what_flex_sheds_is_sent_again_for_a_quarter_of_an_hour(
    code: int, settings: Settings, gemini: GeminiEmulator
) -> None:
    gemini.clock = clock = SimulatedClock()
    flex = replace(settings, gemini_tier="flex")
    patience = scheduler_for(flex, CHAT, "flex").patience
    waiting = Scheduler(CHAT, clock=clock, pause=clock.pause, patience=patience)
    gemini.scripted_for_flex.extend([replace(SHED, code=code)] * 15)
    reader = gemini_reader(flex, scheduler=waiting)
    assert reader.read(Page(0, image=b"image")).outcome is Outcome.OK
    gaps = [later.at - one.at for one, later in pairwise(gemini.requests)]
    assert len(gaps) == 15
    assert min(gaps) > 0

    gemini.otherwise = lambda request: replace(SHED, code=code)
    reader.scheduler = Scheduler(CHAT, clock=clock, pause=clock.pause, patience=patience)
    started = clock.now
    assert reader.read(Page(0, image=b"image")).outcome is Outcome.FAILED
    assert FLEX_PATIENCE_S <= clock.now - started < 2 * FLEX_PATIENCE_S


def test_calls_that_may_be_shed_slow_no_others_down(settings: Settings) -> None:
    flex = replace(settings, gemini_tier="flex")
    assert gemini_reader(flex).scheduler is not scheduler_for(flex, CHAT)
    assert gemini_reader(flex).seconds == FLEX_PATIENCE_S
    assert gemini_chat(flex).timeout != FLEX_PATIENCE_S
    assert vars(gemini_reader(flex).chat)["timeout"] == FLEX_PATIENCE_S


def test_certificates_are_read_once_for_all_clients(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    gemini_reader(settings)
    read: list[object] = []
    load = ssl.SSLContext.load_verify_locations

    def counted(*where: Any) -> None:
        read.append(where)
        load(*where)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", counted)
    gemini_reader(settings)
    gemini_chat(settings)
    gemini_embeddings(settings)
    assert read == []
