"""Files into the store: what is told meanwhile, what is kept, and how documents are called."""

# mypy: allow-untyped-calls
from __future__ import annotations

import asyncio
import threading
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from loaders.storing.databases.sqlite_database import SqliteDatabase
from pagewise.library import Library
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request
from tests.pagewise.conftest import PAGES


def test_a_run_says_that_it_embeds_before_the_first_batch_is_done(
    small_pdf: Path, tmp_path: Path
) -> None:
    steps: list[tuple[int, int, str]] = []
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.index([str(small_pdf)], on_step=lambda _, *step: steps.append(step))
    doing = [what.partition(" ")[0] for _, _, what in steps]
    assert doing[:3] == ["reading", "reading", "embedding"]
    assert steps[2][:2] == (0, 2)


def test_what_was_read_before_is_told_apart(small_pdf: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        for pages in ([0], None):
            library.index(
                [str(small_pdf)], pages=pages, on_step=lambda *step: steps.append(step[3])
            )
    told = [step for step in steps if step != "embedding"]
    assert told == ["reading · 1 ok", "resuming · 1 ok", "reading · 2 ok"]


def test_of_some_pages_those_are_counted(small_pdf: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        run = library.index(
            [str(small_pdf)], pages=[1], on_step=lambda _, *step: steps.append(step)
        )
    assert steps[0] == (1, 1, "reading · 1 ok")
    assert run.documents[0].pages == 2


def test_a_run_over_several_files_says_how_many_are_done(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int, str]] = []
    files = [tmp_path / f"{name}.txt" for name in ("a", "b", "c")]
    for number, file in enumerate(files):
        file.write_text(f"Text number {number}.", encoding="utf-8")
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.index([str(files[0])], on_step=lambda *step: steps.append(step))
        assert all(document for document, *_ in steps)
        library.index(map(str, files), on_step=lambda *step: steps.append(step))
    done = [step for document, *step in steps if not document]
    assert done == [[1, 3, "indexing"], [2, 3, "indexing"], [3, 3, "indexing"]]


def test_a_cancelled_run_keeps_what_it_has_read(
    small_pdf: Path, tmp_path: Path, gemini: GeminiEmulator
) -> None:
    first_is_read, calls = threading.Event(), count()

    def reply(request: Request) -> Reply:
        """What stands on the page, else it would be read again before it is told."""
        number = next(calls)
        if number > 0:
            first_is_read.wait(30)
        return Reply(f"<chunk>\n{PAGES[min(number, 1)]}\n</chunk>")

    gemini.otherwise = reply
    settings = Settings(
        home=tmp_path / "home",
        reader=f"google_genai:{CHAT}",
        google_api_key=KEY,
        google_base_url=gemini.url,
    )

    async def cancel() -> None:
        async with Library(settings) as library:

            def when_one_is_read(name: str, done: int, total: int, doing: str) -> None:
                task.cancel()
                first_is_read.set()

            task = asyncio.create_task(
                library.aindex([str(small_pdf)], on_step=when_one_is_read),
            )
            with pytest.raises(asyncio.CancelledError):
                await task
            assert library.documents() == []
            sent = [request.images for request in gemini.generations]
            report = await library.aindex([str(small_pdf)])
            assert report.is_complete
            assert sent[0] not in [request.images for request in gemini.generations[len(sent) :]]

    asyncio.run(cancel())


def test_two_files_of_one_name_indexed_at_once_are_two_documents(
    small_pdf: Path, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.pdf").write_bytes(
            small_pdf.read_bytes() + f"\n% {folder}\n".encode()
        )
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:

        def meanwhile(*_: object) -> None:
            if not library.documents():
                library.index([str(tmp_path / "two" / "report.pdf")])

        report = library.index([str(tmp_path / "one" / "report.pdf")], on_step=meanwhile)
        assert [document.name for document in report.documents] == ["one/report.pdf"]
        names = [record.name for record in library.documents()]
        assert names == ["one/report.pdf", "report.pdf"]
        assert all(library.store.chunks_of(name) for name in names)
        assert [str(reading.outcome) for reading in library.readings(names[0])] == ["ok", "ok"]


def test_one_more_file_reads_as_few_rows_however_many_documents_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [tmp_path / f"note-{number}.txt" for number in range(24)]
    for number, name in enumerate(names):
        name.write_text(f"Pump {number} stands in hall {number}.", encoding="utf-8")
    read: list[int] = []
    rows = SqliteDatabase.rows

    def counted(database: SqliteDatabase, *what: Any) -> list[tuple[Any, ...]]:
        found = rows(database, *what)
        read.append(len(found))
        return found

    monkeypatch.setattr(SqliteDatabase, "rows", counted)
    taken = []
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        for name in names:
            read.clear()
            library.index([str(name)])
            taken.append(sum(read))
    assert taken[-1] == taken[4]
