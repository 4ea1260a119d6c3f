"""Pictures inside the terminal, for terminals that are known to show them.

Asking a terminal what it can do means reading its answer from the keyboard; its name is enough.
Inside tmux or screen nothing is shown: they pass pictures on only if told to.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Literal

Protocol = Literal["kitty", "iterm", ""]

_PIECE = 4096
"""Characters of base64 in one command: what kitty's protocol allows."""


def protocol_of(terminal: Mapping[str, str]) -> Protocol:
    """How the terminal takes pictures, from TERM, TERM_PROGRAM and the like; "" if not known."""
    kind, program = terminal.get("TERM", ""), terminal.get("TERM_PROGRAM", "")
    if terminal.get("TMUX") or kind.startswith(("screen", "tmux", "dumb")):
        return ""
    if kind in {"xterm-kitty", "xterm-ghostty"} or program == "ghostty":
        return "kitty"
    return "iterm" if program in {"iTerm.app", "WezTerm"} else ""


def picture_code(png: bytes, protocol: Protocol, columns: int) -> str:
    """What makes the terminal show the picture, so many columns wide."""
    data = base64.b64encode(png).decode("ascii")
    if protocol == "iterm":
        options = f"inline=1;width={columns};preserveAspectRatio=1;size={len(png)}"
        return f"\x1b]1337;File={options}:{data}\x07\n"
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
