"""First pages are asked while the others are read."""

from __future__ import annotations

from pathlib import Path

from pagewise.library import Library
from pagewise.settings import Settings
from tests.typed import Typed

ROOT = Path(__file__).parents[3]


def test_somebody_asks_the_first_pages_while_the_others_are_read_and_leaves(
    tmp_path: Path,
) -> None:
    filling = "It stands in the hall and is looked after every week. " * 24
    pages = (f"# Pump P-{n}\n\nPump P-{n} has {40 + n} valves.\n\n{filling}" for n in range(1, 60))
    (tmp_path / "manual.txt").write_text("\f".join(pages), encoding="utf-8")
    with Typed(tmp_path / "home", str(tmp_path / "manual.txt")) as typed:
        typed.wait_for("› ")
        typed.type("How many valves does pump P-3 have?\r")
        typed.wait_for("manual.txt, p. 3")
        assert typed.leave() == 0
    with Library(Settings(home=tmp_path / "home", offline=True)) as library:
        library.index([str(tmp_path / "manual.txt")])
        assert {chunk.metadata["page"] for chunk in library.store.chunks_of("manual.txt")} == set(
            range(59)
        )
