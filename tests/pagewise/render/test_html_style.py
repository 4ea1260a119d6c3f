from __future__ import annotations

import re

from pagewise.render.html_style import STYLE


def test_nothing_is_fetched_for_the_look() -> None:
    assert not re.search(r"url\(|@import|expression|javascript", STYLE)
    assert "<" not in STYLE


def test_every_rule_is_closed() -> None:
    depth = 0
    for sign in STYLE:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert 0 <= depth <= 2
    assert depth == 0


def test_pictures_reach_over_as_many_rows_as_a_page_may_have() -> None:
    spans = [int(rows) for rows in re.findall(r"grid-row:1/span (\d+)", STYLE)]
    assert spans == [2**power for power in range(11)]
