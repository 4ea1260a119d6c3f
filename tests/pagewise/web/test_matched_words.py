"""The words that a question asks for are marked in a passage, and nothing in it becomes a tag."""

from __future__ import annotations

import pytest

from pagewise.web.matched_words import with_matches


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("Who bought ferries?", "The ferry <b>", "The <mark>ferry</mark> &lt;b&gt;"),
        ("What was net profit?", "A net income of 5", "A <mark>net income</mark> of 5"),
        ("Wer fuhr?", "Niemand & keiner", "Niemand &amp; keiner"),
    ],
    ids=["another form", "another word for it", "none"],
)
def test_words_of_the_question_are_marked(question: str, text: str, shown: str) -> None:
    assert with_matches(text, question, "en") == shown
