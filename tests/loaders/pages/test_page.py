from __future__ import annotations

import pytest

from loaders.pages.page import Audit, Outcome, Reading, page_ranges
from loaders.pages.runs import ranges


@pytest.mark.parametrize(
    ("audit", "is_doubted"),
    [
        (Audit(), False),
        (Audit(novel_numbers=["5"]), True),
        (Audit(missing_numbers=["5"]), True),
        (Audit(hidden_numbers=["5"]), True),
        (Audit(unsure_numbers=["5"], word_recall=0.5, notes=["turned"]), False),
    ],
)
def test_a_page_is_doubted_for_its_numbers(audit: Audit, is_doubted: bool) -> None:
    assert audit.is_doubted is is_doubted


def test_a_page_is_called_as_the_file_has_it_or_by_its_number() -> None:
    named = Reading(3, Outcome.OK, "", "local", audit=Audit(label="iv"))
    assert named.label == "iv"
    assert Reading(3, Outcome.OK, "", "local", audit=Audit()).label == "4"
    assert Reading(3, Outcome.OK, "", "local").label == "4"


def test_what_no_text_may_hold_goes_no_further_whoever_read_it() -> None:
    reading = Reading(0, Outcome.OK, "a\x00b\ud800", "local", detail="c\x1b[31md")
    assert "\x00" not in reading.markup
    assert "\ud800" not in reading.markup
    assert "\x1b" not in reading.detail
    reading.markup.encode()


def test_readings_do_not_share_what_they_keep() -> None:
    one, other = (Reading(0, Outcome.OK, "", "local") for _ in range(2))
    one.usage.usd = 1.0
    assert other.usage.usd == 0.0


def test_page_ranges_are_the_way_back_from_the_option() -> None:
    assert page_ranges(ranges([8, 0, 1, 2])) == "1-3, 9"
    assert page_ranges(ranges([])) == ""
