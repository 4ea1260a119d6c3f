from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.verification.checks.name_check import name_faults, quoted_faults, role_faults
from graph.verification.statements.statement import statements
from tests.passages import chunk

HULL = """Anna Berg is chief executive. Ole Dahl is the auditor. The United Nations rent 5 berths. \
Kestrel sold 40 boats in Germany."""
LEEDS = "Norvale runs 12 plants in Leeds."
FOUND = Evidence(
    "Who leads it?",
    "en",
    number_sources([chunk(HULL, source="hull_report.pdf"), chunk(LEEDS, source="norvale.pdf")]),
)


def told(text: str) -> list[str]:
    [one] = statements(text, FOUND, FOUND.sources[:1])
    return [fault.text for fault in name_faults(one)]


@pytest.mark.parametrize(
    "text",
    [
        "It is led by Anna Berg. [1]",
        "The UN rent 5 berths. [1]",
        "The German boats were 40. [1]",
        "In Hull 40 boats were sold. [1]",
        "Boats were sold. [1]",
    ],
)
def test_a_name_of_the_source_or_of_its_document_stands(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It is led by Maren Voss. [1]", "Maren"),
        ("40 boats were sold in Norway. [1]", "Norway"),
        ("At Norvale 40 boats were sold. [1]", "Norvale"),
    ],
)
def test_a_name_that_the_cited_source_does_not_know_is_told(text: str, name: str) -> None:
    assert name in told(text)


def test_nobody_is_given_a_role_that_the_source_gives_to_another() -> None:
    def of(text: str) -> list[str]:
        [one] = statements(text, FOUND, FOUND.sources[:1])
        return [fault.text for fault in role_faults(one)]

    assert of("The chief executive is Anna Berg. [1]") == []
    assert of("The chief executive is Ole Dahl. [1]") == ["Dahl"]


def test_words_in_quotation_marks_stand_so_in_a_source() -> None:
    cited = FOUND.sources[:1]
    assert list(quoted_faults("“Anna Berg is chief executive”", FOUND, cited)) == []
    assert list(quoted_faults('"too short"', FOUND, cited)) == []
    [fault] = quoted_faults("“Anna Berg is the chief auditor”", FOUND, cited)
    assert fault.text == "Anna Berg is the chief auditor"


def test_a_word_for_the_lowest_that_heads_a_line_is_no_name() -> None:
    """Though another document has it with a capital."""
    texts = [
        ("bands.pdf", "Grades have min. 41 and max. 54."),
        ("other.pdf", "Norvale pays. Minimum: 30."),
    ]
    sources = number_sources([chunk(text, source=name) for name, text in texts])
    found = Evidence("What is the lowest?", "en", sources)
    for text, names in (("- Minimum: 41 [1]", []), ("- Norvale: 41 [1]", ["Norvale"])):
        [one] = statements(text, found, found.sources[:1])
        assert [fault.text for fault in name_faults(one)] == names
