from __future__ import annotations

import pytest

from loaders.text.tokenizer import content_words, fold, keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-4o-0513", ["gpt", "4o", "0513"]),
        ("FY2022 and FY21", ["2022", "and", "2021"]),
        ("2022年 营业收入", ["2022", "年", "营业", "业收", "收入"]),
        ("Net sales, liabilities", ["net", "sale", "liability"]),
        ("Claude-3.5 Sonnet", ["claude", "3.5", "sonnet"]),
        ("1,234.5 points", ["1234.5", "point"]),
        ("Umsatzerlöse", ["umsatzerlose"]),
    ],
)
def test_words_are_folded_and_identifiers_kept(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_a_hyphenated_name_keeps_its_single_letters() -> None:
    assert [word.key for word in content_words("the C-Eval of a model")] == ["c", "eval", "model"]


def test_folding_is_the_same_for_all_dashes_and_accents() -> None:
    assert fold("Ｏ１–Größe") == "o1-grosse"
