from __future__ import annotations

import pytest

from loaders.text.analyzer import content_pieces, halve, pieces, stem, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATH-500", {"math-500", "math", "500"}),
        ("Pass@1", {"pass@1", "pass", "1"}),
        ("LiveCodeBench", {"livecodebench", "liv", "cod", "bench"}),
        ("FY2023", {"fy2023", "fy", "2023"}),
        ("7B", {"7b"}),
        ("1,234,567", {"1234567"}),
        ("1.234.567", {"1234567"}),
        ("1,234.5", {"1234.5"}),
        ("1.234,5", {"1234.5"}),
        ("97.3", {"97.3"}),
        ("97,3", {"97.3"}),
        ("1.234", {"1234", "1.234"}),
        ("3.2.1", {"3.2.1"}),
        ("Umsätze", {"umsatz", "umsaetz"}),
        ("Straße", {"strass"}),
        ("毛利率", {"毛利", "利率", "毛", "利", "率"}),
        ("Café‐Crème", {"cafe-creme", "caf", "crem"}),
        ("company's", {"company"}),
    ],
)
def test_terms(text: str, expected: set[str]) -> None:
    assert set(terms(text)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("revenue", "revenues"),
        ("erlos", "erlose"),
        ("increase", "increased"),
        ("increasing", "increases"),
        ("loss", "losses"),
        ("company", "companies"),
        ("expense", "expenses"),
        ("operating", "operated"),
        ("tax", "taxes"),
        ("belohnung", "belohnungen"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("number", "numb"), ("customer", "custom"), ("gas", "ga")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_compound_is_split_by_words_that_are_known() -> None:
    assert halve("belohnungsmodell", frozenset({"belohnung", "modell"})) == ("belohnung", "modell")
    assert halve("belohnungsmodell", frozenset({"belohnung"})) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2019年公司的净利润是多少元？", ["2019", "公司", "净利润"]),
        ("法定代表人是谁", ["法定代表人"]),
        ("毛利率为多少？请保留两位小数。", ["毛利率"]),
        ("是什么？", ["是什么"]),  # there is nothing else
        ("What was the revenue?", ["revenue"]),
    ],
)
def test_a_question_in_chinese_is_cut_where_it_asks(question: str, expected: list[str]) -> None:
    assert content_pieces(question) == expected


@pytest.mark.parametrize("text", ["A model. The next", "Ein Modell. Größer"])
def test_the_stop_of_a_sentence_is_no_part_of_its_last_word(text: str) -> None:
    assert pieces(text)[1] in {"model", "Modell"}
