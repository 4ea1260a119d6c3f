"""`eval`: index the documents that a file of questions names, answer each, and report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import get_usage_metadata_callback

from loaders.errors import UsageError
from pagewise.library import Library

Case = dict[str, Any]

_REPLY_KEYS = {"question", "answer", "abstained", "citations", "seconds", "models"}


def read_cases(questions: Path) -> list[Case]:
    """Read one JSON object a line: `question`, `doc` (relative to the file), `history`.

    Raises:
        UsageError: The file is missing, or a line is no such object.
    """
    try:
        lines = questions.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{questions}: cannot be read ({error}); name a JSONL file") from error
    cases = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            case["question"].strip()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{questions}, line {number}: not a JSON object with a `question`"
            ) from error
        cases.append(case)
    return cases


def documents_of(cases: list[Case], questions: Path) -> list[Path]:
    """The files that the cases name, each once, in their order."""
    named = (questions.parent / case["doc"] for case in cases if case.get("doc"))
    return list(dict.fromkeys(named))


def answer_cases(library: Library, cases: list[Case], questions: Path) -> Iterator[Case]:
    """Answer each case from the document it names, or from the whole library."""
    names = {document.source: document.name for document in library.documents()}
    for case in cases:
        source = str((questions.parent / case["doc"]).resolve()) if case.get("doc") else ""
        with get_usage_metadata_callback() as usage:
            answer = library.ask(
                case["question"],
                document=names.get(source, ""),
                history=[(turn[0], turn[1]) for turn in case.get("history") or []],
            )
        named = {"doc": case["doc"]} if case.get("doc") else {}
        used = usage.usage_metadata.values()  # of the chat model; nothing of the embedded default
        tokens = {
            "input": sum(one["input_tokens"] for one in used),
            "output": sum(one["output_tokens"] for one in used),
        }
        yield {**answer.model_dump(mode="json"), "tokens": tokens, **named}


def read_replies(answers: Path, cases: Sequence[Case]) -> list[Case | None]:
    """Read what an earlier run answered to each question; None to those that it was not asked.

    Raises:
        UsageError: The file cannot be read, or answers none of these questions.
    """
    try:
        lines = answers.read_text(encoding="utf-8").splitlines()
        replies = [json.loads(line) for line in lines if line.strip()]
        complete = all(set(reply) >= _REPLY_KEYS for reply in replies)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{answers}: cannot be read as answers ({error!r})") from error
    paired = [_taken(replies, case) for case in cases] if complete else []
    if not any(paired):
        raise UsageError(
            f"{answers}: not the answers to these questions; --against takes what "
            "`eval --answers` wrote for the same file, or for one that shares questions with it"
        )
    return paired


def _taken(replies: list[Case], case: Case) -> Case | None:
    """The first reply to the question about its document, taken out: questions may come twice."""
    for place, reply in enumerate(replies):
        is_of_document = reply.get("doc") in (None, case.get("doc"))
        if reply["question"] == case["question"] and is_of_document:
            return replies.pop(place)
    return None


def summary(replies: list[Case]) -> dict[str, float | int]:
    """What can be said of answers without knowing the right ones."""
    count = len(replies) or 1
    answered = [reply for reply in replies if not reply["abstained"]]
    return {
        "questions": len(replies),
        "answered": len(answered),
        "abstained": len(replies) - len(answered),
        "verified": sum(reply["verified"] for reply in answered),
        "cited": sum(bool(reply["citations"]) for reply in answered),
        "seconds_a_question": round(
            sum(reply["seconds"].get("total", 0.0) for reply in replies) / count, 3
        ),
    }
