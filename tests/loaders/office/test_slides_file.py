"""Slides with known content, made by the library that is said to read them."""

# mypy: allow-untyped-calls
from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaders.office.conftest import read, tables, text

ROWS = [["Region", "2024", "2023"], ["North", "1,234", "1,100"], ["South", "(56)", "40"]]


def test_slides_are_pages_with_their_tables_and_the_numbers_of_their_charts(
    tmp_path: Path,
) -> None:
    pptx = pytest.importorskip("pptx")
    column_chart = pytest.importorskip("pptx.enum.chart").XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = pytest.importorskip("pptx.chart.data").CategoryChartData()
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Results"
    grid = slide.shapes.add_table(3, 3, 0, 2_000_000, 5_000_000, 1_000_000).table
    for row, values in enumerate(ROWS):
        for column, said in enumerate(values):
            grid.cell(row, column).text = said
    chart.categories = ["Q1", "Q2"]
    chart.add_series("Income", (1.5, 2))
    chart.add_series("Costs", (0.5, None))
    last = presentation.slides.add_slide(presentation.slide_layouts[6])
    last.shapes.add_chart(column_chart, 0, 0, 3_000_000, 3_000_000, chart)
    last.notes_slide.notes_text_frame.text = "Say why."
    last.element.set("show", "0")
    presentation.save(tmp_path / "a.pptx")
    first, second = read(tmp_path / "a.pptx")
    assert first.markup.startswith("# Results\n")
    assert tables(first) == [ROWS]
    assert tables(second) == [[["", "Income", "Costs"], ["Q1", "1.5", "0.5"], ["Q2", "2", ""]]]
    assert "Note: Say why." in text(second)
    assert second.audit
    assert second.audit.notes == ["a hidden slide"]
