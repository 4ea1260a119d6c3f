from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import Any

import pytest

from loaders.pages.page_layout import Sheet
from loaders.pages.page_transform import Frame
from loaders.reading.worker import Worker, forbid, refusal, send, why_empty, words_of
from tests.drawn_words import words_at


@pytest.mark.parametrize(
    ("event", "values"),
    [
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("subprocess.Popen", ("ls",)),
        ("os.system", ("ls",)),
        ("open", ("a.txt", "w", 0)),
        ("open", ("a.txt", "r+", 0)),
    ],
)
def test_a_hostile_file_does_not_reach_out(event: str, values: tuple[Any, ...]) -> None:
    with pytest.raises(PermissionError, match="reading process"):
        forbid(event, values)


def is_forbidden(event: str, *values: Any) -> bool:
    try:
        forbid(event, values)
    except PermissionError:
        return True
    return False


def test_files_may_be_read() -> None:
    assert [is_forbidden("open", "a.txt", mode, 0) for mode in ("r", "rb", None)] == [False] * 3


def test_an_answer_is_a_line_with_the_count_of_its_bytes() -> None:
    pipe = io.BytesIO()
    send(pipe, {"text": "half \ud800"}, b"\nraw")
    line, _, rest = pipe.getvalue().partition(b"\n")
    assert json.loads(line) == {"text": "half ?", "bytes": 4}
    assert rest == b"\nraw"


class Refused(Exception):
    """As the door to the PDF raises it."""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Refused("has no pages"), "has no pages"),
        (MemoryError(), "needs more memory than the reading process is given"),
        (ValueError("odd\nmore"), "cannot be read: ValueError: odd"),
        (ValueError(), "cannot be read: ValueError"),
    ],
)
def test_a_cause_is_told_to_the_user(error: Exception, told: str) -> None:
    assert refusal(error) == told


def sheet(**more: Any) -> Sheet:
    return Sheet(600, 800, [], **more)


@pytest.mark.parametrize(
    ("made", "outcome", "why"),
    [
        (sheet(), "blank", "the page is empty"),
        (sheet(has_ink=True), "skipped", "needs OCR"),
        (sheet(has_ink=True, scanned="no text layer"), "blank", "a picture without text"),
        (sheet(trouble="bad font"), "failed", "bad font"),
        (sheet(hidden=["secret"], trouble="x"), "blank", "nobody sees: secret"),
    ],
)
def test_a_page_without_words_says_what_it_is(made: Sheet, outcome: str, why: str) -> None:
    told, cause = why_empty(made)
    assert told == outcome
    assert why in cause


def test_words_of_notes_and_of_turned_parts_have_their_places_on_the_page() -> None:
    part = sheet(frame=Frame((0, 1, 0, 1, 0, 0), 600, 800))
    part.tokens = words_at(100, 208, "Dues")
    page = sheet(parts=[part], remarks=[((1, 2, 3, 4), "Note: ask")])
    assert words_of(page) == [
        ["Note:", 1, 2, 3, 4],
        ["ask", 1, 2, 3, 4],
        ["Dues", 200, 100, 210, 120],
    ]


def test_a_fault_of_ours_costs_the_layout_and_not_the_words() -> None:
    def fails(page: Sheet) -> str:
        raise IndexError("out of range")

    worker: Any = SimpleNamespace(write_markup=fails)
    page = sheet()
    page.tokens = words_at(50, 100, "Dues rose")
    answer: dict[str, Any] = {"detail": ""}
    Worker.write(worker, page, answer)
    assert "Dues rose" in answer["markup"]
    assert "IndexError" in answer["detail"]
