"""Tables written to stdout, to a workbook, to a folder."""

# mypy: allow-untyped-calls
from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from pagewise.cli import main


def run(home: Path, *words: str) -> int:
    return main([*words, "--home", str(home), "--offline"])


def test_csv_and_json_go_to_stdout(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "tables", "accounts.html") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[1][1] == "1234.50"
    assert run(home, "tables", "accounts.html", "--format", "json") == 0
    [document] = json.loads(capsys.readouterr().out)
    [table] = document["tables"]
    first = table["values"][0]
    assert (first["value"], first["unit"], first["page"]) == (1234.5, "EUR", 1)


def test_a_workbook_is_a_new_file_and_the_document_without_tables_is_named(
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.chdir(tmp_path)
    assert run(home, "tables", "--format", "xlsx") == 0
    told = capsys.readouterr().err
    assert "letter.md: no tables" in told
    assert "wrote accounts.xlsx" in told
    assert [path.name for path in tmp_path.iterdir()] == ["accounts.xlsx"]
    assert run(home, "tables", "--format", "xlsx") == 2
    assert "exists already" in capsys.readouterr().err
    assert run(home, "tables", "letter.md", "--format", "xlsx") == 1


def test_a_workbook_goes_where_stdout_is_sent(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "new.xlsx").open("w", encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdout", file)
        assert run(home, "tables", "--format", "xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "new.xlsx").sheetnames == ["Tables", "Values"]


def test_a_folder_gets_a_file_a_table_and_one_of_values(home: Path, tmp_path: Path) -> None:
    assert run(home, "tables", "accounts.html", "--out", str(tmp_path / "new")) == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["accounts-table-1-p1.csv", "accounts-values.csv"]
    assert (tmp_path / "new" / names[0]).read_bytes().startswith(b"\xef\xbb\xbf")
