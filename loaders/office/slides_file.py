"""PowerPoint files: a page for each slide, tables as grids, charts as the numbers they show."""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE

from loaders.chunking.markup import safe
from loaders.chunking.spanned_grid import RawCell
from loaders.office.number_format import plain_number
from loaders.office.office_page import OfficePage, counted, heading, table_markup


def slide_pages(data: bytes) -> list[OfficePage]:
    """The slides in order; one that is hidden in the show is read, and said to be so."""
    return [slide_page(slide) for slide in pptx.Presentation(io.BytesIO(data)).slides]


def slide_page(slide: Any) -> OfficePage:
    """Title, then what stands below it from top to bottom, then the speaker's notes."""
    page = OfficePage()
    title = slide.shapes.title
    if title is not None:
        page.blocks.append(heading(" ".join(title.text_frame.text.split()), 1))
    pictures = 0
    for shape in in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            page.blocks += shape_blocks(shape)
        pictures += shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        said = " ".join(slide.notes_slide.notes_text_frame.text.split())
        page.blocks += [safe(f"Note: {said}")] if said else []
    page.notes += counted(pictures, "pictures not read")
    page.notes += ["a hidden slide"] if slide.element.get("show") == "0" else []
    return page


def in_order(shapes: Iterable[Any]) -> Iterator[Any]:
    """From top to bottom, groups taken apart."""
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from in_order(shape.shapes)
        else:
            yield shape


def shape_blocks(shape: Any) -> list[str]:
    """A table, a chart, or the paragraphs of a text."""
    if getattr(shape, "has_table", False):
        return [table_markup(table_rows(shape.table), int(bool(shape.table.first_row)))]
    if getattr(shape, "has_chart", False):
        return chart_blocks(shape.chart)
    if not shape.has_text_frame:
        return []
    lines = (" ".join(line.text.split()) for line in shape.text_frame.paragraphs)
    return [safe(line) for line in lines if line]


def table_rows(table: Any) -> list[list[RawCell]]:
    """The cells with their spans."""
    return [
        [
            RawCell(
                " ".join(cell.text.split()),
                cell.span_height if cell.is_merge_origin else 1,
                cell.span_width if cell.is_merge_origin else 1,
            )
            for cell in row.cells
            if not cell.is_spanned
        ]
        for row in table.rows
    ]


def chart_blocks(chart: Any) -> list[str]:
    """The numbers behind a chart: its file has them, with their names."""
    named = chart.has_title and chart.chart_title.has_text_frame
    title = safe(chart.chart_title.text_frame.text) if named else ""
    found: list[str] = [title]
    for plot in chart.plots:
        series = list(plot.series)
        names = [RawCell(""), *(RawCell(one.name or "") for one in series)]
        rows = [
            [RawCell(str(label)), *(RawCell(value_at(one.values, place)) for one in series)]
            for place, label in enumerate(plot.categories)
        ]
        found.append(table_markup([names, *rows], 1) if rows else "Figure: not read")
    return found


def value_at(values: Any, place: int) -> str:
    """The number that belongs to a category; nothing where none was measured."""
    value = values[place] if place < len(values) else None
    return "" if value is None else plain_number(value)
