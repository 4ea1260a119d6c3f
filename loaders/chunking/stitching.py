"""What a page break cut in two made one again: tables and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.chunking.block import Block
from loaders.chunking.header_detection import Kind, kind_of
from loaders.chunking.spanned_grid import RawCell, place
from loaders.chunking.table import Table
from loaders.text.captions import bare_caption, caption_of, says_continued
from loaders.text.languages import words_of
from loaders.text.quantities import parse_quantity
from loaders.text.sentence_splitter import ends_sentence, sentences

_MOST_ROWS = 3000
_MOST_PAGES = 100
_SAMPLE = 60
_LEVEL = 4.0
"""Points by which the two halves of a wide sheet may differ in height."""
_FEW = 3
_HIGHEST_HEAD = 6
"""Rows of a head with the groups that are open below it."""
_LINE = 100
_PROSE = 160
"""A paragraph of this many letters is prose, which ends with a full stop unless it was cut."""
_BINDING_WORDS = frozenset(words_of("words", "binding"))


@dataclass(slots=True)
class PageBlocks:
    """The blocks of one page, and what its reader said about itself."""

    page: int
    reader: str
    blocks: list[Block]
    last_page: int = field(default=-1)
    """The last page whose blocks went whole into this one's."""

    def __post_init__(self) -> None:
        self.last_page = max(self.last_page, self.page)


def stitched(pages: Iterable[PageBlocks]) -> Iterator[PageBlocks]:
    """The same pages, with what runs over a break on the page where it begins.

    One page is held back, and more only while one table fills them whole.
    """
    held: PageBlocks | None = None
    for page in pages:
        if held is not None:
            if page.page == held.last_page + 1:
                _join_tables(held, page)
                _carry_caption(held, page)
                _mend_sentence(held, page)
                if not page.blocks and held.blocks:
                    held.last_page = page.page
                    continue
            yield held
        held = page
    if held is not None:
        yield held


def _join_tables(first: PageBlocks, second: PageBlocks) -> None:
    if not first.blocks or not second.blocks:
        return
    place = _above_foot(first.blocks, second.blocks[0])
    upper, lower = first.blocks[place], second.blocks[0]
    repeated = repeated_header_rows(upper, lower)
    if repeated is None:
        upper, lower = _headed_alike(upper, lower), _widened(upper, lower)
        repeated = repeated_header_rows(upper, lower)
    if repeated is None:
        _join_sideways(first, second)
        return
    first.blocks[place] = _joined(upper, lower, first.page, second.page, repeated)
    del second.blocks[0]


def _above_foot(blocks: Sequence[Block], lower: Block) -> int:
    """Where the table stands that may go on: last, or above a line at the foot of the page.

    Over such a line only a table that repeats its head goes on.
    """
    if len(blocks) < 2 or not _may_name(blocks[-1]):
        return -1
    return -2 if repeated_header_rows(blocks[-2], lower) else -1


def _widened(upper: Block, lower: Block) -> Block:
    """The lower table with a column that it lacks because no row of its page fills it.

    Only one column of the upper table may be that one: the only one with gaps.
    """
    one, other = upper.table, lower.table
    if one is None or other is None or one.width != other.width + 1 or not one.body:
        return lower
    gaps = [
        column
        for column in range(one.width)
        if any(not one.rows[row][column].strip() for row in one.body)
    ]
    if len(gaps) != 1 or other.header_rows or gaps[0] in (0, one.width):
        return lower
    rows = [[*row[: gaps[0]], RawCell(""), *row[gaps[0] :]] for row in other.raw(0, other.height)]
    if any(len(row) != one.width for row in rows):
        return lower
    return replace(lower, table=Table.from_raw(rows))


def _headed_alike(upper: Block, lower: Block) -> Block:
    """The upper table as the lower one's head and the groups below it, if it has these words alone.

    A head at the foot of a page has no rows that would tell its columns.
    """
    one, other = upper.table, lower.table
    if one is None or other is None or not other.header_rows or one.height > _HIGHEST_HEAD:
        return upper
    head, rows = other.raw(0, other.header_rows), one.raw(0, one.height)
    for count in range(one.height, 0, -1):
        below = [[cell.text for cell in row if cell.text.strip()] for row in rows[count:]]
        if all(len(told) == 1 for told in below) and _words(rows[:count]) == _words(head):
            empty = [RawCell("")] * (other.width - 1)
            groups = [[RawCell(label, header=True), *empty] for [label] in below]
            table = replace(Table.from_raw([*head, *groups]), header_rows=other.header_rows)
            return replace(upper, table=table)
    return upper


def _words(rows: Sequence[Sequence[RawCell]]) -> list[str]:
    return sorted(word for row in rows for cell in row for word in cell.text.casefold().split())


