"""An evaluation in the terminal: the table by kind, and what changed since another run."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from pagewise import console
from pagewise.evaluation.comparison import Changes, Row
from pagewise.evaluation.eval_report import share


def show_scores(rows: Sequence[Row], screen: Console) -> None:
    """One row a kind of question."""
    figures = ("questions", "right", "cited", "refused", "seconds", "cost")
    grid = console.table("kind", *figures, numeric=set(figures))
    for row in rows:
        grid.add_row(
            Text(console.plain(row.kind)),
            str(row.count),
            share(row.right),
            share(row.cited),
            str(row.refused),
            f"{row.seconds:.2f}",
            f"${row.usd:.4f}",
        )
    screen.print(grid)


def show_changes(changed: Changes, asked: int, screen: Console) -> None:
    """The questions judged differently than before."""
    told = f"{len(changed.better)} better, {len(changed.worse)} worse than before"
    if changed.compared < asked:
        told += f" ({changed.compared} of {asked} questions were asked then)"
    screen.print(told, markup=False)
    for mark, found in (("+", changed.better), ("-", changed.worse)):
        for change in found:
            question = " ".join(str(change.after.case["question"]).split())
            screen.print(f"{mark} {console.plain(question)}", markup=False)
