"""A little of the fuzzing bench, always the same; and what it found, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz_targets import TARGETS
from tests.fuzz_world import World

EXAMPLES = 24
FOUND: list[tuple[str, Any]] = [
    ("markup", "|---|---|<br>|---|---|"),
    ("sources", "<table></table>"),
    ("replies", "[2]Table 1 | "),
    ("questions", "数What are the net sales of 2022?"),
    ("requests", ("POST", "/pagewise/invoke", b'{"input": null, "config": null}')),
    ("requests", ("POST", "/pagewise/invoke", b'\x80"input": {"question": "How many?"}}')),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("fuzz")) as world:
        yield world
        world.require_readable()


@pytest.mark.parametrize("name", TARGETS)
def test_what_comes_from_outside_breaks_nothing(world: World, name: str) -> None:
    target = TARGETS[name]

    def check(value: Any) -> None:
        target.check(value, world)

    bound = settings(
        derandomize=True,
        deadline=None,
        max_examples=EXAMPLES // target.cost,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    bound(given(target.values)(check))()


@pytest.mark.parametrize(("name", "value"), FOUND)
def test_what_was_found_is_mended(world: World, name: str, value: Any) -> None:
    TARGETS[name].check(value, world)
