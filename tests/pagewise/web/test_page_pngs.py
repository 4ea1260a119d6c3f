from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from loaders.errors import PagewiseError, SourceError
from pagewise.library import Library
from pagewise.web.page_pngs import WIDTH, PagePngs


@pytest.fixture(scope="module")
def pngs(sample_library: Library) -> Iterator[PagePngs]:
    made = PagePngs(sample_library)
    yield made
    made.close()


def test_a_page_is_drawn_once_with_its_size_in_points(
    pngs: PagePngs, sample_library: Library
) -> None:
    [record] = sample_library.documents()
    drawn = pngs.page(record, 0)
    assert drawn.png.startswith(b"\x89PNG")
    assert int.from_bytes(drawn.png[16:20], "big") == pytest.approx(WIDTH, abs=1)
    assert 500 < drawn.width < drawn.height < 900
    assert pngs.page(record, 0) is drawn


def test_a_file_that_has_changed_or_gone_is_not_drawn(
    pngs: PagePngs, sample_library: Library
) -> None:
    [record] = sample_library.documents()
    with pytest.raises(SourceError, match="index it again"):
        pngs.page(replace(record, sha256="0" * 64), 0)
    with pytest.raises(SourceError):
        pngs.page(replace(record, source="/nowhere/larkmoor.pdf"), 0)


def test_a_page_that_is_not_there_is_told(pngs: PagePngs, sample_library: Library) -> None:
    [record] = sample_library.documents()
    with pytest.raises(PagewiseError):
        pngs.page(record, 99)
