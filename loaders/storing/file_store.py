"""The files that a library was read from, by their content: in a folder, or in an object store.

The only door to obstore, which takes keys and endpoints of S3 from the usual AWS_* variables.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from loaders.errors import LibraryError, SourceError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

MOST_CACHED = 10 * 10**9
"""Bytes of files from an object store that are kept on this machine."""
_IN_USE_S = 3600.0
"""What was asked for within this time may be open, and stays."""


class FileStore:
    """Each file once, under the hash of its content and the ending of its name."""

    def __init__(self, place: str, cache: Path) -> None:
        """`place` is a folder, or `s3://bucket/prefix`; what comes from there stays in `cache`."""
        try:
            from obstore.store import LocalStore, from_url  # noqa: PLC0415 - an extra
        except ImportError as error:
            told = "PAGEWISE_FILES needs obstore: pip install -c constraints.txt -e '.[postgres]'"
            raise LibraryError(told) from error
        self._cache = cache
        self._folder = None if "://" in place else Path(place).absolute()
        with _translated():
            self._store: ObjectStore = (
                LocalStore(self._folder, mkdir=True) if self._folder else from_url(place)
            )

    def put(self, path: Path, sha256: str) -> None:
        """Keep a file, unless its content is there."""
        import obstore  # noqa: PLC0415

        key = _key(sha256, path.suffix)
        with _translated():
            try:
                obstore.head(self._store, key)
            except FileNotFoundError:
                obstore.put(self._store, key, path)

    def path_of(self, sha256: str, suffix: str) -> Path:
        """Where a file is on this machine now.

        Raises:
            SourceError: It was never kept.
        """
        key = _key(sha256, suffix)
        path = (self._folder or self._cache) / key
        if self._folder is None:
            self._fetch(key, path)
        if not path.is_file():
            raise SourceError(key, "is not in PAGEWISE_FILES; index the document again")
        return path

    def forget(self, sha256: str, suffix: str) -> None:
        """Nobody needs it any more."""
        import obstore  # noqa: PLC0415

        with _translated():
            obstore.delete(self._store, _key(sha256, suffix))

    def _fetch(self, key: str, path: Path) -> None:
        import obstore  # noqa: PLC0415

        if path.is_file():
            path.touch()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._make_room()
        part = path.with_name(f".{uuid4().hex}.part")
        with _translated(), part.open("wb") as file:
            try:
                for piece in obstore.get(self._store, key):
                    file.write(piece)
            except FileNotFoundError:
                part.unlink()
                return
        part.replace(path)

    def _make_room(self) -> None:
        """What was asked for longest ago goes first."""
        files = [(one.stat().st_mtime, one) for one in self._cache.rglob("*") if one.is_file()]
        held = sum(one.stat().st_size for _, one in files)
        for asked_at, one in sorted(files):
            if held <= MOST_CACHED or asked_at > time.time() - _IN_USE_S:
                return
            held -= one.stat().st_size
            one.unlink(missing_ok=True)


def _key(sha256: str, suffix: str) -> str:
    return f"{sha256[:2]}/{sha256}{suffix.lower()}"


@contextmanager
def _translated() -> Iterator[None]:
    from obstore.exceptions import BaseError  # noqa: PLC0415

    try:
        yield
    except (BaseError, OSError) as error:
        first = str(error).partition("\n")[0]
        raise LibraryError(f"PAGEWISE_FILES: {first}; check the place and its keys") from error
