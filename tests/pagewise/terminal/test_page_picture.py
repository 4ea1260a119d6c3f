"""The picture of a page: in a file, with the cited place framed."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from graph.answer import CellReference, Citation
from loaders.download import folder_of
from loaders.errors import SourceError
from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.terminal.page_picture import WIDTH, draw_page, framed

RED = (208, 32, 32)


def test_the_cited_box_is_framed(tmp_path: Path, sample_library: Library) -> None:
    [record] = sample_library.documents()
    answer = sample_library.ask("What was the revenue of Leak sensors in 2025?")
    cited = [citation for citation in answer.citations if citation.box]
    picture = draw_page(record, cited[0].page - 1, cited, Settings(home=tmp_path))
    with Image.open(picture.path) as image:
        assert image.width == WIDTH
        colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24) or ()}
    assert RED in colours
    assert not picture.is_changed
    assert picture.path.read_bytes() == picture.png


def test_the_value_of_a_cited_cell_has_a_frame_of_its_own(
    tmp_path: Path, sample_library: Library
) -> None:
    [record] = sample_library.documents()
    table = next(
        chunk
        for chunk in sample_library.store.chunks_of(record.name)
        if "income statement" in chunk.metadata["caption"] and chunk.metadata["kind"] == "table"
    )
    left, top, right, bottom = table.metadata["box"]
    page = int(table.metadata["page"])
    whole = Citation(
        marker=1,
        document=record.name,
        page=page + 1,
        kind="table",
        quote="",
        box=(left, top, right, bottom),
    )
    cell = whole.model_copy(
        update={"cell": CellReference(row=("Revenue",), column=("2024",), value="343.4")}
    )
    pictures = [
        draw_page(record, page, [one], Settings(home=tmp_path)).png for one in (whole, cell)
    ]
    reds = [_count_of_red(png) for png in pictures]
    assert reds[1] > reds[0] > 0


def _count_of_red(png: bytes) -> int:
    with Image.open(io.BytesIO(png)) as image:
        return {c: n for n, c in image.getcolors(maxcolors=1 << 24) or ()}.get(RED, 0)


def test_a_frame_stands_where_its_box_stands() -> None:
    blank = io.BytesIO()
    Image.new("L", (400, 200), 255).save(blank, "PNG")
    with Image.open(io.BytesIO(framed(blank.getvalue(), [(50, 25, 150, 75)], 200.0))) as image:
        assert image.getpixel((2 * 50 - 6, 100)) == RED
        assert image.getpixel((200, 100)) == (255, 255, 255)


def test_a_pdf_that_has_gone_is_told(tmp_path: Path, sample_library: Library) -> None:
    [record] = sample_library.documents()
    gone = replace(record, source=str(tmp_path / "gone.pdf"))
    with pytest.raises(SourceError, match="no longer at"):
        draw_page(gone, 0, [], Settings(home=tmp_path))


def test_a_pdf_from_the_web_is_drawn_from_its_download(
    tmp_path: Path, sample_library: Library
) -> None:
    [record] = sample_library.documents()
    url = "https://example.com/larkmoor.pdf"
    folder = folder_of(url, tmp_path / "downloads")
    folder.mkdir(parents=True)
    shutil.copy(record.source, folder)
    assert draw_page(replace(record, source=url), 0, [], Settings(home=tmp_path)).png
    with pytest.raises(SourceError, match="no longer at"):
        draw_page(replace(record, source=f"{url}?other"), 0, [], Settings(home=tmp_path))


def test_a_page_that_does_not_exist_is_told(tmp_path: Path, sample_library: Library) -> None:
    [record] = sample_library.documents()
    with pytest.raises(SourceError, match="has 8 pages, and no page 9"):
        draw_page(record, 8, [], Settings(home=tmp_path))


def test_a_picture_stays_in_its_folder_whatever_the_document_is_called(
    tmp_path: Path, sample_library: Library
) -> None:
    [record] = sample_library.documents()
    hostile = replace(record, name="../../etc/passwd")
    assert draw_page(hostile, 0, [], Settings(home=tmp_path)).path.parent == tmp_path / "pictures"
