"""What stands for words by their first letters is found by the words, and the other way round."""

from __future__ import annotations

import pytest

from graph.offline.initials import Initials
from graph.query.analysis import analyse
from tests.passages import drafted
from tests.reports import document


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What is the systolic blood pressure?", "The SBP was 90.", {"systolic", "blood"}),
        ("What is the chance of opportunity for improvement?", "OFIs: 5", {"opportunity"}),
        ("What do FPIs own?", "Foreign portfolio investors: 9.8", {"fpis"}),
        ("What do FPIs own?", "Foreign investors: 9.8", set()),
        ("What is the odds ratio?", "The OR was 2.", set()),
    ],
    ids=["words asked", "a little word between", "initials asked", "other words", "two letters"],
)
def test_initials_say_the_words(question: str, text: str, said: set[str]) -> None:
    found = Initials(question, analyse(question, "en").every_term, [text]).said(text)
    assert said <= found if said else found == frozenset()


def test_a_name_that_is_spelt_out_is_not_said_to_be_missing() -> None:
    text = "Foreign portfolio investors hold most of the shares."
    draft = drafted("Why do FPIs own shares?", *document("report.pdf", text))
    assert draft.abstained
    assert "mentions" not in draft.text
