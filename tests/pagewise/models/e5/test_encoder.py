from __future__ import annotations

import numpy as np

from pagewise.models.e5.encoder import small_weights
from pagewise.models.e5.weights import Weights

LARGEST_SUM = 2**15 - 1


def test_no_processor_overflows() -> None:
    """Without VNNI two products are added in 16 bits; an input is 255 at most."""
    weights = Weights()
    for name in ("l0.q.w", "l5.fi.w", "l11.ao.w"):
        integers, _ = small_weights(weights.matrix(name, weights.shape.width))
        sizes = np.abs(integers.astype(int))
        assert (255 * (sizes[:, 0::2] + sizes[:, 1::2])).max() <= LARGEST_SUM


def test_weights_in_steps_are_within_half_a_step() -> None:
    matrix = np.random.default_rng(0).normal(size=(8, 64)).astype(np.float32)
    integers, steps = small_weights(matrix)
    assert (np.abs(integers * steps[:, None] - matrix) <= steps[:, None] * 0.501).all()
