"""An exported conversation can be read and checked, and does nothing when it is opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from graph.answer import Answer, CellReference, Citation, Computed
from loaders.errors import UsageError
from pagewise.terminal.export import as_markdown, write_new

WHEN = datetime(2026, 11, 22, 23, 0)
CELL = CellReference(row=("Revenue",), column=("2024",), value="343.4")


def test_questions_answers_and_places_are_written() -> None:
    answer = Answer(
        question="?",
        answer="Revenue grew by 12.35% to 99. [1]",
        unverified_numbers=["99"],
        citations=[
            Citation(
                marker=1, document="report.pdf", page=4, kind="table", quote="", box=None, cell=CELL
            )
        ],
        computed=[Computed(expression="(a - b) / b", result="12.35%", operands=(1,))],
    )
    assert as_markdown([("How much?", answer, set[str]())], "local", WHEN) == (
        "# Questions and answers, 2026-11-22 23:00\n\n"
        "Models: local\n\n"
        "## How much?\n\n"
        "Revenue grew by 12.35% to 99 (?). [1]\n\n"
        "- = (a - b) / b = 12.35%\n"
        "- (?) not found in the cited sources: 99\n"
        "- [1] report.pdf, p. 4: Revenue › 2024 = 343.4\n"
    )


@pytest.mark.parametrize(
    "hostile",
    ["![x](http://evil.example/x)", "[x](javascript:alert(1))", "<img src=x>", "http://evil.ex"],
)
def test_nothing_of_an_answer_becomes_a_link_or_an_image(hostile: str) -> None:
    text = as_markdown([(hostile, Answer(question="?", answer=hostile), set())], "local", WHEN)
    html = MarkdownIt("commonmark").render(text)
    assert "<a" not in html
    assert "<img" not in html


def test_a_file_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    write_new("one", path)
    with pytest.raises(UsageError, match="exists already"):
        write_new("two", path)
    assert path.read_text(encoding="utf-8") == "one"


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_new("one", tmp_path / "nowhere" / "talk.md")
