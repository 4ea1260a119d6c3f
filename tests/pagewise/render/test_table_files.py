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
from pagewise.library import Library
from pagewise.settings import Settings

HOSTILE = """
<h1>Accounts</h1><p>Table 1: Positions (in € millions)</p>
<table><tr><th>Item</th><th>2025</th><th>Share</th><th>Remark</th></tr>
<tr><td>=HYPERLINK("http://evil.example")</td><td>1,234.50</td><td>12.5%</td>
<td>+cmd|' /C calc'!A0</td></tr>
<tr><td>@SUM(A1)</td><td>(7.0)</td><td>-3.5%</td><td>3 - 5</td></tr>
<tr><td>Form</td><td>10-Q</td><td>007</td><td>12-bit</td></tr>
<tr><td>Account</td><td>12345678901234567890</td><td>5.0%</td><td>$4.20</td></tr></table>
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a table that would like to be a formula, and a page without any."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "accounts.html").write_text(HOSTILE, encoding="utf-8")
    (folder / "letter.md").write_text("# Letter\n\nNothing but words.\n", encoding="utf-8")
    with Library(Settings(home=folder / "home", offline=True)) as library:
        library.index([str(folder / "accounts.html"), str(folder / "letter.md")])
    return folder / "home"


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
