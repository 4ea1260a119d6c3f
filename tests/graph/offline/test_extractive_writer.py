from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.offline.answer_templates import statement, superlative
from graph.offline.answer_type import answers_kind, is_fragment
from graph.offline.extractive_writer import QuoteWriter
from graph.offline.sentences import sentences_of
from graph.verification.verify import verify
from tests.passages import chunk

LETTER = (
    "In March we bought Aldermoor Pumps, a firm of 38 people. The price was €9.4 million in cash. "
    "Its pumps run in four towns."
)
SIGNATURE = "## Ann Example\n\nChief Executive, Cork, 12 March 2026"


def one_page(question: str, *texts: str) -> Evidence:
    """The texts as the chunks of one page, in order."""
    chunks = [chunk(text) for text in texts]
    for ordinal, piece in enumerate(chunks):
        piece.metadata["ordinal"] = ordinal
    return Evidence(question, "en", number_sources(chunks))


def answer(question: str, *texts: str) -> str:
    found = one_page(question, *texts)
    draft = QuoteWriter().write(found)
    verdict = verify(draft, found)
    assert draft.abstained or verdict.verified, verdict.failed
    return "" if draft.abstained else draft.text


def test_an_irregular_verb_is_the_same_verb() -> None:
    assert "Aldermoor" in answer("Which firm did they buy in March?", LETTER)


def test_each_part_of_a_question_gets_its_sentence() -> None:
    found = answer("Which firm did they buy in March, and for how much?", LETTER)
    assert "Aldermoor" in found
    assert "9.4" in found


def test_lines_of_a_chart_or_of_contents_are_no_sentences() -> None:
    chart = "Figure 1 | Orders\n\nRead from the chart:\n- Pumps (orders): 55, 43\n- Valves: 12"
    contents = "Pumps and their orders ..... 14"
    prose = "The orders of pumps were booked late."
    found = sentences_of(one_page("", "\n\n".join([prose, contents, chart])).sources)
    assert [sentence.text for sentence in found] == [prose, "Figure 1 | Orders"]


def test_a_signature_is_no_answer() -> None:
    assert answer("What was the salary of the chief executive in 2026?", SIGNATURE) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chief Executive, Cork, 12 March 2026", True),
        ("What we expect of 2026", True),
        ("Growth", True),
        ("2,413 Employees at 18 sites", False),
        ("The certificate is valid until 8 October 2027.", False),
        ("Figure 2 | Orders by year", False),
    ],
)
def test_headings_and_signatures_are_fragments(text: str, expected: bool) -> None:
    assert is_fragment(text) == expected


def test_how_much_wants_money() -> None:
    assert answers_kind("for how much?", "The price was €9.4 million.")
    assert not answers_kind("for how much?", "It employs 38 people.")


def test_an_identifier_counts_for_the_whole_page() -> None:
    certificate = "Calibration certificate No. AB-11-0042\n\nThe meter was tested."
    validity = "All errors lie within limits. The certificate is valid until 8 October 2027."
    question = "Until when is the calibration certificate AB-11-0042 valid?"
    assert "8 October 2027" in answer(question, certificate, validity)


def test_a_sentence_that_a_column_cut_in_two_is_put_together() -> None:
    parts = ("Debt fell again. The Board", "therefore proposes a dividend of €0.31 per share.")
    assert answer("What dividend does the Board propose?", *parts).startswith("The Board [1] there")


@pytest.mark.parametrize(
    ("question", "value", "language", "expected"),
    [
        ("How many people work in Cork?", "41", "en", "41 people work in Cork."),
        ("How many people does Cork employ?", "41", "en", "Cork employs 41 people."),
        ("How much was spent on tests in 2024?", "€2", "en", "€2 was spent on tests in 2024."),
        ("What revenue did it make in 2024?", "€2", "en", "It made €2 in revenue in 2024."),
        ("Wie hoch war der Umsatz?", "2 €", "de", "Der Umsatz war 2 €."),
    ],
)
def test_a_question_becomes_the_sentence_that_answers_it(
    question: str, value: str, language: str, expected: str
) -> None:
    assert statement(question, value, language) == expected


def test_a_ranking_is_said_as_it_was_asked() -> None:
    question = "Which site has the most employees, and how many?"
    assert superlative(question, "Cork", "41") == "Cork has the most employees: 41."


FAULTS = """<table><thead><tr>
<th>Fault</th><th>Possible cause</th><th>Remedy</th></tr></thead><tbody>
<tr><td>Slow inflation</td><td>The inflation took too long while it measured.</td>
<td>Take the cuff off and wait until it is empty.</td></tr>
<tr><td>High pressure</td><td>The cuff was pressed while it measured.</td>
<td>Do not touch the cuff during a measurement.</td></tr></tbody></table>"""


def test_a_cell_that_holds_a_sentence_is_quoted_with_those_beside_it() -> None:
    found = answer("What should I do if the inflation took too long?", FAULTS)
    assert "Take the cuff off" in found


def test_a_measure_is_not_answered_by_a_sentence_without_a_number() -> None:
    rule = "The release thresholds of pollutants to water are set out in an annex."
    assert answer("What is the release threshold for uranium to water?", rule) == ""


def test_who_holds_an_office_is_told_by_a_line_of_a_list() -> None:
    board = "Leonard Example, DDS Chair, Board of Dentistry\n\nAnn Sample, Chair, Board of Nursing"
    assert "Leonard Example" in answer("Who is the chair of the Board of Dentistry?", board)
