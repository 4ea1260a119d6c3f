"""A document is asked while it is read: a text file of many pages, which is quick to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.documents import Document

from graph.answer import Answer
from loaders.errors import LibraryError
from loaders.loader import PageLoader
from loaders.reading.rate_limiting.budget import BudgetSpent
from pagewise.indexing.arrivals import passed_on, without_part_of_a_table
from pagewise.indexing.index_report import IndexReport
from pagewise.library import Library
from pagewise.settings import Settings
from tests.gemini_emulator import EMBEDDINGS, KEY, GeminiEmulator, Request
from tests.words import make_chunks

PAGES = 45
PLACES = ("harbour", "valve", "turbine", "ledger", "meadow", "tower")
QUESTION = "What is the rated flow of pump P-3?"
FIGURE = "The rated flow of pump P-{0} is {1} litres per minute."


class StoppedError(Exception):
    """Somebody has enough."""


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    file = tmp_path / "manual.txt"
    file.write_text("\f".join(map(_page, range(1, PAGES + 1))), encoding="utf-8")
    return file


def _page(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    filling = f"Pump P-{number} stands by the {place} and is looked after every week. " * 20
    return f"# Pump P-{number}\n\n{FIGURE.format(number, 40 + number)}\n\n{filling}"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Settings(home=tmp_path / "home", offline=True)) as opened:
        yield opened


def test_the_first_pages_are_asked_while_the_others_are_read(
    library: Library, manual: Path
) -> None:
    answers: list[Answer] = []
    seen: list[tuple[int, int]] = []

    def step(name: str, done: int, total: int, doing: str) -> None:
        if "manual.txt" in library.arriving() and not answers:
            seen.append(library.arriving()["manual.txt"])
            answers.append(library.ask(QUESTION))

    library.index([str(manual)], on_step=step, ask_meanwhile=True)
    [answer], [(pages, total)] = answers, seen
    assert "43" in answer.answer
    assert f"pages 1 to {pages} of {total} of manual.txt" in answer.answer
    assert 3 <= pages < total == PAGES
    assert not library.arriving()
    whole = library.ask(QUESTION)
    assert "43" in whole.answer
    assert "are in so far" not in whole.answer


def test_who_does_not_ask_meanwhile_has_all_or_nothing(library: Library, manual: Path) -> None:
    def step(name: str, done: int, total: int, doing: str) -> None:
        assert not library.documents()

    library.index([str(manual)], on_step=step)
    assert library.documents()


def test_what_is_embedded_for_money_is_asked_meanwhile_as_well_and_paid_for_once(
    tmp_path: Path, manual: Path, gemini: GeminiEmulator
) -> None:
    seen: list[int] = []

    def index(home: str, usd: float) -> IndexReport:
        with Library(replace(settings, home=tmp_path / home)) as library:

            def step(name: str, done: int, total: int, doing: str) -> None:
                seen.extend(pages for pages, _ in library.arriving().values())

            return library.index([str(manual)], on_step=step, ask_meanwhile=True, budget_usd=usd)

    embeddings = f"google_genai:{EMBEDDINGS}"
    settings = Settings(embeddings=embeddings, google_api_key=KEY, google_base_url=gemini.url)
    [whole] = index("enough", 1.0).documents
    assert 0 < max(seen) < PAGES
    sent = [text for request in gemini.requests for text in texts_of(request)]
    assert len(sent) == len({*sent}) == whole.chunks
    stopped = index("too little", 0.8 * whole.usd)
    assert stopped.unfinished
    assert 0 < stopped.documents[0].usd <= 0.8 * whole.usd


def texts_of(request: Request) -> list[str]:
    """Those that are to be embedded."""
    return [each["content"]["parts"][0]["text"] for each in request.body.get("requests", [])]


def test_a_run_that_was_stopped_goes_on_and_comes_to_the_same(
    library: Library, manual: Path, tmp_path: Path
) -> None:
    def step(name: str, done: int, total: int, doing: str) -> None:
        if library.arriving():
            raise StoppedError

    with pytest.raises(StoppedError):
        library.index([str(manual)], on_step=step, ask_meanwhile=True)
    [(pages, _)] = library.arriving().values()
    told = library.ask("What is the rated flow of pump P-40?").answer
    assert f"only pages 1 to {pages} of {PAGES} of manual.txt" in told  # whatever else was read
    assert "not asked for" not in told
    part = len(library.store.chunks_of("manual.txt"))
    library.index([str(manual)], ask_meanwhile=True)
    found = library.store.chunks_of("manual.txt")
    assert 0 < part < len(found)
    with Library(Settings(home=tmp_path / "other", offline=True)) as other:
        other.index([str(manual)])
        assert other.store.chunks_of("manual.txt") == found
    assert len(set(library.store.counts())) == 1


@pytest.mark.parametrize("error", [LibraryError("no finite numbers"), BudgetSpent(0.1)])
def test_an_embedding_model_that_fails_does_not_end_the_reading(
    library: Library, manual: Path, error: Exception
) -> None:
    def fail(some: Sequence[Document]) -> None:
        raise error

    loader = PageLoader(manual)
    read = [*passed_on(library.store, loader, loader.lazy_load(), fail)]
    assert [chunk.page_content for chunk in read] == [
        chunk.page_content for chunk in PageLoader(manual).lazy_load()
    ]
    assert not library.documents()


def test_a_table_that_goes_on_waits_for_its_last_piece() -> None:
    chunks = make_chunks("a.pdf", "text", "rows 1", "rows 2", "rows 3", "more")
    for piece, chunk in enumerate(chunks[1:4]):
        chunk.metadata |= {"table_id": "t", "piece": piece, "pieces": 3}
    kept = [len(without_part_of_a_table(chunks[:end])) for end in range(1, 6)]
    assert kept == [1, 1, 1, 4, 5]
