from __future__ import annotations

from loaders.chunking.sections import Sections


def entered(*headings: tuple[int, str]) -> Sections:
    sections = Sections()
    for level, text in headings:
        sections.enter(level, text)
    return sections


def test_the_first_heading_is_the_title_unless_every_document_has_it() -> None:
    assert entered((1, "Annual **Report**")).title == "Annual Report"
    assert entered((1, "1 Dues")).title == ""
    assert entered((1, "Introduction")).title == ""


def test_until_a_section_begins_the_title_is_the_path() -> None:
    assert entered((1, "Report")).path == "Report"
    assert entered((1, "Report"), (2, "Dues")).path == "Dues"


def test_numbers_say_more_about_depth_than_marks_do() -> None:
    sections = entered((1, "Report"), (1, "1 Dues"), (1, "1.1 Inner harbour"), (1, "1.1.2 Cranes"))
    assert sections.path == "1 Dues › 1.1 Inner harbour › 1.1.2 Cranes"
    sections.enter(3, "1.2 Outer harbour")
    assert sections.path == "1 Dues › 1.2 Outer harbour"
    sections.enter(1, "2 Staff")
    assert sections.path == "2 Staff"


def test_a_part_holds_chapters_and_these_hold_numbers() -> None:
    sections = entered((1, "Report"), (1, "Part II"), (1, "Chapter 3"), (1, "3.1 Dues"))
    assert sections.path == "Part II › Chapter 3 › 3.1 Dues"
    sections.enter(1, "Part III")
    assert sections.path == "Part III"


def test_a_heading_right_below_one_that_looks_the_same_goes_on_with_it() -> None:
    sections = entered((1, "Report"), (2, "Balance sheet"))
    sections.enter(2, "in EUR million", directly=True)
    assert sections.path == "Balance sheet · in EUR million"
    sections.enter(2, "Notes on dues")
    assert sections.path == "Notes on dues"


def test_references_are_known_by_their_name() -> None:
    assert entered((1, "Report"), (1, "7 References")).in_references
    assert not entered((1, "Report"), (1, "7 Dues")).in_references
    assert not Sections().in_references


def test_a_numbered_schedule_is_no_part_of_the_last_clause() -> None:
    sections = entered((1, "Agreement"), (2, "5. Termination"), (4, "Schedule 1 – Fee"))
    assert sections.path == "Schedule 1 – Fee"
    sections.enter(2, "Schedule 2 – Rates")
    assert sections.path == "Schedule 2 – Rates"
    assert entered((1, "Agreement"), (2, "5. Fees"), (2, "Schedule of fees")).path == (
        "5. Fees › Schedule of fees"
    )
