"""Office files with known content, made by the libraries that are said to read them."""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from loaders.errors import SourceError
from tests.loaders.office.conftest import read, tables, text

ROWS = [["Region", "2024", "2023"], ["North", "1,234", "1,100"], ["South", "(56)", "40"]]


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
    assert page.audit
    assert page.audit.notes == ["attachments not read: offer.pdf"]


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
