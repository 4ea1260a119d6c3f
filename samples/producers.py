"""Producers that print a page each in its own way; those that are not installed are left out.

Chromium is looked for on the path; reportlab, weasyprint and typst come with `pip install`. None of
them is needed to use the program or to run its tests.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from samples.printer import Printer
from samples.random_tables import Cell, TablePage

CSS = {
    "ruled": "td,th{border:0.6pt solid black}",
    "head-ruled": "th{border-bottom:0.8pt solid black}",
    "plain": "",
    "banded": "tr:nth-child(even) td{background:#e6eef8}",
}


def with_pymupdf(page: TablePage, path: Path) -> None:
    """Line by line, at places."""
    printer = Printer()
    printer.text(60, 60, page.heading, 14, "hebo")
    y = printer.prose(90, wrapped(page.prose))
    rows = [[f"{c.text}^{c.mark}^" if c.mark else c.text for c in row] for row in page.rows]
    if page.style == "banded":
        for row in range(1, len(rows), 2):
            top = y + 18 * row - 12
            printer.page.draw_rect((60, top, 530, top + 18), color=None, fill=(0.9, 0.93, 0.97))
    end = printer.table(y, rows, (64, 280, 390, 500), ruled=page.style == "ruled")
    if page.style == "head-ruled":
        printer.rule(60, y + 5, 510, y + 5)
    printer.prose(end, wrapped(page.prose))
    printer.save(path)


def wrapped(text: str, width: int = 90) -> list[str]:
    """The text in lines of so many letters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def as_html(page: TablePage) -> str:
    """The page for a browser."""
    rows = "".join(
        f"<tr>{''.join(html_cell(cell, tag) for cell in row)}</tr>"
        for row, tag in zip(page.rows, ["th", *["td"] * len(page.rows)], strict=False)
    )
    return (
        f'<html lang="{page.language}"><meta charset="utf-8"><style>body{{font:10pt sans-serif}}'
        "table{border-collapse:collapse;width:90%}td,th{padding:2pt 6pt;text-align:right}"
        f"td:first-child,th:first-child{{text-align:left}}{CSS[page.style]}</style>"
        f"<h2>{page.heading}</h2><p>{page.prose}</p><table>{rows}</table><p>{page.prose}</p></html>"
    )


def html_cell(cell: Cell, tag: str) -> str:
    """A cell with its mark raised."""
    mark = f"<sup>{html.escape(cell.mark)}</sup>" if cell.mark else ""
    return f"<{tag}>{html.escape(cell.text)}{mark}</{tag}>"


def with_chromium(page: TablePage, path: Path) -> None:
    """As a browser prints it."""
    source = path.with_suffix(".html")
    source.write_text(as_html(page), encoding="utf-8")
    program = shutil.which("chromium") or "chromium"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [program, *options, f"--print-to-pdf={path}", str(source)], check=True, capture_output=True
    )


def with_weasyprint(page: TablePage, path: Path) -> None:
    """As WeasyPrint lays it out."""
    import_module("weasyprint").HTML(string=as_html(page)).write_pdf(str(path))


def with_typst(page: TablePage, path: Path) -> None:
    """As Typst sets it."""
    strokes = {"ruled": "0.6pt", "head-ruled": "(x, y) => if y == 0 { (bottom: 0.8pt) }"}
    fills = {"banded": "fill: (x, y) => if calc.odd(y) { rgb(230, 238, 248) },"}
    cells = ", ".join(typst_cell(cell) for row in page.rows for cell in row)
    source = path.with_suffix(".typ")
    source.write_text(
        f"= {page.heading}\n{page.prose}\n\n#table(columns: (2fr, 1fr, 1fr, 1fr), "
        f"stroke: {strokes.get(page.style, 'none')}, {fills.get(page.style, '')} "
        f"align: (x, y) => if x == 0 {{ left }} else {{ right }}, {cells})\n\n{page.prose}\n",
        encoding="utf-8",
    )
    import_module("typst").compile(str(source), output=str(path))


def typst_cell(cell: Cell) -> str:
    """A cell with its mark raised."""
    text = cell.text.replace("\\", "\\\\").replace('"', '\\"')
    return f'[#"{text}"#super[{cell.mark}]]' if cell.mark else f'[#"{text}"]'


def with_reportlab(page: TablePage, path: Path) -> None:
    """As reportlab flows it."""
    platypus = import_module("reportlab.platypus")
    styles = import_module("reportlab.lib.styles").getSampleStyleSheet()
    looks = {
        "ruled": [("GRID", (0, 0), (-1, -1), 0.6, "black")],
        "head-ruled": [("LINEBELOW", (0, 0), (-1, 0), 0.8, "black")],
        "plain": [],
        "banded": [("ROWBACKGROUNDS", (0, 1), (-1, -1), ["#e6eef8", "white"])],
    }
    rows = [
        [
            platypus.Paragraph(
                html.escape(cell.text) + (f"<super>{cell.mark}</super>" if cell.mark else ""),
                styles["Normal"],
            )
            for cell in row
        ]
        for row in page.rows
    ]
    table = platypus.Table(rows, colWidths=[170, 90, 90, 90])
    table.setStyle(platypus.TableStyle(looks[page.style]))
    prose = platypus.Paragraph(page.prose, styles["Normal"])
    heading = platypus.Paragraph(page.heading, styles["Heading2"])
    space = platypus.Spacer(1, 12)
    platypus.SimpleDocTemplate(str(path)).build([heading, prose, space, table, space, prose])


def producers() -> dict[str, Callable[[TablePage, Path], None]]:
    """Those that are here."""
    found: dict[str, Callable[[TablePage, Path], None]] = {"pymupdf": with_pymupdf}
    if shutil.which("chromium"):
        found["chromium"] = with_chromium
    for name, make in (
        ("weasyprint", with_weasyprint),
        ("typst", with_typst),
        ("reportlab", with_reportlab),
    ):
        if find_spec(name):
            found[name] = make
    return found
