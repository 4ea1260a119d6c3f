"""Traces as LangSmith would get them, caught on loopback from the real command."""

from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from loaders.reading.rate_limiting.prices import usd_of
from pagewise.settings import Settings
from pagewise.tracing import CONNECT_S, LAST_S, REPLY_S, ImpatientSession, client_for, priced
from prompts import load_prompt
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, failing
from tests.langsmith_sink import LangSmithSink
from tests.otlp_receiver import OtlpReceiver
from tests.traced import SECRET, run_traced

_REQUERY = "requery_tables"


def test_a_trace_reads_well_and_holds_no_key(traced_home: Path, sink: LangSmithSink) -> None:
    asked = run_traced(traced_home, sink.url, "ask", f"How many people work in Hamburg? {KEY}")
    assert asked.returncode == 0, asked.stderr
    names = [run["name"] for run in sink.runs]
    assert names[:2] == ["pagewise", "rewrite"]
    assert {"retrieve", "synthesize", "verify"} <= set(names)
    [retriever, *_] = [run for run in sink.runs if run["run_type"] == "retriever"]
    [document, *_] = retriever["outputs"]["documents"]
    assert json.dumps(document).count('"page": ') == 1
    metadata = sink.runs[0]["extra"]["metadata"]
    assert metadata["chat_model"] == "local"
    assert len(metadata["prompt_synthesize"]) == 8
    assert metadata["langgraph_version"]
    assert KEY.encode() not in sink.raw
    assert SECRET.encode() not in sink.raw


def test_offline_sends_nothing(traced_home: Path, sink: LangSmithSink) -> None:
    assert (
        run_traced(traced_home, sink.url, "--offline", "ask", "How many people work?").returncode
        == 0
    )
    assert sink.raw == b""
    assert sink.requests == []


def test_model_runs_have_tokens_and_cost_and_errors_hold_no_piece_of_a_key(
    traced_home: Path, sink: LangSmithSink, gemini: GeminiEmulator
) -> None:
    chat = {
        "PAGEWISE_CHAT": "google_genai:gemini-3.8-flash",
        "GOOGLE_API_KEY": KEY,
        "GOOGLE_GEMINI_BASE_URL": gemini.url,
        "PAGEWISE_READER": "local",
        "PAGEWISE_EMBEDDINGS": "local",
    }
    gemini.will_say("340 people work in Hamburg. [1]")
    asked = run_traced(traced_home, sink.url, "ask", "How many people work in Hamburg?", **chat)
    assert "340 people" in asked.stdout, asked.stderr
    [model] = [run for run in sink.runs if run["run_type"] == "llm"]
    assert model["name"] == CHAT
    assert _parent(model, sink)["name"] == "synthesize"
    used = model["outputs"]["usage_metadata"]
    assert (used["input_tokens"], used["output_tokens"]) == (1400, 300)
    assert used["total_cost"] == usd_of(CHAT, 1400, 300) > 0
    metadata = model["extra"]["metadata"]
    assert metadata["ls_model_name"] == CHAT
    assert metadata["prompt_synthesize"] == load_prompt("synthesize").version

    sink.parts.clear()
    gemini.will(failing(403, message=f"key {KEY[:20]}… ending in {KEY[-9:]} is refused"))
    refused = run_traced(traced_home, sink.url, "ask", "How many people work in Hamburg?", **chat)
    assert refused.returncode == 1
    [failed] = [run for run in sink.runs if run["run_type"] == "llm"]
    assert "is refused" in failed["error"]
    assert "is refused" in refused.stderr
    assert KEY[:10] not in refused.stderr
    assert KEY[-9:] not in refused.stderr
    assert KEY[:20].encode() not in sink.raw
    assert KEY[-9:].encode() not in sink.raw


def _parent(run: dict[str, Any], sink: LangSmithSink) -> dict[str, Any]:
    return sink.parts[run["parent_run_id"]]


@pytest.mark.parametrize("is_silent", [True, False])
def test_a_dead_endpoint_changes_no_answer_and_is_tried_once(
    traced_home: Path, is_silent: bool
) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if is_silent:
            listener.listen(8)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        plain = run_traced(traced_home, "", "ask", "How many people work in Hamburg?")
        traced = run_traced(traced_home, url, "ask", "How many people work in Hamburg?")
        listener.setblocking(False)
        tried = _waiting(listener) if is_silent else 0
    assert traced.stdout == plain.stdout
    assert traced.stderr.count("traces are dropped") == 1
    assert "canar" not in traced.stderr
    assert tried <= 2  # what the endpoint can do, and the traces: each thread finds out once


def test_a_reply_that_is_awaited_at_the_end_is_known_to_be_missing() -> None:
    session = ImpatientSession()
    with socket.socket() as listener, ThreadPoolExecutor() as pool:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        asked = pool.submit(session.get, f"http://127.0.0.1:{listener.getsockname()[1]}")
        with listener.accept()[0]:
            assert session.is_waiting
            with pytest.raises(requests.RequestException):
                asked.result()
    assert not session.is_waiting


def _waiting(listener: socket.socket) -> int:
    count = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            count += 1
    return count


def test_no_request_may_take_longer_than_the_end_of_a_program_can_wait() -> None:
    client = client_for(Settings(langsmith_endpoint="http://127.0.0.1:9", langsmith_api_key="x"))
    assert isinstance(client.session, ImpatientSession)
    assert client.retry_config.total == 0
    assert CONNECT_S + REPLY_S <= 2
    assert LAST_S <= 2


def test_opentelemetry_gets_the_same_runs_as_spans(traced_home: Path) -> None:
    with OtlpReceiver() as receiver:
        otel = {"LANGSMITH_TRACING_MODE": "otel", "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url}
        otel["OTEL_EXPORTER_OTLP_TIMEOUT"] = "30"
        headers = {"OTEL_EXPORTER_OTLP_HEADERS": "x-team=readers"}
        question = f"How many people work in Hamburg? {KEY}"
        asked = run_traced(traced_home, "http://127.0.0.1:9", "ask", question, **otel, **headers)
    assert asked.returncode == 0, asked.stderr
    spans = {span["name"]: span for span in receiver.spans}
    assert set(spans) >= {"pagewise", "rewrite", "retrieve", "HybridRetriever", "verify"}
    assert spans["HybridRetriever"]["parent"] in {spans["retrieve"]["id"], spans[_REQUERY]["id"]}
    attributes = spans["pagewise"]["attributes"]
    assert attributes["langsmith.metadata.chat_model"] == "local"
    assert "How many people" in attributes["gen_ai.completion"]
    assert receiver.headers["x-team"] == "readers"
    assert receiver.services == {"pagewise"}
    assert KEY.encode() not in receiver.raw


def test_tokens_get_their_price() -> None:
    used = {"input_tokens": 1_000_000, "output_tokens": 0, "total_tokens": 1_000_000}
    kwargs = {"usage_metadata": used, "response_metadata": {"model_name": "gemini-3.8-flash"}}
    outputs: dict[str, Any] = {"generations": [[{"message": {"kwargs": kwargs}}]]}
    cost = priced(outputs)["usage_metadata"]
    assert cost["total_cost"] == cost["input_cost"] > 0
    assert priced({"answer": "4"}) == {"answer": "4"}
