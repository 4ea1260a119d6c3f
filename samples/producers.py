"""The producers that print a page of `samples.random_tables`, each in its own way.

Chromium, LibreOffice and groff are programs on the path; reportlab, weasyprint, typst and
python-docx come with `pip install -e '.[producers]'`. None of them is needed to use the program.
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
from typing import Any

from samples.printer import Printer
from samples.random_tables import Cell, TablePage

CSS = {
    "ruled": "td,th{border:0.6pt solid black}",
    "head-ruled": ".low th{border-bottom:0.8pt solid black}",
    "plain": "",
    "banded": "tr:nth-child(even) td{background:#e6eef8}",
    "painted": "th{background:#345;color:white}td{border-bottom:0.3pt solid #999}",
}
LINE_BY_LINE = (
    *("none", "marks", "signs", "units", "years", "groups", "gaps", "conditions", "unit-column"),
)
"""What can be set without breaking lines."""
WESTERN = ("en", "de", "fr", "es")

Producer = Callable[[TablePage, Path], bool]
"""Prints the page, or says that it cannot."""


def with_pymupdf(page: TablePage, path: Path) -> bool:
    """Line by line, at places."""
    if page.feature not in LINE_BY_LINE or page.language not in WESTERN:
        return False
    printer = Printer()
    printer.text(60, 60, page.heading, 14, "hebo")
    y = printer.prose(90, wrapped(page.prose))
    rows = [[f"{c.text}^{c.mark}^" if c.mark else c.text for c in row] for row in page.rows]
    if page.style in ("banded", "painted"):
        for row in range(1, len(rows), 2) if page.style == "banded" else [0]:
            top = y + 18 * row - 12
            printer.page.draw_rect((60, top, 530, top + 18), color=None, fill=(0.9, 0.93, 0.97))
    places = (64, *range(500 - (page.width - 2) * (440 // page.width), 501, 440 // page.width))
    end = printer.table(y, rows, places, ruled=page.style == "ruled")
    if page.style == "head-ruled":
        printer.rule(60, y + 5, 510, y + 5)
    printer.prose(end, wrapped(page.prose))
    printer.save(path)
    return True


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
    head, body = (
        "".join(
            f"<tr{' class=low' if number == page.head - 1 else ''}>"
            f"{''.join(html_cell(cell, tag) for cell in row)}</tr>"
            for number, row in enumerate(page.rows)
            if (number < page.head) is (tag == "th")
        )
        for tag in ("th", "td")
    )
    columns = "".join(f'<col style="width:{part:.0%}">' for part in page.widths)
    others = "left" if page.feature == "sentences" else "right"
    return (
        f'<html lang="{page.language}"><meta charset="utf-8"><style>body{{font:10pt sans-serif}}'
        "table{border-collapse:collapse;width:90%}"
        f"td,th{{padding:2pt 6pt;text-align:{others};vertical-align:top}}"
        f"td:first-child,th:first-child{{text-align:left}}{CSS[page.style]}"
        "th[colspan]{text-align:center}.strong{font-weight:bold;text-align:left}</style>"
        f"<h2>{page.heading}</h2><p>{page.prose}</p><table>{columns}<thead>{head}</thead>"
        f"<tbody>{body}</tbody></table><p>{page.prose}</p></html>"
    )


def html_cell(cell: Cell, tag: str) -> str:
    """A cell with its mark raised."""
    mark = f"<sup>{html.escape(cell.mark)}</sup>" if cell.mark else ""
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    look = " class=strong" if cell.strong else ""
    return f"<{tag}{span}{look}>{html.escape(cell.text)}{mark}</{tag}>"


def with_chromium(page: TablePage, path: Path) -> bool:
    """As a browser prints it."""
    source = path.with_suffix(".html")
    source.write_text(as_html(page), encoding="utf-8")
    program = shutil.which("chromium") or "chromium"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [program, *options, f"--print-to-pdf={path}", str(source)], check=True, capture_output=True
    )
    return True


def with_weasyprint(page: TablePage, path: Path) -> bool:
    """As WeasyPrint lays it out."""
    import_module("weasyprint").HTML(string=as_html(page)).write_pdf(str(path))
    return True


def with_typst(page: TablePage, path: Path) -> bool:
    """As Typst sets it."""
    strokes = {
        "ruled": "0.6pt",
        "head-ruled": f"(x, y) => if y == {page.head - 1} {{ (bottom: 0.8pt) }}",
    }
    fills = {
        "banded": "fill: (x, y) => if calc.odd(y) { rgb(230, 238, 248) },",
        "painted": f"fill: (x, y) => if y < {page.head} {{ rgb(200, 216, 232) }},",
    }
    head, body = (
        ", ".join(typst_cell(cell) for row in rows for cell in row)
        for rows in (page.rows[: page.head], page.rows[page.head :])
    )
    others = "left" if page.feature == "sentences" else "right"
    widths = ", ".join(f"{part:.2f}fr" for part in page.widths)
    source = path.with_suffix(".typ")
    source.write_text(
        '#set text(size: 10pt, font: ("Libertinus Serif", "Noto Sans CJK SC"))\n'
        f"= {page.heading}\n{page.prose}\n\n#table(columns: ({widths}), "
        f"stroke: {strokes.get(page.style, 'none')}, {fills.get(page.style, '')} "
        f"align: (x, y) => if x == 0 {{ left }} else {{ {others} }}, "
        f"table.header({head}), {body})\n\n{page.prose}\n",
        encoding="utf-8",
    )
    import_module("typst").compile(str(source), output=str(path))
    return True


def typst_cell(cell: Cell) -> str:
    """A cell with its mark raised."""
    text = cell.text.replace("\\", "\\\\").replace('"', '\\"')
    mark = f"#super[{cell.mark}]" if cell.mark else ""
    align = "left" if cell.strong else "center"
    span = f"table.cell(colspan: {cell.span}, align: {align})" if cell.span > 1 else ""
    weight = '#set text(weight: "bold");' if cell.strong else ""
    return f'{span}[{weight}#"{text}"{mark}]'


def with_reportlab(page: TablePage, path: Path) -> bool:
    """As reportlab flows it."""
    if page.language not in WESTERN:
        return False
    platypus = import_module("reportlab.platypus")
    styles = import_module("reportlab.lib.styles")
    normal = styles.getSampleStyleSheet()["Normal"]
    right, middle = (styles.ParagraphStyle(f"{n}", normal, alignment=n) for n in (2, 1))
    last = page.head - 1
    looks: dict[str, list[Any]] = {
        "ruled": [("GRID", (0, 0), (-1, -1), 0.6, "black")],
        "head-ruled": [("LINEBELOW", (0, last), (-1, last), 0.8, "black")],
        "plain": [],
        "banded": [("ROWBACKGROUNDS", (0, page.head), (-1, -1), ["#e6eef8", "white"])],
        "painted": [("BACKGROUND", (0, 0), (-1, last), "#c8d8e8")],
    }
    rows, spans = [], []
    for number, row in enumerate(page.rows):
        line: list[Any] = []
        for cell in row:
            mark = f"<super>{cell.mark}</super>" if cell.mark else ""
            is_left = not line or page.feature == "sentences"
            if cell.span > 1:
                spans.append(("SPAN", (len(line), number), (len(line) + cell.span - 1, number)))
            text = html.escape(cell.text) + mark
            is_middle = cell.span > 1 and not cell.strong
            line += [
                platypus.Paragraph(
                    f"<b>{text}</b>" if cell.strong else text,
                    middle if is_middle else normal if is_left else right,
                ),
                *[""] * (cell.span - 1),
            ]
        rows.append(line)
    widths = [440 * part for part in page.widths]
    table = platypus.Table(rows, colWidths=widths, repeatRows=page.head)
    table.setStyle(
        platypus.TableStyle([*looks[page.style], *spans, ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    prose = platypus.Paragraph(page.prose, normal)
    heading = platypus.Paragraph(page.heading, styles.getSampleStyleSheet()["Heading2"])
    space = platypus.Spacer(1, 12)
    platypus.SimpleDocTemplate(str(path)).build([heading, prose, space, table, space, prose])
    return True


def with_libreoffice(page: TablePage, path: Path) -> bool:
    """As LibreOffice prints a document of Word."""
    docx = import_module("docx")
    document = docx.Document()
    document.add_heading(page.heading, 2)
    document.add_paragraph(page.prose)
    table = document.add_table(len(page.rows), page.width)
    if page.style in ("ruled", "banded"):
        table.style = "Table Grid" if page.style == "ruled" else "Light Shading Accent 1"
    for number, row in enumerate(page.rows):
        column = 0
        for cell in row:
            place = table.cell(number, column)
            if cell.span > 1:
                place = place.merge(table.cell(number, column + cell.span - 1))
            paragraph = place.paragraphs[0]
            others = 2 if column and page.feature != "sentences" else 0
            paragraph.alignment = 1 if cell.span > 1 and not cell.strong else others
            run = paragraph.add_run(cell.text)
            run.bold = number < page.head or cell.strong
            if cell.mark:
                paragraph.add_run(cell.mark).font.superscript = True
            column += cell.span
    for part, column in zip(page.widths, table.columns, strict=True):
        for place in column.cells:
            place.width = int(5_486_400 * part)
    document.add_paragraph(page.prose)
    source = path.with_suffix(".docx")
    document.save(str(source))
    return to_pdf(source)


def with_spreadsheet(page: TablePage, path: Path) -> bool:
    """As LibreOffice prints a sheet of Excel: heads at the left, numbers at the right."""
    if page.feature == "marks":
        return False
    openpyxl = import_module("openpyxl")
    styles = import_module("openpyxl.styles")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([page.heading])
    for number, row in enumerate(page.rows):
        column = 1
        for cell in row:
            place = sheet.cell(number + 3, column, cell.text)
            dress(place, page, number, styles, is_strong=cell.strong)
            if cell.span > 1:
                last = column + cell.span - 1
                sheet.merge_cells(None, number + 3, column, number + 3, last)
            column += cell.span
        sheet.row_dimensions[number + 3].height = height_of_row(page, number)
    for number, part in enumerate(page.widths, start=1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = 66 * part
    if page.feature == "over-pages":
        sheet.print_title_rows = f"3:{2 + page.head}"
    for number in (2, len(page.rows) + 4):
        place = sheet.cell(number, 1, page.prose)
        place.alignment = styles.Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(None, number, 1, number, page.width)
        sheet.row_dimensions[number].height = 14 * lines_in(page.prose, 50)
    source = path.with_suffix(".xlsx")
    book.save(str(source))
    return to_pdf(source)


def height_of_row(page: TablePage, number: int) -> int | None:
    """What the fullest cell of a row of long texts needs, in points."""
    if page.feature not in ("sentences", "long-labels"):
        return None
    cells = zip(page.rows[number], page.widths, strict=False)
    return 14 * max(lines_in(cell.text, 56 * part) for cell, part in cells)


def lines_in(text: str, letters: float) -> int:
    """How many lines a cell that takes so many letters a line needs; a Chinese sign is two."""
    wide = sum(2 if char > "\u2e80" else 1 for char in text)
    return 1 + int(1.1 * wide / letters)


def dress(place: Any, page: TablePage, number: int, styles: Any, *, is_strong: bool) -> None:
    """Give a cell of the sheet the looks of its row."""
    line = styles.Side(style="thin")
    is_head = number < page.head
    is_right = place.column > 1 and not is_head and page.feature != "sentences"
    place.alignment = styles.Alignment(
        horizontal="right" if is_right else "left",
        vertical="top",
        wrap_text=page.feature in ("sentences", "long-labels"),
    )
    place.font = styles.Font(bold=is_head or is_strong)
    if page.style == "ruled":
        place.border = styles.Border(line, line, line, line)
    elif page.style == "head-ruled" and number == page.head - 1:
        place.border = styles.Border(bottom=line)
    elif (page.style == "banded" and number % 2) or (page.style == "painted" and is_head):
        place.fill = styles.PatternFill("solid", fgColor="E6EEF8")


def with_groff(page: TablePage, path: Path) -> bool:
    """As groff's tbl sets it: ruled, or with a line below the head; it paints nothing."""
    if page.style in ("banded", "painted") or page.language not in WESTERN:
        return False
    others = "l" if page.feature == "sentences" else "r"
    inches = [f"w({6 * part:.2f}i)" for part in page.widths]
    forms, lines = [], []
    for number, row in enumerate(page.rows):
        form: list[str] = []
        for cell in row:
            align = ("l" if cell.strong else "c") if cell.span > 1 else others if form else "l"
            bold = "b" if cell.strong or number < page.head else ""
            form += [align + bold + inches[len(form)], *["s"] * (cell.span - 1)]
        forms.append(" ".join(form))
        if number == page.head:
            lines += [*(["_"] if page.style == "head-ruled" else []), ".TH"]
        lines.append("\t".join(groff_cell(cell) for cell in row))
    options = "allbox;" if page.style == "ruled" else ";"
    table = "\n".join([".TS H", options, *forms[:-1], f"{forms[-1]}.", *lines, ".TE"])
    source = f".SH\n{page.heading}\n.LP\n{page.prose}\n{table}\n.LP\n{page.prose}\n"
    program = ["groff", "-Kutf8", "-Tpdf", "-t", "-ms"]
    done = subprocess.run(program, input=source.encode(), check=True, capture_output=True)
    path.write_bytes(done.stdout)
    return True


