"""An answer as the page shows it: marks, remarks, and nothing that runs."""

from __future__ import annotations

from html.parser import HTMLParser

from markupsafe import Markup

from graph.answer import Answer, Check, Citation
from loaders.chunking.table import Table
from pagewise.library import Library
from pagewise.web.safe_html import answer_html
from pagewise.web.texts import texts
from pagewise.web.turn_view import _rows_in, view_of

HOSTILE = (
    "<img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](http://evil.example/x) "
    "<hx-partial hx-target='body'>x</hx-partial> &lt;script&gt; `<b>` [1](//evil.example) "
    "http://evil.example\n\n<script>alert(1)</script>\n\n> [1]: //evil.example\n\n"
    "| a | b |\n|--:|---|\n| <svg onload=alert(1)> | [99] |\n"
)


class Tags(HTMLParser):
    """The tags and attributes of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}


def test_nothing_in_an_answer_becomes_a_tag_or_a_link() -> None:
    link = Markup('<a class="chip">1</a>')
    tags = Tags()
    tags.feed(answer_html(HOSTILE, {1: link}, {"?": "a", "~": "b"}))
    assert tags.found <= {
        *("p", "a", "a class", "blockquote", "br", "code", "table", "thead", "tbody", "tr"),
        *("th", "td", "th class", "td class"),
    }


def test_marks_say_what_is_in_doubt(sample_library: Library) -> None:
    answer = Answer(
        question="?",
        answer="It was 7 million. [1]",
        kind="written",
        verified=False,
        unverified_numbers=("7",),
        checks=(Check(what="unit", text="7 million", why="source 1 gives thousand"),),
        citations=(Citation(marker=1, document="gone.pdf", page=2, kind="text", quote="<b>"),),
    )
    view = view_of(answer, sample_library, texts("en"))
    assert '<abbr class="doubt" title="not found in the cited sources">(?)</abbr>' in view.html
    assert view.state == "unverified"
    assert view.remarks == ["7 million source 1 gives thousand"]
    assert 'aria-disabled="true"' in view.html


def test_what_was_not_checked_is_said_beside_what_was(sample_library: Library) -> None:
    answer = Answer(question="?", answer="Yes. It was 5. [1]", kind="written", unchecked=("Yes.",))
    view = view_of(answer, sample_library, texts("de"))
    assert view.remarks == ["Nicht geprüft: “Yes.”"]
    bare = Answer(question="?", answer="Yes. [1]", kind="written", unchecked=("Yes.",))
    view = view_of(bare, sample_library, texts("de"))
    assert (view.state, view.remarks) == ("unchecked", [])


def passage(quote: str) -> Answer:
    cited = Citation(marker=1, document="larkmoor.pdf", page=4, kind="table", quote=quote)
    told = {"abstained": True, "kind": "passages", "citations": (cited,)}
    return Answer(question="How many sites?", answer="The nearest passages: [1]", **told)


def test_of_a_table_that_is_a_passage_the_rows_that_come_near_are_shown(
    sample_library: Library,
) -> None:
    row = "Turku: Country = Finland, Main activity = Research, Employees = 38, Capacity = –, 2017"
    view = view_of(passage(f"Sites at the end of 2025 — {row}"), sample_library, texts("en"))
    table = view.nearest[1]
    assert table.caption == "Sites at the end of 2025"
    assert "Turku" in [cell.text for row in table.rows for cell in row]
    assert "Galway" not in [cell.text for row in table.rows for cell in row]


def test_a_row_is_near_only_if_a_quote_has_its_cells_whole() -> None:
    rows = "".join(f"<tr><th>Item {n}</th><td>{n}.5</td></tr>" for n in (1, 17))
    head = "<tr><th>Item</th><th>Fee</th></tr>"
    table = Table.from_html(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>", "")
    assert _rows_in(table, "Fees — Item 17: Fee = 17.5") == [2]


def test_words_beside_a_table_are_shown_as_words(sample_library: Library) -> None:
    view = view_of(passage("Where our sites are"), sample_library, texts("en"))
    assert view.nearest == {}
    assert [place.quote for place in view.places] == ["Where our <mark>sites</mark> are"]
