"""OpenAI and Ollama from settings: the real clients, against their emulators."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.documents import Document

from graph.build import build_graph
from loaders.errors import ModelError
from loaders.pages.page import Outcome, Page
from loaders.reading.rate_limiting.scheduler import CallFailed, Scheduler
from pagewise.models import model_clients
from pagewise.models.model_clients import other_chat, other_embeddings, other_reader
from pagewise.settings import Settings, load_settings
from tests.loaders.reading.vision.test_vision_parser import image
from tests.pagewise.models.conftest import BOTH, PAGE, QUESTION, writer_for
from tests.passages import MODELS, PROSE, WordRetriever, chunk, evidence
from tests.provider_emulators import (
    EMBED,
    GEMMA,
    OPENAI_KEY,
    QWEN,
    Answer,
    ProviderEmulator,
)
from tests.simulated_clock import SimulatedClock

Ask = Callable[[Any, str], str]


@pytest.fixture(autouse=True)
def simulated_waits(monkeypatch: pytest.MonkeyPatch) -> SimulatedClock:
    """Schedulers wait by a clock that is moved; each test has its own."""
    clock = SimulatedClock()

    def made(model: str, **options: Any) -> Scheduler:
        return Scheduler(model, clock=clock, pause=clock.pause, **options)

    monkeypatch.setattr(model_clients, "Scheduler", made)
    monkeypatch.setattr(model_clients, "_schedulers", {})
    return clock


def invoked(chat: Any, question: str) -> str:
    return str(chat.invoke(question).text)


def streamed(chat: Any, question: str) -> str:
    return "".join(str(piece.text) for piece in chat.stream(question))


WAYS = [pytest.param(invoked, id="invoke"), pytest.param(streamed, id="stream")]


@pytest.mark.parametrize("ask", WAYS)
def test_a_question_is_answered(settings: Settings, server: ProviderEmulator, ask: Ask) -> None:
    server.will(Answer("Forty-two, says the report."))
    assert ask(other_chat(settings), "How many?") == "Forty-two, says the report."


@pytest.mark.parametrize("ask", WAYS)
@pytest.mark.parametrize(
    "fault",
    [Answer(code=503), Answer(code=500), Answer(is_dropped=True)],
    ids=["503", "500", "dropped"],
)
def test_a_fault_that_passes_is_not_seen(
    settings: Settings, server: ProviderEmulator, ask: Ask, fault: Answer
) -> None:
    server.will(fault, fault, Answer("Well."))
    assert ask(other_chat(settings), "How many?") == "Well."


def test_a_wait_that_a_header_asks_for_is_kept(
    openai: Settings, server: ProviderEmulator, simulated_waits: SimulatedClock
) -> None:
    server.will(Answer(code=429, headers=(("Retry-After", "37"),)), Answer("Well."))
    before = simulated_waits.now
    assert invoked(other_chat(openai), "How many?") == "Well."
    assert 37 <= simulated_waits.now - before < 40


ERRORS: dict[str, list[tuple[Answer, str]]] = {
    "openai": [
        (Answer(code=401, message="Incorrect API key", reason="invalid_api_key"), "check OPENAI_"),
        (Answer(code=404, message="no such model"), "choose a model that openai has"),
        (Answer(code=400, message="the schema is wrong"), "the request was refused (the schema"),
        (Answer(code=429, message="pay", reason="insufficient_quota"), "the account has no credit"),
    ],
    "ollama": [
        (Answer(code=404, message="model 'qwen3:8b' not found"), "`ollama pull qwen3:8b`"),
        (Answer(code=400, message="does not support tools"), "refused (does not support tools"),
        (Answer(code=401, message="unauthorized"), "the key or the model is not accepted"),
    ],
}


@pytest.mark.parametrize("ask", WAYS)
@pytest.mark.parametrize(
    ("provider", "fault", "told"),
    [(provider, *case) for provider, cases in ERRORS.items() for case in cases],
)
def test_an_error_is_one_line_that_says_what_to_do(
    request: pytest.FixtureRequest,
    server: ProviderEmulator,
    provider: str,
    fault: Answer,
    told: str,
    ask: Ask,
) -> None:
    settings: Settings = request.getfixturevalue(provider)
    server.will(replace(fault, message=f"{fault.message} {OPENAI_KEY}"))
    with pytest.raises(CallFailed) as caught:
        ask(other_chat(settings), "How many?")
    line = str(caught.value)
    assert line.startswith(f"{settings.chat}: ")
    assert told in line.replace(f" {'(key)'}", "")
    assert "\n" not in line
    assert OPENAI_KEY[:12] not in line


def test_a_server_that_is_down_is_said_at_once(
    ollama: Settings, openai: Settings, server: ProviderEmulator
) -> None:
    nobody = "http://127.0.0.1:9"
    with pytest.raises(CallFailed, match="start it with `ollama serve`"):
        other_chat(replace(ollama, ollama_host=nobody))
    with pytest.raises(CallFailed, match=r"nothing answers at its address.*OPENAI_BASE_URL"):
        other_chat(replace(openai, openai_base_url=f"{nobody}/v1")).invoke("How many?")
    assert server.requests == []


def test_a_key_that_is_missing_is_said(openai: Settings) -> None:
    bare = replace(openai, openai_base_url="", provider_keys={})
    with pytest.raises(ModelError, match="openai:gpt-5-mini: no key; set OPENAI_API_KEY"):
        other_chat(bare)
    with pytest.raises(ModelError, match="no key; set OPENAI_API_KEY"):
        other_embeddings(bare)
    with pytest.raises(ModelError, match="no key; set ANTHROPIC_API_KEY"):
        other_chat(replace(bare, chat="anthropic:claude-sonnet-5-5"))


@pytest.mark.parametrize("model", ["foo", "openai:"])
@pytest.mark.parametrize("make", [other_chat, other_embeddings, other_reader])
def test_a_model_without_its_provider_is_refused(
    openai: Settings, make: Callable[[Settings], object], model: str
) -> None:
    wrong = replace(openai, chat=model, embeddings=model, reader=model)
    with pytest.raises(ModelError, match=f"={model}: this is neither `local` nor a provider"):
        make(wrong)


def test_a_server_of_ones_own_needs_no_key(openai: Settings, server: ProviderEmulator) -> None:
    assert invoked(other_chat(replace(openai, provider_keys={})), "How many?") == "Well."


def test_a_package_that_is_missing_is_said(openai: Settings) -> None:
    """These two extras are not among those that tests are installed with."""
    keys = {"ANTHROPIC_API_KEY": OPENAI_KEY, "MISTRAL_API_KEY": OPENAI_KEY}
    bare = replace(openai, provider_keys=keys)
    with pytest.raises(ModelError, match=r"its package is missing: pip .*'\.\[anthropic\]'"):
        other_chat(replace(bare, chat="anthropic:claude-sonnet-5-5"))
    with pytest.raises(ModelError, match=r"PAGEWISE_EMBEDDINGS=.*'\.\[mistral\]'"):
        other_embeddings(replace(bare, embeddings="mistralai:mistral-embed"))
    with pytest.raises(ModelError, match="PAGEWISE_CHAT=nobody:model"):
        other_chat(replace(bare, chat="nobody:model"))


def big(number: int) -> str:
    rows = "".join(f"<tr><td>Site {number}.{n}</td><td>{n}.5</td></tr>" for n in range(60))
    return (
        f"Table {number}: Orion sites\n<table><thead><tr><th>Site</th><th>Area</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def test_sources_are_packed_to_the_window_and_what_is_left_out_is_told(
    ollama: Settings, server: ProviderEmulator
) -> None:
    small = replace(ollama, chat=f"ollama:{GEMMA}")
    server.will(Answer(json.dumps({"answer": "Site 1.7 has 7.5. [1]", "calculations": []})))
    writer = writer_for(small)
    draft = writer.write(evidence("What area does site 1.7 have?", *map(big, range(1, 7))))
    prompt = server.chats[-1].prompt
    shown = [number for number in range(1, 7) if f'<source number="{number}"' in prompt]
    assert 1 in shown
    assert draft.left_out
    assert not {*shown} & {*draft.left_out}
    assert server.chats[-1].seen == prompt


def test_a_source_that_is_larger_than_the_window_is_shortened_and_told(
    ollama: Settings, server: ProviderEmulator
) -> None:
    server.models[GEMMA].window = 4096
    server.will(Answer(json.dumps({"answer": "7.5 [1]", "calculations": []})))
    rows = "\n".join(f"The area of site {number} is {number}.5." for number in range(600))
    writer = writer_for(replace(ollama, chat=f"ollama:{GEMMA}"))
    draft = writer.write(evidence("What area does site 7 have?", rows))
    prompt = server.chats[-1].prompt
    assert "The area of site 7 is 7.5." in prompt
    assert "The area of site 599" not in prompt
    assert "text left out" in prompt
    assert draft.left_out == (1,)
    assert server.chats[-1].seen == prompt


def test_an_answer_tells_what_the_model_was_not_shown(
    ollama: Settings, server: ProviderEmulator
) -> None:
    told = json.dumps({"answer": "The area of site 1.7 is 7.5. [1]", "calculations": []})
    server.otherwise = Answer(told)
    library = [chunk(big(number), page=number) for number in range(1, 7)]

    def fetch(ids: Sequence[str]) -> list[Document]:
        return [one for one in library if one.metadata["chunk_id"] in ids]

    writer = writer_for(replace(ollama, chat=f"ollama:{GEMMA}"))
    graph = build_graph(WordRetriever(chunks=library), fetch, writer)
    answer = graph.invoke({"question": "What is the area of site 1.7?"})["answer"]
    assert "not shown to the model, whose window is too small: page" in answer["answer"]


def test_a_summary_is_made_in_parts_that_fit_the_window(
    ollama: Settings, server: ProviderEmulator
) -> None:
    server.otherwise = Answer("- Sites and their areas. [1]")
    writer = writer_for(replace(ollama, chat=f"ollama:{GEMMA}"))
    writer.summarize(evidence("What is it about?", *map(big, range(1, 7))))
    assert len(server.chats) > 1
    assert all(asked.seen == asked.prompt for asked in server.chats)
    told = "".join(asked.prompt for asked in server.chats)
    assert all(f'<source number="{number}"' in told for number in range(1, 7))


def test_a_window_of_any_provider_is_kept(openai: Settings, server: ProviderEmulator) -> None:
    writer = writer_for(replace(openai, chat_window=6000))
    draft = writer.write(evidence("What area does site 1.7 have?", *map(big, range(1, 7))))
    assert draft.left_out
    with pytest.raises(ModelError, match="window of 1500 tokens is too small"):
        writer_for(replace(openai, chat_window=1500)).write(evidence(QUESTION, PROSE))


# --- what small models are given, and give back


def test_a_model_without_tools_fills_in_the_provider_s_schema(
    ollama: Settings, server: ProviderEmulator
) -> None:
    server.will(Answer(json.dumps({"answer": "At most 32,768 tokens. [2]", "calculations": []})))
    writer = writer_for(replace(ollama, chat=f"ollama:{GEMMA}"))
    draft = writer.write(evidence(QUESTION, MODELS, PROSE))
    assert draft.text == "At most 32,768 tokens. [2]"
    [asked] = server.chats
    assert not asked.body.get("tools")
    assert "calculations" in asked.body["format"]["properties"]


@pytest.mark.parametrize("provider", BOTH)
def test_a_model_with_tools_calls_ours(
    request: pytest.FixtureRequest, server: ProviderEmulator, provider: str
) -> None:
    cells = [
        {"name": "a", "source": 1, "row": "QuizBench (EM)", "column": "V3", "value": "88.5"},
        {"name": "b", "source": 1, "row": "QuizBench (EM)", "column": "L-7B", "value": "61.2"},
    ]
    server.will(
        Answer("", calls=({"formula": "a - b", "operands": cells},), finish="tool_calls"),
        Answer("V3 scores 27.3 more. [1]"),
    )
    settings: Settings = request.getfixturevalue(provider)
    writer = writer_for(settings)
    draft = writer.write(evidence("How much better is V3 than L-7B on QuizBench?", MODELS))
    assert [one.result for one in draft.computed] == ["27.3"]
    assert draft.text == "V3 scores 27.3 more. [1]"


def test_a_small_model_reads_tables_cell_by_cell(
    ollama: Settings, server: ProviderEmulator
) -> None:
    writer = writer_for(ollama)
    writer.write(evidence(QUESTION, MODELS))
    prompt = server.chats[-1].prompt
    assert re.search(r"QuizBench \(EM\) › [^\n]*L-7B = 61\.2", prompt)
    assert "`row › column = value`" in prompt
    assert "| 61.2 |" not in prompt


def test_an_answer_that_was_cut_is_none(ollama: Settings, server: ProviderEmulator) -> None:
    server.will(*[Answer("At most", finish="length")] * 2)
    writer = writer_for(ollama)
    with pytest.raises(ModelError, match="cut off"):
        writer.write(evidence(QUESTION, PROSE))


# --- readers and embeddings


def test_openai_reads_pages_too(openai: Settings, server: ProviderEmulator) -> None:
    server.will(Answer(code=503), Answer(PAGE))
    reader = other_reader(replace(openai, reader="openai:gpt-5-mini"))
    assert reader.read(Page(0, image=image())).outcome is Outcome.OK
    part = server.chats[-1].body["messages"][0]["content"][0]
    assert part["type"] == "image_url"


def test_embeddings_are_made_in_the_form_that_the_model_wants(
    ollama: Settings, server: ProviderEmulator
) -> None:
    embeddings = other_embeddings(replace(ollama, embeddings=f"ollama:{EMBED}"))
    server.will(Answer(code=503), Answer())
    assert len(embeddings.embed_documents(["a text", "another"])) == 2
    assert len(embeddings.embed_query("a question")) == 64
    inputs = [one.body["input"] for one in server.requests]
    assert inputs[1] == ["search_document: a text", "search_document: another"]
    assert inputs[2] in ("search_query: a question", ["search_query: a question"])


def test_openai_s_embeddings_are_sent_as_text(openai: Settings, server: ProviderEmulator) -> None:
    embeddings = other_embeddings(openai)
    assert len(embeddings.embed_documents(["a text"])) == 1
    assert server.requests[0].body["input"] == ["a text"]
    server.will(Answer(code=401, message=f"bad {OPENAI_KEY}"))
    with pytest.raises(CallFailed, match="check OPENAI_API_KEY") as caught:
        embeddings.embed_query("a question")
    assert OPENAI_KEY[:12] not in str(caught.value)


def test_the_environment_names_servers_and_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PAGEWISE_CHAT": f"ollama:{QWEN}",
        "OLLAMA_HOST": "http://127.0.0.1:11434",
        "OPENAI_API_KEY": OPENAI_KEY,
        "PAGEWISE_CHAT_WINDOW": "16000",
    }.items():
        monkeypatch.setenv(name, value)
    found = load_settings()
    assert (found.chat_window, found.ollama_host) == (16000, "http://127.0.0.1:11434")
    assert found.provider_keys["OPENAI_API_KEY"] == OPENAI_KEY
    assert OPENAI_KEY not in repr(found)
