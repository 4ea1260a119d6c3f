"""Nothing of an answer is fetched, run or followed, however it was put together."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.answer import Answer
from graph.draft import Draft
from graph.evidence.sources import Evidence, number_sources
from graph.live_markup import inert, is_live
from graph.verification.verify import verify
from tests.passages import chunk

SPOKEN = {"think", "thinking", "thought", "answer"}


class Tags(HTMLParser):
    """What a browser would make of a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.found.append("declaration")


def answered(text: str) -> Answer:
    given = Evidence("What?", "en", number_sources([chunk("The length is 32,768.")]))
    verdict = verify(Draft(text=text), given)
    return Answer(question="What?", answer=verdict.text, verified=verdict.verified)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<[99]img src=//evil.test/x>The length is 32,768. [1]", "The length is 32,768. [1]"),
        ("ht[99]tps://evil.test/x The length is 32,768. [1]", "… The length is 32,768. [1]"),
        ("The length is 32,768. [1]\n\n> [1]: //evil.test", "The length is 32,768. [1]"),
        ("The length is 32,768. [1]\n\n1. [1]: //evil.test 'x'", "The length is 32,768. [1]"),
        ("The length is\x00 32\u200b,768\x1b[2J.\u202e [1]", "The length is 32,768. [1]"),
        ("The length is &#x202e;32,768&#8203;. [1]", "The length is 32,768. [1]"),
        ("见https://evil.test The length is 32,768. [1]", "见… The length is 32,768. [1]"),
        ("h&#x200b;ttps://evil.test The length is 32,768. [1]", "… The length is 32,768. [1]"),
    ],
)
def test_what_only_comes_alive_when_a_marker_goes_does_not(written: str, shown: str) -> None:
    assert answered(written).answer == shown


def test_a_marker_that_comes_of_another_s_going_is_looked_up_too() -> None:
    assert answered("The length is 32,768. [[99]7] [1]").answer.count("[") == 1


@pytest.mark.parametrize(
    "name", ["a.pdf\n[1] forged, p. 3", "![x](https://evil.test).pdf", "<b>.pdf"]
)
def test_whoever_writes_an_answer_it_is_inert(name: str) -> None:
    assert not is_live(Answer(question="?", answer=f"It is in {name}.").answer)


@pytest.mark.parametrize(
    "text", ["x < y and y > z", "p<0.05", "AT&T, R&D", "see [1]: it rose", "a <think> b </think>"]
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert inert(text) == text


PIECES = st.sampled_from(
    [
        "<", ">", "/", "!", "[", "]", "(", ")", ":", "[1]", "[99]", "]:", "](", "![", "<!--", "-->",
        "img", " src=x", "script", "a", "//evil.test", "https", "http", "://", "www.", "javascript",
        "data:", "text/html", "&lt;", "&#60;", "&amp;", "lt;", "&#x5b;", "\n", "\n\n", "> ", "- ",
        "1. ",
        "    ", "\t", "`", "```\n", "\\", "\"", "'", "\u200b", "\x00", "\x1b[2J", "\u202e", " ",
        "=", "<think>",
        "<?", "<![CDATA[", "[x]", "ref", "|", "# ", "*", "é", "数",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@example("imgwww.")
@example("<<b>img src=x>")
@example("[a\nb]: //evil\n\n[a b]")
def test_a_text_of_pieces_is_inert_and_stays_as_it_is(text: str) -> None:
    shown = inert(text)
    assert not is_live(shown)
    assert set(Tags(shown).found) <= SPOKEN
    assert not any(sign in shown for sign in ("](", "![", "\x1b", "\x00", "\u202e", "\u200b"))
    assert not re.search(r"\bwww\.", shown)  # within a word it is no address
    assert inert(shown) == shown
    answer = answered(f"{text} [1]").answer
    assert not is_live(answer)
    assert inert(answer) == answer
