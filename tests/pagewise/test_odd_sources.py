"""Files that change while they are read, and what only looks like a file."""

# mypy: allow-untyped-calls
from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from loaders.errors import SourceError
from loaders.sources import find_sources
from pagewise.library import Library
from pagewise.settings import Settings

PAGES = 12


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        yield library


def pdf(word: str) -> bytes:
    with pymupdf.open() as document:
        for number in range(PAGES):
            document.new_page().insert_text((72, 100), f"Chapter {number} speaks of {word}.")
        written: bytes = document.tobytes()
        return written


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def as_a_new_file(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(data)
    beside.replace(path)


@pytest.mark.parametrize("save", [in_place, as_a_new_file])
@pytest.mark.parametrize("page", [1, PAGES], ids=["at the first page", "at the last"])
def test_a_file_saved_while_it_is_read_is_read_again(
    library: Library, tmp_path: Path, save: object, page: int
) -> None:
    assert callable(save)
    path, versions = tmp_path / "report.pdf", [pdf("apples"), pdf("pears")]
    path.write_bytes(versions.pop(0))

    def step(name: str, done: int, total: int, doing: str) -> None:
        if versions and done == page:
            save(path, versions.pop())

    report = library.index([str(path)], on_step=step)
    assert report.is_complete
    [record] = library.documents()
    assert record.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    texts = " ".join(chunk.page_content for chunk in library.store.chunks_of("report.pdf"))
    assert ("pears" in texts, "apples" in texts) == (True, False)
    assert all("pears" in reading.markup for reading in library.readings("report.pdf"))


def test_a_file_that_is_saved_again_and_again_is_told_and_leaves_what_was_there(
    library: Library, tmp_path: Path
) -> None:
    path, other = tmp_path / "report.pdf", tmp_path / "other.pdf"
    path.write_bytes(pdf("apples"))
    other.write_bytes(pdf("plums"))
    library.index([str(path)])
    path.write_bytes(pdf("pears"))

    def step(name: str, done: int, total: int, doing: str) -> None:
        if name == "report.pdf":
            with path.open("ab") as file:
                file.write(b"\n")

    report = library.index([str(path), str(other)], on_step=step)
    assert [failure.partition(": ")[2] for failure in report.failures] == [
        "was saved while it was read; run it again"
    ]
    assert [record.name for record in library.documents()] == ["other.pdf", "report.pdf"]
    assert "apples" in library.store.chunks_of("report.pdf")[0].page_content
    assert library.index([str(path)]).is_complete
    assert "pears" in library.store.chunks_of("report.pdf")[0].page_content


def test_the_hash_of_a_text_is_of_what_was_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# Apples\n\nThere are 12 apples.\n", encoding="utf-8")
    read = Path.read_bytes

    def read_then_save(self: Path) -> bytes:
        data = read(self)
        if self == path:
            monkeypatch.undo()
            path.write_text("# Pears\n\nThere are 15 pears.\n", encoding="utf-8")
        return data

    monkeypatch.setattr(Path, "read_bytes", read_then_save)
    library.index([str(path)])
    assert not library.index([str(path)]).documents[0].is_unchanged
    assert "15 pears" in library.store.chunks_of("notes.md")[0].page_content


def test_what_is_no_regular_file_is_told_and_the_others_go_on(
    library: Library, tmp_path: Path
) -> None:
    good, pipe, zero = tmp_path / "good.pdf", tmp_path / "pipe.pdf", tmp_path / "zero.md"
    good.write_bytes(pdf("apples"))
    os.mkfifo(pipe)
    zero.symlink_to("/dev/zero")
    report = library.index([str(pipe), str(zero), "/dev/zero", str(good)])
    assert len(report.failures) == 3
    assert all("no regular file" in failure for failure in report.failures)
    assert [record.name for record in library.documents()] == ["good.pdf"]


def test_a_name_that_is_no_utf_8_is_spelt_and_the_others_go_on(
    library: Library, tmp_path: Path
) -> None:
    """MuPDF cannot open one; a text file has no such need."""
    folder = os.fsencode(tmp_path / "in")
    Path(os.fsdecode(folder)).mkdir()
    files = {b"caf\xe9.pdf": pdf("pears"), b"caf\xe8.md": b"Of plums.", b"own.pdf": pdf("apples")}
    for name, data in files.items():
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(data)
    text = os.fsdecode(folder + b"/caf\xe8.md")
    report = library.index([os.fsdecode(folder), text])
    assert [record.name for record in library.documents()] == ["caf\\xe8.md", "own.pdf"]
    [failure] = report.failures
    assert "caf\\xe9.pdf: its name is no UTF-8; rename it" in failure
    assert library.index([text]).documents[0].is_unchanged


def test_one_name_whose_accents_are_spelt_in_two_ways_is_one(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "Cafe\u0301.pdf"
    path.write_bytes(pdf("apples"))
    library.index([str(path)])
    assert [record.name for record in library.documents()] == ["Caf\u00e9.pdf"]
    assert library.index([str(path)]).documents[0].is_unchanged


def test_what_a_folder_holds_beside_documents_is_named_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    skipped: list[SourceError] = []
    folder.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    (folder / "own.pdf").write_bytes(b"%PDF-")
    (folder / "out.pdf").symlink_to(tmp_path / "secret.pdf")
    (folder / "gone.pdf").symlink_to(folder / "nothing.pdf")
    (folder / "notes.zip").write_text("text", encoding="utf-8")
    (folder / ".hidden").write_text("text", encoding="utf-8")
    os.mkfifo(folder / "pipe.pdf")
    found = find_sources([str(folder)], on_skip=skipped.append)
    assert [source.path.name for source in found] == ["own.pdf"]
    told = sorted(skipped, key=str)
    assert [(Path(error.source).name, error.reason.split()[0]) for error in told] == [
        ("gone.pdf", "the"),
        ("notes.zip", "of"),
        ("out.pdf", "a"),
        ("pipe.pdf", "is"),
    ]
