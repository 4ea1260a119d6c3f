from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.verification.self_consistency import majority, meaning
from tests.passages import MODELS, PROSE, STATEMENT, evidence

GIVEN = evidence("What does Lyra V3 score on QuizBench?", MODELS, PROSE, STATEMENT)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It is 32,768. [2]", "At most 32768 tokens [2]", True),
        ("Sales: $5.0 billion [3]", "Sales were $5 billion [3]", True),
        ("V3 has 88.5. [1]", "88.50 for V3 on QuizBench [1]", True),
        ("It is 88.5. [1]", "It is 75.9. [1]", False),
        ("It is 5%. [1]", "It is 5. [1]", False),
        ("Reward hacking. [2]", "reward  hacking [2]", True),
        ("Reward hacking. [2]", "Policy gradients. [2]", False),
    ],
)
def test_drafts_are_compared_by_what_they_say(one: str, other: str, same: bool) -> None:
    assert (meaning(Draft(text=one), GIVEN) == meaning(Draft(text=other), GIVEN)) is same


def test_most_decide_among_those_that_pass() -> None:
    drafts = [Draft(text=f"It is {n}. [1]") for n in ("99", "99", "99", "75.9", "88.5", "88.50")]
    chosen, agreement = majority(drafts, GIVEN)
    assert chosen == drafts[4]
    assert agreement == {"passed": 3, "agreed": 2}


def test_where_none_passes_nothing_is_agreed() -> None:
    chosen, agreement = majority([Draft(text="It is 99. [1]"), Draft(text="It is 98. [1]")], GIVEN)
    assert chosen.text == "It is 99. [1]"
    assert agreement == {"passed": 0, "agreed": 0}


def test_a_refusal_counts_as_an_answer() -> None:
    drafts = [Draft(text="Not said.", abstained=True), Draft(text="No word of it.", abstained=True)]
    chosen, agreement = majority([*drafts, Draft(text="It is 88.5. [1]")], GIVEN)
    assert chosen.abstained
    assert agreement["agreed"] == 2
