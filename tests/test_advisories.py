"""What `constraints.txt` installs is not what an advisory warns of."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

HERE = Path(__file__).parent
ADVISORIES = tomllib.loads((HERE / "advisories.toml").read_text(encoding="utf-8"))["advisory"]
PINNED = {
    re.sub(r"[-_.]+", "-", name).lower(): Version(version)
    for name, version in re.findall(
        r"^([\w.-]+)==([\w.]+)", (HERE.parent / "constraints.txt").read_text(encoding="utf-8"), re.M
    )
}


@pytest.mark.parametrize("advisory", ADVISORIES, ids=lambda one: one["id"])
def test_no_pinned_version_is_known_to_be_vulnerable(advisory: dict[str, str]) -> None:
    if (pinned := PINNED.get(advisory["package"])) is None:
        pytest.skip(f"{advisory['package']} is not installed")
    assert pinned >= Version(advisory["mended"])


def test_everything_that_is_installed_is_pinned() -> None:
    assert {"langchain-core", "langgraph", "langgraph-checkpoint", "pymupdf"} <= PINNED.keys()
