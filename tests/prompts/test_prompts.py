from __future__ import annotations

import re
from pathlib import Path

import pytest

import prompts
from prompts import load_prompt

FOLDER = Path(prompts.__file__).parent
ROOT = FOLDER.parent
VARIABLES = {
    "synthesize": {
        "language",
        "example",
        "tables",
        "before",
        "computed",
        "sources",
        "question",
        "failed",
    },
    "rewrite": {"history", "question"},
    "rerank": {"sources", "question"},
    "summarize": {"part", "sources", "question"},
}


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_a_prompt_has_the_variables_that_its_step_fills(name: str) -> None:
    assert set(re.findall(r"\{(\w+)\}", load_prompt(name).text)) == VARIABLES[name]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_every_prompt_is_used(path: Path) -> None:
    sources = [
        file.read_text(encoding="utf-8")
        for room in ("pagewise", "graph", "loaders")
        for file in (ROOT / room).rglob("*.py")
    ]
    assert any(f'load_prompt("{path.stem}")' in source for source in sources)


def test_a_value_s_braces_stay_as_they_are() -> None:
    filled = load_prompt("rewrite").fill(history="{question}", question="{x}?")
    assert "{question}" in filled
    assert "{x}?" in filled


def test_the_version_is_the_content_s() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}", load_prompt("rewrite").version)
    assert load_prompt("rewrite").version != load_prompt("synthesize").version
