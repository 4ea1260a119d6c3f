"""A document as the API gives it: its contents, pictures, tables, file."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image

from pagewise.library import Library
from pagewise.serving.server import build_app
from pagewise.web.document_ids import id_of
from tests.served import LONG_S, running


@pytest.fixture(scope="module")
def client(sample_library: Library) -> Iterator[httpx.Client]:
    with (
        running(build_app(sample_library)) as url,
        httpx.Client(base_url=url, timeout=LONG_S) as client,
    ):
        yield client


@pytest.fixture
def sent() -> str:
    """The sample's id."""
    return id_of("larkmoor.pdf")


def test_a_document_tells_its_contents_pages_and_money(client: httpx.Client, sent: str) -> None:
    told = client.get(f"/documents/{sent}").json()
    assert told["outcomes"] == {"ok": 8}
    assert [page["page"] for page in told["page_list"]] == list(range(1, 9))
    assert "How the year went" in [section["text"] for section in told["sections"]]
    assert told["usd"] == 0
    audit = client.get(f"/documents/{sent}/audit").json()
    assert [page["audit"]["word_recall"] for page in audit][:7] == [1.0] * 7


def test_a_pages_picture_has_the_place_framed(client: httpx.Client, sent: str) -> None:
    plain = client.get(f"/documents/{sent}/pages/3.png")
    assert plain.headers["content-type"] == "image/png"
    framed = client.get(f"/documents/{sent}/pages/3.png", params={"highlight": "100,200,300,260"})
    with Image.open(io.BytesIO(framed.content)) as image:
        scale, picture = image.width / 595, image.convert("RGB")
        column = [picture.getpixel((round(200 * scale), round(y * scale))) for y in range(190, 270)]
    red = [190 + at for at, colour in enumerate(column) if colour == (208, 32, 32)]
    assert abs(red[0] - 197) <= 1
    assert abs(red[-1] - 263) <= 1
    same = client.get(
        f"/documents/{sent}/pages/3.png", headers={"if-none-match": plain.headers["etag"]}
    )
    assert (same.status_code, same.content) == (304, b"")


def test_tables_come_with_their_cells_and_places(client: httpx.Client, sent: str) -> None:
    tables = client.get(f"/documents/{sent}/tables").json()
    [first] = [table for table in tables if table["caption"].startswith("Table 1 ")]
    assert first["page"] == 3
    assert any("385.8" in row for row in first["rows"])
    assert len(first["box"]) == 4
    [cell] = [one for one in first["values"] if one["row"] == ["Group"] and one["value"] == 385.8]
    assert (cell["unit"], cell["scale"], cell["page"]) == ("EUR", 1e6, 3)


def test_tables_come_as_files_for_a_spreadsheet(client: httpx.Client, sent: str) -> None:
    csv = client.get(f"/documents/{sent}/tables", params={"format": "csv"})
    assert "Group,2025 › Revenue,385.8" in csv.text
    assert "larkmoor.csv" in csv.headers["content-disposition"]
    pytest.importorskip("openpyxl", reason="needs the extra `office`")
    book = client.get(f"/documents/{sent}/tables", params={"format": "xlsx"})
    assert book.content.startswith(b"PK")
    assert client.get(f"/documents/{sent}/tables", params={"format": "exe"}).status_code == 422


def test_the_original_opens_in_the_browser(client: httpx.Client, sent: str) -> None:
    answer = client.get(f"/documents/{sent}/original")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.content.startswith(b"%PDF-")
