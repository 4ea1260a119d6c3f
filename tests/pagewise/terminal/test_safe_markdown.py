"""What a model or a document wrote keeps its form and loses its reach."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from pagewise.terminal.safe_markdown import SafeMarkdown


def shown(text: str, width: int = 80) -> str:
    screen = Console(file=io.StringIO(), force_terminal=True, width=width, color_system="truecolor")
    screen.print(SafeMarkdown(text))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def plainly(text: str, width: int = 80) -> str:
    screen = Console(file=io.StringIO(), width=width)
    screen.print(SafeMarkdown(text))
    assert isinstance(screen.file, io.StringIO)
    return "\n".join(line.rstrip() for line in screen.file.getvalue().splitlines())


@pytest.mark.parametrize(
    "hostile",
    [
        "see [the report](http://evil.example/?q=1)",
        "![chart](http://evil.example/x.png)",
        "<http://evil.example>",
        "<img src=http://evil.example/x onerror=alert(1)>",
        "[1]: http://evil.example\n\nsee [1]",
        "&#27;]8;;http://evil.example",
    ],
    ids=["link", "image", "autolink", "html", "reference", "entity"],
)
def test_links_images_and_html_are_shown_as_they_were_written(hostile: str) -> None:
    printed = shown(hostile, width=200)
    assert "\x1b]8" not in printed
    assert "evil.example" in plainly(hostile, width=200)


def test_control_characters_of_a_text_never_reach_the_terminal() -> None:
    printed = shown("a\x1b[2Jb\x1b]0;title\x07c\x9b31md\u202ee")
    assert printed.rstrip() == "abc31mde"


def test_rich_markup_in_a_text_is_text() -> None:
    assert plainly("[bold red]no[/] [link=http://x]y[/link]") == (
        "[bold red]no[/] [link=http://x]y[/link]"
    )


def test_numbers_of_a_list_stay_as_they_were_written() -> None:
    printed = plainly("2023. first\n2019. second")
    assert "2023 first" in printed
    assert "2019 second" in printed


def test_lines_stay_lines_and_tables_are_drawn() -> None:
    assert plainly("one\ntwo") == "one\ntwo"
    printed = plainly("| a | b |\n|---|---|\n| 1 | 2 |")
    assert "|---" not in printed
    assert "1" in printed
