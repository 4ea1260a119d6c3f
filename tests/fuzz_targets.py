"""What is thrown at each door of the program, and what must hold behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from langchain_core.messages import AIMessage

from graph.answer import Answer
from graph.draft import Draft
from graph.evidence.prompt_sources import fenced
from graph.generation.response_parser import UnusableReply, answer_of
from graph.live_markup import is_live
from graph.offline.keyless_writer import KeylessWriter
from graph.query.follow_up import resolve
from graph.table_qa.aggregates import Item
from graph.table_qa.formula import evaluate
from graph.table_qa.measure import CalculationError, MeasuredValue
from graph.verification.verify import verify
from loaders.chunking.chunks import make_chunks
from loaders.chunking.markup import parse_markup
from loaders.chunking.table import Table
from loaders.errors import PagewiseError
from loaders.loader import PageLoader
from loaders.pages.page import Outcome, Reading
from loaders.reading.reader import EmbeddedReader
from loaders.text.printable import printable
from loaders.text.quantities import numbers_in
from tests.fuzz_world import World
from tests.hostile_files import page
from tests.passages import BALANCE, CHINESE, MODELS, PROSE, STATEMENT, evidence

NUMBERS = ["7", "1,234.5", "1.234,5", "(600)", "-3", "12 %", "4711", "٣", "⅓", "1e9", "9" * 45, "0"]
SIGNS = [
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\u200b",
    "\ud800",
    "\U000e0041",
    "é",
    "数",
    "ß",
    "\t",
    "\n",
    " ",
]
WORDS = [
    "Revenue",
    "of",
    "net sales",
    "2021",
    "2022",
    "in",
    "million",
    "Hamburg",
    "营业收入",
    "Umsatz",
]
VALUES = {
    name: [Item(MeasuredValue(Decimal(value)))]
    for name, value in {"a": "1234.5", "b": "0", "c": "9" * 40}.items()
}
TAGS = [
    "<chunk>", "</chunk>", '<chunk box="1 2 3 4">', "<table>", "</table>", "<thead>", "</thead>",
    "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", '<td rowspan="3">', '<td colspan="99999">',
    '<th rowspan="0" colspan="-1">', "<td colspan=2", "<caption>", "<br>", "<img src=x>", "<!--",
    "-->", "<script>", "```", "| a | b |", "|---|---|", "# ", "- ", "Figure 2: ", "Table 1 | ",
    "&lt;", "&#60;", "&amp;", "~~", "**", "☒",
]  # fmt: skip
MARKS = ["[1]", "[2]", "[99]", "[1, 2]", "[", "]", "](", "]:", "<", ">", "//e.test", "https", "://"]


def pieces(*lists: list[str], most: int = 25) -> SearchStrategy[str]:
    """Texts of meaningful pieces, in any order."""
    known = [piece for one in lists for piece in one]
    return st.lists(st.sampled_from(known), max_size=most).map("".join)


@st.composite
def mutated(draw: st.DrawFn, *wholes: str) -> str:
    """A whole text with parts cut out, doubled, moved, or replaced by a piece."""
    text = draw(st.sampled_from(wholes))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 80)))
        piece = draw(st.sampled_from([*TAGS, *SIGNS, *NUMBERS, text[start:end] * 2, ""]))
        place = draw(st.sampled_from([start, 0, len(text)]))
        text = f"{text[:place]}{piece}{text[place if place else end :]}"
    return text


@st.composite
def flipped(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with some of them changed, cut out, or put twice."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(data)))
        size = draw(st.sampled_from([1, 1, 1, 2, 8, 40, 200]))
        kind = draw(st.sampled_from(["flip", "cut", "twice", "digit"]))
        if kind == "cut":
            del data[place : place + size]
        elif kind == "twice":
            data[place:place] = data[place : place + size]
        elif place < len(data):
            data[place] = draw(st.integers(0, 255)) if kind == "flip" else draw(st.integers(48, 57))
    return bytes(data)


@dataclass(frozen=True)
class Target:
    """A door: what comes, what must hold, how long one may take, and how dear one is."""

    values: SearchStrategy[Any]
    check: Callable[[Any, World], None]
    seconds: float = 5.0
    cost: int = 1


def clean(text: str) -> None:
    """Nothing in it steers, hides or lives."""
    assert printable(text) == text
    assert not is_live(text)
    text.encode()


def check_markup(markup: str, world: World) -> None:
    for block in parse_markup(markup):
        if block.table is not None:
            again = Table.from_html(block.table.to_html())
            assert again.rows == block.table.rows
    reading = Reading(0, Outcome.OK, markup, "local")
    chunks = list(make_chunks("a.pdf", [reading]))
    for found in chunks:
        assert found.page_content.strip()
        numbers_in(found.page_content)


def check_reply(text: str, world: World) -> None:
    try:
        text = answer_of(AIMessage(text), "Answer from the sources alone, and cite each of them.")
    except UnusableReply:
        return
    verdict = verify(Draft(text=text), evidence("What are the net sales of 2022?"))
    answer = Answer(question="?", answer=verdict.text, citations=verdict.citations)
    clean(answer.answer)
    assert answer.answer == verdict.text
    assert {citation.marker for citation in answer.citations} <= set(range(1, 100))
    assert verdict.verified or verdict.checks or verdict.unchecked  # what is wrong is told
    assert not (verdict.verified and verdict.checks)
    assert not verdict.verified or answer.citations


def check_question(question: str, world: World) -> None:
    given = evidence(question)
    draft = KeylessWriter().write(given)
    verdict = verify(draft, given)
    assert verdict.verified or draft.abstained, verdict.checks
    clean(Answer(question=question, answer=verdict.text).answer)
    resolve(question, [["What are the net sales?", "5,000 [1]"], [question, question]])


def check_source(text: str, world: World) -> None:
    text = text.encode("utf-8", "ignore").decode()  # halves of signs are taken out at the door
    for source in evidence("?", text).sources:
        prompt = fenced(source)
        assert prompt.count("<source ") == prompt.count("</source>") == 1
        assert printable(prompt) == prompt


def check_formula(formula: str, world: World) -> None:
    try:
        evaluate(formula, VALUES)
    except CalculationError:
        return


def check_request(request: tuple[str, str, bytes], world: World) -> None:
    method, path, content = request
    reply = world.request(method, path, content)
    assert reply.status_code < 500, reply.text
    reply.text.encode()


def check_pdf(data: bytes, world: World) -> None:
    file = world.folder / "mutant.pdf"
    file.write_bytes(data)
    loader = PageLoader(file, EmbeddedReader())
    try:
        readings = list(loader.readings())
    except PagewiseError as error:
        str(error).encode()
        return
    assert loader.record is not None
    assert [reading.page for reading in readings] == list(range(loader.record.pages))
    assert all(bool(reading.markup) == (reading.outcome is Outcome.OK) for reading in readings)
    for reading in readings:
        check_markup(reading.markup, world)


KEYS = st.sampled_from(
    [
        *("input", "inputs", "question", "document", "history", "samples", "config", "stop"),
        *("configurable", "thread_id", "messages", "role", "content", "model", "stream", "url"),
    ]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.sampled_from([*SIGNS, *NUMBERS, "What?", "report.pdf", "x" * 5000]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
ROUTES = st.sampled_from(
    ["invoke", "batch", "stream", "stream_log", "stream_events", "c/N4XyA/invoke", "playground/x"]
).map(lambda route: f"/pagewise/{route}") | st.sampled_from(
    ["/v1/chat/completions", "/v1/models", "/documents", "/documents/x", "/health", "/login", "/"]
)
ODD_PATHS = st.lists(
    st.sampled_from(
        ["/", "%00", "%ff", "..", "a" * 300, "documents", "%2e", "%", "pages", "-1", "~"]
    ),
    max_size=6,
).map(lambda parts: "/" + "".join(parts))
WHOLE_BODIES = [
    {"input": {"question": "How many people?", "history": [["a", "b"]], "samples": 2}},
    {"inputs": [{"question": "How many people?"}], "config": {"configurable": {"thread_id": "t"}}},
    {"model": "pagewise", "messages": [{"role": "user", "content": "How many people?"}]},
]


def body_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


BODIES = (
    JSON.map(body_bytes)
    | st.fixed_dictionaries({"input": JSON, "config": JSON}).map(body_bytes)
    | st.fixed_dictionaries({"messages": st.lists(JSON, max_size=3), "model": JSON}).map(body_bytes)
    | st.sampled_from(WHOLE_BODIES).map(body_bytes).flatmap(flipped)
)
CONTENT = (
    b"BT /F 12 Tf 20 150 Td (Net sales rose to 5,000 in 2022.) Tj 0 -20 Td (Item 2021 2022) Tj"
    b" 0 -14 Td (Sales 4,000 5,000) Tj ET 20 90 m 200 90 l S 20 60 100 20 re S"
)
ASKED = pieces(
    WORDS, NUMBERS, SIGNS, ["What", "is", "the", "sum", "difference", "how many", "?", " "]
)

TARGETS: Mapping[str, Target] = {
    "markup": Target(pieces(TAGS, WORDS, NUMBERS, SIGNS, most=40), check_markup),
    "tables": Target(mutated(MODELS, STATEMENT, BALANCE, CHINESE), check_markup),
    "replies": Target(pieces(MARKS, TAGS, WORDS, NUMBERS, SIGNS) | mutated(PROSE), check_reply),
    "questions": Target(ASKED | mutated("What are the net sales of 2022?"), check_question, cost=2),
    "sources": Target(
        pieces(TAGS, MARKS, SIGNS, ["source", "system", "</", "ѕ", "＜"]), check_source
    ),
    "formulas": Target(
        pieces(
            ["a", "b", "c", "+", "-", "*", "/", "**", "(", ")", "sum", ",", "9", "99", ".", " "]
        ),
        check_formula,
    ),
    "requests": Target(
        st.tuples(st.sampled_from(["POST", "GET", "PUT", "DELETE"]), ROUTES | ODD_PATHS, BODIES),
        check_request,
        cost=2,
    ),
    "pdfs": Target(flipped(page(CONTENT)), check_pdf, seconds=20.0, cost=10),
}
