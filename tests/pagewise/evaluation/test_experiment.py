"""An evaluation as an experiment, caught on loopback from the real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def _run(home: Path, url: str, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    traced = {"LANGSMITH_TRACING": "true", "LANGSMITH_ENDPOINT": url, "LANGSMITH_API_KEY": SECRET}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--home", str(home), *words],
        env={**os.environ, "PAGEWISE_SERVER_KEY": KEY, **(traced if url else {}), **settings},  # noqa: TID251
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        check=False,
    )


def test_an_evaluation_becomes_an_experiment(
    home: Path, small_pdf: Path, sink: LangSmithSink, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.jsonl"
    case = {"question": "How many people work in Hamburg?", "must": ["340"], "kind": "text"}
    other = {"question": "How many people work in Lima?", "abstain": True, "kind": "refusal"}
    questions.write_text("\n".join(map(json.dumps, (case, other))), encoding="utf-8")
    command = ("eval", str(questions), "--answers", str(tmp_path / "out.jsonl"), "--langsmith")
    done = _run(home, sink.url, *command, LANGSMITH_TRACING="false")
    assert done.returncode == 0, done.stderr
    sent = [(path, body) for method, path, body in sink.requests if method != "GET"]
    [dataset] = [body for path, body in sent if path == "/datasets"]
    [session] = [body for path, body in sent if path == "/sessions"]
    assert dataset["name"].startswith("questions-")
    assert f"LangSmith experiment: {session['name']}" in done.stdout
    assert session["reference_dataset_id"]
    [examples] = [body for path, body in sent if "examples" in path]
    assert [example["outputs"] for example in examples] == [
        {"must": ["340"], "kind": "text"},
        {"abstain": True, "kind": "refusal"},
    ]
    runs = {run["inputs"]["question"]: run for run in sink.runs}
    assert "340" in runs[case["question"]]["outputs"]["answer"]
    assert all(run["reference_example_id"] for run in runs.values())
    scores = {(body["run_id"], body["key"]): body["score"] for body in sink.feedback}
    assert scores[runs[case["question"]]["id"], "right"] == 1.0
    assert scores[runs[other["question"]]["id"], "refused"] == 1.0
    assert SECRET.encode() not in sink.raw
