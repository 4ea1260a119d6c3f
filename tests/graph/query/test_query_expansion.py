from __future__ import annotations

from graph.query.query_expansion import headings, related, statements


def test_a_ratio_leads_to_the_lines_that_it_is_made_of() -> None:
    assert {"current assets", "current liabilities"} <= {
        phrase.removeprefix("total ") for phrase in related("What was the current ratio?")
    }


def test_phrases_come_once_however_often_a_concept_is_named() -> None:
    found = related("current ratio, the current ratios, and the current ratio again")
    assert found == related("current ratio")
    assert len(set(found)) == len(found)


def test_a_concept_is_found_at_the_borders_of_words_only() -> None:
    assert related("a concurrent ratiometer") == []
    assert statements("a concurrent ratiometer") == []


def test_a_measure_leads_to_the_titles_of_its_statement() -> None:
    titles = statements("How much was the net income?")
    assert any("income" in title for title in titles)
    assert not any("balance" in title for title in titles)


def test_headings_of_a_kind_are_known() -> None:
    assert headings("parent")
    assert headings("notes")
