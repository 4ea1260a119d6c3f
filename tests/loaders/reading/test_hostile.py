"""Hostile and broken files: each page has an outcome that says why, or the file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import SourceError
from loaders.loader import PageLoader
from loaders.pages.page import Outcome, Reading
from tests.hostile_files import HOSTILE, SLOW

READ = {
    "a font that is missing": "Hello",
    "a page inside out": "Hello",
    "nothing in a name": "Hello",
}
"""What is odd about them harms nothing: their text is there."""
LOST = {"a picture too large", "a picture beyond numbers"}
"""Something stood on the page: it is not blank."""
MOST_PAGES = 5


def outcome_of(path: Path) -> list[Reading] | str:
    """The readings of the first pages, or why there are none."""
    found: list[Reading] = []
    loader = PageLoader(path)
    try:
        for reading in loader.readings():
            found.append(reading)
            if len(found) == MOST_PAGES:
                break
    except SourceError as error:
        return str(error)
    return found


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - SLOW))
def test_a_hostile_file_ends_with_a_named_outcome(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[name]())
    before = set(tmp_path.iterdir())
    found = outcome_of(path)
    assert set(tmp_path.iterdir()) == before
    if isinstance(found, str):
        assert found.startswith(str(path))
        assert len(found) > len(str(path)) + 10
        assert name not in READ
    else:
        assert found
        for reading in found:
            assert reading.outcome is Outcome.OK or reading.detail
            assert (reading.outcome is Outcome.OK) == bool(reading.markup.strip())
        assert name not in LOST or found[0].outcome is Outcome.FAILED
        assert READ.get(name, "") in found[0].markup
