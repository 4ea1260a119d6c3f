"""An evaluation as an experiment, caught on loopback from the real command."""

from __future__ import annotations

import json
from pathlib import Path

from tests.langsmith_sink import LangSmithSink
from tests.traced import SECRET, run_traced


def test_an_evaluation_becomes_an_experiment(
    traced_home: Path, small_pdf: Path, sink: LangSmithSink, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.jsonl"
    case = {"question": "How many people work in Hamburg?", "must": ["340"], "kind": "text"}
    other = {"question": "How many people work in Lima?", "abstain": True, "kind": "refusal"}
    questions.write_text("\n".join(map(json.dumps, (case, other))), encoding="utf-8")
    command = ("eval", str(questions), "--answers", str(tmp_path / "out.jsonl"), "--langsmith")
    done = run_traced(traced_home, sink.url, *command, LANGSMITH_TRACING="false")
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
