"""Figures by kind of question, and what two runs did differently."""

# mypy: allow-untyped-calls
from __future__ import annotations

from pagewise.evaluation.comparison import changes, judge_all, rows_of
from tests.pagewise.evaluation.conftest import reply


def test_the_table_has_a_row_a_kind_and_one_of_all() -> None:
    cases = [
        {"question": "?", "kind": "table", "must": ["1"], "pages": [1]},
        {"question": "?", "kind": "text", "must": ["2"], "pages": [2]},
    ]
    replies = [reply("1"), reply("2", tokens={"input": 1_000_000, "output": 0})]
    replies[1]["models"] = {"chat": "google_genai:gemini-3.8-flash"}
    rows = rows_of(judge_all(cases, replies))
    assert [(row.kind, row.right, row.cited) for row in rows] == [
        ("table", (1, 1), (1, 1)),
        ("text", (1, 1), (0, 1)),
        ("all", (2, 2), (1, 2)),
    ]
    assert rows[0].usd == 0
    assert rows[1].usd == rows[2].usd > 0


def test_two_runs_are_compared_question_by_question() -> None:
    cases = [{"question": "a", "must": ["1"]}, {"question": "b", "must": ["2"]}]
    new = judge_all(cases, [reply("1"), reply("9")])
    better, worse, compared = changes([reply("9"), reply("2")], new)
    assert compared == 2
    assert [change.after.case["question"] for change in better] == ["a"]
    assert [change.after.case["question"] for change in worse] == ["b"]
