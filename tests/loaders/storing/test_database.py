from __future__ import annotations

from contextlib import suppress

from loaders.errors import LibraryError
from tests.loaders.storing.conftest import OpenDatabase


def test_the_stamp_tells_of_every_change(open_database: OpenDatabase) -> None:
    ours, others = open_database(), open_database()
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
