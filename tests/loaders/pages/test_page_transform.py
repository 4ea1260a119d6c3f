# mypy: allow-untyped-calls
"""Pages that were scanned turned or askew: what was read must be found where it is shown."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from loaders.loader import PageLoader
from loaders.pages.page_transform import Frame
from loaders.pages.word import Word
from loaders.reading.document import open_document
from loaders.reading.ocr.deskew import quarter_turned, straightened, way_back

DOTS = 150 / 72
LINE = "The operating margin rose to 12.5 percent in 2031."
OTHERS = ["Revenue of the third quarter was 87.3 million.", "Nothing else of note happened then."]


def scan_of(path: Path, degrees: float) -> Path:
    """A page of text that somebody laid on the glass turned, counter-clockwise by `degrees`."""
    with pymupdf.open() as document:
        page = document.new_page(width=420, height=300)
        for number, text in enumerate([LINE, *OTHERS]):
            page.insert_text((40, 90 + 30 * number), text, fontsize=13)
        pixmap = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    picture = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    file = io.BytesIO()
    picture.save(file, "PNG")
    with pymupdf.open() as document:
        page = document.new_page(width=picture.width / DOTS, height=picture.height / DOTS)
        page.insert_image(page.rect, stream=file.getvalue())
        document.save(path)
    return path


@pytest.mark.parametrize("degrees", [90, 180, 274])
def test_the_box_of_a_turned_scan_holds_the_print_on_the_page_as_shown(
    tmp_path: Path, degrees: float
) -> None:
    path = scan_of(tmp_path / "scan.pdf", degrees)
    [reading] = PageLoader(path).readings()
    assert LINE in reading.markup
    with open_document(path) as document:
        image = Image.open(io.BytesIO(document.image(0, width=1000))).convert("L")
        [page] = document.pages(layout=False, ocr=False)
    shown = np.asarray(image) < 128
    zoom = image.width / page.width
    inked = np.zeros_like(shown)
    for word in reading.words:
        left, top, right, bottom = (round(edge * zoom) for edge in word.box)
        part = shown[top:bottom, left:right]
        assert part.mean() > 0.03, f"no print where {word.text} is said to stand"
        inked[max(0, top - 3) : bottom + 3, max(0, left - 3) : right + 3] = True
    assert (shown & ~inked).sum() < 0.02 * shown.sum()
    for place in re.findall(r'box="([^"]+)"', reading.markup):
        x0, y0, x1, y1 = map(float, place.split())
        assert 0 <= x0 < x1 <= page.width + 1
        assert 0 <= y0 < y1 <= page.height + 1


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 4.0])
def test_the_way_back_leads_to_the_pixel_that_it_was(turned: int, skew: float) -> None:
    picture = np.full((300, 420), 255, np.uint8)
    picture[100:110, 60:70] = 0
    upright = straightened(quarter_turned(picture, turned), skew)
    rows, columns = np.nonzero(upright < 128)
    a, b, c, d, e, f = way_back(upright.shape, skew, turned)
    x, y = columns.mean() + 0.5, rows.mean() + 0.5
    assert np.allclose((a * x + b * y + c, d * x + e * y + f), (65, 105), atol=1)


def test_a_frame_moves_boxes_of_tags_and_of_nothing_else() -> None:
    frame = Frame((0, 1, 0, -1, 0, 100), width=50, height=100)  # turned by a quarter, clockwise
    text = '<chunk box="10 0 30 5">\nsays &lt;chunk box="1 2 3 4"> and <table box="10 0 30 5">'
    assert frame.markup(text) == (
        '<chunk box="0 70 5 90">\nsays &lt;chunk box="1 2 3 4"> and <table box="0 70 5 90">'
    )
    assert frame.words([Word("x", (10, 0, 30, 5))]) == [Word("x", (0, 70, 5, 90))]
    assert frame.box((-20, -20, 500, 500)) == (0, 0, 50, 100)
