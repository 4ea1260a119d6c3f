# mypy: allow-untyped-calls
from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest
from PIL import Image, ImageFilter

from loaders.loader import PageLoader
from loaders.pages.page import Outcome
from loaders.pages.page_layout import Sheet, Token
from loaders.reading.document import open_document
from loaders.reading.ocr.binarization import band, is_dash, white_runs, without_rules
from loaders.reading.ocr.deskew import lies, weighted_median
from loaders.reading.ocr.ocr_models import batches
from loaders.reading.ocr.recognizer import Scan, read_picture
from loaders.reading.ocr.scanned_page import scanned_sheet
from loaders.reading.ocr.text_layer_trust import suspicion
from loaders.reading.pdf import mupdf

DOTS = 150 / 72
SIZE = (400.0, 260.0)
A4 = (595.0, 842.0)
LINES = [
    "The operating margin rose to 12.5 percent.",
    "Größere Straßen kosten über 1.234,5 Mio. €",
    "Revenue of the third quarter was $(87.3) million.",
]
TABLE = [
    ["Segment", "2024", "2023"],
    ["Furniture", "1204.5", "1100.2"],
    ["Roads", "387.0", "-"],
    ["Others", "12.4", "3.9"],
]


def written_page(*, table: bool = False) -> Any:
    """A page with known text: three lines, and a ruled table if it is wanted."""
    width, height = A4 if table else SIZE
    page = pymupdf.open().new_page(width=width, height=height)
    writer = pymupdf.TextWriter(page.rect)
    font = pymupdf.Font("helv")
    for number, line in enumerate(LINES):
        writer.append((40, 40 + 16 * number), line, font=font, fontsize=11)
    for row, cells in enumerate(TABLE if table else []):
        for column, cell in enumerate(cells):
            writer.append((40 + 110 * column, 120 + 18 * row), cell, font=font, fontsize=10)
    writer.write_text(page)
    if table:
        for y in (105, 126, 182):
            page.draw_line((36, y), (330, y), width=0.8)
    return page


def picture_of(page: Any) -> Image.Image:
    pixmap = page.get_pixmap(dpi=round(DOTS * 72), colorspace=pymupdf.csGRAY)
    return Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)


def add_scan(document: Any, picture: Image.Image) -> Any:
    """A page that is nothing but the picture."""
    page = document.new_page(width=picture.width / DOTS, height=picture.height / DOTS)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    page.insert_image(page.rect, stream=file.getvalue())
    return page


def read(picture: Image.Image) -> Scan:
    return read_picture(np.asarray(picture), DOTS)


def text_of(scan: Scan) -> str:
    return " ".join(word.text for word in scan.words if not word.is_mark)


