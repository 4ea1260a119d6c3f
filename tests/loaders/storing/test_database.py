from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from loaders.errors import LibraryError
from loaders.storing.database import Database


def test_the_stamp_tells_of_every_change(tmp_path: Path) -> None:
    ours, others = (Database(tmp_path / "library.sqlite") for _ in range(2))
    stamps = [ours.stamp()]
    assert ours.stamp() == stamps[0]
    ours.set_meta("a", "1")
    stamps.append(ours.stamp())
    others.set_meta("a", "2")
    stamps.append(ours.stamp())
    with suppress(LibraryError), ours.transaction():
        ours.set_meta("a", "3")
        stamps.append(ours.stamp())
        raise LibraryError("the disk is full")
    stamps.append(ours.stamp())
    assert len(set(stamps)) == len(stamps) == 5
    assert ours.meta("a") == "2"
    for database in (ours, others):
        database.close()
