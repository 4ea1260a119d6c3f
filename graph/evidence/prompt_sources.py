"""Sources as a model is given them: fenced, compact, with the gaps between them marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.evidence.source_selection import select_sources
from graph.evidence.sources import TABLE_MARKUP, Source, plain
from graph.evidence.table_grid import table_grid
from loaders.text.printable import printable

_STEP = " › "
_LONGEST_SECTION = 120
GAP = "… text left out …"
_MARKER_LIKE = re.compile(r"[\[［](\s*\d[\d\s,;–-]*)[\]］]")
_TAG_LIKE = re.compile(r"[<＜﹤‹〈⟨˂]\s*[/／∕⁄⧸]?\s*(?P<name>[^\W\d_][\w\u0300-\u036f]*)")
_FENCES = ("source", "chunk", "question", "system")


def prompt_sources(question: str, sources: Sequence[Source]) -> str:
    """The sources that the question needs; those of one section together, in their order."""
    written = {source.number: fenced(source) for source in sources}
    sizes = {number: len(text.encode()) for number, text in written.items()}
    chosen = select_sources(question, sources, sizes)
    return "\n\n".join(_joined(group, written) for group in _sections(chosen))


def fenced(source: Source) -> str:
    """Write a source for a prompt; nothing in it can pass for a marker or close the fence."""
    place = f'document="{_attribute(source.document)}" page="{source.page + 1}"'
    body = "\n".join(_parts(source))
    section = _attribute(_short(source.section))
    if section and section not in body:
        place += f' section="{section}"'
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


def _parts(source: Source) -> Iterator[str]:
    """The caption, once, then text and tables in the order of the page."""
    texts = [plain(text) for text in TABLE_MARKUP.split(source.chunk.page_content)]
    lines = [[" ".join(line.split()) for line in text.splitlines()] for text in texts]
    caption = " ".join(source.caption.split())
    if caption and not any(caption in line for text in lines for line in text):
        yield caption
    for place, text in enumerate(lines):
        yield from filter(None, text)
        if place < len(source.tables):
            yield table_grid(source.tables[place])


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
