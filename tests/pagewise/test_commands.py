"""The commands as a user types them, on two pages that the test makes itself."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pagewise.cli import main

pytestmark = pytest.mark.usefixtures("small_pdf")
QUESTION = "How many people does the company employ?"
ANOTHER = "How many times has the board met?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, small_pdf: Path) -> str:
    """A library with the small document in it, made by the command itself."""
    home = str(tmp_path_factory.mktemp("home"))
    assert main(["index", str(small_pdf), "--home", home, "--offline"]) == 0
    return home


def run(home: str, *words: str) -> int:
    return main([*words, "--home", home, "--offline"])


def test_ask_prints_the_answer_and_where_it_stands(
    home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "ask", QUESTION) == 0
    printed = capsys.readouterr().out
    assert "340" in printed
    assert "[1] report.pdf, p. 1" in printed


def test_ask_json_has_the_keys_of_the_contract(
    home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "ask", QUESTION, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == [
        "question",
        "answer",
        "abstained",
        "verified",
        "unverified_numbers",
        "kind",
        "checks",
        "citations",
        "computed",
        "retrieved",
        "language",
        "models",
        "seconds",
        "samples",
        "unchecked",
    ]
    assert answer["verified"]
    assert answer["citations"][0]["page"] == 1
    assert answer["models"] == {"reader": "local", "chat": "local", "embeddings": "local"}


def test_what_the_document_does_not_say_is_not_answered(
    home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "ask", "Who painted the Mona Lisa?", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["abstained"]
    assert answer["kind"] == "passages"  # what comes nearest, shown as that
    assert "Mona Lisa" not in " ".join(one["quote"] for one in answer["citations"])


def test_a_thread_remembers_the_question_before(
    home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(home, "ask", ANOTHER, "--thread", "t1")
    run(home, "ask", QUESTION, "--thread", "t1")
    capsys.readouterr()
    assert (Path(home) / "threads.sqlite").exists()


def test_a_pipe_is_a_conversation_with_one_question_a_line(
    home: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = io.StringIO(f"{QUESTION}\n\n{ANOTHER}")
    monkeypatch.setattr("sys.stdin", questions)
    assert main(["--home", home, "--offline"]) == 0
    printed = capsys.readouterr().out
    assert "340" in printed
    assert "nine times" in printed


def test_indexing_again_reads_nothing(
    home: str, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "index", str(small_pdf), "--json") == 0
    [document] = json.loads(capsys.readouterr().out)["documents"]
    assert document["unchanged"]
    assert document["pages_read"] == 0


def test_pages_that_were_not_asked_for_are_skipped_and_the_run_is_incomplete(
    tmp_path: Path, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path), "index", str(small_pdf), "--pages", "2", "--json") == 3
    assert json.loads(capsys.readouterr().out)["outcomes"] == {"ok": 1, "skipped": 1}
    assert run(str(tmp_path), "ask", ANOTHER) == 0
    assert "page 1 of report.pdf was not asked for and not read" in capsys.readouterr().out
    assert run(str(tmp_path), "index", str(small_pdf), "--pages", "1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["outcomes"] == {"ok": 2}


def test_audit_accounts_for_every_page(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "audit", "report.pdf", "--json") == 0
    [document] = json.loads(capsys.readouterr().out)
    assert [page["outcome"] for page in document["pages"]] == ["ok", "ok"]
    assert document["pages"][0]["audit"]["word_recall"] == 1.0


def test_a_part_of_a_documents_name_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "sales.csv"
    table.write_text("Town,Sales\nLeeds,311\n", encoding="utf-8")
    home = str(tmp_path / "home")
    run(home, "index", str(table))
    assert run(home, "tables", "sale") == 0
    assert run(home, "audit", "sale", "--json") == 0
    printed = capsys.readouterr()
    assert "311" in printed.out
    assert '"sales.csv"' in printed.out
    assert "no tables" not in printed.err


def test_an_estimate_spends_nothing(
    tmp_path: Path, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path), "index", str(small_pdf), "--estimate", "--json") == 0
    [estimate] = json.loads(capsys.readouterr().out)
    assert (estimate["pages"], estimate["in_ledger"], estimate["usd"]) == (2, 0, 0.0)
    run(str(tmp_path), "list", "--json")
    assert json.loads(capsys.readouterr().out) == []


def test_an_estimate_of_many_files_says_what_they_take_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("\f".join(["A page of words."] * 600), encoding="utf-8")
    assert run(str(tmp_path / "home"), "index", str(tmp_path), "--estimate") == 0
    *_, told, _ = capsys.readouterr().out.splitlines()
    assert told.split() == ["all", "2", "1200", "0", "0", "0", "0", "0.0000", "1.0"]


def test_an_estimate_names_what_cannot_be_opened_and_goes_on(
    tmp_path: Path, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no document")
    sources = [str(bad), str(tmp_path / "gone.pdf"), str(small_pdf)]
    assert run(str(tmp_path / "home"), "index", *sources, "--estimate", "--json") == 3
    told = capsys.readouterr()
    assert [estimate["pages"] for estimate in json.loads(told.out)] == [2]
    assert "bad.pdf" in told.err
    assert "gone.pdf" in told.err


@pytest.mark.parametrize("form", ["md", "html"])
def test_read_prints_every_page(
    form: str, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(small_pdf), "--format", form, "--offline"]) == 0
    printed = capsys.readouterr().out
    assert "The company employs 340 people in Hamburg." in printed
    assert "The board met nine times." in printed


def test_read_json_is_one_line_a_document(
    small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(small_pdf), str(small_pdf), "--format", "json", "--offline"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    document = json.loads(line)
    assert document["document"] == str(small_pdf)
    assert [page["page"] for page in document["pages"]] == [1, 2]


def test_eval_answers_each_line_over_the_document_it_names(
    tmp_path: Path, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, answers = small_pdf.with_name("questions.jsonl"), tmp_path / "answers.jsonl"
    lines = [{"question": QUESTION, "doc": small_pdf.name}, {"question": "Who painted it?"}]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert run(str(tmp_path / "home"), "eval", str(questions), "--answers", str(answers)) == 0
    replies = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert "340" in replies[0]["answer"]
    assert replies[1]["abstained"]
    assert "questions: 2" in capsys.readouterr().out


def test_eval_does_not_write_over_its_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"question": QUESTION}), encoding="utf-8")
    (tmp_path / "another name.jsonl").hardlink_to(questions)
    (tmp_path / "link.jsonl").symlink_to(questions)
    for name in ("./questions.jsonl", "another name.jsonl", "link.jsonl"):
        words = ("eval", str(questions), "--answers", f"{tmp_path}/{name}")
        assert run(str(tmp_path / "home"), *words) == 2
        assert "would be lost" in capsys.readouterr().err
    assert json.loads(questions.read_text(encoding="utf-8")) == {"question": QUESTION}


def test_eval_says_at_once_where_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "questions.jsonl").write_text(json.dumps({"question": QUESTION}), encoding="utf-8")
    words = ("eval", str(tmp_path / "questions.jsonl"), "--answers", str(tmp_path / "a"))
    assert run(str(tmp_path / "home"), *words, "--report", str(tmp_path / "a")) == 2
    assert "would be lost" in capsys.readouterr().err
    assert run(str(tmp_path / "home"), *words[:-1], str(tmp_path)) == 2
    assert "cannot be written (Is a directory)" in capsys.readouterr().err


def test_removing_a_document_takes_it_out_of_every_answer(
    tmp_path: Path, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(str(tmp_path), "index", str(small_pdf))
    assert run(str(tmp_path), "remove", "report.pdf") == 0
    assert run(str(tmp_path), "ask", QUESTION) == 1
    assert "the library is empty" in capsys.readouterr().err


def test_doctor_is_well_without_a_key(home: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "doctor") == 0
    assert "1 document" in capsys.readouterr().out


def test_one_missing_file_does_not_stop_the_others(
    tmp_path: Path, small_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path), "index", "missing.pdf", str(small_pdf), "--json") == 3
    report = json.loads(capsys.readouterr().out)
    assert len(report["documents"]) == 1
    assert "missing.pdf" in report["failures"][0]


def test_an_empty_library_is_said_to_be_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path), "list") == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "the library is empty; add a document first" in shown.err
