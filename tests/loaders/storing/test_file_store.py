"""Originals by their content: in a folder, and in an object store."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from loaders.errors import LibraryError, SourceError
from loaders.storing import file_store
from loaders.storing.file_store import FileStore
from tests.s3_emulator import s3_server

pytest.importorskip("obstore")
CONTENT = b"%PDF-1.7 a report"
SHA = sha256(CONTENT).hexdigest()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Report.PDF"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    with s3_server() as (url, held):
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "canary")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
        yield held


def test_a_folder_keeps_a_file_once_and_gives_it_in_place(report: Path, tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "files"), tmp_path / "cache")
    store.put(report, SHA)
    report.write_bytes(b"another one now")
    store.put(report, SHA)
    kept = store.path_of(SHA, ".pdf")
    assert kept.read_bytes() == CONTENT
    assert kept.is_relative_to(tmp_path / "files")
    assert not (tmp_path / "cache").exists()
    store.forget(SHA, ".pdf")
    with pytest.raises(SourceError, match="is not in PAGEWISE_FILES"):
        store.path_of(SHA, ".pdf")


def test_an_object_store_is_asked_once(
    report: Path, tmp_path: Path, objects: dict[str, bytes]
) -> None:
    FileStore("s3://bucket/ours", tmp_path / "here").put(report, SHA)
    assert objects == {f"/bucket/ours/{SHA[:2]}/{SHA}.pdf": CONTENT}
    elsewhere = FileStore("s3://bucket/ours", tmp_path / "there")
    path = elsewhere.path_of(SHA, ".pdf")
    objects.clear()
    assert elsewhere.path_of(SHA, ".pdf") == path
    assert path.read_bytes() == CONTENT
    with pytest.raises(SourceError):
        elsewhere.path_of("0" * 64, ".pdf")


def test_what_was_asked_for_longest_ago_makes_room(
    report: Path, tmp_path: Path, objects: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_store, "MOST_CACHED", 10)
    monkeypatch.setattr(file_store, "_IN_USE_S", 0.0)
    store = FileStore("s3://bucket", tmp_path / "cache")
    for digit in "123":
        store.put(report, digit * 64)
        store.path_of(digit * 64, ".pdf")
    assert [path.stem for path in (tmp_path / "cache").rglob("*.pdf")] == ["3" * 64]


def test_a_place_that_refuses_is_told(
    report: Path, tmp_path: Path, objects: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    with pytest.raises(LibraryError, match="PAGEWISE_FILES: "):
        FileStore("s3://bucket", tmp_path / "cache").put(report, SHA)
