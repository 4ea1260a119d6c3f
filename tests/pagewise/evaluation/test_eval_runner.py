"""Evaluation: the judge, the figures, the page, and the command from end to end."""

# mypy: allow-untyped-calls
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from pagewise.cli import main
from pagewise.evaluation.comparison import changes, judge_all, rows_of
from pagewise.evaluation.eval_report import report_html
from pagewise.evaluation.eval_runner import read_replies
from pagewise.evaluation.judge import judge, says


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


@pytest.mark.parametrize(
    ("answer", "wanted", "is_said"),
    [
        ("It is 97.3. [1]", "97.3", True),
        ("It is 475.", "47", False),
        ("It is 4.47.", "47", False),
        ("It is 47.5.", "47", False),
        ("It is 1,234 in all.", "1234", True),
        ("It is 64.9¹ (in millions).", "64.9", True),
        ("In Galway, of course", "Dublin|galway", True),
        ("Anaconda", "conda", False),
        ("共有412名员工", "412", True),
        ("−5 points", "-5", True),
    ],
)
def test_a_wanted_word_or_number_stands_by_itself(answer: str, wanted: str, is_said: bool) -> None:
    assert says(answer, wanted) is is_said


def test_every_group_must_be_in_the_answer() -> None:
    case = {"question": "?", "must": ["Galway", "412"], "pages": [4, 5]}
    assert judge(case, reply("Galway with 412.", page=5)).is_right
    told = judge(case, reply("Galway leads.", page=2))
    assert (told.is_right, told.cites_gold_page, told.why) == (False, False, "missing: 412")


def test_a_marker_is_no_part_of_the_answer() -> None:
    assert judge({"must": ["3"]}, reply("It is seven. [3]")).is_right is False


def test_refusing_is_right_where_the_documents_do_not_say() -> None:
    case = {"question": "?", "must": [], "abstain": True}
    assert judge(case, reply("", abstained=True)).is_right
    assert judge(case, reply("12 million")).is_right is False
    assert judge({"must": ["12"]}, reply("12 was not found", abstained=True)).is_right is False


@pytest.mark.parametrize(
    ("known", "answer", "is_right"),
    [
        ("$1.8 bn", "It made 1.8 billion.", True),
        ("$1.8 bn", "It made 2.8 billion.", False),
        ("12.3%", "It grew by 12.345%.", True),
        ("Current Health and Yardbird", "They bought Yardbird and Current Health.", True),
        ("Current Health and Yardbird", "They bought nothing.", False),
    ],
)
def test_a_known_answer_in_other_words_is_right(known: str, answer: str, is_right: bool) -> None:
    assert judge({"answer": known}, reply(answer)).is_right is is_right


def test_a_question_without_gold_is_not_judged() -> None:
    assert judge({"question": "?"}, reply("Anything")).is_right is None


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


def test_a_question_that_is_asked_of_two_documents_is_compared_with_its_own(
    tmp_path: Path,
) -> None:
    cases = [{"question": "a", "doc": "2.pdf"}, {"question": "a", "doc": "1.pdf"}]
    old = tmp_path / "old.jsonl"
    lines = [json.dumps({**reply(doc), "question": "a", "doc": doc}) for doc in ("1.pdf", "2.pdf")]
    old.write_text("\n".join(lines), encoding="utf-8")
    found = read_replies(old, [*cases, {"question": "b"}])
    assert [one and one["answer"] for one in found] == ["2.pdf", "1.pdf", None]


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


def test_eval_prints_a_table_writes_a_page_and_compares(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = pymupdf.open()
    document.new_page().insert_text(
        (50, 80), "The calibration certificate is valid until 3 May 2027.", fontsize=12
    )
    document.save(tmp_path / "small.pdf")
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    case = {
        "doc": "small.pdf",
        "kind": "text",
        "question": "Until when is the calibration certificate valid?",
        "must": ["3 May 2027"],
        "pages": [1],
    }
    questions.write_text(json.dumps(case) + "\n", encoding="utf-8")
    page, old = tmp_path / "r.html", tmp_path / "old.jsonl"
    common = ["eval", str(questions), "--home", str(tmp_path / "home"), "--offline", "--answers"]

    assert main([*common, str(answers)]) == 0
    [line] = answers.read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert told["tokens"] == {"input": 0, "output": 0}
    assert re.search(r"^all +1 +1/1 +1/1 +0 ", capsys.readouterr().out, re.MULTILINE)

    old.write_text(json.dumps({**told, "answer": "In 1999."}) + "\n", encoding="utf-8")
    assert main([*common, str(answers), "--report", str(page), "--against", str(old)]) == 0
    assert "1 better, 0 worse than before\n+ Until when" in capsys.readouterr().out
    assert "In 1999." in page.read_text(encoding="utf-8")

    other = {**case, "question": "Other?"}
    both = f"{json.dumps(other)}\n{json.dumps(case)}\n"
    questions.write_text(both, encoding="utf-8")
    assert main([*common, str(answers), "--against", str(old)]) == 0
    told_now = capsys.readouterr().out
    assert "1 better, 0 worse than before (1 of 2 questions were asked then)\n+ Unt" in told_now

    questions.write_text(json.dumps(other) + "\n", encoding="utf-8")
    assert main([*common, str(answers), "--against", str(old)]) == 2
    assert "not the answers to these questions" in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"question": "?"}\n', encoding="utf-8")
    home = ["--home", str(tmp_path / "home"), "--offline"]
    words = ["eval", str(questions), "--answers", str(tmp_path / "a"), *home]
    assert main([*words, "--report", str(tmp_path / "no" / "r.html")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert main([*words, "--langsmith"]) == 2
    assert "--offline forbids it" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()
