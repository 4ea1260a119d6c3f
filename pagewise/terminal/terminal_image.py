"""Pictures inside the terminal, for terminals that are known to show them.

Asking a terminal what it can do means reading its answer from the keyboard; its name is enough.
Inside tmux or screen nothing is shown: they pass pictures on only if told to.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from PIL import Image

Protocol = Literal["kitty", "iterm", "sixel", ""]

_SIXEL_WIDTH = 720
"""Pixels: terminals that know sixels count in pixels, not in columns."""
_COLOURS = 16
_PIECE = 4096
"""Characters of base64 in one command: what kitty's protocol allows."""


def protocol_of(terminal: Mapping[str, str]) -> Protocol:
    """How the terminal takes pictures, from TERM, TERM_PROGRAM and the like; "" if not known."""
    kind, program = terminal.get("TERM", ""), terminal.get("TERM_PROGRAM", "")
    if terminal.get("TMUX") or kind.startswith(("screen", "tmux", "dumb")):
        return ""
    if kind in {"xterm-kitty", "xterm-ghostty"} or program == "ghostty":
        return "kitty"
    if program in {"iTerm.app", "WezTerm"}:
        return "iterm"
    return "sixel" if kind in {"foot", "foot-extra", "mlterm"} else ""


def picture_code(png: bytes, protocol: Protocol, columns: int) -> str:
    """What makes the terminal show the picture, so many columns wide."""
    data = base64.b64encode(png).decode("ascii")
    if protocol == "iterm":
        options = f"inline=1;width={columns};preserveAspectRatio=1;size={len(png)}"
        return f"\x1b]1337;File={options}:{data}\x07\n"
    if protocol == "sixel":
        return _sixels(png)
    if protocol != "kitty":
        return ""
    pieces = [data[start : start + _PIECE] for start in range(0, len(data), _PIECE)]
    commands = []
    for number, piece in enumerate(pieces):
        # a: show at once, f: PNG, c: columns, q: no reply, m: whether more pieces follow
        first = f"a=T,f=100,c={columns},q=2," if number == 0 else ""
        more = int(number < len(pieces) - 1)
        commands.append(f"\x1b_G{first}m={more};{piece}\x1b\\")
    return "".join(commands) + "\n"


def _sixels(png: bytes) -> str:
    """The picture as columns of six pixels, colour by colour: `-` begins the next six lines."""
    with Image.open(io.BytesIO(png)) as image:
        height = round(image.height * _SIXEL_WIDTH / image.width)
        small = image.convert("RGB").resize((_SIXEL_WIDTH, height)).quantize(_COLOURS)
    colours = (small.getpalette() or [])[: 3 * _COLOURS]
    palette = [
        f"#{number};2;" + ";".join(str(part * 100 // 255) for part in colours[3 * number :][:3])
        for number in range(len(colours) // 3)
    ]
    pixels = small.tobytes()
    rows = [pixels[start : start + _SIXEL_WIDTH] for start in range(0, len(pixels), _SIXEL_WIDTH)]
    bands = [_band(rows[start : start + 6]) for start in range(0, height, 6)]
    return f"\x1bPq{''.join(palette)}{'-'.join(bands)}\x1b\\\n"


def _band(rows: Sequence[bytes]) -> str:
    """Six lines: for each colour a character a column, whose bits say which pixels have it."""
    passes = []
    for colour in sorted(set(b"".join(rows))):
        bits = 0
        for place, row in enumerate(rows):
            mine = bytes(1 << place if index == colour else 0 for index in range(256))
            bits += int.from_bytes(row.translate(mine), "big")  # never two bits in one place
        columns = "".join(chr(63 + byte) for byte in bits.to_bytes(len(rows[0]), "big"))
        run = re.sub(r"(.)\1{3,}", lambda m: f"!{len(m[0])}{m[1]}", columns)
        passes.append(f"#{colour}{run}")
    return "$".join(passes)
