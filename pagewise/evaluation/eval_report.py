"""An evaluation as one HTML file: no scripts, nothing fetched, every text of a document escaped."""

from __future__ import annotations

from collections.abc import Sequence

from pagewise.evaluation.comparison import Changes, Judged, rows_of
from pagewise.render.jinja_templates import templates_of

_HISTOGRAM_BARS = 12
_LONGEST_TEXT = 1200


def report_html(judged: Sequence[Judged], title: str, changes: Changes | None = None) -> str:
    """The whole page, as text.

    Args:
        judged: The questions in their order.
        title: What was evaluated, for the heading.
        changes: What got better and worse since another run, if there was one.
    """
    pages = templates_of("pagewise.evaluation")
    pages.filters |= {"cut": lambda value: str(value)[:_LONGEST_TEXT], "share": share}
    rows = rows_of(judged)
    return pages.get_template("report.html").render(
        title=title,
        judged=judged,
        models=judged[0].reply["models"] if judged else {},
        rows=rows,
        right=[(row.kind, *row.right) for row in rows],
        cited=[(row.kind, *row.cited) for row in rows],
        seconds=_histogram([item.seconds for item in judged]),
        changes=changes,
        wrong=[item for item in judged if item.judgement.is_right is False],
        gold=gold_of,
    )


def share(part: tuple[int, int]) -> str:
    """`3/4`, or a dash where nothing could be judged."""
    return f"{part[0]}/{part[1]}" if part[1] else "–"


def _histogram(seconds: Sequence[float]) -> tuple[list[int], float]:
    """How many questions took how long, in steps of equal length, and the longest time."""
    most = max(seconds, default=0.0) or 1.0
    counts = [0] * _HISTOGRAM_BARS
    for value in seconds:
        counts[min(int(value / most * _HISTOGRAM_BARS), _HISTOGRAM_BARS - 1)] += 1
    return counts, most


def gold_of(item: Judged) -> str:
    """What the right answer was, in words."""
    if item.judgement.should_refuse:
        return "the documents do not say"
    known = item.case.get("must") or [item.case.get("answer") or "–"]
    return " + ".join(str(group).replace("|", " or ") for group in known)
