"""`python -m tests.benchmarks [1000 10000 …]`: ratios to a bare Chroma at these sizes."""

from __future__ import annotations

import json
import sys

from tests.benchmarks.library import measure


def main() -> None:
    for size in map(int, sys.argv[1:] or ("1000", "10000")):
        found = {name: round(value, 3) for name, value in measure(size).items()}
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
