from __future__ import annotations

import pytest

from graph.query.grammar import grammar
from graph.query.unspaced import stand_alone_unspaced

ZH = grammar("zh")
BEFORE = "公司2019年的营业收入是多少？"


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("那2018年呢？", "公司2018年的营业收入是多少？"),
        ("2018年？", "公司2018年的营业收入是多少？"),
        ("净利润呢？", "公司2019年的净利润是多少？"),
        ("2018年的净利润呢？", "公司2018年的净利润是多少？"),
        ("员工有多少？", "员工有多少？"),
    ],
)
def test_years_and_measures_take_their_places(turn: str, question: str) -> None:
    assert stand_alone_unspaced(turn, BEFORE, ZH) == question


@pytest.mark.parametrize("turn", ["2017年和2018年呢？", "为什么？", "其他地区呢？"])
def test_what_has_no_one_place_is_not_guessed(turn: str) -> None:
    assert stand_alone_unspaced(turn, BEFORE, ZH) is None


def test_a_year_has_no_place_where_two_were_named() -> None:
    before = "2018年和2019年的营业收入是多少？"
    assert stand_alone_unspaced("那2017年呢？", before, ZH) is None
