"""The last page: a sheet of paper that went through a scanner."""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
import random
from dataclasses import replace
from typing import Any

import pymupdf
from PIL import Image, ImageChops, ImageFilter

from samples.accounts import CALIBRATION
from samples.report import Report
from samples.tables import set_table
from samples.typeset import INK, Style


def certificate(report: Report) -> None:
    """An image of a page; no text layer."""
    paper = Report().sheet()
    typed = Style(font="cour", size=10.4, leading=15, after=10)
    paper.page.draw_rect(pymupdf.Rect(60, 62, 535, 132), color=INK, width=1.2)
    top = Style(font="tibo", size=17)
    paper.label("Larkmoor Calibration Laboratory Dresden", 76, 94, top)
    paper.note(
        "heading", (76, 78, 519, 98), level=2, text="Larkmoor Calibration Laboratory Dresden"
    )
    paper.label("Calibration certificate No. DD-25-0417", 76, 118, replace(typed, size=12))
    title = "Calibration certificate No. DD-25-0417"
    paper.note("heading", (76, 106, 519, 122), level=1, text=title)
    y = 172.0
    for text in (
        "Object: ultrasonic water meter, type LU-4, serial number 4400718",
        "Customer: Aguas do Vale, Porto",
        "Date of calibration: 9 October 2025",
        "The meter was compared with the reference tank at a water temperature of 20.1 degrees. "
        "Each result is the mean of three runs. The expanded uncertainty is 0.15% (k = 2).",
    ):
        y = paper.paragraph(text, 76, y, 443, typed)
    y = set_table(paper, CALIBRATION, 85, y + 12)
    y = paper.paragraph(
        "All errors lie within the limits for class 2. The certificate is valid until "
        "8 October 2027.",
        76, y + 20, 443, typed,
    )  # fmt: skip
    paper.label("T. Lindqvist", 340, y + 66, Style(font="tiit", size=20))
    paper.rule(330, y + 74, 500, 0.8)
    paper.label("Head of laboratory", 340, y + 88, replace(typed, size=9))
    paper.note("text", (330, y + 40, 500, y + 92), text="T. Lindqvist Head of laboratory")
    paper.finish()
    page = report.page()
    page.insert_image(page.rect, stream=_scanned(paper.page))
    report.sheets.append(replace(paper, page=page))


def _scanned(page: Any) -> bytes:
    """The page as a cheap scanner sees it: grey, askew by half a degree, grainy."""
    pixels = page.get_pixmap(dpi=140, colorspace=pymupdf.csGRAY)
    image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    image = image.rotate(0.5, resample=Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(0.7)).point(
        [int(36 + each * 0.84) for each in range(256)]
    )
    grain = random.Random(1974).randbytes(image.width * image.height)
    noise = Image.frombytes("L", image.size, grain).point([each // 11 for each in range(256)])
    image = ImageChops.subtract(image, noise.filter(ImageFilter.GaussianBlur(0.8)))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=58)
    return buffer.getvalue()
