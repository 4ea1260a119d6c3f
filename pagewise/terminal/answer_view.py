"""An answer on the screen: its text, what was computed, what is in doubt, where it stands.

In a terminal the text is Markdown and cited tables are drawn; in a pipe each thing is one plain
line. Marks are characters, so that they are seen without colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from langchain_core.documents import Document
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Columns
from rich.text import Text

from graph.answer import Answer, Check, Citation
from graph.limits import LONGEST_PASSAGE
from graph.verification.notices import split_notices
from loaders.chunking.table import Table
from loaders.storing.store import Store
from pagewise import console
from pagewise.terminal.citations import Passage, doubtful_numbers, passages_of
from pagewise.terminal.safe_markdown import SafeMarkdown
from pagewise.terminal.table_view import cited_places, draw_part, draw_whole

UNVERIFIED, DOUBTFUL = "(?)", "(~)"
QUOTE_LENGTH = 100
MOST_LINES = 8
MOST_TABLES = 2
MOST_ROWS = 7
_ONLY_MARKED = {"number", "citation", "answer"}
"""What a mark in the text tells well enough."""
_MARKER = re.compile(r"\[\d{1,3}\]")
_INDENT = 2
_TABLE_INDENT = 6


def show_answer(answer: Answer, screen: Console, store: Store) -> None:
    """Print an answer and everything that helps to check it."""
    passages = passages_of(store, answer)
    text = marked_text(answer, doubtful_numbers(passages, answer))
    told = remarks(answer)
    if not screen.is_terminal:
        for line in [text, *(f"  {line}" for line in told)]:
            screen.print(Text(line))
        for marker, place in places_told(answer):
            screen.print(Text(f"  {marker} {place}"))
        return
    screen.print(SafeMarkdown(text))
    if told or answer.citations:
        screen.print()
    for line in told:
        style = "dim" if line.startswith("=") else "bold red"
        screen.print(Padding(Text(line, style=style), (0, 0, 0, _INDENT)))
    _show_citations(answer, screen)
    drawn = [passage for passage in passages if any(c.cell for c in passage.citations)]
    for passage in drawn[:MOST_TABLES]:
        _show_cited_table(passage, screen)


def marked_text(answer: Answer, doubtful: Iterable[str] = ()) -> str:
    """The answer's own text with a mark behind each number that is not to be trusted yet."""
    marks = dict.fromkeys(doubtful, DOUBTFUL)
    marks |= dict.fromkeys(answer.unverified_numbers, UNVERIFIED)
    text = console.plain(split_notices(answer.answer)[0])
    for number, mark in marks.items():
        shown = re.escape(console.plain(number))
        text = re.sub(rf"(?<![\w.,\[]){shown}(?![\w]|[.,]\d)", rf"\g<0> {mark}", text)
    return text


def remarks(answer: Answer) -> list[str]:
    """A line for each calculation not yet told, each check that failed, and each doubt."""
    text, doubts = split_notices(answer.answer)
    told = " ".join(text.split())
    steps = [step for step in answer.computed if step.expression not in told]
    lines = [f"= {step.expression} = {step.result}" for step in steps]
    if numbers := unexplained_numbers(answer):
        lines.append(f"{UNVERIFIED} not found in the cited sources: {', '.join(numbers)}")
    lines += [f"{UNVERIFIED} {check}" for check in failed_checks(answer)]
    if answer.unchecked:
        state = "quoted, not checked" if answer.kind == "quote" else "not checked"
        lines.append(state if is_wholly_unchecked(answer) else f"{state}: {unchecked(answer)}")
    return [console.name(line) for line in [*lines, *doubts]]


def unexplained_numbers(answer: Answer) -> list[str]:
    """Those that stand in no source, and of which neither a notice nor a failed check tells."""
    checks = [check.text for check in failed_checks(answer)]
    explained = {*" ".join([*split_notices(answer.answer)[1], *checks]).split(), *checks}
    return [number for number in answer.unverified_numbers if number not in explained]


def unchecked(answer: Answer) -> str:
    """The statements of which nothing was checked, each as a quotation."""
    return " · ".join(f"“{statement}”" for statement in answer.unchecked)


def is_wholly_unchecked(answer: Answer) -> bool:
    """Whether nothing that an answer says was checked."""
    said = re.findall(r"\w+", _MARKER.sub("", split_notices(answer.answer)[0]))
    return said == re.findall(r"\w+", " ".join(answer.unchecked))


