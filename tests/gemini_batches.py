"""Gemini's Batch API and the files that go with it, as the emulator's clients meet them.

A job goes through the states that a test scripts, one each time that it is looked at; its requests
are answered when it has succeeded. Nothing is billed for a job that ends otherwise.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

PENDING, RUNNING, SUCCEEDED = "PENDING", "RUNNING", "SUCCEEDED"
FAILED, EXPIRED, CANCELLED = "FAILED", "EXPIRED", "CANCELLED"
ENDS = {SUCCEEDED, FAILED, EXPIRED, CANCELLED}
PAGE = 2
"""Jobs that a page of the list has."""


@dataclass(frozen=True)
class HttpAnswer:
    """What goes back; without a code the connection breaks."""

    code: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Job:
    """One batch."""

    name: str
    model: str
    label: str
    requests: list[dict[str, Any]]
    file: str
    states: deque[str]
    state: str = PENDING
    output: dict[str, Any] = field(default_factory=dict)

    def operation(self) -> dict[str, Any]:
        metadata: dict[str, Any] = {
            "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
            "model": f"models/{self.model}",
            "displayName": self.label,
            "state": f"BATCH_STATE_{self.state}",
            "name": self.name,
        }
        told: dict[str, Any] = {"name": self.name, "metadata": metadata}
        if self.state in ENDS:
            told["done"] = True
        if self.output:
            metadata["output"] = told["response"] = self.output
        if self.state == FAILED:
            told["error"] = {"code": 13, "message": "the job failed"}
        return told


@dataclass
class Batches:
    """Every job and file of the key."""

    answered: Callable[[str, dict[str, Any]], dict[str, Any]]
    """What a request of a model is answered with: `response`, or `error`."""
    jobs: list[Job] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    scripted: deque[tuple[str, ...]] = field(default_factory=deque)
    looks: int = 0
    is_held: bool = False
    """No job goes on."""
    hangs_up: int = 0
    """So many jobs are made without a word to who sent them."""
    tells: threading.Event = field(default_factory=threading.Event)
    """Cleared, nobody hears that a job was made."""
    refuses: str = ""
    """No job is made, for this reason."""
    sends_keys: bool = True
    """Whether an answer has the metadata of its request, as inlined ones do not always."""

    def __post_init__(self) -> None:
        self.tells.set()

    def will(self, *states: str) -> None:
        """The next job that is made goes through these."""
        self.scripted.append(states)

    def takes(self, path: str) -> bool:
        return "/files" in path or "/batches" in path or path.endswith(":batchGenerateContent")

    def answer(self, method: str, path: str, headers: Mapping[str, str], raw: bytes) -> HttpAnswer:
        """As the service answers."""
        parts = urlsplit(path)
        place = parts.path.removeprefix("/upload").removeprefix("/v1beta/")
        if parts.path.startswith("/upload/"):
            return self._upload(headers, raw, parse_qs(parts.query))
        if place.endswith(":batchGenerateContent"):
            return self._made(place.removeprefix("models/").partition(":")[0], json.loads(raw))
        if place.endswith(":download"):
            return self._download(place.removesuffix(":download"))
        if place == "batches":
            return self._listed(int(parse_qs(parts.query).get("pageToken", ["0"])[0]))
        return self._one(method, place)

    def _upload(
        self, headers: Mapping[str, str], raw: bytes, query: Mapping[str, list[str]]
    ) -> HttpAnswer:
        """First the client is told where to send the file, then it sends its pieces there."""
        if headers["X-Goog-Upload-Command"] == "start":
            assert headers["X-Goog-Upload-Header-Content-Type"]
            name = f"files/sent-{len(self.files)}"
            self.files[name] = b""
            where = f"http://{headers['Host']}/upload/v1beta/files?upload_id={name}"
            return HttpAnswer(headers={"X-Goog-Upload-URL": where})
        [name] = query["upload_id"]
        assert int(headers["X-Goog-Upload-Offset"]) == len(self.files[name])
        self.files[name] += raw
        if "finalize" not in headers["X-Goog-Upload-Command"]:
            return HttpAnswer(headers={"X-Goog-Upload-Status": "active"})
        told = _json({"file": {"name": name, "sizeBytes": str(len(self.files[name]))}})
        return HttpAnswer(body=told, headers={"X-Goog-Upload-Status": "final"})

    def _made(self, model: str, body: dict[str, Any]) -> HttpAnswer:
        if self.refuses:
            return _error(400, "INVALID_ARGUMENT", self.refuses)
        batch = body["batch"]
        source, file = batch["inputConfig"], batch["inputConfig"].get("fileName", "")
        if file:
            requests = [json.loads(line) for line in self.files[file].splitlines()]
        else:
            requests = source["requests"]["requests"]
        states = deque(self.scripted.popleft() if self.scripted else (SUCCEEDED,))
        name = f"batches/job-{len(self.jobs)}"
        self.jobs.append(Job(name, model, batch["displayName"], requests, file, states))
        self.tells.wait(60)
        if self.hangs_up:
            self.hangs_up -= 1
            return HttpAnswer(code=0)
        return HttpAnswer(body=_json(self.jobs[-1].operation()))

    def _listed(self, first: int) -> HttpAnswer:
        newest = self.jobs[::-1]
        told: dict[str, Any] = {
            "operations": [job.operation() for job in newest[first : first + PAGE]]
        }
        if first + PAGE < len(newest):
            told["nextPageToken"] = str(first + PAGE)
        return HttpAnswer(body=_json(told))

    def _one(self, method: str, place: str) -> HttpAnswer:
        name, _, deed = place.partition(":")
        job = next((job for job in self.jobs if job.name == name), None)
        if job is None:
            return _error(404, "NOT_FOUND", "Requested entity was not found.")
        if deed == "cancel":
            job.state, job.states = CANCELLED, deque()
            return HttpAnswer()
        self.looks += 1
        if job.states and not self.is_held:
            job.state = job.states.popleft()
        if job.state == SUCCEEDED and not job.output:
            self._work(job)
        return HttpAnswer(body=_json(job.operation()))

    def _work(self, job: Job) -> None:
        answers = [self.answered(job.model, each["request"]) for each in job.requests]
        if job.file:
            keyed = zip(job.requests, answers, strict=True)
            lines = [_json({"key": each["key"], **answer}) for each, answer in keyed]
            self.files[f"files/{job.label}"] = b"\n".join(lines) + b"\n"
            job.output = {"responsesFile": f"files/{job.label}"}
            return
        for each, answer in zip(job.requests, answers, strict=True):
            if self.sends_keys:
                answer["metadata"] = each["metadata"]
        job.output = {"inlinedResponses": {"inlinedResponses": answers}}

    def _download(self, name: str) -> HttpAnswer:
        assert "responses" not in name or name in self.files
        return HttpAnswer(body=self.files[name])


def _error(code: int, status: str, message: str) -> HttpAnswer:
    told = {"error": {"code": code, "message": message, "status": status}}
    return HttpAnswer(code, _json(told))


def _json(told: object) -> bytes:
    return json.dumps(told).encode()
