from __future__ import annotations

from pathlib import Path

import pytest

from pagewise.library import Library
from pagewise.settings import Settings
from pagewise.web.suggestions import MOST, latest


def test_what_is_suggested_can_be_answered(sample_library: Library) -> None:
    found = latest(sample_library)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert "larkmoor.pdf" in found[-1]
    assert not sample_library.ask(found[0]).abstained


def test_an_empty_library_is_asked_nothing(tmp_path: Path) -> None:
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        assert latest(library) == []


@pytest.mark.parametrize("text", ["Dues rose in the year, and so did the cranes of the harbour."])
def test_a_text_without_tables_is_summed_up(tmp_path: Path, text: str) -> None:
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.index([str(tmp_path / "letter.txt")])
        [summary] = latest(library)
    assert "letter.txt" in summary
