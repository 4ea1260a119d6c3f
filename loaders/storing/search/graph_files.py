"""The files of Chroma's search graph, looked at before they are opened.

Chroma believes what stands in them: a link that leads nowhere ends the process.
"""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

HEADER, ROWS, NORMS, UPPER = "header.bin", "data_level0.bin", "length.bin", "link_lists.bin"
LAYOUT = struct.Struct("<i6QiI3QdQ")
"""Of hnswlib's header, version 1 (`persistHeader`); what is longer is of a version to come."""
MOST_LEVELS, MOST_BREADTH = 64, 10_000
Numbers = npt.NDArray[np.uint32]


class Header(NamedTuple):
    """What hnswlib says of its files. Of a row or a level, the first link is how many follow."""

    version: int
    begin: int
    room: int
    rows: int
    row_bytes: int
    label_at: int
    vector_at: int
    levels: int
    entry: int
    links: int
    links_below: int
    degree: int
    level_scale: float
    breadth: int

    def is_consistent(self) -> bool:
        """Whether each number is what follows from the others."""
        return (
            (self.version, self.begin) == (1, 0)
            and 1 < self.degree == self.links < 1000
            and self.links_below == 2 * self.links
            and self.vector_at == 4 + 4 * self.links_below
            and self.vector_at < self.label_at == self.row_bytes - 8 < 1_000_000
            and self.rows <= self.room <= 4 * self.rows + 1024  # it grows by doubling
            and self.levels < MOST_LEVELS
            and (self.entry < self.rows or self.rows == 0)
            and math.isclose(self.level_scale, 1 / math.log(self.degree))
            and self.breadth < MOST_BREADTH
        )


def are_sound(folder: Path) -> bool:
    """Whether Chroma can be given every graph below its folder."""
    return all(_is_sound(path) for path in folder.iterdir() if path.is_dir())


def _is_sound(folder: Path) -> bool:
    try:
        data = (folder / HEADER).read_bytes()
        if len(data) > LAYOUT.size:
            return True
        header = Header._make(LAYOUT.unpack(data))
        return header.is_consistent() and _has_sound_rows(folder, header)
    except (OSError, struct.error):
        return False


def _has_sound_rows(folder: Path, header: Header) -> bool:
    count = header.rows
    written = (folder / ROWS).stat().st_size / header.row_bytes
    if not written == (folder / NORMS).stat().st_size / 4 in {count, header.room}:
        return False
    if not count:
        return True
    rows = np.memmap(folder / ROWS, np.uint8, "r", shape=(count, header.row_bytes))
    links = rows[:, : header.vector_at].view(np.uint32)
    labels = rows[:, header.label_at :].view(np.uint64)
    return (
        _lead_somewhere(links, count)
        and len(np.unique(labels)) == count
        and _are_whole(np.fromfile(folder / UPPER, np.uint32), header)
    )


def _lead_somewhere(links: Numbers, count: int) -> bool:
    """Whether all links are to rows that there are; the first of a row is how many it has."""
    most = links.shape[1] - 1
    for start in range(0, count, 10_000):
        part = np.asarray(links[start : start + 10_000])
        held = part[:, :1] & 0xFFFF  # a deleted row is marked in the half above
        if (held > most).any():
            return False
        if ((part[:, 1:] >= count) & (np.arange(most) < held)).any():
            return False
    return True


def _are_whole(lists: Numbers, header: Header) -> bool:
    """Whether each row has lists for its upper levels, and these lead to rows of that level."""
    stride = header.links + 1
    found: list[Numbers] = []
    levels = np.zeros(header.rows, np.int64)
    place = 0
    for row in range(header.rows):
        size = int(lists[place]) // 4 if place < len(lists) else len(lists)
        end = place + 1 + size
        if size % stride or end > len(lists):
            return False
        if size:
            found.append(lists[place + 1 : end].reshape(-1, stride))
            levels[row] = len(found[-1])
        place = end
    if place != len(lists) or not levels.max() == header.levels == levels[header.entry]:
        return False
    for level in range(1, header.levels + 1):
        reached = np.array([one[level - 1] for one in found if len(one) >= level])
        if not _lead_somewhere(reached, header.rows):
            return False
        links, held = reached[:, 1:], reached[:, :1] & 0xFFFF
        if (levels[links[np.arange(stride - 1) < held]] < level).any():
            return False
    return True