def repeated_header_rows(upper: Block, lower: Block) -> int | None:
    """How many rows of the lower table repeat the upper's header; None if it is another table."""
    one, other = upper.table, lower.table
    if one is None or other is None or not one.height or one.width != other.width:
        return None
    is_full = one.height + other.height > _MOST_ROWS or len(upper.pages) >= _MOST_PAGES
    if is_full or _is_elsewhere(upper, lower):
        return None
    repeated = _repetition(one, other)
    announced = says_continued(lower.caption) or _same_number(upper.caption, lower.caption)
    if announced:
        return repeated
    if lower.caption or lower.lead_in:
        return None
    if repeated:
        return repeated
    has_own_header = Table.from_rows(other.rows[:_SAMPLE]).header_rows > 0
    if _is_bare_head(one):
        return None if has_own_header else 0
    return None if has_own_header or not _columns_agree(one, other) else 0


def _is_bare_head(table: Table) -> bool:
    """A head at the foot of a page, its rows on the next: one row of names and no value."""
    return table.height == 1 and all(
        kind_of(cell) not in {Kind.VALUE, Kind.BLANK, Kind.MISSING} for cell in table.rows[0]
    )


def _same_number(upper: str, lower: str) -> bool:
    one, other = caption_of(upper), caption_of(lower)
    return one is not None and other is not None and one.number == other.number


def _is_elsewhere(upper: Block, lower: Block) -> bool:
    """Side by side rather than one under the other."""
    if upper.box is None or lower.box is None:
        return False
    overlap = min(upper.box[2], lower.box[2]) - max(upper.box[0], lower.box[0])
    width = min(upper.box[2] - upper.box[0], lower.box[2] - lower.box[0])
    return overlap < 0.5 * width


def _repetition(one: Table, other: Table) -> int:
    header = [_folded(row) for row in one.rows[: one.header_rows]]
    top = [_folded(row) for row in other.rows[: one.header_rows]]
    for count in range(min(len(header), len(top), other.height - 1), 0, -1):
        if header[-count:] == top[:count]:
            return count
    return 0


def _folded(row: list[str]) -> list[str]:
    return ["".join(cell.split()).casefold() for cell in row]


def _columns_agree(one: Table, other: Table) -> bool:
    """Columns of numbers go on as numbers, columns of words as words."""
    pairs = [
        (_is_numeric(one, column, one.header_rows), _is_numeric(other, column, 0))
        for column in range(one.width)
    ]
    known = [(upper, lower) for upper, lower in pairs if upper is not None and lower is not None]
    same = sum(upper == lower for upper, lower in known)
    return bool(known) and same >= 0.8 * len(known)


def _is_numeric(table: Table, column: int, start: int) -> bool | None:
    """None for a column that is empty."""
    rows = table.rows[start : start + _SAMPLE]
    kinds = [kind_of(row[column]) for row in rows]
    filled = [kind for kind in kinds if kind not in {Kind.BLANK, Kind.MISSING}]
    numbers = sum(kind in {Kind.VALUE, Kind.YEAR} for kind in filled)
    return numbers * 2 > len(filled) if filled else None


def _joined(upper: Block, lower: Block, page: int, next_page: int, repeated: int) -> Block:
    one, other = upper.table, lower.table
    if one is None or other is None:
        return upper
    head = max(one.header_rows, int(_is_bare_head(one)))
    rows = [*one.raw(0, one.height), *other.raw(repeated, other.height)]
    table = replace(one, grid=place(rows), header_rows=head)
    upper_pages = upper.row_pages or (page,) * (one.height - head)
    whole = _over_both(upper, lower, page, next_page, table)
    return replace(whole, row_pages=(*upper_pages, *(next_page,) * (other.height - repeated)))


def _over_both(upper: Block, lower: Block, page: int, next_page: int, table: Table) -> Block:
    """The table with the places and the notes of its halves."""
    boxes = upper.page_boxes or (((page, upper.box),) if upper.box else ())
    return replace(
        upper,
        table=table,
        summary="\n".join(text for text in (upper.summary, lower.summary) if text),
        pages=(*(upper.pages or (page,)), next_page),
        page_boxes=(*boxes, *(((next_page, lower.box),) if lower.box else ())),
    )


def _carry_caption(first: PageBlocks, second: PageBlocks) -> None:
    """Give the table that opens a page the caption that had no room for it on the page before.

    That is a table's number and name, also above a line at the foot; or, on a page whose running
    lines an earlier one has said, a short last line that ends no sentence.
    """
    table = second.blocks[0] if second.blocks else None
    if table is None or table.kind != "table" or table.caption or table.lead_in:
        return
    for block in first.blocks[:-3:-1]:
        if not _may_name(block):
            return
        caption = caption_of(block.text)
        is_numbered = caption is not None and caption.kind == "table"
        if is_numbered or (first.page and block is first.blocks[-1]):
            first.blocks.remove(block)
            second.blocks[0] = replace(table, caption=bare_caption(block.text))
            return


def _may_name(block: Block) -> bool:
    """A paragraph of one short line that ends no sentence."""
    is_line = block.kind == "text" and len(block.text) <= _LINE and "\n" not in block.text
    return is_line and not ends_sentence(block.text)


