"""Traces as LangSmith would get them, caught on loopback from the real command."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.experiment import upload
from app.settings import Settings
from app.tracing import Redaction, client_for, priced
from tests.conftest import SAMPLE
from tests.gemini_emulator import KEY
from tests.langsmith_sink import LangSmithSink

ROOT = SAMPLE.parent.parent
SECRET = "canary-lsv2-not-a-real-key"


@pytest.fixture
def sink() -> Iterator[LangSmithSink]:
    with LangSmithSink() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, small_pdf: Path) -> Path:
    home = tmp_path_factory.mktemp("traced") / "home"
    assert _run(home, "", "index", str(small_pdf)).returncode == 0
    return home


def _run(home: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    traced = {"LANGSMITH_TRACING": "true", "LANGSMITH_ENDPOINT": url, "LANGSMITH_API_KEY": SECRET}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--home", str(home), *words],
        env={**os.environ, "PAGEWISE_SERVER_KEY": KEY, **(traced if url else {})},  # noqa: TID251
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        check=False,
    )


def test_a_trace_reads_well_and_holds_no_key(home: Path, sink: LangSmithSink) -> None:
    asked = _run(home, sink.url, "ask", f"How many people work in Hamburg? {KEY}")
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


def test_offline_sends_nothing(home: Path, sink: LangSmithSink) -> None:
    assert _run(home, sink.url, "--offline", "ask", "How many people work?").returncode == 0
    assert sink.raw == b""
    assert sink.requests == []


@pytest.mark.parametrize("is_silent", [True, False])
def test_a_dead_endpoint_costs_little(home: Path, is_silent: bool) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if is_silent:
            listener.listen(8)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        started = time.monotonic()
        plain = _run(home, "", "ask", "How many people work in Hamburg?")
        between = time.monotonic()
        traced = _run(home, url, "ask", "How many people work in Hamburg?")
    assert traced.stdout == plain.stdout
    assert "traces are dropped" in traced.stderr
    assert "canar" not in traced.stderr
    # Two seconds are what is promised; three more are the noise of a busy machine.
    assert (time.monotonic() - between) - (between - started) < 5


def test_images_and_keys_are_taken_out() -> None:
    image = "data:image/png;base64," + "iVBORw0KGgo" * 20
    told = Redaction(KEY)(
        {
            "messages": [{"content": [{"type": "image_url", "image_url": {"url": image}}]}],
            "image": {"base64": "iVBORw0KGgo", "bytes": b"123"},
            KEY: f"with {KEY} inside",
            "page": 3,
        }
    )
    assert "iVBOR" not in json.dumps(told)
    assert KEY not in json.dumps(told)
    assert told["page"] == 3


def test_tokens_get_their_price() -> None:
    used = {"input_tokens": 1_000_000, "output_tokens": 0, "total_tokens": 1_000_000}
    kwargs = {"usage_metadata": used, "response_metadata": {"model_name": "gemini-3.8-flash"}}
    outputs: dict[str, Any] = {"generations": [[{"message": {"kwargs": kwargs}}]]}
    cost = priced(outputs)["usage_metadata"]
    assert cost["total_cost"] == cost["input_cost"] > 0
    assert priced({"answer": "4"}) == {"answer": "4"}


def test_an_evaluation_becomes_an_experiment(sink: LangSmithSink) -> None:
    settings = Settings(langsmith_endpoint=sink.url, langsmith_api_key=SECRET)
    case = {"question": "How many?", "must": ["340"], "kind": "text"}
    reply = {
        "question": "How many?",
        "answer": "340",
        "abstained": False,
        "verified": True,
        "citations": [],
        "models": {"chat": "local"},
        "seconds": {"total": 0.5},
    }
    name = upload(client_for(settings, patient=True), Path("q.jsonl"), [case], [reply])
    sent = {path: body for method, path, body in sink.requests if method != "GET"}
    assert sent["/sessions"]["name"] == name
    assert sent["/sessions"]["reference_dataset_id"]
    [run] = sink.runs
    assert run["outputs"]["answer"] == "340"
    assert run["reference_example_id"]
    assert SECRET.encode() not in sink.raw
