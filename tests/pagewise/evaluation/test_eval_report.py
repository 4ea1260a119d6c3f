"""The page of an evaluation."""

# mypy: allow-untyped-calls
from __future__ import annotations

import re
from typing import Any

from pagewise.evaluation.comparison import changes, judge_all
from pagewise.evaluation.eval_report import report_html


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


def test_the_page_runs_and_fetches_nothing_whatever_the_documents_say() -> None:
    evil = "</dd><script>alert(1)</script><img src=http://x.example onerror=x>"
    case = {"question": evil, "kind": evil, "id": evil, "must": [evil], "pages": [1], "lang": evil}
    told = reply(evil)
    told["citations"][0] |= {"document": evil, "quote": evil, "page": evil, "marker": evil}
    told["models"]["chat"] = evil
    judged = judge_all([{**case, "must": ["42"]}, case], [told, told])
    page = report_html(judged, evil, changes([told, told], judged))
    assert "42" in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"<(script|img|link|iframe|object|embed|base|form)\b", page)
    assert not re.search(r"url\(|@import", page)
