from __future__ import annotations

import pytest

from loaders.pages.page import Outcome, Reading
from loaders.text.kept_text import kept_text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Revenue\t1,250\nCost", "Revenue\t1,250\nCost"),
        ("one\r\ntwo\rthree\x0cfour\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x1b[31mc\x9bd\x7f", "ab[31mcd"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("a whole pair \U0001f4c8", "a whole pair \U0001f4c8"),
    ],
    ids=["plain", "line ends", "controls", "half", "whole"],
)
def test_what_is_kept_can_be_encoded_and_steers_nothing(text: str, kept: str) -> None:
    assert kept_text(text) == kept
    reading = Reading(0, Outcome.OK, text, "a model", detail=text)
    assert (reading.markup, reading.detail) == (kept, kept)
    reading.markup.encode()
