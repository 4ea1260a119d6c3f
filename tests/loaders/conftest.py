"""A report of three pages and an empty one, and a parser whose pages Gemini reads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest
from langchain_core.language_models import BaseChatModel

from loaders.reading.rate_limiting.scheduler import Scheduler
from loaders.reading.vision.vision_parser import GeminiVisionParser
from loaders.storing.databases.sqlite_database import SqliteDatabase
from loaders.storing.truth.ledger import Ledger
from pagewise.models.gemini import plain_chat
from pagewise.settings import Settings
from tests.gemini_emulator import (
    CHAT,
    KEY,
    GeminiEmulator,
    Reply,
    Request,
)
from tests.simulated_clock import SimulatedClock

PAGES = 3
SENTENCE = "The value of this chapter is {0}77 units."
Make = Callable[..., GeminiVisionParser]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages with a number each, and an empty one at the end."""
    path = tmp_path_factory.mktemp("source") / "report.pdf"
    with pymupdf.open() as document:  # type: ignore[no-untyped-call]
        for number in range(PAGES):
            page = document.new_page()
            page.insert_text((72, 100), f"Chapter {number + 1}", fontsize=20)
            page.insert_text((72, 140), SENTENCE.format(number + 1))
        document.new_page()
        document.save(path)
    return path


@pytest.fixture(scope="module")
def chat(gemini_server: GeminiEmulator) -> Iterator[BaseChatModel]:
    settings = Settings(google_api_key=KEY, google_base_url=gemini_server.url)
    client = plain_chat(settings, CHAT, 10.0)
    yield client
    asyncio.run(client.aclose())


@pytest.fixture
def make(chat: BaseChatModel, gemini: GeminiEmulator) -> Make:
    seen: dict[str, int] = {}

    def reply(request: Request) -> Reply:
        number = seen.setdefault(request.images[0], len(seen)) + 1
        return Reply(f"<chunk>\n## Chapter {number}\n{SENTENCE.format(number)}\n</chunk>")

    gemini.otherwise = reply

    def parser(**options: object) -> GeminiVisionParser:
        clock = SimulatedClock()
        scheduler = Scheduler(CHAT, clock=clock, pause=clock.pause)
        options = {"pages_at_once": 1, "scheduler": scheduler} | options
        return GeminiVisionParser(chat, **options)  # type: ignore[arg-type]

    return parser


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    database = SqliteDatabase(tmp_path / "library.sqlite")
    yield Ledger(database)
    database.close()
