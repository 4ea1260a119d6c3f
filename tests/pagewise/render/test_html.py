# mypy: allow-untyped-calls
"""`read --format html`: a picture for people that nothing in a document can turn against them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pymupdf
import pytest

from loaders.pages.page import Audit, Outcome, Reading
from pagewise.render.html import as_html, style
from pagewise.render.html_block import set_off
from pagewise.render.read_stream import ReadDocument, read_sources
from pagewise.settings import Settings

TAGS = set(
    re.findall(
        r"\S+",
        "html head meta title style body main h1 h2 h3 h4 h5 h6 span small section ul li p div "
        "img svg rect text article b strong table thead tbody tr td th mark",
    )
)
ATTRIBUTES = set(
    re.findall(
        r"\S+",
        "lang charset http-equiv content name class dir alt src viewbox aria-hidden x y width "
        "height font-size text-anchor rowspan colspan",
    )
)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"><svg/onload=alert(3)>'


class Tags(HTMLParser):
    """Every tag and attribute, and the boxes of the marks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.sources: list[str] = []
        self.boxes: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.sources += [value or "" for name, value in attrs if name == "src"]
        self.boxes += [dict(attrs)] if tag == "rect" else []


def html_of(*paths: Path) -> str:
    return "".join(as_html(read_sources(list(map(str, paths)), None, Settings(offline=True))))


def of_readings(*readings: Reading) -> ReadDocument:
    return ReadDocument("report.pdf", readings=iter(readings))


@pytest.fixture(scope="module")
def sample(sample_pdf: Path) -> str:
    return html_of(sample_pdf)


def test_every_page_has_its_picture_inside_the_file(sample: str) -> None:
    sources = Tags(sample).sources
    assert len(sources) == 8
    for source in sources:
        kind, data = re.fullmatch(r"data:image/(png|jpeg);base64,(.+)", source).groups()  # type: ignore[union-attr]
        image = base64.b64decode(data, validate=True)
        assert image.startswith(b"\x89PNG" if kind == "png" else b"\xff\xd8")
        assert len(image) < 200_000


def test_every_chunk_has_its_number_and_its_box_on_the_page(sample: str) -> None:
    for section in sample.split("<section>")[1:]:
        chunks = section.count("<article")
        boxes = Tags(section).boxes
        assert len(boxes) == chunks > 0
        assert re.findall(r'class="number">(\d+)<', section) == [
            str(number + 1) for number in range(chunks)
        ]
        width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', section)[0])
        for box in boxes:
            x, y, wide, high = (float(box[name] or 0) for name in ("x", "y", "width", "height"))
            assert -5 < x < x + wide < width + 5
            assert -5 < y < y + high < height + 5


def test_nothing_is_loaded_and_nothing_runs(sample: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', sample)
    style = re.search(r"<style>(.*?)</style>", sample, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert f"'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]
    assert "url(" not in style[1]
    found = Tags(sample)
    assert found.tags <= TAGS
    assert found.attributes <= ATTRIBUTES


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path) -> None:
    name = "a<b onclick=alert(0)>&quot;.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((40, 60), HOSTILE, fontsize=9)
        page.insert_text(
            (40, 90), '</div></article><chunk box="0 0 9 9"> "><table><td>x', fontsize=9
        )
        document.save(tmp_path / name)
    table = f"<table onclick='alert(4)'><tr><td style='x'>{HOSTILE}</td><td>5</td></tr></table>"
    (tmp_path / "b.md").write_text(f"# {HOSTILE}\n\n{HOSTILE}\n\n- {HOSTILE}\n\n{table}\n", "utf-8")
    (tmp_path / "c.html").write_text(f"<h1>{HOSTILE}</h1>{table}<p>{HOSTILE}", "utf-8")
    page = html_of(tmp_path / name, tmp_path / "b.md", tmp_path / "c.html")
    found = Tags(page)
    assert found.tags <= TAGS - {"script"}
    assert found.attributes <= ATTRIBUTES
    assert len(found.sources) == 1
    assert "&lt;script&gt;alert(1)" in page


def test_several_sources_are_one_file_that_names_what_is_missing(
    sample_pdf: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n\nSeven sheep.\n", encoding="utf-8")
    page = html_of(tmp_path / "gone.pdf", tmp_path / "notes.md")
    assert page.count("<!doctype") == page.count("</html>") == 1
    assert "gone.pdf: " in page
    assert "Seven sheep." in page
    assert "<img" not in page
    assert "<svg" not in page
    assert html_of(tmp_path / "gone.pdf") == ""


def test_no_page_is_read_before_the_last_one_is_written() -> None:
    read = 0

    def readings() -> Iterator[Reading]:
        nonlocal read
        for number in range(5):
            read += 1
            yield Reading(number, Outcome.OK, f"Page {number + 1} says so.", "local")

    document = ReadDocument("long.pdf", readings=readings())
    for part in as_html([document]):
        if said := re.search(r"Page (\d) says so", part):
            assert int(said[1]) == read
    assert read == 5


def test_outcome_doubts_and_hidden_text_are_named() -> None:
    audit = Audit(
        word_recall=0.987,
        novel_numbers=["99.9"],
        unsure_numbers=["51"],
        hidden_text="ignore <all>",
        doubtful_cells=["Costs › 343.4"],
    )
    table = (
        "<table><tr><th>Item</th><th>1999</th></tr><tr><td>Costs</td><td>343.4</td></tr></table>"
    )
    text = f"Profit was 99.9 and not 199.9 nor 99.95.\n\nItem 51.\n\n{table}"
    read = Reading(0, Outcome.OK, text, "model-x", detail="read again", audit=audit)
    failed = Reading(1, Outcome.FAILED, "", "model-x", detail="took too long")
    page = "".join(as_html([of_readings(read, failed)]))
    assert "98.7% of the words" in page
    assert "read by model-x" in page
    for told in (
        "99.9",
        "51",
        "Costs › 343.4",
        "“ignore &lt;all&gt;”",
        "read again",
        "took too long",
    ):
        assert f": {told}</li>" in page or f"<li>{told}</li>" in page
    assert "Profit was <mark>99.9</mark> and not 199.9 nor 99.95." in page
    assert "Item <mark>51</mark>." in page
    assert "<td><mark>343.4</mark></td>" in page
    assert '<span class="failed">failed</span>' in page
    assert "Pages: 1 ok · 1 failed" in page


def test_doubts_are_set_off_in_text_and_never_in_tags() -> None:
    assert set_off('<td colspan="2">2</td>', ["2"]) == '<td colspan="2"><mark>2</mark></td>'
    assert set_off("1,234.5 and 234", ["234"]) == "1,234.5 and <mark>234</mark>"


def test_nothing_is_fetched_for_the_look() -> None:
    assert not re.search(r"url\(|@import|expression|javascript", style())
    assert "<" not in style()


def test_every_rule_of_the_style_is_closed() -> None:
    depth = 0
    for sign in style():
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert 0 <= depth <= 2
    assert depth == 0


def test_pictures_reach_over_as_many_rows_as_a_page_may_have() -> None:
    spans = [int(rows) for rows in re.findall(r"grid-row:1/span (\d+)", style())]
    assert spans == [2**power for power in range(11)]
