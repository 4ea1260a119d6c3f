"""`doctor --repair`, at the command line: what is lost is named, and the rest goes on."""

# mypy: allow-untyped-calls
from __future__ import annotations

import sqlite3
from pathlib import Path

import pymupdf
import pytest

from pagewise.cli import main

NAMES = ("one.pdf", "two.pdf", "three.pdf")


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    return ["--home", str(tmp_path / "home"), "--offline"]


@pytest.fixture
def filled(tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> Path:
    for name in NAMES:
        with pymupdf.open() as document:
            document.new_page().insert_text((72, 100), f"The budget of {name} is 125 units.")
            document.save(tmp_path / name)
    assert main([*command, "index", str(tmp_path)]) == 0
    assert main([*command, "ask", "--thread", "t", "What is the budget of one.pdf?"]) == 0
    capsys.readouterr()
    return tmp_path / "home" / "library.sqlite"


def test_the_documents_that_must_be_read_again_are_named_and_the_others_kept(
    filled: Path, command: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with sqlite3.connect(filled) as raw:
        raw.execute(
            "UPDATE readings SET markup = x'00' WHERE fingerprint = (SELECT fingerprint FROM pages"
            " JOIN documents USING (sha256) WHERE name = 'two.pdf')"
        )
        raw.execute("UPDATE chunks SET content = x'00' WHERE document = 'two.pdf'")
    raw.close()
    (filled.parent / "threads.sqlite").write_bytes(b"no database" * 1000)
    assert main([*command, "ask", "What is the budget of one.pdf?"]) == 0
    assert main([*command, "doctor"]) == 1
    told = capsys.readouterr().out
    assert "two.pdf: 1 of 1 chunks · page 1; run `index " in told
    assert "one.pdf:" not in told
    assert "threads.sqlite: damaged" in told
    assert main([*command, "doctor", "--repair"]) == 1
    assert "threads.damaged" in capsys.readouterr().out
    assert main([*command, "index", str(tmp_path)]) == 0
    assert "(2 unchanged)" in capsys.readouterr().err
    assert main([*command, "doctor"]) == 0
    assert "damaged" not in capsys.readouterr().out


def test_a_file_with_zeros_in_its_middle_is_not_called_unchanged(
    filled: Path, command: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = filled.read_bytes()
    third = len(data) // 3 // 16384 * 16384
    filled.write_bytes(data[:third] + bytes(third) + data[2 * third :])
    code = main([*command, "index", str(tmp_path)])
    told = capsys.readouterr().err
    assert "unchanged, 0 chunks" not in told
    assert "nothing that was stored is lost" not in told
    if code:
        assert "doctor --repair" in told
    main([*command, "doctor", "--repair"])
    if main([*command, "index", str(tmp_path)]) != 0:
        assert "reindex" in capsys.readouterr().err
        assert main([*command, "reindex"]) == 0
        assert main([*command, "index", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main([*command, "doctor"]) == 0
    assert "3 document" in capsys.readouterr().out


@pytest.mark.parametrize("part", [0.5, 0.0], ids=["half", "nothing readable"])
def test_what_doctor_advises_after_heavy_damage_ends_in_a_whole_library(
    filled: Path, command: list[str], capsys: pytest.CaptureFixture[str], part: float
) -> None:
    data = filled.read_bytes()
    filled.write_bytes(data[: max(100, int(len(data) * part))])
    assert main([*command, "doctor", "--repair"]) == 1
    told = capsys.readouterr().out
    assert "run `doctor --repair`" not in told
    assert "library.damaged" in told
    if "reindex" in told:
        assert main([*command, "reindex"]) == 0
    assert main([*command, "index", str(filled.parents[1])]) == 0
    assert main([*command, "doctor"]) == 0