def groff_cell(cell: Cell) -> str:
    """A cell with its mark raised; a long text is a block of its own, which breaks."""
    text = cell.text.replace("\\", "\\e").replace("\xa0", "\\ ")
    mark = f"\\u\\s-3{cell.mark}\\s+3\\d" if cell.mark else ""
    return f"T{{\n{text}{mark}\nT}}" if len(text) > 20 and cell.span == 1 else text + mark


def to_pdf(source: Path) -> bool:
    """Have LibreOffice print an office file beside it."""
    program = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(source.parent)]
    subprocess.run([*program, str(source)], check=True, capture_output=True)
    return source.with_suffix(".pdf").exists()


def producers() -> dict[str, Producer]:
    """Those that are here."""
    found: dict[str, Producer] = {"pymupdf": with_pymupdf}
    if shutil.which("chromium"):
        found["chromium"] = with_chromium
    for name, make in (
        ("weasyprint", with_weasyprint),
        ("typst", with_typst),
        ("reportlab", with_reportlab),
    ):
        if find_spec(name):
            found[name] = make
    if shutil.which("groff"):
        found["groff"] = with_groff
    if shutil.which("soffice") and find_spec("docx"):
        found["libreoffice"] = with_libreoffice
    if shutil.which("soffice") and find_spec("openpyxl"):
        found["spreadsheet"] = with_spreadsheet
    return found
