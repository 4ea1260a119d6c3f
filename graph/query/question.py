"""Whether a question wants figures: then the tables are searched again."""

from __future__ import annotations

import re
from functools import cache

from graph.knowledge.toml_data import joined
from loaders.text.tokenizer import fold


@cache
def _figures() -> re.Pattern[str]:
    return re.compile(rf"\d|{joined('retrieval', 'wants', 'figures')}")


def wants_figures(question: str) -> bool:
    """Whether figures, comparisons, rankings or counts are asked for."""
    return bool(_figures().search(fold(question)))
