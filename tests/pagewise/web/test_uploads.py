from __future__ import annotations

import io
from pathlib import Path

import pytest

from loaders.errors import SourceError
from pagewise.web.uploads import FOLDER, discard, keep, kind_of, safe_name


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
