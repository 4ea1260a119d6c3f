"""One content is one document, whatever its files are called; a part of a name is enough."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from loaders.errors import LibraryError
from loaders.storing.truth.records import DocumentRecord
from pagewise.cli import main
from pagewise.indexing.document_names import found_document
from pagewise.library import Library
from pagewise.settings import Settings


def make(path: Path, word: str) -> Path:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 100), f"The budget for {word} is 125 units.")
        document.save(path)
    return path


def make_twice(folder: Path) -> tuple[Path, Path]:
    first, copy = make(folder / "first.pdf", "apples"), folder / "copy.pdf"
    copy.write_bytes(first.read_bytes())
    return first, copy


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Settings(home=tmp_path / ".home", offline=True)) as library:
        yield library


def names(library: Library) -> list[str]:
    return [record.name for record in library.documents()]


def test_a_renamed_file_is_one_document_and_is_not_read_again(
    library: Library, tmp_path: Path
) -> None:
    old = make(tmp_path / "old.pdf", "apples")
    library.index([str(old)])
    new = old.rename(tmp_path / "new.pdf")
    [done] = library.index([str(new)]).documents
    assert (done.name, done.read, done.chunks) == ("new.pdf", 0, 1)
    assert names(library) == ["new.pdf"]
    assert library.store.counts() == (1, 1, 1)
    assert library.ask("What is the budget for apples?").citations[0].document == "new.pdf"


def test_one_content_under_two_names_is_one_document_that_answers_to_both(
    library: Library, tmp_path: Path
) -> None:
    first, copy = make_twice(tmp_path)
    report = library.index([str(first), str(copy)])
    assert report.skipped == [
        "copy.pdf: the same content as first.pdf, which now answers to both names"
    ]
    assert names(library) == ["first.pdf"]
    assert library.index([str(tmp_path)]).skipped == []
    for name in ("first.pdf", "copy.pdf"):
        assert library.ask("What is the budget for apples?", document=name).citations
        assert library.search("budget", document=name)
        assert len(library.readings(name)) == 1
    library.remove("copy.pdf")
    assert names(library) == ["first.pdf"]
    with pytest.raises(LibraryError, match="no document"):
        library.readings("copy.pdf")


def test_a_copy_that_is_changed_becomes_a_document_of_its_own(
    library: Library, tmp_path: Path
) -> None:
    first, copy = make_twice(tmp_path)
    library.index([str(first), str(copy)])
    make(copy, "pears")
    library.index([str(copy)])
    assert names(library) == ["copy.pdf", "first.pdf"]
    assert library.store.catalog.names() == {}


def test_a_document_that_is_changed_loses_the_names_of_its_copies(
    library: Library, tmp_path: Path
) -> None:
    first, copy = make_twice(tmp_path)
    library.index([str(first), str(copy)])
    make(first, "pears")
    library.index([str(tmp_path)])
    assert names(library) == ["copy.pdf", "first.pdf"]


RECORDS = [
    DocumentRecord(name, name) for name in ("Annual 2022.pdf", "Annual 2023.pdf", "note.pdf")
]
OTHERS = {"copy of 2023.pdf": ("Annual 2023.pdf", "")}


@pytest.mark.parametrize(
    ("part", "meant"),
    [
        ("note.pdf", "note.pdf"),
        ("NOTE", "note.pdf"),
        ("2022", "Annual 2022.pdf"),
        ("2023", "Annual 2023.pdf"),
        ("copy of", "Annual 2023.pdf"),
    ],
)
def test_a_part_of_a_name_is_enough(part: str, meant: str) -> None:
    assert found_document(part, RECORDS, OTHERS).name == meant


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("annual", r"may mean Annual 2022\.pdf, Annual 2023\.pdf"),
        ("2021", "no document '2021'"),
        ("", "no document"),
    ],
)
def test_a_part_that_does_not_tell_is_refused(part: str, told: str) -> None:
    with pytest.raises(LibraryError, match=told):
        found_document(part, RECORDS, OTHERS)


def test_the_command_line_takes_a_part_and_lists_both_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--home", str(tmp_path / "home"), "--offline"]
    first, copy = make_twice(tmp_path)
    assert main([*command, "index", str(first), str(copy)]) == 0
    assert main([*command, "list"]) == 0
    assert "first.pdf = copy.pdf" in capsys.readouterr().out
    assert main([*command, "ask", "What is the budget for apples?", "--document", "FIRST"]) == 0
    assert main([*command, "audit", "copy"]) == 0