def _join_sideways(first: PageBlocks, second: PageBlocks) -> None:
    """Bring the columns back that the page had no room for."""
    lower = second.blocks[0]
    for number, upper in enumerate(first.blocks, 1):
        is_alone = number == len(first.blocks) and len(second.blocks) == 1
        if _goes_on_sideways(upper, lower, is_alone=is_alone):
            first.blocks[number - 1] = _beside(upper, lower, first.page, second.page)
            del second.blocks[0]
            return


def _goes_on_sideways(upper: Block, lower: Block, *, is_alone: bool) -> bool:
    """A sheet wider than its page: the columns that had no room, row by row at the same heights.

    They have heads of their own, and their first names no rows, as that of another table would:
    it repeats the labels, holds figures or, with no text after it, one word several times.
    """
    one, other = upper.table, lower.table
    if one is None or other is None or upper.box is None or lower.box is None:
        return False
    is_level = all(abs(upper.box[side] - lower.box[side]) < _LEVEL for side in (1, 3))
    is_alike = one.height == other.height and one.header_rows == other.header_rows > 0
    if not (is_level and is_alike) or lower.caption or lower.lead_in:
        return False
    heads = [
        set(filter(None, _folded(table.rows[table.header_rows - 1]))) for table in (one, other)
    ]
    labels, first = ([table.rows[row][0] for row in table.body] for table in (one, other))
    if first == labels:
        return len(heads[0] & heads[1]) < 2 and one.rows[0][0] == other.rows[0][0]
    is_named = is_alone and len(first) > _FEW and len(set(first)) < len(first)
    return not heads[0] & heads[1] and (is_named or _are_figures(first))


def _are_figures(column: Sequence[str]) -> bool:
    """Values that count no rows: they neither rise nor fall from one to the next."""
    kinds = [kind_of(cell) for cell in column]
    found = [quantity.value for cell in column if (quantity := parse_quantity(cell))]
    return (
        set(kinds) <= {Kind.VALUE, Kind.BLANK, Kind.MISSING}
        and 2 * kinds.count(Kind.VALUE) > len(kinds)
        and found not in (sorted(found), sorted(found, reverse=True))
    )


def _beside(upper: Block, lower: Block, page: int, next_page: int) -> Block:
    """The table with the columns of the next page at its right, repeated labels left out."""
    one, other = upper.table, lower.table
    if one is None or other is None:
        return upper
    repeats = int([row[0] for row in one.rows] == [row[0] for row in other.rows])
    rows = [
        [*left, *right[repeats:]]
        for left, right in zip(one.raw(0, one.height), other.raw(0, other.height), strict=True)
    ]
    return _over_both(upper, lower, page, next_page, replace(one, grid=place(rows)))


def _mend_sentence(first: PageBlocks, second: PageBlocks) -> None:
    """Bring the rest of a sentence back to the page where it begins; floats may stand between."""
    upper, lower = _text_at(first.blocks, -1), _text_at(second.blocks, 1)
    if upper is None or lower is None:
        return
    head, tail = first.blocks[upper], second.blocks[lower]
    if not _runs_on(head.text, tail.text):
        return
    rest = next(sentences(tail.text))
    remaining = tail.text[len(rest) :].strip()
    text = _spliced(head.text, rest.strip())
    first.blocks[upper] = replace(head, text=text, pages=(first.page, second.page))
    if remaining:
        second.blocks[lower] = replace(tail, text=remaining)
    else:
        del second.blocks[lower]


def _text_at(blocks: list[Block], step: int) -> int | None:
    """The outermost paragraph or list, unless a heading comes before it."""
    order = range(len(blocks)) if step > 0 else range(len(blocks) - 1, -1, -1)
    for index in order:
        kind = blocks[index].kind
        if kind == "text" or (kind == "list" and step < 0):
            return index
        if kind not in {"table", "figure"}:
            return None
    return None


def _runs_on(head: str, tail: str) -> bool:
    bare = head.rstrip("*_ \n")
    start = tail.lstrip("*_ ")[:1]
    if not bare or not start or ends_sentence(bare) or caption_of(tail):
        return False
    if len(bare) < 20 and "\n" not in bare:
        return False
    last = bare[-1]
    if start.islower() or (_is_wide(last) and _is_wide(start)):
        return True
    word = bare.rsplit(None, 1)[-1].lower()
    if last == "," or word in _BINDING_WORDS:
        return True
    return len(bare) >= _PROSE and len(tail) >= _PROSE // 2 and ends_sentence(tail)


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef"


def _spliced(head: str, rest: str) -> str:
    head = head.rstrip()
    if head.endswith("-") and rest[:1].islower() and head[-2:-1].isalpha():
        return head[:-1] + rest
    return head + rest if _is_wide(head[-1]) and _is_wide(rest[:1]) else f"{head} {rest}"
