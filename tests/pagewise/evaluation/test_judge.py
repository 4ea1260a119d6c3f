"""The judge: what is right, what is missing, and when refusing is."""

# mypy: allow-untyped-calls
from __future__ import annotations

import pytest

from pagewise.evaluation.judge import judge, says
from tests.pagewise.evaluation.conftest import reply


@pytest.mark.parametrize(
    ("answer", "wanted", "is_said"),
    [
        ("It is 97.3. [1]", "97.3", True),
        ("It is 475.", "47", False),
        ("It is 4.47.", "47", False),
        ("It is 47.5.", "47", False),
        ("It is 1,234 in all.", "1234", True),
        ("It is 64.9¹ (in millions).", "64.9", True),
        ("In Galway, of course", "Dublin|galway", True),
        ("Anaconda", "conda", False),
        ("共有412名员工", "412", True),
        ("−5 points", "-5", True),
    ],
)
def test_a_wanted_word_or_number_stands_by_itself(answer: str, wanted: str, is_said: bool) -> None:
    assert says(answer, wanted) is is_said


def test_every_group_must_be_in_the_answer() -> None:
    case = {"question": "?", "must": ["Galway", "412"], "pages": [4, 5]}
    assert judge(case, reply("Galway with 412.", page=5)).is_right
    told = judge(case, reply("Galway leads.", page=2))
    assert (told.is_right, told.cites_gold_page, told.why) == (False, False, "missing: 412")


def test_a_marker_is_no_part_of_the_answer() -> None:
    assert judge({"must": ["3"]}, reply("It is seven. [3]")).is_right is False


def test_refusing_is_right_where_the_documents_do_not_say() -> None:
    case = {"question": "?", "must": [], "abstain": True}
    assert judge(case, reply("", abstained=True)).is_right
    assert judge(case, reply("12 million")).is_right is False
    assert judge({"must": ["12"]}, reply("12 was not found", abstained=True)).is_right is False


@pytest.mark.parametrize(
    ("known", "answer", "is_right"),
    [
        ("$1.8 bn", "It made 1.8 billion.", True),
        ("$1.8 bn", "It made 2.8 billion.", False),
        ("12.3%", "It grew by 12.345%.", True),
        ("Current Health and Yardbird", "They bought Yardbird and Current Health.", True),
        ("Current Health and Yardbird", "They bought nothing.", False),
    ],
)
def test_a_known_answer_in_other_words_is_right(known: str, answer: str, is_right: bool) -> None:
    assert judge({"answer": known}, reply(answer)).is_right is is_right


def test_a_question_without_gold_is_not_judged() -> None:
    assert judge({"question": "?"}, reply("Anything")).is_right is None
