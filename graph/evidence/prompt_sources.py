"""Sources as a model is given them: fenced, compact, with the gaps between them marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from graph.evidence.source_selection import select_sources
from graph.evidence.sources import TABLE_MARKUP, Source, plain
from graph.evidence.table_grid import table_grid
from loaders.chunking.table import Table
from loaders.text.printable import printable
from loaders.text.prompt_tokens import most_tokens

_STEP = " › "
_LONGEST_SECTION = 120
GAP = "… text left out …"
_TOKENS_BETWEEN = 12
"""A gap's mark and two lines."""
_MARKER_LIKE = re.compile(r"[\[［](\s*\d[\d\s,;–-]*)[\]］]")
_TAG_LIKE = re.compile(r"[<＜﹤‹〈⟨˂]\s*[/／∕⁄⧸]?\s*(?P<name>[^\W\d_][\w\u0300-\u036f]*)")
_FENCES = ("source", "chunk", "question", "system")


class WrittenSources(NamedTuple):
    """The sources as a prompt has them, and the numbers of those that it had no room for."""

    text: str
    left_out: tuple[int, ...] = ()


def prompt_sources(
    question: str, sources: Sequence[Source], room: int | None = None, *, as_lines: bool = False
) -> WrittenSources:
    """The sources that the question needs; those of one section together, in their order.

    `room` is how many tokens they may take: what does not fit is left out, the nearest last, of
    which as much is kept as fits. `as_lines` writes tables cell by cell.
    """
    written = {source.number: fenced(source, as_lines=as_lines) for source in sources}
    sizes = {number: len(text.encode()) for number, text in written.items()}
    chosen = select_sources(question, sources, sizes)
    left_out: tuple[int, ...] = ()
    if room is not None:
        chosen, left_out = _fitting(chosen, written, room)
    text = "\n\n".join(_joined(group, written) for group in _sections(chosen))
    return WrittenSources(text, left_out)


def _fitting(
    chosen: Sequence[Source], written: dict[int, str], room: int
) -> tuple[list[Source], tuple[int, ...]]:
    """Those that fit, the nearest first; of the nearest a part, if nothing fits whole."""
    kept: list[Source] = []
    for source in chosen:
        size = most_tokens(written[source.number]) + _TOKENS_BETWEEN
        if size <= room:
            kept.append(source)
            room -= size
    left_out = tuple(source.number for source in chosen if source not in kept)
    if not kept and chosen:
        nearest = chosen[0]
        written[nearest.number] = _shortened(written[nearest.number], room)
        kept = [nearest]
    return kept, left_out


def _shortened(text: str, room: int) -> str:
    """Its first lines, as many as fit, and where the rest was."""
    lines = text.splitlines()
    end = f"{GAP}\n{lines[-1]}"
    room -= most_tokens(f"{lines[0]}\n{end}")
    kept = [lines[0]]
    for line in lines[1:-1]:
        room -= most_tokens(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, end])


def fenced(source: Source, *, as_lines: bool = False) -> str:
    """Write a source for a prompt; nothing in it can pass for a marker or close the fence."""
    place = f'document="{_attribute(source.document)}" page="{source.page + 1}"'
    body = "\n".join(_parts(source, _table_lines if as_lines else table_grid))
    section = _attribute(_short(source.section))
    if section and section not in body:
        place += f' section="{section}"'
    if source.amounts:
        place += f' amounts="{_attribute(source.amounts)}"'
    return f'<source number="{source.number}" {place}>\n{harmless(body)}\n</source>'


def harmless(text: str) -> str:
    """Escape what could pass for a marker `[3]` or for the prompt's own tags."""
    seen = _MARKER_LIKE.sub(r"⟦\1⟧", printable(text))
    return _TAG_LIKE.sub(_unlike_a_fence, seen).replace('"', "'")


def _unlike_a_fence(tag: re.Match[str]) -> str:
    """Letters of other alphabets look like ours: those that have capitals, as ours have."""
    name = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", tag["name"]).casefold()
        if not unicodedata.combining(sign)
    )
    is_disguised = any(sign.lower() != sign.upper() and not sign.isascii() for sign in name)
    return f"&lt;{tag[0][1:]}" if is_disguised or name.startswith(_FENCES) else tag[0]


def _short(section: str) -> str:
    """The headings from the outside in, or as many of the inner ones as are short together."""
    kept = ""
    for heading in reversed(section.strip().split(_STEP)):
        longer = f"{heading}{_STEP}{kept}" if kept else heading
        if len(longer) > _LONGEST_SECTION:
            return kept or heading[:_LONGEST_SECTION]
        kept = longer
    return kept


def _attribute(text: str) -> str:
    return harmless(" ".join(text.split())).replace(">", "&gt;")


def _table_lines(table: Table) -> str:
    """Each cell with its row and column, as models read a table best, at the price of tokens."""
    return "\n".join([*(title for title in table.titles if title), *table.to_lines()])


def _parts(source: Source, write: Callable[[Table], str]) -> Iterator[str]:
    """The caption, once, then text and tables in the order of the page."""
    texts = [plain(text) for text in TABLE_MARKUP.split(source.chunk.page_content)]
    lines = [[" ".join(line.split()) for line in text.splitlines()] for text in texts]
    caption = " ".join(source.caption.split())
    if caption and not any(caption in line for text in lines for line in text):
        yield caption
    for place, text in enumerate(lines):
        yield from filter(None, text)
        if place < len(source.tables):
            yield write(source.tables[place])


def _sections(chosen: Sequence[Source]) -> list[list[Source]]:
    """Sources of one section side by side, where the best of them stands."""
    groups: dict[tuple[str, str], list[Source]] = {}
    for source in chosen:
        own = source.section or f"#{source.number}"
        groups.setdefault((source.document, own), []).append(source)
    return [sorted(group, key=_ordinal) for group in groups.values()]


def _joined(group: Sequence[Source], written: dict[int, str]) -> str:
    lines = [written[group[0].number]]
    for before, source in pairwise(group):
        if _ordinal(source) != _ordinal(before) + 1:
            lines.append(GAP)
        lines.append(written[source.number])
    return "\n".join(lines)


def _ordinal(source: Source) -> int:
    return int(source.chunk.metadata.get("ordinal", source.number * 2))
