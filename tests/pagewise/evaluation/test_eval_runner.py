"""Evaluation: the command from end to end."""

# mypy: allow-untyped-calls
from __future__ import annotations

import json
import re
from pathlib import Path

import pymupdf
import pytest

from pagewise.cli import main
from pagewise.evaluation.eval_runner import read_replies
from tests.pagewise.evaluation.conftest import reply


def test_a_question_that_is_asked_of_two_documents_is_compared_with_its_own(
    tmp_path: Path,
) -> None:
    cases = [{"question": "a", "doc": "2.pdf"}, {"question": "a", "doc": "1.pdf"}]
    old = tmp_path / "old.jsonl"
    lines = [json.dumps({**reply(doc), "question": "a", "doc": doc}) for doc in ("1.pdf", "2.pdf")]
    old.write_text("\n".join(lines), encoding="utf-8")
    found = read_replies(old, [*cases, {"question": "b"}])
    assert [one and one["answer"] for one in found] == ["2.pdf", "1.pdf", None]


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


@pytest.mark.parametrize("line", ["no JSON", "[1]", "{}", '{"question": 5}', "7"])
def test_a_line_that_asks_nothing_is_named(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(f'{{"question": "How many?"}}\n{line}\n', encoding="utf-8")
    words = ["eval", str(questions), "--answers", str(tmp_path / "out.jsonl"), "--offline"]
    assert main([*words, "--home", str(tmp_path / "home")]) == 2
    assert "line 2: not a JSON object with a `question`" in capsys.readouterr().err


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
