"""Draw the README's picture of an answer: what the real program shows in a terminal, as SVG.

    python -m samples.picture [FILE]

It needs nothing from the net: fonts are those of whoever looks at it.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from pagewise.library import Library
from pagewise.settings import load_settings
from pagewise.terminal.answer_view import show_answer
from pagewise.terminal.chat import PROMPT

HERE = Path(__file__).parent
PICTURE = HERE / "answer.svg"
QUESTION = "By how much did group revenue grow from 2024 to 2025?"
WIDTH = 80
_FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
"""Rich's own, without the fonts that it would fetch from a CDN."""


def draw(library: Library) -> str:
    """The question and its answer, as a terminal of 80 columns shows them."""
    screen = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        emoji=False,
        markup=False,
    )
    screen.print(Text(PROMPT + QUESTION, style="bold"))
    screen.print()
    show_answer(library.ask(QUESTION), screen, library.store)
    drawn = screen.export_svg(title="python main.py", code_format=_FORMAT, unique_id="pagewise")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def make(target: Path) -> None:
    """Read the sample into a library of its own, ask it, and write the picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library(load_settings(Path(folder), offline=True)) as library,
    ):
        library.index([str(HERE / "larkmoor.pdf")])
        target.write_text(draw(library), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
