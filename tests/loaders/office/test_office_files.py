"""Office files with known content, made by the libraries that are said to read them."""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from loaders.chunking.markup import parse_markup
from loaders.errors import SourceError
from loaders.loader import PageLoader
from loaders.pages.page import Reading
from pagewise.render.markdown_json import block_text

ROWS = [["Region", "2024", "2023"], ["North", "1,234", "1,100"], ["South", "(56)", "40"]]


def read(path: Path) -> list[Reading]:
    return list(PageLoader(path).readings())


def tables(reading: Reading) -> list[list[list[str]]]:
    return [block.table.rows for block in parse_markup(reading.markup) if block.table]


def text(reading: Reading) -> str:
    return "\n".join(block_text(block) for block in parse_markup(reading.markup))


def test_a_word_file_gives_headings_tables_notes_and_what_is_struck(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Annual report", 1)
    line = document.add_paragraph("Dues rose to 512")
    line.add_run("1").font.superscript = True
    line.add_run(" thousand, ")
    line.add_run("not 480").font.strike = True
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Region"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Income"
    for place, said in enumerate(["2024", "2023"]):
        table.cell(1, place + 1).text = said
    for row, values in enumerate(ROWS[1:]):
        for column, said in enumerate(values):
            table.cell(row + 2, column).text = said
    document.add_page_break()
    document.add_paragraph("The second page.", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "Policy AB-12"
    document.save(tmp_path / "a.docx")
    first, second = read(tmp_path / "a.docx")
    assert "Policy AB-12" in text(first)
    assert "# Annual report" in first.markup
    assert "Dues rose to 512¹ thousand, ~~not 480~~" in text(first)
    assert tables(first) == [
        [["Region", "Income", ""], ["", "2024", "2023"], *ROWS[1:]],
    ]
    assert text(second) == "- The second page."


def test_inserted_words_and_text_boxes_are_read_once_and_deleted_ones_struck(
    tmp_path: Path,
) -> None:
    docx = pytest.importorskip("docx")
    parse_xml = pytest.importorskip("docx.oxml").parse_xml
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {names}><w:r><w:t>Pay </w:t></w:r><w:ins><w:r><w:t>700</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>600</w:delText></w:r></w:del>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><mc:AlternateContent>"
            f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
            "</w:r></w:p>"
        ),
    )
    document.save(tmp_path / "a.docx")
    (page,) = read(tmp_path / "a.docx")
    assert text(page).split("\n") == ["Pay 700~~600~~", "In a box."]


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
    assert second.detail == "a hidden slide"


def workbook(path: Path) -> Any:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Budget"
    sheet["A1"] = "In thousand euros"
    sheet.append([])
    sheet.append(["Region", 2024, "Share"])
    sheet.append(["North", 1234.5, 0.125])
    sheet.append(["South", -56, 0.5])
    for row in (4, 5):
        sheet.cell(row, 2).number_format = "#,##0.0;(#,##0.0)"
        sheet.cell(row, 3).number_format = "0.0%"
    sheet.append([])
    sheet.append(["Total", "=SUM(B4:B5)", 1])
    second = book.create_sheet("Staff")
    second.append(["Name", "Since"])
    second.append(["Alder", "2019"])
    book.create_sheet("Drafts").sheet_state = "hidden"
    book.save(path)


def test_a_sheet_is_read_as_it_is_shown_and_called_by_its_cells(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx")
    budget, staff = read(tmp_path / "a.xlsx")
    assert budget.label == "Budget!A3:C7"
    assert "In thousand euros" in text(budget)
    assert tables(budget) == [
        [
            ["Region", "2024", "Share"],
            ["North", "1,234.5", "12.5%"],
            ["South", "(56.0)", "50.0%"],
            ["Total", "", "1"],
        ]
    ]
    assert "formulas without a result: 1" in budget.detail
    assert "hidden sheets not read: 1" in budget.detail
    assert staff.label == "Staff!A1:B2"


def test_chunks_of_a_sheet_bear_its_name(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx")
    chunks = list(PageLoader(tmp_path / "a.xlsx").lazy_load())
    assert {chunk.metadata["page_label"] for chunk in chunks} == {"Budget!A3:C7", "Staff!A1:B2"}


def test_a_mail_tells_who_when_and_its_table_and_names_what_is_attached(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Offer 7"
    mail.set_content("See the table.")
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in ROWS)
    mail.add_alternative(f"<p>Our prices:</p><table>{cells}</table>", subtype="html")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="offer.pdf")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    (page,) = read(tmp_path / "a.eml")
    assert page.markup.startswith("# Offer 7\n")
    assert "- From: a@example.org" in text(page)
    assert tables(page) == [ROWS]
    assert page.detail == "attachments not read: offer.pdf"


def test_a_book_is_read_in_the_order_of_its_spine(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as book:
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/a.opf"/></rootfiles></container>',
        )
        book.writestr(
            "OPS/a.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
            '<item id="b" href="two%20b.xhtml"/><item id="a" href="one.xhtml"/></manifest>'
            '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
        )
        book.writestr("OPS/one.xhtml", "<html><body><h1>One</h1><p>First.</p></body></html>")
        book.writestr("OPS/two b.xhtml", "<html><body><p>Second.</p></body></html>")
    first, second = read(tmp_path / "a.epub")
    assert text(first) == "One\nFirst."
    assert text(second) == "Second."


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx", ".epub"])
@pytest.mark.parametrize(
    ("content", "cause"),
    [(b"nothing", "damaged"), (b"\xd0\xcf\x11\xe0" * 9, "password"), (b"", "damaged")],
    ids=["no archive", "an old format", "empty"],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, suffix: str, content: bytes, cause: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=cause):
        read(path)


def test_an_archive_of_other_files_and_a_bomb_are_refused(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<a/>")
    (tmp_path / "a.docx").write_bytes(archive.getvalue())
    with pytest.raises(SourceError, match=r"no \.docx file|needs"):
        read(tmp_path / "a.docx")
    entry = archive.getvalue().rindex(b"PK\x01\x02") + 24
    claimed = archive.getvalue()[:entry] + b"\xff\xff\xff\x7f" + archive.getvalue()[entry + 4 :]
    (tmp_path / "b.epub").write_bytes(claimed)
    with pytest.raises(SourceError, match="larger than 1000 MB"):
        read(tmp_path / "b.epub")
