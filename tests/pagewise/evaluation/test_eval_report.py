"""The page of an evaluation."""

# mypy: allow-untyped-calls
from __future__ import annotations

import re

from pagewise.evaluation.comparison import changes, judge_all
from pagewise.evaluation.eval_report import report_html
from tests.pagewise.evaluation.conftest import reply


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
