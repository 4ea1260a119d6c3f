"""From Markdown lines to blocks: headings, paragraphs, lists, pipe tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.chunking.block import Block
from loaders.chunking.html_table import plain_text
from loaders.chunking.table import Table
from loaders.text.languages import pattern_of

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(
    r"\s*(?:[-*+•·▪◦‣●○–]\s+|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})\)\s+|\d{1,3}\.\s+|[①-⑳]\s*)\S"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ\u3400-\u9fff]"
_UNMARKED = re.compile(
    rf"(?:(\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})\.?\s+{_CAPITAL}[^.!?。|\t]{{2,100}}(?<![\d\s,;:])"
    rf"|(?={_CAPITAL})(?i:{pattern_of('references')}))$"
)
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$")
_IMAGE = re.compile(r"\s*!\[([^\]]*)\]\([^)]*\)\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_PIPE = re.compile(r"(?<!\\)\|")


def blocks_of(text: str) -> list[Block]:
    """The blocks of some Markdown, in order; every line ends up in one of them."""
    return list(_LineReader(text.split("\n")).blocks())


class _LineReader:
    """Walks over the lines once; `at` is the next one."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.paragraph: list[str] = []

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            special = self._special(line)
            if special is None:
                self.paragraph.append(line.strip())
                self.at += 1
                continue
            yield from self._flush()
            yield from special
        yield from self._flush()

    def _special(self, line: str) -> list[Block] | None:
        """What a line that is no paragraph's begins; None if it is a paragraph's."""
        if not line.strip() or _RULE.match(line):
            self.at += 1
            return []
        if match := _HEADING.match(line):
            self.at += 1
            return [Block("heading", match[2].strip(), level=len(match[1]))] if match[2] else []
        if match := _IMAGE.match(line):
            self.at += 1
            return [Block("figure", match[1].strip())] if match[1].strip() else []
        if _FENCE.match(line):
            return self._fenced()
        if self._begins_pipe_table(line):
            return self._pipe_table()
        return self._list() if _ITEM.match(line) else None

    def _flush(self) -> Iterator[Block]:
        lines, self.paragraph = self.paragraph, []
        if lines and (level := _unmarked_level(lines[0])):
            yield Block("heading", lines.pop(0), level=level)
        if lines:
            yield Block("text", "\n".join(lines))

    def _fenced(self) -> list[Block]:
        start = self.at
        self.at += 1
        while self.at < len(self.lines) and not _FENCE.match(self.lines[self.at]):
            self.at += 1
        self.at = min(self.at + 1, len(self.lines))
        return [Block("text", "\n".join(self.lines[start : self.at]).strip())]

    def _list(self) -> list[Block]:
        """Items up to a paragraph, a heading or the like; blank lines between do not matter."""
        items: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _ITEM.match(line):
                items.append(line.rstrip())
            elif self._ends_list(line):
                break
            elif line.strip():
                items[-1] += f" {line.strip()}"
            self.at += 1
        return [Block("list", "\n".join(items))]

    def _ends_list(self, line: str) -> bool:
        if not line.strip():
            following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
            return not (_ITEM.match(following) or following.startswith(("  ", "\t")))
        is_other = any(one.match(line) for one in (_HEADING, _FENCE, _RULE, _IMAGE))
        return is_other or self._begins_pipe_table(line)

    def _begins_pipe_table(self, line: str) -> bool:
        if not _PIPE.search(line):
            return False
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if is_separator(following):
            return True
        return all(has_outer_pipe(candidate) for candidate in (line, following))

    def _pipe_table(self) -> list[Block]:
        rows: list[list[str]] = []
        head_rows = 0
        while self.at < len(self.lines) and _PIPE.search(self.lines[self.at]):
            line = self.lines[self.at]
            if is_separator(line):
                head_rows = head_rows or len(rows)
            else:
                rows.append(pipe_cells(line))
            self.at += 1
        if not rows:  # a line of dashes between pipes, as one of dashes alone, says nothing
            return []
        return [Block("table", table=Table.from_rows(rows, head_rows=head_rows))]


def _unmarked_level(line: str) -> int:
    """The level of a heading that was not marked as one; 0 if the line is none."""
    if match := _UNMARKED.match(line):
        return min(match[1].count(".") + 2, 6) if match[1] else 2
    return 0


def is_separator(line: str) -> bool:
    """Whether a line parts the head of a pipe table from its body."""
    return "-" in line and "|" in line and set(line) <= set("|-–—:+ \t")


def has_outer_pipe(line: str) -> bool:
    """Whether a line is a row that says so: it begins with a pipe and holds several."""
    return line.lstrip().startswith("|") and line.count("|") >= 3


def pipe_cells(line: str) -> list[str]:
    """The cells of a row of a pipe table."""
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells = (cell.replace("\\|", "|").replace("**", "") for cell in _PIPE.split(inner))
    return [plain_text(cell) for cell in cells]
