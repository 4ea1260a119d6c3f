"""The one door, by both of its wings."""

# mypy: allow-untyped-calls
from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from loaders.errors import LibraryError
from pagewise.library import Library
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request

QUESTION = "How many people work in Hamburg?"


def told(answer: Any) -> dict[str, Any]:
    """What an answer says, without how long it took."""
    return {**answer.model_dump(mode="json"), "seconds": None}


def test_both_wings_say_the_same(small_library: Library) -> None:
    async def both() -> None:
        assert told(await small_library.aask(QUESTION)) == told(small_library.ask(QUESTION))
        found, known = await small_library.asearch(QUESTION), small_library.search(QUESTION)
        assert [chunk.id for chunk in found] == [chunk.id for chunk in known]
        assert await small_library.adocuments() == small_library.documents()
        pieces = [piece async for piece in small_library.astream(QUESTION)]
        text = "".join(piece.get("answer", "") for piece in pieces)
        assert text == small_library.ask(QUESTION).answer

    asyncio.run(both())


def test_many_questions_may_come_at_once(small_library: Library) -> None:
    async def ask_all() -> list[str]:
        asked = (small_library.aask(QUESTION, thread=f"t{number}") for number in range(6))
        return [answer.answer for answer in await asyncio.gather(*asked)]

    assert len(set(asyncio.run(ask_all()))) == 1


def test_what_cannot_be_asked_is_refused_the_same_way(small_library: Library) -> None:
    with pytest.raises(LibraryError, match="no document"):
        asyncio.run(small_library.aask("Why?", document="no.pdf"))


def test_a_library_is_filled_and_emptied_by_tasks(small_pdf: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, threading.Thread]] = []

    async def fill() -> None:
        settings = Settings(home=tmp_path / "home", offline=True)
        async with Library(settings) as library:
            report = await library.aindex(
                [str(small_pdf)],
                on_step=lambda name, *_: steps.append((name, threading.current_thread())),
            )
            assert report.is_complete
            assert [record.name for record in await library.adocuments()] == ["report.pdf"]
            await library.aremove("report.pdf")
            assert await library.adocuments() == []

    asyncio.run(fill())
    assert {name for name, _ in steps} == {"report.pdf"}
    assert {thread for _, thread in steps} == {threading.main_thread()}


def test_a_cancelled_question_ends_at_once(
    small_library: Library, gemini: GeminiEmulator, tmp_path: Path, small_pdf: Path
) -> None:
    is_asked, may_reply = threading.Event(), threading.Event()

    def slow(request: Request) -> Reply:
        is_asked.set()
        may_reply.wait(30)
        return Reply("340 people work in Hamburg. [1]")

    gemini.otherwise = slow
    settings = Settings(
        home=tmp_path / "home",
        chat=f"google_genai:{CHAT}",
        google_api_key=KEY,
        google_base_url=gemini.url,
    )

    async def cancel() -> None:
        async with Library(settings) as library:
            await library.aindex([str(small_pdf)])
            task = asyncio.create_task(library.aask(QUESTION))
            await asyncio.to_thread(is_asked.wait, 30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert not may_reply.is_set()
            may_reply.set()

    asyncio.run(cancel())


def test_nobody_gets_the_figure_of_a_company_that_was_not_named(
    small_pdf: Path, tmp_path: Path
) -> None:
    norvane, helmbrecht = tmp_path / "Norvane_2023.pdf", tmp_path / "Helmbrecht_2023.pdf"
    norvane.write_bytes(small_pdf.read_bytes())
    with pymupdf.open(small_pdf) as document:
        document.delete_page(0)
        document.save(helmbrecht)
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.index([str(norvane), str(helmbrecht)])
        asked = "How many people does {} employ in Hamburg?"
        assert "340" in library.ask(asked.format("Norvane")).answer
        other = library.ask(asked.format("Helmbrecht"))
        assert "340" not in other.answer
        assert {citation.document for citation in other.citations} <= {helmbrecht.name}
