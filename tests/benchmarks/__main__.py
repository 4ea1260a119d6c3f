"""What is measured in one run, as ratios to what it is held against.

python -m tests.benchmarks [1000 10000 …]     a library of so many chunks, against a bare Chroma
python -m tests.benchmarks embedding [60]     so many texts, against the engine of their weights
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping

from tests.benchmarks import embedding, library

NAMED: Mapping[str, tuple[Callable[[int], dict[str, float]], str]] = {
    "library": (library.measure, "1000 10000"),
    "embedding": (embedding.measure, "60"),
}


def main() -> None:
    words = sys.argv[1:]
    name = words.pop(0) if words and words[0] in NAMED else "library"
    measure, sizes = NAMED[name]
    for size in map(int, words or sizes.split()):
        found = {what: round(value, 5) for what, value in measure(size).items()}
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
