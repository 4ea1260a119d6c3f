from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from langchain_core.documents import Document

from loaders.storing.search.forward_index import (
    AT_ONCE,
    FIRST,
    FOLLOWS,
    IS_CONTENTS,
    IS_TABLE,
    KEY,
    LINE_END,
    PAGE_SHIFT,
    Profiles,
    key,
    lines_of,
    packed,
    packed_in_parts,
)
from loaders.text.analyzer import terms_of


def chunk(text: str, **metadata: Any) -> Document:
    return Document(text, metadata={"chunk_id": text, "page": 0, "kind": "text", **metadata})


def numbers(one: Document) -> list[int]:
    [data] = packed([one], [lines_of(one, one.page_content)])
    return [int(number) for number in np.frombuffer(data, "<u4")]


def test_a_term_has_one_number_in_every_process() -> None:
    assert key("") == 4
    assert key("harbour") != key("cran")
    assert not key("harbour") & (FIRST | FOLLOWS)


def test_page_and_kind_stand_before_the_lines() -> None:
    assert numbers(chunk("harbour", page=7))[0] == 7 << PAGE_SHIFT
    assert numbers(chunk("harbour", kind="table"))[0] & IS_TABLE
    leaders = "Dues . . . . . . 3\nCranes . . . . . . 7\nShips . . . . . . 9"
    assert numbers(chunk(leaders))[0] & IS_CONTENTS
    assert not numbers(chunk("One . . . . . . 3"))[0] & IS_CONTENTS


def test_headings_stand_before_the_text_and_each_line_has_its_end() -> None:
    found = numbers(chunk("crane", section="harbour"))
    terms = [number & KEY for number in found[1:] if number != LINE_END]
    assert terms == [key(terms_of(word)[0]) for word in ("harbour", "crane")]
    assert found[1:].count(LINE_END) == 2


def test_function_words_are_left_out_and_keep_their_neighbours_apart() -> None:
    together = [one for one in numbers(chunk("harbour crane")) if one & KEY]
    apart = [one for one in numbers(chunk("harbour of crane")) if one & KEY]
    assert [one & KEY for one in together] == [one & KEY for one in apart]
    assert [one & FOLLOWS for one in together] == [0, FOLLOWS]
    assert [one & FOLLOWS for one in apart] == [0, 0]


def test_what_is_packed_in_parts_is_what_is_packed_at_once() -> None:
    chunks = [chunk(f"harbour {number} crane") for number in range(AT_ONCE + 3)]
    texts = [one.page_content for one in chunks]
    kept: dict[str, Any] = {}
    in_parts = list(packed_in_parts(chunks, texts, kept))
    assert in_parts == packed(chunks, list(map(lines_of, chunks, texts)))
    assert len(kept) == AT_ONCE
    assert packed([], []) == []


def test_profiles_stand_side_by_side() -> None:
    blobs = packed(
        [chunk("harbour", page=2), chunk("crane ship", page=5)], [[["harbour"]], [["crane"]]]
    )
    found = Profiles.of([("1", "a.pdf", blobs[0]), ("2", "b.pdf", blobs[1])])
    assert found.pages() == [("a.pdf", 2), ("b.pdf", 5)]
    assert len(found) == 2
    assert found.starts.tolist() == [0, len(blobs[0]) // 4]
    assert len(Profiles.of([])) == 0


@pytest.mark.parametrize("kind", ["text", "table"])
def test_lines_hold_the_pieces_of_the_searched_text(kind: str) -> None:
    lines = lines_of(chunk("x", kind=kind), "harbour dues\ncrane")
    assert [piece for line in lines for piece in line] == ["harbour", "dues", "crane"]
