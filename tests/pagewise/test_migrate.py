"""A library's way into a real Postgres, and what must stop it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.errors import LibraryError, UsageError
from pagewise.cli import main
from pagewise.library import Library
from pagewise.migrate import copy_to
from pagewise.settings import Settings
from tests.postgres_server import Postgres, servers

QUESTION = "How many people does the company employ?"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    yield from servers()


@pytest.fixture
def home(small_library: Library, tmp_path: Path) -> Path:
    """A copy of the small library, with a conversation of two turns."""
    home = tmp_path / "home"
    kept = shutil.ignore_patterns("lock*", "threads*")
    shutil.copytree(small_library.settings.home, home, ignore=kept)
    with Library(Settings(home=home, offline=True)) as library:
        for _ in range(2):
            library.ask(QUESTION, thread="t1")
    return home


def digest(home: Path) -> str:
    return hashlib.sha256((home / "library.sqlite").read_bytes()).hexdigest()


def test_a_library_is_answered_from_the_database_as_from_its_folder(
    home: Path, tmp_path: Path, postgres: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    before, url = digest(home), postgres.url("moved")
    assert main(["migrate", "--home", str(home), "--to", url]) == 0
    told = capsys.readouterr().err
    assert "1 documents" in told
    assert "1 conversations" in told
    assert digest(home) == before
    elsewhere = Settings(home=tmp_path / "another machine", offline=True, database_url=url)
    with Library(Settings(home=home, offline=True)) as old, Library(elsewhere) as new:
        assert new.documents() == old.documents()
        [name] = [document.name for document in new.documents()]
        assert new.readings(name) == old.readings(name)
        answers = [one.ask(QUESTION) for one in (old, new)]
        assert answers[0].answer == answers[1].answer
        assert answers[0].citations
        assert answers[0].citations == answers[1].citations
        assert new.store.counts() == old.store.counts()
        states = [
            one.threaded_graph.get_state({"configurable": {"thread_id": "t1"}}).values["history"]
            for one in (old, new)
        ]
        assert states[0] == states[1] != []
        assert "340" in new.ask(QUESTION, thread="t1").answer


def test_what_is_there_is_never_overwritten(home: Path, postgres: Postgres) -> None:
    url = postgres.url("taken")
    copy_to(home, url)
    with pytest.raises(LibraryError, match=r"not empty|conversations"):
        copy_to(home, url)
    (home / "threads.sqlite").unlink()
    with pytest.raises(LibraryError, match="not empty"):
        copy_to(home, url)


def test_a_row_that_arrives_with_other_contents_stops_it_and_nothing_stays(
    home: Path, postgres: Postgres
) -> None:
    """A trigger at the other end changes what is written."""
    from loaders.storing.databases.postgres_database import PostgresDatabase  # noqa: PLC0415 - an extra

    (home / "threads.sqlite").unlink()
    new = PostgresDatabase(postgres.url("spoiling"))
    new.run(
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN NEW.title := NEW.title || NEW.title; RETURN NEW; END'"
    )
    new.run(
        "CREATE TRIGGER spoiling BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION spoil()"
    )
    with pytest.raises(LibraryError, match="documents: 1 of 1 rows arrived, or with other"):
        copy_to(home, postgres.url("spoiling"))
    assert new.rows("SELECT count(*) FROM documents") == [(0,)]
    new.close()


def test_an_address_of_no_postgres_is_refused(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--to takes"):
        copy_to(home, "mysql://me:canary@127.0.0.1/db")
    pytest.importorskip("psycopg_pool")
    with pytest.raises(LibraryError) as told:
        copy_to(home, "postgresql://me:canary@127.0.0.1:9/db")
    assert "canary" not in str(told.value)
    with pytest.raises(LibraryError, match="no library is there"):
        copy_to(tmp_path, "postgresql://127.0.0.1:9/db")
