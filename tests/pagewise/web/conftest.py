"""Debian's Chromium, or another that is there, driven by Playwright; without one, a reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")  # its loop runs in this thread: no asyncio beside it
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    driver = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with driver.sync_playwright() as playwright:
        # Without its sandbox, as it refuses to run as root in one; it opens our own pages alone.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
