from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from loaders.errors import LibraryError
from tests.loaders.storing.conftest import OpenDatabase, opened


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


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)  # a file is made under a lock
def test_of_several_that_make_a_library_at_once_one_does(database_url: str, home: Path) -> None:
    home.mkdir()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: opened(home, database_url), range(8)))
    for database in made:
        assert database.rows("SELECT * FROM documents") == []
        database.close()
