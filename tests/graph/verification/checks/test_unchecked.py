"""What an answer says that no check bears out."""

from __future__ import annotations

import pytest

from graph.answer import Kind
from graph.draft import Draft, Use
from graph.verification.checks.unchecked import is_unchecked, shown
from graph.verification.verify import verify
from tests.passages import evidence, stated

CLUB = (
    "Ada Obi, chief executive, has led the club since May 2021. Letters on fees are answered by "
    "Goran Lukic, all others by Priya Raman. Racing is not covered. Guests are agreed in writing.\n"
    "<table><tr><th>Motion</th><th>Result</th></tr><tr><td>New pier</td><td>carried</td></tr>"
    "<tr><td>Old shed</td><td>lost</td></tr></table>"
)


def told(text: str, question: str = "What is said?", source: str = CLUB) -> list[str]:
    return [shown(one) for one in stated(text, question, source) if is_unchecked(one)]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Ada Obi is the chief executive.", "Who runs it?"),
        ("Goran Lukic answers letters on fees.", "Who answers them?"),
        ("Goran Lukic.", "Who answers letters on fees?"),
        ("Racing is not covered.", "Is racing covered?"),
        ("The motion on the new pier was carried.", "What became of it?"),
        ("She has led it since May 2021.", "Since when does she lead it?"),
        ("It says “agreed in writing”.", "How is it agreed?"),
    ],
)
def test_what_a_source_says_of_the_same_is_borne_out(text: str, question: str) -> None:
    assert told(text, question) == []


@pytest.mark.parametrize(
    "text",
    [
        "Priya Raman answers letters on fees.",
        "Racing is covered.",
        "Yes.",
        "Members are fond of the harbour.",
    ],
)
def test_what_no_source_says_so_was_not_checked(text: str) -> None:
    assert told(text) == [text]


def test_only_the_statements_without_anything_checked_are_told() -> None:
    text = "Yes. She has led it since May 2021 [1]. The club is popular [1]."
    verdict = verify(Draft(text=text), evidence("Is she new?", CLUB))
    assert verdict.unchecked == ("Yes.", "The club is popular.")


@pytest.mark.parametrize(("kind", "count"), [("quote", 1), ("cell", 0)])
def test_words_that_code_quotes_merely_stand_there(kind: Kind, count: int) -> None:
    sentence = "Racing is not covered."
    draft = Draft(text=f"{sentence} [1]", uses=(Use(marker=1, quote=sentence),), kind=kind)
    assert len(verify(draft, evidence("Is racing covered?", CLUB)).unchecked) == count
