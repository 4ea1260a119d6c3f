"""Pages of random truth in eight seeds: each style and each feature, and no number lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.producers import with_pymupdf
from samples.random_tables import table_page
from tests.benchmarks.reading import judged
from tests.read_back import read_back


@pytest.mark.parametrize("seed", range(40, 56, 2))
def test_a_page_of_random_truth_is_read(tmp_path: Path, seed: int) -> None:
    truth = table_page(seed)
    with_pymupdf(truth, tmp_path / "page.pdf")
    (read,) = read_back(tmp_path / "page.pdf")
    assert read.tables == [truth.truth]
    assert judged(truth, read)["lost"] == 0
