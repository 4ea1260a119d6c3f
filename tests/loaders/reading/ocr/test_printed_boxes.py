# mypy: allow-untyped-calls
"""Boxes in a scan are no noughts and no signs; they are counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest

from loaders.reading.ocr.ocr_models import Sign, as_pixels
from loaders.reading.ocr.printed_boxes import printed_boxes, with_boxes, without
from samples.printer import Printer
from tests.box_font import LOOKS, box_at
from tests.read_back import read_back

ZOOM = 200 / 72
BOXES = "\ufffd" * 4
ONE_PIECE = [look for look in LOOKS if look != "double"]
"""Ink in a frame that does not touch it may be what somebody wrote in the box of a form."""


def picture(page: Any) -> Any:
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(ZOOM, ZOOM), colorspace=pymupdf.csGRAY)
    return as_pixels(pixmap.samples, pixmap.width, pixmap.height, pixmap.stride)


@pytest.mark.parametrize("look", ONE_PIECE)
def test_frames_in_a_row_are_found_and_the_same_one_elsewhere(look: str) -> None:
    page = pymupdf.open().new_page(width=300, height=200)
    box_at(page, 40, 60, 5, look)
    box_at(page, 40, 90, 1, look)
    page.insert_text((40, 120), "DOOO 0000 8888 HHH", fontsize=10)
    found = printed_boxes(picture(page), 10 * ZOOM)
    assert len(found) == 6
    clean = without(picture(page), found)
    assert clean[: int(100 * ZOOM)].min() > 100
    assert clean[int(100 * ZOOM) :].min() < 50


def test_signs_that_look_like_frames_are_writing() -> None:
    page = pymupdf.open().new_page(width=300, height=200)
    for y, text in ((60, "人口口岸"), (90, "日日夜夜回回国"), (120, "口日目田")):
        page.insert_text((40, y), text, fontname="china-s", fontsize=10)
    assert printed_boxes(picture(page), 10 * ZOOM) == []


def test_boxes_to_tick_and_cells_with_figures_stay() -> None:
    page = pymupdf.open().new_page(width=300, height=200)
    for x in (40, 100, 160):
        page.draw_rect((x, 50, x + 9, 59))
        page.insert_text((x + 12, 59), "Yes", fontsize=10)
    for number, x in enumerate(range(40, 140, 10)):
        page.draw_rect((x, 80, x + 10, 94))
        page.insert_text((x + 2, 91), str(number // 4), fontsize=10)
    assert printed_boxes(picture(page), 10 * ZOOM) == []


def test_a_sign_that_nobody_can_read_stands_for_each_box() -> None:
    dark = np.zeros((20, 100), np.uint8)
    signs, filled = with_boxes([Sign("A", 10, 0.9)], dark, (100, 0, 200, 20), [(150, 4, 160, 16)])
    assert [(sign.char, sign.x) for sign in signs] == [("A", 10), ("\ufffd", 55)]
    assert filled[:, 50:60].any()
    assert with_boxes(signs, dark, (100, 40, 200, 60), [(150, 4, 160, 16)]) == (signs, dark)


@pytest.mark.parametrize("look", ONE_PIECE)
def test_a_scan_of_boxes_invents_nothing(tmp_path: Path, look: str) -> None:
    source = Printer()
    y = source.prose(80)
    for text in ("1,204 tons", "318 boats"):
        box_at(source.page, 60, y, 4, look)
        source.text(90, y, text, 10)
        y += 20
    document = pymupdf.open()
    page = document.new_page(width=source.page.rect.width, height=source.page.rect.height)
    page.insert_image(page.rect, pixmap=source.page.get_pixmap(dpi=200))
    document.save(tmp_path / "scan.pdf")
    (read,) = read_back(tmp_path / "scan.pdf")
    assert "in order, and the treasurer was thanked" in read.text
    assert f"{BOXES}1,204 tons{BOXES}318 boats" in read.text.replace(" \ufffd", "\ufffd").replace(
        "\ufffd ", "\ufffd"
    )
    assert "glyphs without a shape, printed as boxes: 8" in read.audit.notes
