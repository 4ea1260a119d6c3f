from __future__ import annotations

from pathlib import Path

from pagewise.render.read_stream import read_sources
from pagewise.settings import Settings

OFFLINE = Settings(offline=True)


def test_a_file_is_read_page_by_page_under_the_name_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "letter.md"
    file.write_text("# Letter\n\nDues rose to 512.\n", encoding="utf-8")
    [document] = read_sources([str(file)], None, OFFLINE)
    assert document.name == str(file)
    [reading] = document.readings()
    assert "Dues rose to 512." in reading.markup
    assert document.is_complete
    assert len(document.sha256) == 64
    assert (document.failure, document.warning) == ("", "")
    assert document.picture(0, 100) is None


def test_one_that_cannot_be_opened_does_not_stop_the_others(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text("Dues", encoding="utf-8")
    bad.write_bytes(b"no document")
    names = [str(tmp_path / "missing.pdf"), str(bad), str(good)]
    found = [
        (document.name, bool(document.failure)) for document in read_sources(names, None, OFFLINE)
    ]
    assert sorted(found) == sorted([(names[0], True), (names[1], True), (names[2], False)])


def test_what_could_not_be_opened_has_no_pages_and_is_not_complete(tmp_path: Path) -> None:
    [document] = read_sources([str(tmp_path / "missing.pdf")], None, OFFLINE)
    assert list(document.readings()) == []
    assert not document.is_complete
    assert document.sha256 == ""
