"""Pages of random truth in eight seeds a kind: each table exact, its head found, no number lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.producers import LINE_BY_LINE, with_pymupdf
from samples.random_tables import table_page
from tests.benchmarks.reading import judged
from tests.read_back import read_here

SEEDS = range(40, 64)
"""Enough to have eight that PyMuPDF can print in its own fonts."""


@pytest.mark.parametrize("feature", LINE_BY_LINE)
def test_pages_of_random_truth_are_read(tmp_path: Path, feature: str) -> None:
    pages = [table_page(seed, feature) for seed in SEEDS]
    path, count = tmp_path / "page.pdf", 0
    for truth in pages:
        if count < 8 and with_pymupdf(truth, path):
            found = judged(truth, read_here(path))
            assert (found["exact"], found["head"], found["lost"]) == (1, 1, 0), truth
            count += 1
    assert count == 8
