"""Words as they are compared: one token for every phrase that means the same."""

from __future__ import annotations

import pytest

from graph.query.subject_terms import holds, joined_key, keys_in, measures, same, tokens_of


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("net profit", ["@net_income"]),
        ("Jahresüberschuss", ["@net_income"]),
        ("profit", ["@profit"]),
        ("free cash flow", ["@free_cash_flow"]),
        ("operating cash flow", ["@operating_cash_flow"]),
        ("the revenue of the year", ["@revenue", "year"]),
        ("MMLU-Pro", ["mmlu", "pro"]),
        ("MMLU Pro", ["mmlu", "pro"]),
        ("C-Eval", ["c", "eval"]),
        ("QwQ-Max", ["qwq", "max"]),
        ("波兰的营业收入", ["@poland", "@revenue"]),
    ],
)
def test_the_tokens_of_a_text(text: str, keys: list[str]) -> None:
    assert [token.key for token in tokens_of(text)] == keys


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("employee", "employees", True),
        ("develop", "development", True),
        ("report", "reporting", True),
        ("port", "portion", False),
        ("niger", "nigeria", False),
        ("butan", "butanol", False),
        ("martin", "martina", False),
        ("guest", "guests", True),
        ("2023", "2024", False),
        ("@profit", "profit", False),
        ("波兰", "波兰人", False),
    ],
)
def test_a_word_with_another_ending_is_the_same(one: str, other: str, *, is_same: bool) -> None:
    assert same(one, other) == is_same
    assert holds([one], other) == holds(frozenset([one, "other"]), other) == is_same


@pytest.mark.parametrize(
    ("text", "is_name"),
    [("o1", True), ("iPad", True), ("MMLU", True), ("Leeds", False), ("revenue", False)],
)
def test_a_name(text: str, *, is_name: bool) -> None:
    assert tokens_of(text)[0].is_name == is_name


def test_years_measures_and_words_written_together() -> None:
    assert tokens_of("2024")[0].is_year
    assert "revenue" in measures()
    assert joined_key(tokens_of("Live Code Bench")) == "livecodebench"
    assert keys_in("Umsatz") == keys_in("turnover") == {"@revenue"}


def test_a_unit_is_no_word_for_the_least() -> None:
    assert [one.key for one in tokens_of("5 min")] == ["5", "min"]
    assert [one.key for one in tokens_of("30 L/min")] == ["30", "l", "min"]
    assert [one.key for one in tokens_of("NV22 min")] == ["nv22", "@minimum"]
    assert [one.key for one in tokens_of("min/max flow")] == ["@minimum", "@maximum", "flow"]
    assert keys_in("340 people") == keys_in("people") | {"340"}
