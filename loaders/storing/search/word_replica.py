"""This machine's words of a library that others write too: they follow its log of changes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.errors import LibraryError
from loaders.storing.databases.database import Database
from loaders.storing.databases.lock import LibraryLock
from loaders.storing.truth.catalog import CHUNKS, EVERY_DOCUMENT
from loaders.text.analyzer import ANALYZER

if TYPE_CHECKING:
    from loaders.storing.search.lexical_index import Entry, Lexical

FRESH, LATE = 1.0, 5.0
"""Seconds from one look for changes to the next; after more, a question waits for the look."""
AT_ONCE = 100
"""Documents between two commits."""


class WordReplica:
    """How far the words of a folder are, and how they get on.

    Each commit is remembered after it is made: whoever is killed between both does it again, which
    comes to the same.
    """

    def __init__(self, folder: Path, database: Database, home: LibraryLock) -> None:
        self._file, self._home = folder / "seen.json", home
        self._database, self._library = database, database.meta("library")
        self._looked = self._asked = float("-inf")
        self._beside = threading.Event()
        self._follower: threading.Thread | None = None
        self._starting = threading.Lock()
        self.turn = threading.RLock()
        """Of this process to write words; other processes wait for the lock of the folder."""

    def is_time(self) -> bool:
        """Whether to see what others have done; one question asks for it several times."""
        now = time.monotonic()
        if now - self._asked < FRESH:
            return False
        self._asked = now
        return True

    def keep_up(self, follow: Callable[[], None]) -> None:
        """Look for changes now, and from then on beside those who ask: they wait for none.

        A look that fails is told to whoever asks next.
        """
        if time.monotonic() - self._looked > LATE:
            self._look(follow)
        with self._starting:
            if self._follower is None:
                self._follower = threading.Thread(target=self._go_on, args=(follow,), daemon=True)
                self._follower.start()

    def _go_on(self, follow: Callable[[], None]) -> None:
        while not self._beside.wait(FRESH):
            with suppress(LibraryError, OSError):
                self._look(follow)

    def _look(self, follow: Callable[[], None]) -> None:
        with self.turn_if_free() as is_mine:
            if is_mine:
                follow()
        self._looked = time.monotonic()

    def close(self) -> None:
        """Follow no further; what is being written is finished."""
        self._beside.set()
        if self._follower:
            self._follower.join()

    @contextmanager
    def turn_if_free(self) -> Iterator[bool]:
        """Whether nobody else is looking for changes."""
        if not self.turn.acquire(blocking=False):
            yield False
            return
        try:
            with self._home.if_free() as is_free:
                yield is_free
        finally:
            self.turn.release()

    def seen(self) -> int:
        """The last change that the words hold; 0 if they are not of this library, or of others."""
        try:
            library, analyzer, serial = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0
        return int(serial) if (library, analyzer) == (self._library, ANALYZER) else 0

    def remember(self, serial: int) -> None:
        told = json.dumps([self._library, ANALYZER, serial])
        made = self._file.with_suffix(".new")
        made.write_text(told, encoding="utf-8")
        made.replace(self._file)

    def now(self) -> int:
        return self._database.version()

    def is_current(self) -> bool:
        """Whether no words have changed since."""
        return bool(self.seen()) and not self._behind(1)

    def lag(self) -> tuple[int, float]:
        """How many changes they are behind, and for how many seconds."""
        [(count, seconds)] = self._database.rows(
            "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)"
            " FROM changes WHERE what = ? AND serial > ?",
            (CHUNKS, self.seen()),
        )
        return int(count), float(seconds)

    def follow(
        self, lexical: Lexical, entries: Callable[[str], Iterable[Entry]], anew: Callable[[], None]
    ) -> None:
        """Put each document in afresh that was changed since; all of them if nobody knows which."""
        with self.turn:
            while (changes := self._behind(AT_ONCE)) or not self.seen():
                names = [document for _, document in changes]
                if EVERY_DOCUMENT in names or not self.seen():
                    anew()
                    continue
                gone = [chunk_id for name in names for chunk_id in lexical.ids_of(name)]
                lexical.change(gone=gone, new=[entry for name in names for entry in entries(name)])
                self.remember(changes[-1][0])

    def _behind(self, limit: int) -> list[tuple[int, str]]:
        return [
            (int(serial), str(document))
            for serial, document in self._database.rows(
                "SELECT serial, document FROM changes WHERE what = ? AND serial > ?"
                " ORDER BY serial LIMIT ?",
                (CHUNKS, self.seen(), limit),
            )
        ]
