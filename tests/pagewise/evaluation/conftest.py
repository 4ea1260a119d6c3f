"""Answers as `eval` keeps them."""

from __future__ import annotations

from typing import Any


def reply(answer: str, *, page: int = 1, abstained: bool = False, **more: Any) -> dict[str, Any]:
    citation = {"marker": 1, "document": "a.pdf", "page": page, "kind": "text", "quote": "q"}
    return {
        "question": "?",
        "answer": answer,
        "abstained": abstained,
        "verified": True,
        "citations": [] if abstained else [citation],
        "models": {"reader": "local", "chat": "local", "embeddings": "local"},
        "seconds": {"retrieve": 0.1, "total": 0.5},
        **more,
    }
