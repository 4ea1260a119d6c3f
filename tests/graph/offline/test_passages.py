"""What comes nearest is shown as passages, with citations and without a claim."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from graph.offline.evidence_view import EvidenceView
from graph.offline.keyless_writer import KeylessWriter
from graph.offline.passages import MOST_PASSAGES, passages
from graph.verification.verify import verify
from tests.passages import drafted, evidence
from tests.reports import HANDBOOK, REPORT, document, table

LEAD = "I cannot answer this for certain without a chat model. The nearest passages:"


def test_a_refusal_shows_the_nearest_passages() -> None:
    draft = drafted("What was the operating profit of Bakery in 2024?", *document("a.pdf", *REPORT))
    assert draft.abstained
    assert draft.kind == "passages"
    assert draft.text.startswith(LEAD)
    assert (
        draft.uses[0].quote
        == "Revenue by segment (EUR million) — Dairy: 2023 = 120.4, 2024 = 131.0; "
        "Bakery: 2023 = 80.2, 2024 = 84.5; Group: 2023 = 200.6, 2024 = 215.5"
    )


def test_each_passage_is_a_citation_with_page_and_box() -> None:
    found = evidence("What was the operating profit of Bakery in 2024?", *REPORT)
    verdict = verify(KeylessWriter().write(found), found)
    assert [one.page for one in verdict.citations] == [1, 2, 3]
    assert all(one.box for one in verdict.citations)
    assert [one.marker for one in verdict.citations] == [1, 2, 3]


def test_there_are_three_at_most_each_of_another_chunk() -> None:
    found = evidence(
        "What does the pilot cost?", *(f"The pilot of site {n} began." for n in range(6))
    )
    draft = passages(EvidenceView(found))
    assert len(draft.uses) == MOST_PASSAGES
    assert len({use.marker for use in draft.uses}) == MOST_PASSAGES


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does Norvale say about leave?", "None of the passages found mentions Norvale."),
        ("What does Larkby say about pensions?", ""),
    ],
    ids=["a name that stands nowhere", "a word that stands nowhere"],
)
def test_a_name_that_stands_nowhere_is_said(question: str, said: str) -> None:
    draft = drafted(question, *document("handbook.pdf", HANDBOOK))
    assert draft.text.startswith(f"{said} {LEAD}".strip())


def test_a_sentence_is_shown_with_its_neighbours() -> None:
    draft = drafted("How many days of annual leave do managers have?", *document("h.pdf", HANDBOOK))
    assert draft.uses[0].quote.startswith("Employees have 28 days of annual leave. Travel by train")


def test_closeness_in_meaning_puts_another_wording_first() -> None:
    texts = ("Fuel is paid by the firm.", "The canteen opens at noon.")

    def similarity(_: str, pieces: Sequence[str]) -> Sequence[float]:
        return [float("canteen" in piece) for piece in pieces]

    draft = KeylessWriter(similarity).write(evidence("When can one eat?", *texts))
    assert draft.uses[0].quote.startswith("The canteen")


def test_without_anything_to_show_it_says_so() -> None:
    draft = drafted("What was revenue?")
    assert (draft.kind, draft.abstained) == ("none", True)
    assert draft.text == "Nothing in the documents comes near this."


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        (
            "Wie hoch war der Gewinn 2024?",
            "Ohne Sprachmodell kann ich das nicht sicher beantworten.",
        ),
        ("Quel était le bénéfice en 2024 ?", "Sans modèle de langage"),
        ("¿Cuál fue el beneficio en 2024?", "Sin un modelo de lenguaje"),
        ("2024年的利润是多少？", "没有聊天模型"),
    ],
    ids=["German", "French", "Spanish", "Chinese"],
)
def test_the_refusal_is_in_the_language_of_the_question(question: str, lead: str) -> None:
    assert lead in drafted(question, *document("handbook.pdf", HANDBOOK)).text


def test_what_leads_to_a_table_is_shown_with_it() -> None:
    text = table("", "Paper|Share (%)", "Recycled|81", "New|19")
    lead = f"The papers of the press office are told by their kinds:\n{text}"
    draft = drafted("Which kinds of papers does the press office hold dear?", *document("a", lead))
    assert draft.abstained
    assert "told by their kinds" in draft.uses[0].quote
    assert "Recycled: Share (%) = 81" in draft.uses[0].quote


def test_a_sentence_is_shown_with_what_led_to_it_in_its_chunk() -> None:
    lines = [f"Point {n} of the agenda was adjourned." for n in range(12)]
    text = "\n\n".join(["Minutes of the council", *lines, "The ferry was sold to Larkby."])
    [use, *_] = drafted("Who bought the ferry?", *document("minutes", text)).uses
    assert use.quote.startswith("Minutes of the council Point 0")
    assert use.quote.endswith("The ferry was sold to Larkby.")


def test_a_chunk_of_many_like_sentences_leaves_room_for_the_others_to_be_compared() -> None:
    many = "\n\n".join(f"The lake fee of pier {n} is paid to the lake office." for n in range(50))
    seen: list[str] = []

    def similarity(_: str, pieces: Sequence[str]) -> Sequence[float]:
        seen.extend(pieces)
        return [0.0 for _ in pieces]

    KeylessWriter(similarity).write(evidence("Why is there a lake fee?", many, "Boats cost money."))
    assert "Boats cost money." in " ".join(seen)
