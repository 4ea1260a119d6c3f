"""Documents given to the queue together: who has to wait, what is put in, what is told."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from loaders.storing.databases.postgres import conninfo_of
from pagewise.library import Library
from pagewise.queueing.batches import Batches
from pagewise.queueing.runs import BULK, UPLOAD
from tests.queue_world import World

pytestmark = [  # Chroma's client leaves its connections to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def rows(world: World, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(conninfo_of(world.database_url)) as connection:
        return connection.execute(statement.encode()).fetchall()


def test_nobody_is_given_what_is_there_already(local: World, small_pdf: Path) -> None:
    with Library(local.settings("here")) as library:
        library.index([str(small_pdf)])
        batches = Batches(library)
        batch = batches.start([str(small_pdf)], BULK, names=["mine.pdf"], failures=["b: damaged"])
        assert rows(local, "SELECT * FROM procrastinate_jobs") == []
        names, _, runs = batches.runs.batch(batch)
        report = batches.wait(batch, lambda *_: None, pytest.fail)
        batches.close()
    assert (names, runs) == (["mine.pdf"], [])
    assert [document.name for document in report.documents] == ["report.pdf"]
    assert report.failures == ["b: damaged"]


def test_what_nobody_began_is_not_found(local: World) -> None:
    with Library(local.settings("here")) as library:
        batches = Batches(library)
        with pytest.raises(KeyError):
            batches.runs.batch("none")
        batches.close()


def test_uploads_come_first_and_what_cannot_be_read_stops_nothing_else(
    local: World, small_pdf: Path
) -> None:
    broken = local.folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    asked = local.run("client", "index", str(broken), str(small_pdf), "--json")
    assert asked.stdout is not None
    assert "start `python main.py work`" in asked.stdout.readline()
    with Library(local.settings("server")) as library:
        batches = Batches(library)
        batches.start([str(small_pdf)], UPLOAD)
        batches.close()
        order = "SELECT priority FROM procrastinate_jobs ORDER BY priority DESC, id"
        assert rows(local, order) == [(UPLOAD,), (BULK,), (BULK,)]
    local.worker("worker")
    out, _ = asked.communicate(timeout=120)
    told = json.loads(out[out.index("{\n") :])
    assert [one["document"] for one in told["documents"]] == ["report.pdf"]
    assert f"{broken}: damaged" in told["failures"][0]
    assert asked.returncode == 3
