"""A label is said by a question that says all of it, spare words and versions aside."""

from __future__ import annotations

import pytest

from graph.offline.label_matching import explained
from graph.query.subject_terms import tokens_of


@pytest.mark.parametrize(
    ("label", "question", "is_said"),
    [
        ("Net debt", "debt", False),
        ("Net debt", "net debt", True),
        ("Total assets", "assets", False),
        ("Revenue (restated)", "revenue", True),
        ("December 31, 2024", "2024", True),
        ("MMLU-Pro", "MMLU", False),
        ("LiveCode Bench", "LiveCodeBench", True),
        ("Claude-3.5-Sonnet-1022", "Claude-3.5-Sonnet", True),
    ],
)
def test_a_label_is_named_by_all_of_it(label: str, question: str, *, is_said: bool) -> None:
    bare = tokens_of(label.partition("(")[0])
    assert bool(explained(bare, tokens_of(question))) == is_said
