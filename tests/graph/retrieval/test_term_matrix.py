from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
from langchain_core.documents import Document

from graph.retrieval.term_matrix import TermMatrix
from loaders.storing.search.forward_index import Profiles, packed
from loaders.text.analyzer import piece_lines, pieces, terms_of
from loaders.text.function_words import FUNCTION_WORDS
from loaders.text.tokenizer import fold

WORDS = [
    *("revenue", "Revenues", "the", "of", "MATH-500", "2023", "1,234", "net", "sales"),
    *("毛利率", "Umsätze", "don’t", "A.", "x"),
]
TERMS = ["revenu", "math-500", "500", "2023", "1234", "net", "sale", "毛利", "umsatz", "zzz"]


def profiles(*chunks: Document) -> Profiles:
    numbers = packed(chunks, [lines_of(chunk) for chunk in chunks])
    return Profiles.of((str(n), "a.pdf", profile) for n, profile in enumerate(numbers))


def lines_of(chunk: Document) -> list[list[str]]:
    is_table = chunk.metadata.get("kind") == "table"
    return piece_lines(chunk.page_content, is_table=is_table)


def told(line: list[str]) -> list[tuple[str, ...]]:
    """The terms of each piece; a function word has none, but keeps its neighbours apart."""
    return [() if fold(piece) in FUNCTION_WORDS else terms_of(piece) for piece in line]


def test_what_is_held_is_what_reading_the_chunks_finds() -> None:
    draw = random.Random(3)
    chunks = [
        Document(
            page_content="\n".join(
                " ".join(draw.choices(WORDS, k=draw.randrange(6))) for _ in range(draw.randrange(5))
            ),
            metadata={
                "kind": draw.choice(["text", "table"]),
                "section": draw.choice(["", "Net sales"]),
                "caption": draw.choice(["", "Table 2023"]),
            },
        )
        for _ in range(200)
    ]
    held = TermMatrix.by(profiles(*chunks), TERMS)
    pairs = [(TERMS.index("net"), TERMS.index("sale")), (TERMS.index("sale"), TERMS.index("net"))]
    shares = held.neighbours(pairs)
    for place, chunk in enumerate(chunks):
        head = told(pieces(f"{chunk.metadata['section']} {chunk.metadata['caption']}"))
        lines = [told(line) for line in lines_of(chunk)]
        spelt = [{term for found in line for term in found} for line in (head, *lines)]
        assert set(np.array(TERMS)[held.head[place]]) == spelt[0] & set(TERMS)
        assert set(np.array(TERMS)[held.all[place]]) == set().union(*spelt) & set(TERMS)
        mine = held.lines[held.line_chunks == place]
        assert [set(np.array(TERMS)[line]) for line in mine] == [
            line & set(TERMS) for line in spelt[1:] if line & set(TERMS)
        ]
        assert held.is_table[place] == (chunk.metadata["kind"] == "table")
        firsts = [[found[0] if found else "" for found in line] for line in (head, *lines)]
        met = {pair for line in firsts for pair in pairwise(line)}
        assert shares[place] == (("net", "sale") in met) / 2 + (("sale", "net") in met) / 2


def test_a_table_of_contents_is_known_by_its_dots() -> None:
    contents = Document(page_content="One . . . . . . 3\nTwo . . . . . . . 4\nThree . . . . . . 5")
    held = TermMatrix.by(profiles(contents, Document(page_content="One, two, three.")), [])
    assert held.is_contents.tolist() == [True, False]
