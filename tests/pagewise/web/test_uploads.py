from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from loaders.errors import SourceError
from loaders.storing.truth.records import DocumentRecord
from pagewise.web.uploads import FOLDER, discard, keep, kind_of, receive, remove, safe_name


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\xef\xbb\xbfjunk %PDF-1.7", "a.txt", ".pdf"),
        (b"\x89PNG\r\n\x1a\n...", "a.pdf", ".png"),
        (b"PK\x03\x04...", "a.docx", ".docx"),
        (b"Dues rose", "a.TXT", ".txt"),
        ("Dues für".encode("utf-16"), "a.md", ".md"),
        (b"Dues f\xc3", "a.txt", ".txt"),
    ],
)
def test_what_a_file_is_its_first_bytes_say(head: bytes, name: str, kind: str) -> None:
    assert kind_of(head, name) == kind


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"MZ\x90\0", "a.txt"),
        (b"\xfd\x01", "a.docx"),
        (b"Dues", "a.exe"),
        (b"PK\x03\x04", "a.zip"),
    ],
)
def test_what_cannot_be_read_is_refused(head: bytes, name: str) -> None:
    with pytest.raises(SourceError, match="can be read"):
        kind_of(head, name)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\\b\\c.pdf", "con\0.pdf", "", ".pdf", "x" * 500, "a/b?c#d.pdf"]
)
def test_a_name_is_no_path(name: str) -> None:
    safe = safe_name(name, ".pdf")
    assert safe.endswith(".pdf")
    assert not set(safe) & set('/\\\0?*:"<>|')
    assert not safe.startswith("..")
    assert len(safe) < 256


def test_the_same_file_again_comes_to_its_place(tmp_path: Path) -> None:
    first, again = (keep(io.BytesIO(b"Dues rose"), "dues.txt", tmp_path) for _ in range(2))
    other = keep(io.BytesIO(b"Dues fell"), "dues.txt", tmp_path)
    assert first == again != other
    assert first.read_bytes() == b"Dues rose"
    assert [path.name for path in first.parent.iterdir()] == ["dues.txt"]


def test_only_the_file_that_was_sent_is_deleted(tmp_path: Path) -> None:
    kept, own = keep(io.BytesIO(b"Dues"), "dues.txt", tmp_path), tmp_path / "own.txt"
    own.write_text("mine", encoding="utf-8")
    for path in (own, tmp_path / FOLDER):
        discard(path, tmp_path)
    assert own.exists()
    assert kept.exists()
    discard(kept, tmp_path)
    assert not kept.parent.exists()


class Told:
    """What would be read."""

    def __init__(self) -> None:
        self.names, self.sources, self.failed = list[str](), list[str](), list[str]()

    async def start(
        self, names: Sequence[str], sources: Sequence[str], failed: Sequence[str]
    ) -> str:
        self.names, self.sources, self.failed = list(names), list(sources), list(failed)
        return "job-1"


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def client(tmp_path: Path, told: Told) -> TestClient:
    app, library = FastAPI(), SimpleNamespace(settings=SimpleNamespace(home=tmp_path))

    @app.post("/")
    async def send(request: Request) -> str:
        return await receive(request, library, told)  # type: ignore[arg-type]

    return TestClient(app)


def send(client: TestClient, *files: tuple[str, bytes], **form: Any) -> Any:
    return client.post("/", files=[("file", file) for file in files] or None, data=form or None)


def test_files_are_kept_and_addresses_taken_by_the_names_they_came_with(
    client: TestClient, told: Told, tmp_path: Path
) -> None:
    answer = send(client, ("a/dues.txt", b"Dues rose"), url=" https://example.org/a.pdf ")
    assert answer.json() == "job-1"
    assert told.names == ["a/dues.txt", "https://example.org/a.pdf"]
    kept, address = told.sources
    assert Path(kept).read_bytes() == b"Dues rose"
    assert Path(kept).is_relative_to(tmp_path / FOLDER)
    assert address == "https://example.org/a.pdf"


def test_what_cannot_be_read_is_told_beside_what_can(client: TestClient, told: Told) -> None:
    send(client, ("dues.txt", b"Dues"), ("run.exe", b"MZ\0\0"))
    assert len(told.sources) == 1
    assert told.failed == ["run.exe: is no document, picture or text that can be read"]


@pytest.mark.parametrize(
    ("files", "form", "status"),
    [
        ([], {"url": "  "}, 422),
        ([("run.exe", b"MZ\0\0")], {}, 415),
        ([], {"url": "/etc/passwd"}, 422),
        ([], {"url": "a.pdf"}, 422),
    ],
)
def test_nothing_and_paths_of_the_server_are_refused(
    client: TestClient, told: Told, files: Any, form: Any, status: int
) -> None:
    assert send(client, *files, **form).status_code == status
    assert told.sources == []


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_file_goes_with_its_last_document(tmp_path: Path, is_shared: bool) -> None:
    file = tmp_path / FOLDER / "0" / "dues.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Dues", encoding="utf-8")
    record, other = (DocumentRecord(name, "sha", source=str(file)) for name in "ab")
    removed: list[str] = []

    async def aremove(name: str) -> None:
        removed.append(name)

    async def adocuments() -> list[DocumentRecord]:
        return [other] if is_shared else []

    settings = SimpleNamespace(home=tmp_path)
    library: Any = SimpleNamespace(aremove=aremove, adocuments=adocuments, settings=settings)
    asyncio.run(remove(library, record))
    assert removed == ["a"]
    assert file.exists() is is_shared
