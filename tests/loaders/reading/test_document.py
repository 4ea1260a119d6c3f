# mypy: allow-untyped-calls
from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from loaders.errors import PageError, SourceError
from loaders.pages.page import Outcome, Page
from loaders.reading.child import Limits
from loaders.reading.document import open_document


def pdf(path: Path, *texts: str) -> Path:
    """A PDF with one page for each text; an empty text makes an empty page."""
    document = pymupdf.open()
    for text in texts:
        page = document.new_page(width=400, height=300)
        if text:
            page.insert_text((50, 80), text, fontsize=12)
    document.save(path)
    return path


def test_pages_come_with_words_places_and_markup(tmp_path: Path) -> None:
    with open_document(pdf(tmp_path / "a.pdf", "Revenue rose by 12.5 percent.")) as document:
        (page,) = document.pages()
    assert document.page_count == 1
    assert len(document.sha256) == 64
    assert not document.repaired
    assert (page.width, page.height) == (400, 300)
    assert [word.text for word in page.words] == ["Revenue", "rose", "by", "12.5", "percent."]
    left, top, right, bottom = page.words[0].box
    assert 49 < left < 51
    assert 66 < top < bottom < 86
    assert right > left
    assert "Revenue rose by 12.5 percent." in page.markup
    assert page.markup.startswith("<chunk box=")


def test_an_empty_page_is_blank_and_the_others_are_read(tmp_path: Path) -> None:
    with open_document(pdf(tmp_path / "a.pdf", "One", "", "Three")) as document:
        outcomes = [page.outcome for page in document.pages()]
    assert outcomes == [Outcome.OK, Outcome.BLANK, Outcome.OK]


