"""A language that nobody speaks, from two files alone: it is told, understood and answered."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent
WORDS = """
name = "Toy"

[words]
function = "blik zun oka"
stop = "blik zun oka"
"""
INTENT = """
[operation]
difference = ['\\bgraum\\b']

[order]
highest = ['\\bmoxa\\b']
which = ['\\bkelo\\b']

[asks]
amount = ['\\bblik\\b']

[words]
light = "blik zun oka kelo"
difference = "graum"
order = "moxa"
"""
ASK = """
import sys
from tests.passages import answer
from tests.reports import table
chunk = table("Vendo (EUR million)", "|2023|2024", "Danlando|40|44", "Norlando|30|35")
print(*(answer(question, chunk) for question in sys.argv[1:]), sep="\\n")
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program with two files more, and nothing else changed."""
    for package in ("graph", "loaders", "prompts"):
        shutil.copytree(ROOT / package, tmp_path / package)
    (tmp_path / "tests").mkdir()
    for module in ("passages.py", "reports.py"):
        shutil.copy(ROOT / "tests" / module, tmp_path / "tests")
    words = tmp_path / "loaders" / "text" / "languages" / "xx.toml"
    words.write_text(WORDS, encoding="utf-8")
    intent = tmp_path / "graph" / "knowledge" / "intent.xx.toml"
    intent.write_text(INTENT, encoding="utf-8")
    return tmp_path


def test_questions_in_it_are_answered(program: Path) -> None:
    questions = {
        "Blik zun vendo oka Danlando 2024?": "€44 million",
        "Blik zun graum oka vendo Danlando oka Norlando 2024?": "44 - 35 = €9 million",
        "Kelo zun moxa vendo 2024?": "Danlando",
        "Blik zun vendo oka Zutlando 2024?": "",  # nothing says it, and nothing is claimed
    }
    asked = subprocess.run(
        [sys.executable, "-c", ASK, *questions],
        cwd=program,
        env={"PYTHONPATH": str(program), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    for said, expected in zip(asked.stdout.split("\n"), questions.values(), strict=False):
        assert expected in said if expected else said == ""
