"""The languages' files: nothing in them goes unread, and one more file is one more language."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.text.captions import caption_of
from loaders.text.currencies import iso_codes
from loaders.text.languages import (
    FOLDER,
    SECTIONS,
    Language,
    LanguageError,
    languages,
    latin,
    pattern_of,
    read_language,
    wide,
)

ROOT = Path(__file__).parent.parent.parent.parent
LINES = {
    "words": {
        "stop",
        "generic",
        "function",
        "requests",
        "telling",
        "letters",
        "binding",
        "abbreviations",
        "links",
    },
    "numbers": {"months", "ordered", "decimal", "digits"},
    "unit_lines": {
        "glue",
        "introducers",
        "throughout",
        "names",
        "except",
        "per",
        "of",
        "figures",
        "others",
        "prices",
    },
    "rates": {"h", "d", "week", "month", "quarter", "year"},
    "labels": {
        "per_share",
        "share_counts",
        "counts",
        "counts_begin",
        "counts_or_costs",
        "references",
        "ratios",
        "pure_numbers",
        "total",
        "part_of",
    },
    "quantity": {"money", "code", "bare", "percent", "per"},
    "captions": {"table", "figure", "continued", "summary", "speaks_of_table", "notes"},
}
TOY = """
name = "Toy"

[words]
stop = "blik"
function = "blik"

[scales]
million = "zillo"

[units]
h = "tonkas tonka"

[captions]
table = "Tabulo"

[unit_lines]
introducers = "inu"

[labels]
total = "kuntotalo"
"""
ASK_TOY = """
from loaders.chunking.table import Table
from loaders.text.captions import caption_of
from loaders.text.language_detection import language_of
from loaders.text.label_units import is_total
from loaders.text.quantity_text import quantity_text
from loaders.text.tokenizer import is_stop

table = Table.from_rows([["", "2024"], ["Vendo", "5"], ["Kosto", "3"]], caption="Vendo inu zillo €")
[first, _] = table.cells()
print(quantity_text(first.quantity, "en"), language_of("blik vendo"), is_stop("blik"))
print(quantity_text(first.quantity, "xx"))
print(caption_of("Tabulo 3: Vendo").kind, is_total("Kuntotalo"))
"""


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_every_line_of_a_language_is_read(language: Language) -> None:
    unread = {
        f"{section}.{line}"
        for section, lines in LINES.items()
        for line, _ in language.lines(section)
        if line not in lines
    }
    assert unread == set()
    assert set(language.sections) <= SECTIONS
    assert {code for code, _ in language.lines("currencies")} <= iso_codes()


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_the_patterns_of_a_language_compile(language: Language) -> None:
    for line, _ in language.lines("patterns"):
        assert re.compile(pattern_of(line)).search("") is None, line


def test_languages_with_months_have_twelve() -> None:
    counted = {one.code: len(one.phrases("numbers", "months")) for one in languages()}
    assert set(counted.values()) == {0, 12}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[words]\nstop = 'a'", "no name"),
        ("name = 'Toy'\n[sounds]\na = 'b'", "nothing reads sounds"),
        ("name = 'Toy'\n[scales]\nmyriad = 'b'", "no such scale: myriad"),
    ],
)
def test_a_file_with_a_fault_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageError, match=reason):
        read_language(path)


def test_a_language_is_added_by_a_file_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "loaders", tmp_path / "loaders")
    (tmp_path / "loaders" / "text" / "languages" / "xx.toml").write_text(TOY, encoding="utf-8")
    asked = subprocess.run(
        [sys.executable, "-c", ASK_TOY],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert asked.stdout.split("\n")[:3] == ["€5 million xx True", "€5 million", "table True"]


def test_the_readme_names_every_section() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [section for section in sorted(SECTIONS) if f"`{section}`" not in text] == []


@pytest.mark.parametrize(
    "line", ["Tableau 3 : Ventes", "Tabla 2. Ingresos", "Cuadro 1: Personal", "Abb. 4: Umsatz"]
)
def test_captions_are_known_in_every_language(line: str) -> None:
    assert caption_of(line) is not None


def test_words_are_parted_by_script() -> None:
    assert latin(["per cent", "万"]) == ["per-cent"]
    assert wide(["per cent", "万"]) == ["万"]
