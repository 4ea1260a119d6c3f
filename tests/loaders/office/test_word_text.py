"""Inserted, deleted, hidden and raised words of a Word file."""

# mypy: allow-untyped-calls
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders.office.word_text import W, line_of
from tests.loaders.office.conftest import read, text


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


def paragraph(inner: str) -> Any:
    parse_xml = pytest.importorskip("docx.oxml").parse_xml
    return parse_xml(f'<w:p xmlns:w="{W[1:-1]}">{inner}</w:p>')


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "line"),
    [
        (run("Pay ") + run("700", "<w:strike/>"), "Pay ~~700~~"),
        (run("Pay ") + run("700", '<w:strike w:val="0"/>'), "Pay 700"),
        (run("Pay 7") + run("2", '<w:vertAlign w:val="superscript"/>'), "Pay 7²"),
        (run("Pay ") + run("secret", "<w:vanish/>") + run("700"), "Pay 700"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a b-c"),
        ("<w:moveFrom>" + run("gone") + "</w:moveFrom>" + run(" here"), "~~gone~~ here"),
        ('<w:r><w:t>note</w:t><w:footnoteReference w:id="3"/></w:r>', "note³"),
    ],
)
def test_a_line_says_what_is_struck_raised_or_hidden(inner: str, line: str) -> None:
    assert line_of(paragraph(inner)) == line
