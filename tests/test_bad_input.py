"""What people get wrong, through the real command: one clear line, the right exit code, no loss."""

# mypy: allow-untyped-calls
from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest

from loaders.storing.databases.lock import LibraryLock

ROOT = Path(__file__).parent.parent
DONE, FAILED, USAGE, INCOMPLETE = 0, 1, 2, 3
Ended = subprocess.CompletedProcess[str]


def pagewise(home: Path, *words: str, typed: str = "", limit: int = 0) -> Ended:
    """Run the command; `limit` is the largest file it may write, in bytes: a disk that is full."""

    def restrict() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words, "--home", str(home), "--offline"],
        cwd=home.parent,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=restrict,
        check=False,
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_was_closed_before_the_start_ends_nothing(
    tmp_path: Path, closed: str
) -> None:
    command = f'exec "$0" "$1" list --json --home "$2" {closed}'
    words = ["sh", "-c", command, sys.executable, str(ROOT / "main.py"), str(tmp_path / "home")]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def write_pdf(path: Path, text: str = "Revenue was 12.5 million euros in 2023.") -> Path:
    with pymupdf.open() as document:
        document.new_page(width=400, height=300).insert_text((40, 60), text)
        document.save(path)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good document, indexed, and every kind of bad one beside it."""
    folder = tmp_path_factory.mktemp("bad")
    write_pdf(folder / "good.pdf")
    (folder / "text.pdf").write_text("This is a text file.\n" * 50, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "nothing").mkdir()
    with pymupdf.open() as document:
        document.new_page().insert_text((40, 60), "Secret.")
        document.save(
            folder / "secret.pdf",
            encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256,
            owner_pw="owner",
            user_pw="user",
        )
    whole = (folder / "good.pdf").read_bytes()
    (folder / "cut.pdf").write_bytes(whole[: len(whole) // 4])
    (folder / "why.jsonl").write_text('{"question": "Why?"}\n', encoding="utf-8")
    (folder / "bad.jsonl").write_text('{"question": "Why?"\n', encoding="utf-8")
    ended = pagewise(folder / "home", "index", "good.pdf")
    assert ended.returncode == DONE, ended.stderr
    return folder


def one_line(ended: Ended, code: int, *said: str) -> None:
    assert ended.returncode == code, ended.stderr
    [line] = ended.stderr.splitlines()
    assert all(word.lower() in line.lower() for word in said), line
    assert ended.stdout == ""


def names(home: Path) -> list[str]:
    ended = pagewise(home, "list", "--json")
    assert ended.returncode == DONE, ended.stderr
    return [document["document"] for document in json.loads(ended.stdout)]


WRONG = {
    "a missing file": (["index", "absent.pdf"], FAILED, ["absent.pdf"]),
    "a missing file to read": (["read", "absent.pdf"], FAILED, ["absent.pdf"]),
    "a missing file to talk about": (["absent.pdf"], FAILED, ["absent.pdf"]),
    "a folder of no documents": (["index", "nothing"], FAILED, ["nothing in the folder"]),
    "a text file named .pdf to read": (
        ["read", "text.pdf"],
        FAILED,
        ["text.pdf", "not a document"],
    ),
    "an encrypted PDF to read": (["read", "secret.pdf"], FAILED, ["secret.pdf", "password"]),
    "an empty file to read": (["read", "empty.pdf"], FAILED, ["empty.pdf"]),
    "an empty question": (["ask", ""], USAGE, ["question"]),
    "a question of spaces": (["ask", "  \t "], USAGE, ["question"]),
    "an unknown document": (
        ["ask", "Why?", "--document", "absent.pdf"],
        FAILED,
        ["absent.pdf", "good.pdf"],
    ),
    "an unknown document to audit": (["audit", "absent.pdf"], FAILED, ["absent.pdf", "good.pdf"]),
    "an unknown document to remove": (["remove", "absent.pdf"], FAILED, ["absent.pdf", "good.pdf"]),
    "no question to draw answers for": (["ask", "Why?", "--samples", "0"], USAGE, ["samples"]),
    "pages that are none": (["index", "good.pdf", "--pages", "3-1"], USAGE, ["3-1"]),
    "a page that does not exist": (["read", "good.pdf", "--pages", "7"], USAGE, ["7"]),
    "questions that are missing": (
        ["eval", "absent.jsonl", "--answers", "out.jsonl"],
        USAGE,
        ["absent.jsonl"],
    ),
    "questions that are no JSON": (
        ["eval", "bad.jsonl", "--answers", "out.jsonl"],
        USAGE,
        ["bad.jsonl", "line 1"],
    ),
    "an answers file that cannot be": (
        ["eval", "why.jsonl", "--answers", "absent/out.jsonl"],
        USAGE,
        ["absent/out.jsonl"],
    ),
}


@pytest.mark.parametrize(("words", "code", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_gets_one_line(
    folder: Path, words: list[str], code: int, said: list[str]
) -> None:
    one_line(pagewise(folder / "home", *words), code, *said)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("text.pdf", "not a document"), ("secret.pdf", "password"), ("empty.pdf", "empty")],
)
def test_a_file_that_is_no_readable_pdf_fails_and_is_named(
    folder: Path, name: str, reason: str
) -> None:
    ended = pagewise(folder / "home", "index", name)
    assert ended.returncode == FAILED
    [line] = [line for line in ended.stderr.splitlines() if name in line]
    assert reason in line
    assert "Traceback" not in ended.stderr


def test_a_truncated_pdf_is_never_taken_for_whole(folder: Path) -> None:
    ended = pagewise(folder / "home", "read", "cut.pdf")
    assert ended.returncode == INCOMPLETE
    assert "warning" in ended.stderr
    assert "cut.pdf" in ended.stderr
    assert "damaged" in ended.stderr


def test_one_bad_file_does_not_stop_the_good_ones(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ended = pagewise(
        home, "index", *(str(folder / name) for name in ("secret.pdf", "good.pdf", "text.pdf"))
    )
    assert ended.returncode == INCOMPLETE
    assert names(home) == ["good.pdf"]


def test_nothing_was_lost_by_all_of_this(folder: Path) -> None:
    pagewise(folder / "home", "index", "text.pdf")
    assert names(folder / "home") == ["good.pdf"]
    ended = pagewise(folder / "home", "ask", "What was revenue in 2023?", "--json")
    answer = json.loads(ended.stdout)
    assert "12.5" in answer["answer"]
    assert [citation["page"] for citation in answer["citations"]] == [1]


def test_a_library_in_use_is_read_by_others_and_written_by_none(folder: Path) -> None:
    with LibraryLock(folder / "home").held(0):
        assert names(folder / "home") == ["good.pdf"]
        ended = pagewise(folder / "home", "index", "good.pdf")
        one_line(ended, FAILED, "in use", str(os.getpid()))


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    ended = pagewise(tmp_path / "home", "ask", "What was revenue?")
    assert "Traceback" not in ended.stderr
    assert "index" in ended.stderr + ended.stdout


def test_a_home_that_is_a_file_is_named(folder: Path) -> None:
    one_line(pagewise(folder / "good.pdf", "list"), FAILED, "good.pdf")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_named(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ended = pagewise(tmp_path / "home", "index", str(folder / "good.pdf"))
    one_line(ended, FAILED, str(tmp_path / "home"))
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("limit", [4_096, 400_000])
def test_a_full_disk_is_one_line_and_loses_nothing(
    folder: Path, tmp_path: Path, limit: int
) -> None:
    home = tmp_path / "home"
    write_pdf(tmp_path / "first.pdf", "The first report is about 17 sheep.")
    assert pagewise(home, "index", "first.pdf").returncode == DONE
    with pymupdf.open() as document:
        for number in range(12):
            page = document.new_page()
            for line in range(40):
                page.insert_text((40, 60 + 15 * line), f"Page {number}, line {line}: word " * 3)
        document.save(tmp_path / "second.pdf")
    ended = pagewise(home, "index", "second.pdf", limit=limit)
    assert ended.returncode == FAILED
    [told] = ended.stderr.splitlines()
    assert "disk" in told or "space" in told
    assert names(home)[0] == "first.pdf"
    again = pagewise(home, "ask", "How many sheep is the first report about?", "--json")
    assert "17" in json.loads(again.stdout)["answer"]


def test_questions_from_a_pipe_survive_an_empty_line(folder: Path) -> None:
    ended = pagewise(folder / "home", typed="\n   \nWhat was revenue in 2023?\n")
    assert ended.returncode == DONE
    assert "12.5" in ended.stdout
