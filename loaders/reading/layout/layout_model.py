"""The door to the layout model, which comes with PyMuPDF; only the child process imports it."""

# mypy: allow-untyped-calls
# PyMuPDF says that it is typed, and is not.
from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import pymupdf

from loaders.pages.geometry import area
from loaders.pages.page_layout import Region, Sheet
from loaders.pages.word import Box

LAYOUT_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_ACCURATE_BBOXES
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_COLLECT_STYLES
    | pymupdf.TEXT_SEGMENT
    | pymupdf.TEXT_PARAGRAPH_BREAK
    | pymupdf.TEXT_COLLECT_STRUCTURE
    | pymupdf.TEXT_TABLE_HUNT
    | pymupdf.TEXT_LAZY_VECTORS
    | pymupdf.TEXT_CLIP
    | pymupdf.TEXT_FUZZY_VECTORS
)
"""What the layout model asks for, without the pictures, which it throws away."""
MANY_PIXELS = 100_000
"""To pack pictures of so many pixels costs more than to extract the text again without them."""
MOST_LINES = 1_500
"""The layout model compares lines and cells with each other: time and memory grow with the square.

A page of dense tables has 600; where each sign is a line of its own, the model sees nothing.
"""


@cache
def load_layout_model() -> None:
    """Load it when it is first needed, to run in one thread.

    Documents are read by several processes at once. Threads of one page would only wait for each
    other: a page takes a third more CPU time with two than with one.
    """
    # A document of plain prose needs none.
    import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415

    plain = onnxruntime.SessionOptions

    def one_thread() -> Any:
        options = plain()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return options

    onnxruntime.SessionOptions = one_thread
    try:
        importlib.import_module("pymupdf.layout")
    finally:
        onnxruntime.SessionOptions = plain


def regions(page: Any, *, pixels: int, pixmap: Any = None) -> list[Region]:
    """What the layout model sees on the page, in its order.

    `pixels` are those of the pictures on it, `pixmap` is the page if it is drawn already.
    """
    load_layout_model()
    if pixels > MANY_PIXELS:
        without_pictures = partial(page.get_text, flags=LAYOUT_FLAGS)
        page.get_text = lambda kind, textpage: without_pictures(kind)
    if pixmap is not None:
        page.get_pixmap = lambda: pixmap
    page.get_layout(return_raw=True)
    found: list[Region] = []
    for group in page.layout_information or ():
        box: Box = as_box(group["group_bbox"])
        if area(box) <= 4:
            continue
        region = Region(str(group["class_name"]), box)
        grid = group.get("table_grid")
        if grid is not None:
            region.rows = sorted(float(y) + box[1] for y in grid.h_lines)
            region.columns = sorted(float(x) + box[0] for x in grid.v_lines)
        found.append(region)
    return found


def regions_of_picture(
    picture: tuple[bytes, int, int], size: tuple[float, float], words: Sequence[tuple[str, Box]]
) -> list[Region]:
    """What the layout model sees on a page that is a picture (grey, width, height) and its words.

    The model wants a text layer: the words are laid under the picture, unpainted.
    """
    samples, width, height = picture
    document = pymupdf.open()
    page = document.new_page(width=size[0], height=size[1])
    pixmap = pymupdf.Pixmap(pymupdf.csGRAY, width, height, samples, False)
    page.insert_image(page.rect, pixmap=pixmap)
    for text, (x0, y0, x1, y1) in words:
        size_of_print = max(1.0, (y1 - y0) * 1.1)
        print_word(page, text, (x0, y0, x1, y1 - 0.2 * (y1 - y0) + 1), size_of_print, mode=3)
    return regions(page, pixels=width * height)


def reprinted(sheet: Sheet) -> Any:
    """The page printed anew from what was found on it: the model sees no more and no less."""
    document = pymupdf.open()
    page = document.new_page(width=sheet.width, height=sheet.height)
    shape = page.new_shape()
    for fill in sheet.fills:
        shape.draw_rect(fill.box)
        shape.finish(fill=rgb(fill.colour), color=None)
    for rule in sheet.rules:
        shape.draw_rect(rule.box)
        shape.finish(fill=(0, 0, 0), color=(0, 0, 0), width=0.3)
    shape.commit()
    for token in sheet.tokens:
        height = 0.8 * token.size
        place = (*token.box[:1], token.baseline - height, token.box[2], token.baseline + 1)
        print_word(page, token.text, place, token.size, bold=token.bold)
    return page


def rgb(colour: str) -> tuple[float, ...]:
    """`#rrggbb` as parts of one."""
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def print_word(
    page: Any, text: str, box: Box, size: float, *, bold: bool = False, mode: int = 0
) -> None:
    """Print a word squeezed into its place; its baseline is a little above the box's foot."""
    latin = "hebo" if bold else "helv"
    name = latin if text.isascii() else "china-s"
    length = font(name).text_length(text, size)
    if length <= 0 or box[2] <= box[0]:
        return
    squeeze = pymupdf.Point(box[0], box[3]), pymupdf.Matrix((box[2] - box[0]) / length, 1)
    page.insert_text(
        (box[0], box[3] - 1), text, fontsize=size, fontname=name, render_mode=mode, morph=squeeze
    )


@cache
def font(name: str) -> Any:
    """One of PyMuPDF's own fonts."""
    return pymupdf.Font(name)


def as_box(values: Sequence[float]) -> Box:
    """Four floats, whatever number type they came in."""
    return float(values[0]), float(values[1]), float(values[2]), float(values[3])
