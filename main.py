"""The door: `python main.py …` is `pagewise …` without an installed script."""

from __future__ import annotations

import sys

from pagewise.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
