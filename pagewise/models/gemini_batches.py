"""Gemini's Batch API: a file of requests, answered within a day at half the price."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from langchain_core.messages import AIMessage
from langchain_core.messages.ai import UsageMetadata

from loaders.reading.rate_limiting.scheduler import CallFailed
from loaders.storing.truth.batch_jobs import BatchJob
from pagewise.models.gemini import client_for, is_of_third_generation, scheduler_for
from pagewise.settings import Settings

Result = TypeVar("Result")

INLINE_BYTES = 19_000_000
"""Of 20 MB: more is sent as a file."""
FILE_BYTES = 1_900_000_000
"""Of 2 GB: more is another job."""
_STEP_S = 240.0
_WHOLE_S = 4 * 3600.0
"""To send a file, or to fetch one."""
_NOT_FOUND = 404
_SUCCEEDED = {"succeeded", "partially_succeeded"}


@dataclass(frozen=True, slots=True)
class Found:
    """How a job fares."""

    state: str
    """`pending`, `running`, `succeeded`, `failed`, `cancelled`, `expired`; `unknown` to the key."""
    is_over: bool
    output: Any = None
    """Where its answers are, if there are any."""


class GeminiBatches:
    """The jobs of one key; calls are repeated, and no job is made twice."""

    def __init__(self, settings: Settings, model: str) -> None:
        self._client = client_for(settings, _STEP_S)
        self._scheduler = scheduler_for(settings, model, "batch")

    def close(self) -> None:
        self._client.close()

    def send(self, job: BatchJob, requests: Path) -> str:
        """The job's name: made now, or found, if whoever made it did not live to hear of it."""
        if name := self._call(lambda: self._named(job)):
            return name
        source: Any
        if requests.stat().st_size > INLINE_BYTES:
            source = self._call(lambda: self._uploaded(job, requests))
        else:
            source = _inlined(requests)
        return self._call(lambda: self._named(job) or self._made(job, source))

    def look(self, job: BatchJob) -> Found:
        try:
            found = self._call(lambda: self._client.batches.get(name=job.name))
        except CallFailed as error:
            if error.failure.code != _NOT_FOUND:
                raise
            return Found("unknown", is_over=True)
        state = found.state.name.removeprefix("JOB_STATE_").lower() if found.state else "pending"
        return Found(state, found.done or state in _SUCCEEDED, found.dest)

    def fetch(self, found: Found, keys: Iterable[str], path: Path) -> None:
        """Write the answers into a file, a line each: `key`, and `response` or `error`."""
        output = found.output
        if output and output.file_name:
            client = self._client
            self._call(lambda: client.files.download(file=output.file_name, destination=path))
            return
        answers = (output and output.inlined_responses) or ()
        with path.open("w", encoding="utf-8") as lines:
            # They come in the order of the requests, and not always with the key.
            for key, answer in zip(keys, answers, strict=False):
                told = answer.model_dump(mode="json", by_alias=True, exclude_none=True)
                named = (told.pop("metadata", None) or {}).get("key", key)
                lines.write(json.dumps({"key": named, **told}) + "\n")

    def _named(self, job: BatchJob) -> str:
        """Of a job that is there; to make one twice is to pay twice."""
        listed = self._client.batches.list()
        return next((one.name or "" for one in listed if one.display_name == job.sent_as), "")

    def _made(self, job: BatchJob, source: Any) -> str:
        how: Any = {"display_name": job.sent_as}
        return self._client.batches.create(model=job.model, src=source, config=how).name or ""

    def _uploaded(self, job: BatchJob, requests: Path) -> str:
        how: Any = {"mime_type": "jsonl", "display_name": job.sent_as}
        return self._client.files.upload(file=requests, config=how).name or ""

    def _call(self, ask: Callable[[], Result]) -> Result:
        return self._scheduler.call(ask, seconds=_WHOLE_S)


def request_of(image: bytes, prompt: str, model: str) -> dict[str, Any]:
    """As a call about one page goes over the wire."""
    data = base64.b64encode(image).decode()
    parts = [{"inlineData": {"mimeType": "image/png", "data": data}}, {"text": prompt}]
    config: dict[str, Any] = {"candidateCount": 1}
    if is_of_third_generation(model):
        config["thinkingConfig"] = {"thinkingLevel": "LOW"}
    return {"contents": [{"role": "user", "parts": parts}], "generationConfig": config}


def reply_of(response: Mapping[str, Any]) -> AIMessage:
    """An answer off the wire, as LangChain would have made it."""
    candidate: Mapping[str, Any] = next(iter(response.get("candidates") or ()), {})
    parts = (candidate.get("content") or {}).get("parts") or ()
    feedback = (response.get("promptFeedback") or {}).get("blockReason", "")
    return AIMessage(
        "".join(part.get("text", "") for part in parts if not part.get("thought")),
        response_metadata={
            "model_provider": "google_genai",
            "finish_reason": candidate.get("finishReason", ""),
            "prompt_feedback": {"block_reason": feedback},
        },
        usage_metadata=_usage(response["usageMetadata"]) if "usageMetadata" in response else None,
    )


def _usage(told: Mapping[str, int]) -> UsageMetadata:
    tokens_in = told.get("promptTokenCount", 0)
    tokens_out = told.get("candidatesTokenCount", 0) + told.get("thoughtsTokenCount", 0)
    total = tokens_in + tokens_out
    return {"input_tokens": tokens_in, "output_tokens": tokens_out, "total_tokens": total}


def _inlined(requests: Path) -> list[dict[str, Any]]:
    """The client takes images as bytes, and writes them as text itself."""
    found = []
    with requests.open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            request = told["request"]
            image = request["contents"][0]["parts"][0]["inlineData"]
            image["data"] = base64.b64decode(image["data"])
            key = {"metadata": {"key": told["key"]}}
            found.append(
                {"contents": request["contents"], "config": request["generationConfig"], **key}
            )
    return found
