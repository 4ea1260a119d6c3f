"""Files of Chroma's search graph that would end the process."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from loaders.storing.search.graph_files import are_sound
from loaders.storing.search.vector_index import Vectors


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the size at which Chroma writes its search graph down."""
    folder = tmp_path_factory.mktemp("graph")
    vectors = Vectors(folder)
    drawn = np.random.default_rng(1).normal(size=(1100, 4)).astype(np.float32)
    names = [str(number) for number in range(1100)]
    vectors.add(names, list(drawn), names, [{"source": "a.pdf"}] * 1100)
    vectors.delete(names[:9])
    vectors.close()
    return folder


@pytest.mark.parametrize(
    ("file", "how"),
    [
        ("data_level0.bin", "half"),
        ("data_level0.bin", "flips"),
        ("data_level0.bin", "middle"),
        ("link_lists.bin", "half"),
        ("link_lists.bin", "flips"),
        ("length.bin", "empty"),
        ("header.bin", "half"),
        ("header.bin", "flips"),
        ("header.bin", "empty"),
    ],
)
def test_a_search_graph_that_would_end_the_process_is_not_opened(
    graph: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str, how: str
) -> None:
    folder = shutil.copytree(graph, tmp_path / "chroma")
    assert are_sound(folder)
    [path] = folder.rglob(file)
    path.write_bytes(damaged(path.read_bytes(), how, random.Random(1)))
    vectors = Vectors(folder)
    assert vectors.count() == 0  # the store fills it again
    vectors.close()
    assert "made again" in caplog.text


def damaged(data: bytes, how: str, draw: random.Random) -> bytes:
    size = len(data)
    if how == "flips":
        flips = bytearray(data)
        for _ in range(200):
            flips[draw.randrange(size)] ^= 1 << draw.randrange(8)
        return bytes(flips)
    middle = data[: size // 3] + bytes(size // 3) + data[2 * (size // 3) :]
    return {"no SQLite": b"x" * 9000, "empty": b"", "middle": middle, "half": data[: size // 2]}[
        how
    ]
