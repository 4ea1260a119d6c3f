"""`python -m pagewise`: the same command line as `main.py`."""

from __future__ import annotations

import sys

from pagewise.cli import main

sys.exit(main())
