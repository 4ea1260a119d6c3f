"""Ollama: windows, thoughts, and models that are not there, by the real client on loopback."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loaders.errors import ModelError
from loaders.pages.page import Outcome, Page
from loaders.reading.rate_limiting.scheduler import CallFailed
from pagewise.models.model_clients import other_chat, other_reader
from pagewise.settings import Settings
from tests.loaders.reading.vision.test_vision_parser import image
from tests.pagewise.models.conftest import PAGE, QUESTION, writer_for
from tests.passages import PROSE, evidence
from tests.provider_emulators import (
    GEMMA,
    QWEN,
    VISION,
    Answer,
    ProviderEmulator,
)


def test_a_model_that_is_not_pulled_is_said(ollama: Settings) -> None:
    with pytest.raises(CallFailed, match="fetch it with `ollama pull llama9:1b`"):
        other_chat(replace(ollama, chat="ollama:llama9:1b"))


# --- Ollama's window


def window_of(server: ProviderEmulator) -> int:
    return int(server.chats[-1].body["options"]["num_ctx"])


def test_the_window_is_opened_as_far_as_the_prompt_needs(
    ollama: Settings, server: ProviderEmulator
) -> None:
    chat = other_chat(ollama)
    chat.invoke("How many?")
    small = window_of(server)
    long = "The value of this line is 4711.\n" * 500
    chat.invoke(f"First of all.\n{long}How many?")
    assert server.chats[-1].seen.startswith("First of all.")
    assert window_of(server) > small
    chat.invoke("How many?")  # smaller again: the model would be loaded anew
    assert window_of(server) > small


def test_the_window_is_never_larger_than_the_model_s(
    ollama: Settings, server: ProviderEmulator
) -> None:
    chat = other_chat(replace(ollama, chat=f"ollama:{GEMMA}"))
    chat.invoke("word " * 4000)
    assert window_of(server) == 8192
    with pytest.raises(ModelError, match=r"^ollama:gemma3:4b: the prompt .* the window has 8192"):
        chat.invoke("word " * 9000)


@pytest.mark.parametrize(
    "answer",
    [
        Answer("At most 32,768 tokens. [1]", thinking="maybe 99"),
        Answer("<think>maybe 99</think>At most 32,768 tokens. [1]"),
    ],
    ids=["apart", "in the text"],
)
def test_thoughts_are_no_answer(ollama: Settings, server: ProviderEmulator, answer: Answer) -> None:
    server.will(answer)
    writer = writer_for(ollama)
    assert writer.write(evidence(QUESTION, PROSE)).text == "At most 32,768 tokens. [1]"


def test_a_model_that_thinks_is_told_not_to(ollama: Settings, server: ProviderEmulator) -> None:
    other_chat(replace(ollama, chat=f"ollama:{VISION}")).invoke("How many?")
    assert server.chats[-1].body["think"] is False


# --- readers and embeddings


def test_a_vision_model_reads_pages(ollama: Settings, server: ProviderEmulator) -> None:
    server.will(Answer(f"<think>A page.</think>{PAGE}"))
    reading = other_reader(replace(ollama, reader=f"ollama:{VISION}")).read(Page(0, image=image()))
    assert (reading.outcome, reading.markup) == (Outcome.OK, PAGE)
    assert (reading.reader, reading.usage.usd) == (f"ollama:{VISION}", 0.0)
    [asked] = server.chats
    assert asked.body["messages"][0]["images"]
    assert asked.body["options"]["num_ctx"] >= 4096


def test_a_model_that_sees_nothing_reads_no_pages(ollama: Settings) -> None:
    with pytest.raises(ModelError, match="it takes no images"):
        other_reader(replace(ollama, reader=f"ollama:{QWEN}"))