def test_a_scan_in_a_mixed_document_is_read_with_its_table(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page(width=300, height=200).insert_text((40, 60), "Words of a text layer.")
    add_scan(document, picture_of(written_page(table=True)))
    document.save(tmp_path / "mixed.pdf")
    with open_document(tmp_path / "mixed.pdf") as opened:
        layer, scan = opened.pages()
    assert (layer.outcome, layer.detail) == (Outcome.OK, "")
    assert scan.outcome is Outcome.OK
    assert scan.detail.startswith("read by OCR (no text layer); confidence")
    for line in LINES:
        assert line in scan.markup
    assert "<td>Roads</td><td>387.0</td><td>-</td>" in scan.markup
    place = {word.text: word.box for word in scan.words}
    (true,) = written_page(table=True).search_for("1204.5")
    assert np.allclose(place["1204.5"], tuple(true), atol=5)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_was_scanned_askew_is_turned(turned: int) -> None:
    scan = read(picture_of(written_page()).rotate(turned, expand=True))
    assert scan.turned == turned
    assert LINES[0] in text_of(scan)
    assert scan.confidence > 0.9


def test_a_smudged_number_is_a_doubt_of_its_chunk_and_a_clear_one_is_not(tmp_path: Path) -> None:
    page = written_page()
    page.insert_text((40, 110), "Costs of the fourth quarter were 5183.6 million.", fontsize=11)
    left, top, right, bottom = (round(edge * DOTS) for edge in page.search_for("5183.6")[0])
    picture = picture_of(page)
    number = picture.crop((left, top, right, bottom))
    picture.paste(number.filter(ImageFilter.GaussianBlur(2.25)), (left, top))
    document = pymupdf.open()
    add_scan(document, picture)
    document.save(tmp_path / "smudged.pdf")
    [chunk] = PageLoader(tmp_path / "smudged.pdf").lazy_load()
    [doubt] = chunk.metadata["doubts"]
    assert doubt == "51836"  # the point is lost in the smudge, and nobody hid that
    assert "87.3" in chunk.page_content


def test_a_small_skew_is_straightened() -> None:
    scan = read(picture_of(written_page()).rotate(3, fillcolor=255))
    assert text_of(scan) == " ".join(LINES)
    tops = {round(word.box[1]) for word in scan.words if word.line == scan.words[0].line}
    assert len(tops) == 1


def test_a_text_layer_that_lies_about_its_picture_is_not_believed() -> None:
    document = pymupdf.open()
    picture = picture_of(written_page())
    for words in (LINES, ["Completely different words stand in this layer."] * 3):
        page = add_scan(document, picture)
        for number, line in enumerate(words):
            page.insert_text((40, 40 + 16 * number), line, fontsize=11, render_mode=3)
    true, false = (
        scanned_sheet(
            document, number, mupdf.read_sheet(document, number, layout=False), layout=False
        )
        for number in (0, 1)
    )
    assert not true.scanned
    assert "agrees" in true.detail
    assert "unseen under a picture" in false.scanned
    assert [token.text for token in false.tokens] == " ".join(LINES).split()


@pytest.mark.parametrize(
    ("words", "changes", "reason"),
    [
        ([], {"has_ink": True}, "no text layer"),
        ([], {}, ""),
        (["Plain", "words", "of", "a", "page"], {}, ""),
        (["\ufffd\ufffd\ufffd", "\ue001\ue002", "of"], {}, "which letters"),
        (["Plain", "words"], {"unmapped": 0.5}, "which letters"),
        (["Plain"] * 80, {"pictures": [(0, 0, 100, 100)], "unpainted": 1.0}, "unseen"),
        (["Stamp"], {"pictures": [(0, 0, 100, 100)]}, "covers"),
        (["7KLV", "VKRZV", "WKDW", "JODVV", "KDG"] * 20, {}, "no words"),
        (["Umsatz", "GmbH", "1.234,5", "vierundzwanzig", "Herbst"] * 20, {}, ""),
        (["营业收入", "净利润"] * 20, {}, ""),
    ],
)
def test_a_text_layer_is_suspected_for_a_reason(
    words: list[str], changes: dict[str, Any], reason: str
) -> None:
    tokens = [Token(word, (0, 0, 10, 10)) for word in words]
    sheet = Sheet(width=100, height=100, tokens=tokens, **changes)
    found = suspicion(sheet)
    assert reason in found if reason else not found


def test_rules_are_found_and_painted_over() -> None:
    picture = np.full((100, 200), 250, np.uint8)
    picture[50:52, 10:190] = 0
    picture[20:90, 100:102] = 0
    picture[30:40, 20:25] = 0
    clean, rules = without_rules(picture, 40)
    assert sorted(rules) == [(10, 50, 190, 52), (100, 20, 102, 90)]
    assert clean[50:52].min() == 250
    assert clean[30:40, 20:25].max() == 0


def test_a_line_is_told_from_the_ink_of_its_neighbours() -> None:
    dark = np.zeros((40, 60), np.uint8)
    dark[0:3, 5:10] = 1
    dark[12:30, 5:20] = 1
    dark[12:30, 30:50] = 1
    assert band(dark) == (12, 30)
    assert white_runs(dark[12:30]) == [(0, 5), (20, 30), (50, 60)]


@pytest.mark.parametrize(
    ("width", "height", "dash"), [(6, 2, True), (2, 2, False), (6, 6, False), (40, 2, False)]
)
def test_a_dash_is_short_and_flat(width: int, height: int, dash: bool) -> None:
    assert is_dash(width, height, 20) is dash


def test_lines_up_the_page_and_their_skew_are_seen() -> None:
    mask = np.zeros((400, 400), np.uint8)
    for left in (100, 200):
        mask[50:350, left : left + 12] = 1
    assert lies(mask) == (True, 0.0)
    assert lies(np.ascontiguousarray(mask.T)) == (False, 0.0)
    assert weighted_median([(3.0, 1.0), (1.0, 5.0), (9.0, 1.0)]) == 1.0


def test_every_line_is_in_one_batch_and_like_widths_together() -> None:
    found = list(batches([30.0, 2.0, 31.0, 1.0, 2.5, 40.0]))
    assert sorted(index for batch in found for index in batch) == [0, 1, 2, 3, 4, 5]
    assert found[0][:3] == [3, 1, 4]