def test_a_page_with_ink_and_no_text_asks_for_ocr(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page().draw_circle((200, 200), 50, fill=(0, 0, 0))
    document.save(tmp_path / "a.pdf")
    with open_document(tmp_path / "a.pdf") as opened:
        (unread,) = opened.pages(ocr=False)
        (read,) = opened.pages()
    assert unread.outcome is Outcome.SKIPPED
    assert "OCR" in unread.detail
    assert read.outcome is Outcome.BLANK
    assert "picture without text" in read.detail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"just text, no PDF at all", "damaged"),
        (b"", "damaged"),
        (b"%PDF-1.7\n%%EOF", "damaged|no pages"),
    ],
)
def test_what_is_no_pdf_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=reason):
        open_document(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        open_document(tmp_path / "none.pdf")
    with pytest.raises(SourceError, match="folder"):
        open_document(tmp_path)


def test_a_name_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.pdf")
    pdf(tmp_path / "a.pdf", "One").rename(path)
    with pytest.raises(SourceError, match="rename it"):
        open_document(path)


def test_a_picture_for_people_is_small_and_lies_like_the_page_that_is_read(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=300, height=500)
    page.insert_text((150, 400), "These words run up the page, all of them.", rotate=90)
    document.save(tmp_path / "a.pdf")
    with open_document(tmp_path / "a.pdf") as opened:
        (read,) = opened.pages()
        picture = opened.picture(0, width=800)
    assert (picture.width, picture.height) == (read.width, read.height) == (500, 300)
    assert picture.media_type == "image/png"
    assert int.from_bytes(picture.image[16:20]) == 800
    assert len(picture.image) < 20_000


@pytest.mark.parametrize("kind", ["png", "jpg", "tiff"])
def test_a_picture_is_a_document_of_one_page(kind: str, tmp_path: Path) -> None:
    picture = Image.new("RGB", (300, 200), "white")
    picture.paste((0, 0, 0), (50, 50, 250, 150))
    picture.save(tmp_path / f"a.{kind}")
    with open_document(tmp_path / f"a.{kind}") as opened:
        (page,) = opened.pages(ocr=False, image_width=300)
    assert (page.outcome, bool(page.image)) == (Outcome.SKIPPED, True)


def test_a_password_is_named(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page()
    document.save(tmp_path / "a.pdf", encryption=5, user_pw="x", owner_pw="y")
    with pytest.raises(SourceError, match="password"):
        open_document(tmp_path / "a.pdf")


def test_a_cut_file_tells_that_it_was_repaired(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "a.pdf", "One", "Two").read_bytes()
    (tmp_path / "b.pdf").write_bytes(whole[: whole.rindex(b"startxref")])
    with open_document(tmp_path / "b.pdf") as document:
        assert "repaired" in document.repaired


def test_a_page_that_overruns_is_read_without_the_layout_model(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", "One", "Two")
    with open_document(path) as document:
        document.idle[0].kill()
        first, second = document.pages()
    assert first.outcome is Outcome.OK
    assert "One" in first.markup
    assert first.detail.startswith("read without the layout model")
    assert (second.outcome, second.detail) == (Outcome.OK, "")


def test_a_page_that_overruns_fails_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", "One", "Two")
    with open_document(path) as document:
        document.idle[0].kill()
        first, second = document.pages(layout=False)
    assert first.outcome is Outcome.FAILED
    assert "stopped" in first.detail
    assert second.outcome is Outcome.OK


def test_threads_read_pages_side_by_side_each_with_a_child_of_its_own(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", *(f"Page {number}" for number in range(6)))
    with open_document(path) as document:
        alone = list(document.pages())
        with ThreadPoolExecutor(3) as pool:
            beside = list(pool.map(lambda number: next(document.pages([number])), range(6)))
        children = [child.process for child in document.idle]
    assert beside == alone
    assert 1 <= len(children) <= 3
    assert all(child.wait() for child in children)


def test_one_child_alone_keeps_the_models_of_ocr(tmp_path: Path) -> None:
    with open_document(pdf(tmp_path / "a.pdf", "One")) as document:
        first, second = document.start(), document.start()
        document.give_back(first, ocr=True)
        document.give_back(second, ocr=True)
        assert second.process.wait()
        assert document.take(ocr=False) is first
        document.give_back(first, ocr=False)
        assert document.take(ocr=True) is first
        document.give_back(first, ocr=True)


def test_an_image_over_forty_megapixels_is_refused(tmp_path: Path) -> None:
    with open_document(pdf(tmp_path / "a.pdf", "One")) as document:
        assert document.image(0, width=100).startswith(b"\x89PNG")
        with pytest.raises(PageError, match="megapixels"):
            document.image(0, width=20_000)


def test_too_little_memory_is_an_error_and_no_crash(tmp_path: Path) -> None:
    path, little = pdf(tmp_path / "a.pdf", "One"), Limits(memory=64 * 1024**2)
    with open_document(path, little) as document, pytest.raises(PageError, match="memory"):
        document.image(0, width=5_000)


def test_a_page_printed_sideways_is_turned_with_its_image(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=300, height=500)
    page.insert_text((150, 400), "These words run up the page, all of them.", rotate=90)
    document.save(tmp_path / "a.pdf")
    with open_document(tmp_path / "a.pdf") as opened:
        (read,) = opened.pages()
        image = opened.image(0, width=250)
    assert (read.width, read.height) == (500, 300)
    assert "These words run up the page, all of them." in read.markup
    left, top, right, bottom = read.words[0].box
    assert right - left > bottom - top
    assert int.from_bytes(image[20:24]) < int.from_bytes(image[16:20])


def test_a_huge_page_is_drawn_smaller_and_says_so(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=10_976, height=7_102)
    for line in range(20):
        page.insert_text((500, 900 + 200 * line), "Pump 14 delivers 320 litres.", fontsize=90)
    document.save(tmp_path / "plan.pdf")
    with open_document(tmp_path / "plan.pdf") as opened:
        (read,) = opened.pages()
    assert read.outcome is Outcome.OK
    assert read.markup.count("Pump 14 delivers 320 litres.") == 20
    assert any("drawn at" in note for note in read.notes)


def test_pages_that_overrun_cost_one_total_and_the_others_say_so(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", *(f"Page {number}" for number in range(4)))
    limits = Limits(page_seconds=1e9, hurry_seconds=1e9, lost_seconds=50)
    with open_document(path, limits) as document:
        found: list[Page] = []
        for lost in (50, 100, 101):
            document.lost = lost
            found += document.pages([0])
    whole, hurried, refused = found
    assert whole.detail == ""
    assert hurried.outcome is Outcome.OK
    assert hurried.detail.startswith("read without the layout model (pages before it")
    assert refused.outcome is Outcome.FAILED
    assert "not read: 101 seconds of CPU time went to pages before it" in refused.detail


def test_a_page_that_overruns_is_counted(tmp_path: Path) -> None:
    with open_document(pdf(tmp_path / "a.pdf", "One")) as document:
        document.idle[0].kill()
        list(document.pages())
        assert document.lost == document.limits.page_seconds


def test_attachments_are_not_read_and_counted(tmp_path: Path) -> None:
    made = pymupdf.open()
    made.new_page().insert_text((50, 50), "The bolt takes 12 Nm.")
    made.new_page().insert_text((50, 50), "The nut takes 10 Nm.")
    made.embfile_add("prices.csv", b"bolt,3")
    made.save(tmp_path / "a.pdf")
    with open_document(tmp_path / "a.pdf") as document:
        first, second = document.pages()
    assert "attachments not read: 1" in first.notes
    assert second.notes == []
