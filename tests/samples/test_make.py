# mypy: allow-untyped-calls
from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from samples.accounts import RESEARCH, SEGMENTS, SITES
from samples.make import make
from samples.tables import Table

FOLDER = Path(__file__).parent.parent.parent / "samples"
TRUTH = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
QUESTIONS = [
    json.loads(line)
    for line in (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make(folder)
    return folder


def _letters(text: str) -> str:
    """Without spaces, line-end hyphens and the difference between 1 and ¹."""
    return re.sub(r"[\s\u00ad-]", "", unicodedata.normalize("NFKC", text))


def _texts(block: dict[str, Any]) -> Iterator[str]:
    said = ("caption",) if block["kind"] == "figure" else ("text", "caption")
    yield from (block[name] for name in said if name in block)
    yield from block.get("items", [])
    yield from (cell for row in block.get("rows", []) for cell in row)
    yield from (part for value in block.get("values", []) for part in value)


def test_the_script_writes_what_is_committed(made: Path) -> None:
    with pymupdf.open(made / "larkmoor.pdf") as new, pymupdf.open(FOLDER / "larkmoor.pdf") as old:
        assert [page.get_text() for page in new] == [page.get_text() for page in old]
    assert json.loads((made / "truth.json").read_text(encoding="utf-8")) == TRUTH


def test_the_same_bytes_come_out_again(made: Path, tmp_path: Path) -> None:
    make(tmp_path)
    assert (tmp_path / "larkmoor.pdf").read_bytes() == (made / "larkmoor.pdf").read_bytes()


def test_the_sample_is_small_and_has_a_scanned_page() -> None:
    assert (FOLDER / "larkmoor.pdf").stat().st_size < 500_000
    with pymupdf.open(FOLDER / "larkmoor.pdf") as document:
        has_words = [bool(page.get_text("words")) for page in document]
    assert has_words == [not page["scan"] for page in TRUTH["pages"]]


@pytest.mark.parametrize("truth", TRUTH["pages"][:-1], ids=lambda page: f"page {page['page']}")
def test_the_truth_stands_on_the_page(truth: dict[str, Any]) -> None:
    with pymupdf.open(FOLDER / "larkmoor.pdf") as document:
        page = Counter(_letters(document[truth["page"] - 1].get_text()))
    told = Counter(_letters("".join(text for block in truth["blocks"] for text in _texts(block))))
    assert told - page == Counter()


def _column(table: Table, column: int, kinds: set[str]) -> list[Decimal]:
    """The numbers of a column in rows of these kinds; parentheses are negative."""
    found = []
    for row, kind in zip(table.grid(), (row.kind for row in table.rows), strict=True):
        digits = re.sub(r"[^\d.]", "", row[column])
        if kind in kinds and digits:
            found.append(Decimal(digits) * (-1 if "(" in row[column] else 1))
    return found


@pytest.mark.parametrize(
    ("table", "column", "foots"),
    [
        (SEGMENTS, 1, True),
        (SEGMENTS, 2, True),
        (SEGMENTS, 4, True),
        (SEGMENTS, 5, True),
        (SITES, 3, True),
        (SITES, 4, True),
        (RESEARCH, 2, False),
        (RESEARCH, 3, True),
    ],
)
def test_every_total_foots_but_one(table: Table, column: int, foots: bool) -> None:
    [total] = _column(table, column, {"total"})
    assert (sum(_column(table, column, {"body"})) == total) is foots


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case["question"])
def test_the_answer_stands_on_the_gold_pages(case: dict[str, Any]) -> None:
    told = "\n".join(
        text
        for page in TRUTH["pages"]
        if page["page"] in case["pages"]
        for block in page["blocks"]
        for text in _texts(block)
    )
    computed = case["kind"] == "arithmetic"
    for group in case["must"]:
        assert computed or any(choice in told for choice in group.split("|"))
    assert bool(case.get("abstain")) is (case["pages"] == [])
