from pathlib import Path

import pytest

from loaders.errors import SourceError
from loaders.loader import PageLoader

MARKDOWN = "# Results\n\n| Model | Score |\n|---|---|\n| Larch | 71.3 |\n\nThe test took two days."


def test_a_markdown_file_becomes_chunks_without_a_reader(tmp_path: Path) -> None:
    file = tmp_path / "results.md"
    file.write_text(MARKDOWN, encoding="utf-8")
    chunks = list(PageLoader(file).lazy_load())
    assert [chunk.metadata["kind"] for chunk in chunks] == ["table", "text"]
    assert "71.3" in chunks[0].page_content
    assert {chunk.metadata["section"] for chunk in chunks} == {"Results"}


def test_form_feeds_part_pages_and_an_empty_one_is_blank(tmp_path: Path) -> None:
    file = tmp_path / "pages.txt"
    file.write_text("First page.\f\fThird page.", encoding="utf-8")
    readings = list(PageLoader(file).readings())
    assert [str(reading.outcome) for reading in readings] == ["ok", "blank", "ok"]


@pytest.mark.parametrize(("name", "text"), [("a.txt", ""), ("a.csv", ""), ("a.csv", ",,\n , \n")])
def test_a_file_that_says_nothing_is_blank(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    [reading] = PageLoader(tmp_path / name).readings()
    assert str(reading.outcome) == "blank"


@pytest.mark.parametrize(
    ("content", "cause"),
    [(b"\xff\x00\x81", "UTF-8"), (b"PK\x00\x01", "no text")],
    ids=["another encoding", "an archive"],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, content: bytes, cause: str) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=cause):
        list(PageLoader(file).lazy_load())
