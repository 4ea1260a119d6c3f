from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pagewise.models.e5.weights import Weights, WeightsError, shipped

HEADER = 200
VERSION_AT = 4


def test_what_the_package_ships_is_read() -> None:
    weights = Weights()
    assert weights.vocabulary.pieces[weights.vocabulary.begin] == "<s>"
    assert weights.words(np.array([[5, 6]])).shape == (1, 2, weights.shape.width)
    assert weights.matrix("l0.fo.w", weights.shape.inner).shape == (384, 1536)


def test_the_first_half_of_a_block_lies_in_the_low_bits() -> None:
    weights = Weights()
    start = shipped().read_bytes().index(b"l0.q.w") + len("l0.q.w")
    offset = int.from_bytes(shipped().read_bytes()[start + 5 : start + 13], "little")
    block = shipped().read_bytes()[offset : offset + 18]
    scale = float(np.frombuffer(block[:2], np.float16)[0])
    row = weights.matrix("l0.q.w", weights.shape.width)[0]
    assert row[0] == pytest.approx(((block[2] & 15) - 8) * scale)
    assert row[16] == pytest.approx(((block[2] >> 4) - 8) * scale)


@pytest.mark.parametrize("size", [1, HEADER, 10**6])
def test_half_a_file_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "half.bin"
    path.write_bytes(shipped().read_bytes()[:size])
    with pytest.raises(WeightsError):
        Weights(path)


def test_another_version_is_refused(tmp_path: Path) -> None:
    content = bytearray(shipped().read_bytes()[:HEADER])
    content[VERSION_AT] += 1
    path = tmp_path / "next.bin"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match="another kind or version"):
        Weights(path)


def test_a_tensor_that_is_missing_is_named() -> None:
    with pytest.raises(WeightsError, match=r"l99\.q\.w"):
        Weights().matrix("l99.q.w", 384)
