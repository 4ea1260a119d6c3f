"""The embedded reader on the sample, held against what is true of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pagewise.render.markdown_json import as_json
from pagewise.render.read_stream import read_sources
from pagewise.settings import Settings

SAMPLES = Path(__file__).parent.parent.parent / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["pages"]
TABLES = [
    (page["page"], block)
    for page in TRUTH
    for block in page["blocks"]
    if block["kind"] == "table" and not page["scan"]
]


@pytest.fixture(scope="module")
def pages(sample_pdf: Path) -> list[dict[str, Any]]:
    """What `read --format json` says of each page."""
    [line] = as_json(read_sources([str(sample_pdf)], None, Settings(offline=True)))
    found: list[dict[str, Any]] = json.loads(line)["pages"]
    return found


def _chunks(page: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [chunk for chunk in page["chunks"] if chunk["kind"] == kind]


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w[\w.,%]*", unicodedata.normalize("NFKC", text)))


def test_every_page_has_its_outcome(pages: list[dict[str, Any]]) -> None:
    assert [page["outcome"] for page in pages] == [page["outcome"] for page in TRUTH]


@pytest.mark.parametrize(("number", "truth"), TABLES, ids=lambda one: str(one)[:40])
def test_a_table_is_read_cell_by_cell(
    pages: list[dict[str, Any]], number: int, truth: dict[str, Any]
) -> None:
    chosen = [
        table
        for table in _chunks(pages[number - 1], "table")
        if table["caption"] == truth["caption"]
    ]
    assert len(chosen) == 1
    assert chosen[0]["rows"] == truth["rows"]


def test_the_scan_keeps_every_value_of_its_table(pages: list[dict[str, Any]]) -> None:
    [truth] = (block for block in TRUTH[-1]["blocks"] if block["kind"] == "table")
    [table] = _chunks(pages[-1], "table")
    assert table["rows"][-4:] == truth["rows"][-4:]


def test_the_chart_tells_its_values(pages: list[dict[str, Any]]) -> None:
    [truth] = (block for block in TRUTH[2]["blocks"] if block["kind"] == "figure")
    [figure] = _chunks(pages[2], "figure")
    for label, value in truth["values"]:
        assert f"{label}: {value}" in figure["text"]


@pytest.mark.parametrize("number", range(2, 8), ids=lambda number: f"page {number}")
def test_no_word_of_the_text_is_lost(pages: list[dict[str, Any]], number: int) -> None:
    read = _words("\n".join(chunk["text"] for chunk in pages[number - 1]["chunks"]))
    for block in TRUTH[number - 1]["blocks"]:
        if block["kind"] in {"text", "heading"}:
            assert _words(block["text"]) - read == Counter()


def test_a_running_head_is_text_where_it_first_stands(pages: list[dict[str, Any]]) -> None:
    said: set[str] = set()
    for page, truth in zip(pages, TRUTH, strict=True):
        texts = {chunk["text"] for chunk in page["chunks"]}
        headings = {block["text"] for block in truth["blocks"] if block["kind"] == "heading"}
        assert texts & said <= headings
        said |= set(truth["furniture"])