def failed_checks(answer: Answer) -> list[Check]:
    """The checks that failed, but for those that a mark in the text tells well enough."""
    return [check for check in answer.checks if check.what not in _ONLY_MARKED]


def places_told(answer: Answer) -> list[tuple[str, str]]:
    """Each marker with its place; passages are told whole, as nothing is claimed from them."""
    longest = LONGEST_PASSAGE if answer.kind == "passages" else QUOTE_LENGTH
    return [(f"[{one.marker}]", citation_line(one, longest)) for one in answer.citations]


def citation_line(citation: Citation, longest: int = QUOTE_LENGTH) -> str:
    """Where it stands: the document, the page, and the cell or the quote."""
    label = console.name(citation.label)
    shown = f"{citation.page} ({label})" if label not in {"", str(citation.page)} else citation.page
    place = f"{console.name(citation.document)}, p. {shown}"
    if citation.cell:
        path = " › ".join([*citation.cell.row, *citation.cell.column])
        return f"{place}: {console.name(path)} = {console.name(citation.cell.value)}"
    quote = console.name(citation.quote)
    if len(quote) > longest:
        quote = quote[: longest - 1] + "…"
    return f"{place}: “{quote}”" if quote else place


def show_passages(passages: Sequence[Passage], screen: Console) -> None:
    """The cited passages in full, with where they stand."""
    for passage in passages:
        if passage.chunk is None:
            place = citation_line(passage.citations[0])
            screen.print(Text(f"[{passage.marker}] {place}: no longer in the library"))
        else:
            show_passage(passage, passage.chunk, screen)


def show_passage(passage: Passage, chunk: Document, screen: Console) -> None:
    """One passage: its place, its text, its table with the cited cells marked."""
    metadata = chunk.metadata
    pages = [int(page) + 1 for page in metadata.get("pages") or [metadata["page"]]]
    told = f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}–{pages[-1]}"
    parts = [f"{metadata['source']}, {told}", metadata["kind"], metadata.get("section", "")]
    head = console.name(" · ".join(part for part in parts if part))
    screen.print(Text(f"[{passage.marker}] {head}", style="bold"))
    before, table, after = around_table(chunk.page_content)
    _show_prose(before, screen)
    if table:
        _show_table(table, passage, screen, most_rows=0)
    _show_prose(after, screen)
    screen.print()


def _show_citations(answer: Answer, screen: Console) -> None:
    grid = Columns.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column()
    places = places_told(answer)
    for marker, place in places[:MOST_LINES]:
        grid.add_row(Text(marker, style="cyan"), Text(place))
    if len(places) > MOST_LINES:
        grid.add_row("", Text(f"and {len(places) - MOST_LINES} more: /sources", style="dim"))
    if places:
        screen.print(Padding(grid, (0, 0, 0, _INDENT)))


def _show_cited_table(passage: Passage, screen: Console) -> None:
    if passage.chunk is None:
        return
    _, table, _ = around_table(passage.chunk.page_content)
    if not table:
        return
    screen.print()
    if caption := console.plain(str(passage.chunk.metadata.get("caption", ""))):
        screen.print(Padding(Text(caption, style="italic"), (0, 0, 0, _TABLE_INDENT)))
    _show_table(table, passage, screen, most_rows=MOST_ROWS)


def _show_table(table: str, passage: Passage, screen: Console, *, most_rows: int) -> None:
    grid = Table.from_html(table)
    marked = cited_places(grid, [c.cell for c in passage.citations if c.cell])
    if not screen.is_terminal:
        for line in grid.to_lines():
            screen.print(Text(console.plain(line)))
        return
    width = screen.width - _TABLE_INDENT
    pieces = (
        [draw_part(grid, marked, width=width, most_rows=most_rows)]
        if most_rows
        else draw_whole(grid, marked, width=width)
    )
    for number, drawn in enumerate(pieces):
        screen.print(Padding(drawn, (min(number, 1), 0, 0, _TABLE_INDENT), expand=False))


def _show_prose(text: str, screen: Console) -> None:
    if text.strip():
        shown = SafeMarkdown(text) if screen.is_terminal else Text(console.plain(text.strip()))
        screen.print(Padding(shown, (0, 0, 0, _INDENT)) if screen.is_terminal else shown)


def around_table(content: str) -> tuple[str, str, str]:
    """What stands before the table of a chunk, the table, and what stands after it."""
    found = re.search(r"<table\b.*</table\s*>", content, re.IGNORECASE | re.DOTALL)
    if found is None:
        return content, "", ""
    return content[: found.start()], found.group(), content[found.end() :]
