"""An evaluation in the terminal: the table by kind, and what changed since another run."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from loaders.errors import UsageError
from pagewise import console
from pagewise.evaluation.comparison import Changes, Row, changes, has_any_gold, judge_all, rows_of
from pagewise.evaluation.eval_report import share
from pagewise.evaluation.eval_runner import summary
from pagewise.settings import Settings


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


def check_eval(arguments: Namespace, settings: Settings) -> None:
    """Find out before the work, not after it, what cannot be written or sent."""
    taken = [path for path in (arguments.questions, arguments.against) if path and path.exists()]
    for path in filter(None, (arguments.answers, arguments.report)):
        if path.exists() and any(path.samefile(other) for other in taken):  # a link too
            raise UsageError(f"{path}: is used by this command, and would be lost; name another")
        try:
            path.open("ab").close()
            taken.append(path)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    if arguments.langsmith and settings.offline:
        raise UsageError("--langsmith sends the answers away, --offline forbids it; choose one")
    if arguments.langsmith and not settings.langsmith_api_key:
        raise UsageError("--langsmith needs LANGSMITH_API_KEY")


def report_eval(
    arguments: Namespace,
    cases: list[dict[str, Any]],
    replies: list[dict[str, Any]],
    old: list[dict[str, Any] | None] | None,
) -> None:
    """What `eval` tells of its answers; `old` are those of an earlier run."""
    for name, figure in summary(replies).items():
        console.out().print(f"{name.replace('_', ' ')}: {figure}", markup=False)
    judged = judge_all(cases, replies)
    changed = changes(old, judged) if old is not None else None
    if has_any_gold(cases):
        show_scores(rows_of(judged), console.out())
    if changed:
        show_changes(changed, len(cases), console.out())
    if arguments.report:
        from pagewise.evaluation.eval_report import report_html

        page = report_html(judged, f"Pagewise on {arguments.questions.name}", changed)
        arguments.report.write_text(page, encoding="utf-8")
