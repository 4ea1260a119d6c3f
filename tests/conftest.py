"""Fixtures that tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gemini_emulator import GeminiEmulator


@pytest.fixture(scope="session")
def gemini_server() -> Iterator[GeminiEmulator]:
    with GeminiEmulator() as emulator:
        yield emulator


@pytest.fixture
def gemini(gemini_server: GeminiEmulator) -> Iterator[GeminiEmulator]:
    """The emulator; every scripted reply must have been played when the test ends."""
    gemini_server.reset()
    yield gemini_server
    gemini_server.check_played()
