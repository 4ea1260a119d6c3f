"""What is measured in one run, as ratios to what it is held against.

python -m tests.benchmarks [1000 10000 …]     a library of so many chunks, against a bare Chroma
python -m tests.benchmarks embedding [60]     so many texts, against the engine of their weights
python -m tests.benchmarks first_answer [30]  a report of so many pages, against a plain pipeline
python -m tests.benchmarks queue [240]        so many pages, by 1, 4 and 16 workers, to a quota
python -m tests.benchmarks serve [400]        so many keyless questions to a server, by 32 clients
python -m tests.benchmarks machines [600]     so many seconds of kills among machines on one library
python -m tests.benchmarks databases [1000]   so many chunks in SQLite and in Postgres
python -m tests.benchmarks large [200000]     so many chunks on Postgres and a Chroma server
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping

from tests.benchmarks import (
    databases,
    embedding,
    first_answer,
    large,
    library,
    machines,
    queue,
    serve,
)

NAMED: Mapping[str, tuple[Callable[[int], dict[str, float]], str]] = {
    "library": (library.measure, "1000 10000"),
    "embedding": (embedding.measure, "60"),
    "first_answer": (first_answer.measure, "30"),
    "queue": (queue.measure, "240"),
    "serve": (serve.measure, "400"),
    "machines": (machines.measure, "600"),
    "databases": (databases.measure, "1000"),
    "large": (large.measure, "200000"),
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
