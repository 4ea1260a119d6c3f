from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from loaders.errors import UsageError
from pagewise.evaluation.comparison import changes, judge_all, rows_of
from pagewise.evaluation.eval_console import check_eval, report_eval, show_changes, show_scores
from pagewise.settings import Settings
from tests.pagewise.evaluation.conftest import reply

CASES = [
    {"question": "How many\nberths?", "kind": "table", "must": ["12"], "pages": [1]},
    {"question": "[bold]Whose?", "kind": "text", "must": ["Ana"], "pages": [1]},
]


def screen() -> Console:
    return Console(record=True, width=120)


def arguments(folder: Path, **words: Any) -> Namespace:
    questions = folder / "questions.jsonl"
    questions.touch()
    paths = {"questions": questions, "against": None, "answers": None, "report": None}
    return Namespace(**paths | {"langsmith": False} | words)


def test_each_kind_has_a_row_and_all_together_one() -> None:
    on = screen()
    show_scores(rows_of(judge_all(CASES, [reply("12"), reply("Ben")])), on)
    lines = [line.split() for line in on.export_text().splitlines()]
    found = {line[0]: line[1] for line in lines if len(line) > 1}
    assert (found["table"], found["text"], found["all"]) == ("1", "1", "2")


def test_what_is_better_and_worse_than_before_is_named_on_a_line_of_its_own() -> None:
    judged = judge_all(CASES, [reply("12"), reply("Ben")])
    on = screen()
    show_changes(changes([reply("11"), reply("Ana")], judged), len(CASES), on)
    assert on.export_text().splitlines() == [
        "1 better, 1 worse than before",
        "+ How many berths?",
        "- [bold]Whose?",
    ]


def test_questions_that_were_not_asked_before_are_counted() -> None:
    on = screen()
    show_changes(changes([reply("11"), None], judge_all(CASES, [reply("12")] * 2)), 2, on)
    assert "(1 of 2 questions were asked then)" in on.export_text()


def test_a_file_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    wanted = arguments(tmp_path)
    wanted.answers = wanted.questions
    with pytest.raises(UsageError, match="is used by this command"):
        check_eval(wanted, Settings(home=tmp_path))


def test_a_file_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    wanted = arguments(tmp_path, report=tmp_path / "nowhere" / "report.html")
    with pytest.raises(UsageError, match="cannot be written"):
        check_eval(wanted, Settings(home=tmp_path))


@pytest.mark.parametrize(
    ("settings", "why"), [({"offline": True}, "--offline forbids it"), ({}, "LANGSMITH_API_KEY")]
)
def test_answers_are_not_sent_away_unasked(
    tmp_path: Path, settings: dict[str, Any], why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        check_eval(arguments(tmp_path, langsmith=True), Settings(home=tmp_path, **settings))


def test_a_run_is_told_with_its_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = arguments(tmp_path, report=tmp_path / "report.html")
    report_eval(wanted, CASES, [reply("12"), reply("Ben")], [reply("12"), reply("Ana")])
    told = capsys.readouterr().out
    assert "0 better, 1 worse than before" in told
    assert "Ben" in wanted.report.read_text(encoding="utf-8")
