from __future__ import annotations

from pathlib import Path

import pytest

from loaders.download import folder_of
from loaders.storing.truth.records import DocumentRecord
from pagewise.library import Library
from pagewise.settings import Settings

ADDRESS = "https://example.com/report.pdf"


def fetched(home: Path, url: str) -> Path:
    file = folder_of(url, home / "downloads") / "report.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF-1.7")
    return file


def test_a_removed_document_takes_its_download_along(tmp_path: Path) -> None:
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        mine = fetched(tmp_path / "home", ADDRESS)
        other = fetched(tmp_path / "home", f"{ADDRESS}?year=2")
        library.store.replace(DocumentRecord("report.pdf", "a", source=ADDRESS), [])
        library.remove("report.pdf")
        assert not mine.parent.exists()
        assert other.exists()


def test_a_download_that_another_document_needs_stays(tmp_path: Path) -> None:
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        file = fetched(tmp_path / "home", ADDRESS)
        for name in ("report.pdf", "example.com/report.pdf"):
            library.store.replace(DocumentRecord(name, "a", source=ADDRESS), [])
        library.remove("report.pdf")
        assert file.exists()
        library.remove("example.com/report.pdf")
        assert not file.exists()


@pytest.mark.parametrize("name", ["report.pdf", "https:/report.pdf"])
def test_a_file_of_the_user_s_is_never_deleted(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"%PDF-1.7")
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.store.replace(DocumentRecord("report.pdf", "a", source=str(file)), [])
        library.remove("report.pdf")
        assert file.exists()
