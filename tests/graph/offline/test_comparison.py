"""Which of several companies leads, each told by its own document."""

from __future__ import annotations

from tests.passages import drafted
from tests.reports import document, table

HALMSTAD = table("Key figures (€ million)", "|2024", "Revenue|30.0", "Operating margin|7.5%")
NORVALE = table("Key figures (€ million)", "|2024", "Revenue|44.0", "Operating margin|9.0%")
KRONER = table("Key figures (SEK million)", "|2024", "Revenue|44.0")
BOTH = document("halmstad.pdf", HALMSTAD) + document("norvale.pdf", NORVALE)


def test_the_one_that_leads_is_named_and_the_other_with_its_value() -> None:
    question = "Which company had the higher operating margin in 2024, Norvale or Halmstad?"
    draft = drafted(question, *BOTH)
    assert draft.text.startswith("Norvale is highest at 9.0%")
    assert "Halmstad: 7.5%. [1]" in draft.text
    assert len(draft.uses) == 2


def test_two_currencies_are_given_side_by_side() -> None:
    chunks = document("halmstad.pdf", HALMSTAD) + document("norvale.pdf", KRONER)
    draft = drafted("Which had the higher revenue in 2024, Norvale or Halmstad?", *chunks)
    assert draft.kind == "cell"
    assert "SEK 44.0 million" in draft.text
    assert "€30.0 million" in draft.text
    assert "highest" not in draft.text


def test_one_that_has_no_such_figure_leaves_it_open() -> None:
    question = "Which company had the higher net debt in 2024, Norvale or Halmstad?"
    assert drafted(question, *BOTH).abstained


def test_costs_in_brackets_are_ranked_as_costs() -> None:
    tables = [table("Costs (€ million)", "|2024", f"Staff costs|({one})") for one in (40, 12)]
    chunks = document("norvale.pdf", tables[0]) + document("halmstad.pdf", tables[1])
    question = "Which company had the higher staff costs in 2024, Norvale or Halmstad?"
    assert "Norvale is highest at €40 million" in drafted(question, *chunks).text
