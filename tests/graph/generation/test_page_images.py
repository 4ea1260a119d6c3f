from __future__ import annotations

import pytest
from langchain_core.documents import Document

from graph.evidence.sources import number_sources
from graph.generation.page_images import look_at, worth_a_look
from loaders.errors import ModelError
from loaders.pages.word import Box
from tests.passages import chunk

BARS = "Figure 1: Order intake of the group by year. Bars in blue and grey."
READ = f"{BARS}\nRead from the chart:\n- 2021: 262.4\n- 2022: 288.9\n- 2023: 317.5\n- 2024: 351.2"
TABLE = """Order intake of the group
<table><thead><tr><th>Year</th><th>Order intake</th></tr></thead><tbody>
<tr><td>2023</td><td>317.5</td></tr><tr><td>2024</td><td>351.2</td></tr></tbody></table>"""


def figure(text: str) -> Document:
    return chunk(text, kind="figure")


def looked_at(question: str, *chunks: Document) -> list[int]:
    return [source.number for source in worth_a_look(question, number_sources(chunks))]


@pytest.mark.parametrize(
    ("question", "chunks", "numbers"),
    [
        pytest.param("What was the order intake in 2023?", [figure(BARS)], [1], id="a bare chart"),
        pytest.param("What was the order intake in 2023?", [figure(READ)], [], id="values read"),
        pytest.param(
            "What was the order intake in 2023?", [figure(BARS), chunk(TABLE)], [], id="a table"
        ),
        pytest.param(
            "Which colour has the order intake of 2023?", [figure(READ)], [1], id="what none tells"
        ),
        pytest.param("Who is the chief executive?", [figure(BARS)], [], id="something else"),
        pytest.param("Welcher Wert steht auf der Karte?", [figure(READ)], [1], id="called a map"),
    ],
)
def test_a_chart_is_shown_where_no_text_tells_what_is_asked(
    question: str, chunks: list[Document], numbers: list[int]
) -> None:
    assert looked_at(question, *chunks) == numbers


def test_what_was_read_with_doubt_is_shown_although_it_is_text() -> None:
    doubtful = chunk(TABLE)
    doubtful.metadata["novel_numbers"] = ["317.5"]
    assert looked_at("What was the order intake in 2023?", doubtful) == [1]


def test_a_picture_that_cannot_be_had_is_named() -> None:
    def pictures(document: str, page: int, box: Box | None) -> bytes:
        raise ModelError(f"{document}: gone")

    look = look_at("What was the order intake in 2023?", number_sources([figure(BARS)]), pictures)
    assert (look.shown, look.unseen) == ((), (1,))
