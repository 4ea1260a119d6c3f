"""An evaluation as an experiment in LangSmith: its questions, answers and judgements."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from langsmith import Client

from loaders.errors import ModelError
from pagewise.evaluation.comparison import Judged, judge_all
from pagewise.evaluation.judge import Case

_INPUTS = ("question", "doc", "history")
_GOLD = ("must", "answer", "pages", "abstain", "kind", "lang")


def upload(client: Client, questions: Path, cases: Sequence[Case], replies: Sequence[Case]) -> str:
    """Send the answers; the same questions make one dataset, each call one experiment in it.

    Raises:
        ModelError: LangSmith took none or only a part of it.
    """
    try:
        return _upload(client, questions, judge_all(cases, replies))
    except Exception as error:  # langsmith raises a dozen kinds, and those of requests
        raise ModelError(
            f"LangSmith did not take the experiment ({type(error).__name__}); the answers are "
            "kept in the file; check LANGSMITH_ENDPOINT and LANGSMITH_API_KEY"
        ) from error


def _upload(client: Client, questions: Path, judged: Sequence[Judged]) -> str:
    asked = "\n".join(str(item.case["question"]) for item in judged)
    dataset_name = f"{questions.stem}-{hashlib.sha256(asked.encode()).hexdigest()[:8]}"
    if client.has_dataset(dataset_name=dataset_name):
        dataset = client.read_dataset(dataset_name=dataset_name)
    else:
        dataset = client.create_dataset(dataset_name, description="Questions of Pagewise's eval")
    examples = [uuid.uuid5(dataset.id, f"{n}") for n in range(len(judged))]
    known = {example.id for example in client.list_examples(dataset_id=dataset.id)}
    new = [
        {"id": example, "inputs": _told(item, _INPUTS), "reference_outputs": _told(item, _GOLD)}
        for example, item in zip(examples, judged, strict=True)
        if example not in known
    ]
    if new:
        client.create_examples(dataset_id=dataset.id, examples=new)
    started = datetime.now(UTC)
    project = client.create_project(
        f"pagewise-{started:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}",
        reference_dataset_id=dataset.id,
        metadata=dict(judged[0].reply["models"]) if judged else {},
    )
    for example, item in zip(examples, judged, strict=True):
        run = _send_run(client, str(project.name), example, item, started)
        for key, score in _scores(item).items():
            client.create_feedback(
                run, key, score=score, trace_id=run, session_id=project.id, stop_after_attempt=1
            )
    client.flush()
    return str(project.name)


def _send_run(
    client: Client, project: str, example: uuid.UUID, item: Judged, started: datetime
) -> uuid.UUID:
    from langsmith import uuid7

    run = uuid7()
    client.create_run(
        "pagewise",
        _told(item, _INPUTS),
        "chain",
        id=run,
        trace_id=run,
        dotted_order=f"{started:%Y%m%dT%H%M%S%f}Z{run}",
        project_name=project,
        reference_example_id=example,
        start_time=started,
        end_time=started + timedelta(seconds=item.seconds),
        outputs=dict(item.reply),
    )
    return run


def _told(item: Judged, names: Sequence[str]) -> dict[str, Any]:
    return {name: item.case[name] for name in names if item.case.get(name)}


def _scores(item: Judged) -> dict[str, float]:
    said = {
        "right": item.judgement.is_right,
        "cites_gold_page": item.judgement.cites_gold_page,
        "refused": item.judgement.refused,
        "verified": item.reply.get("verified"),
    }
    return {key: float(value) for key, value in said.items() if value is not None}
