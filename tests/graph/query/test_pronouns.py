from __future__ import annotations

import pytest

from graph.query.grammar import grammar
from graph.query.pronouns import Referents, pronoun_in, referred

EN = grammar("en")
BEFORE = "What was Norvale's operating profit in Belgium in 2023?"
REFERENTS = Referents.of(BEFORE, "It was EUR 4 million, says Anna Berg. [1]", EN)


def test_names_before_are_kept_by_what_they_can_be_called() -> None:
    assert REFERENTS.owners == ("Norvale",)
    assert REFERENTS.things == ("Norvale", "operating profit")
    assert REFERENTS.persons == ("Anna Berg",)
    assert REFERENTS.places == ("Belgium",)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is its revenue?", "owner"),
        ("Who leads it?", "thing"),
        ("When was she born?", "person"),
        ("How many people work there?", "place"),
    ],
)
def test_a_pronoun_is_found_with_its_kind_and_place(question: str, kind: str) -> None:
    found = pronoun_in(question, EN)
    assert found is not None
    assert found.kind == kind
    assert question[found.start : found.end] in {"its", "it", "she", "there"}


@pytest.mark.parametrize(
    "question",
    [
        "What was revenue?",
        "How many sites are there?",
        "Did Larkmoor sell its ships?",
        "Is it true?",
    ],
)
def test_a_pronoun_of_the_sentence_itself_or_for_nothing_goes_back_to_nothing(
    question: str,
) -> None:
    assert pronoun_in(question, EN) is None


def test_the_one_candidate_takes_the_place() -> None:
    assert referred("What is its revenue?", REFERENTS, EN).candidates == ("Norvale", "Anna Berg")
    alone = Referents.of(BEFORE, "It was EUR 4 million. [1]", EN)
    assert referred("What is its revenue?", alone, EN).question == "What is Norvale's revenue?"
    assert referred("How many people work there?", alone, EN).question == (
        "How many people work in Belgium?"
    )
    assert referred("When was she born?", REFERENTS, EN).question == "When was Anna Berg born?"


def test_of_several_candidates_none_is_taken() -> None:
    found = referred("Who leads it?", REFERENTS, EN)
    assert (found.question, found.candidates) == ("", ("Norvale", "operating profit"))


def test_what_the_question_names_itself_is_no_candidate() -> None:
    found = referred("Does it make operating profit?", REFERENTS, EN)
    assert found.question == "Does Norvale make operating profit?"


def test_a_question_without_a_pronoun_stays() -> None:
    assert referred("What was revenue?", REFERENTS, EN).question == "What was revenue?"
