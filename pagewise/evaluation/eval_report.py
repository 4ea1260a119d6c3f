"""An evaluation as one HTML file: no scripts, nothing fetched, every text of a document escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pagewise.evaluation.comparison import Change, Changes, Judged, Row, rows_of

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6577;--paper:#fff;--panel:#f5f6f8;
--line:#d9dde4;--good:#2a7d4f;--bad:#b8402f;--mark:#3a66b5}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa5b8;--paper:#14181f;--panel:#1d232d;
--line:#343d4b;--good:#5cc08a;--bad:#ee8373;--mark:#84aaf2}}
*{box-sizing:border-box}body{margin:0 auto;max-width:62rem;padding:2rem 1.25rem 4rem;
background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.7rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .75rem}p.note{color:var(--soft);
margin:.25rem 0}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:right}
th:first-child,td:first-child{text-align:left}th{color:var(--soft);font-weight:600}
tr:last-child td{font-weight:600}.scroll{overflow-x:auto}.plots{display:grid;gap:1.5rem;
grid-template-columns:repeat(auto-fit,minmax(20rem,1fr))}figure{margin:0;padding:1rem;
background:var(--panel);border-radius:8px}figcaption{color:var(--soft);margin-bottom:.5rem}
svg{display:block;width:100%;height:auto}svg text{fill:var(--ink);font:13px system-ui,sans-serif}
svg .soft{fill:var(--soft)}.track{fill:var(--line)}.good{fill:var(--good)}.mark{fill:var(--mark)}
article{background:var(--panel);border-radius:8px;border-left:4px solid var(--bad);
padding:1rem 1.25rem;margin:1rem 0;overflow-wrap:anywhere}article.better{border-color:var(--good)}
h3{font-size:1rem;margin:0 0 .5rem}dl{display:grid;grid-template-columns:6rem minmax(0,1fr);
gap:.35rem 1rem;margin:0}dt{color:var(--soft)}dd{margin:0;white-space:pre-wrap}
dd ul{margin:0;padding-left:1.1rem;white-space:normal}
@media(max-width:36rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
"""
_BAR, _LEFT, _WIDTH = 26, 100, 220
_HISTOGRAM_BARS = 12
_LONGEST_TEXT = 1200


def report_html(
    judged: Sequence[Judged],
    title: str,
    changed: Changes | None = None,
) -> str:
    """The whole page, as text.

    Args:
        judged: The questions in their order.
        title: What was evaluated, for the heading.
        changed: What got better and worse since another run, if there was one.
    """
    rows = rows_of(judged)
    wrong = [item for item in judged if item.judgement.is_right is False]
    models = judged[0].reply["models"] if judged else {}
    parts = [
        f"<h1>{_text(title)}</h1>",
        f'<p class="note">{len(judged)} questions · {_text(_listed(models))}</p>',
        _table(rows),
        '<div class="plots">',
        _shares("Right answers", "good", [(row.kind, *row.right) for row in rows]),
        _shares("Cites a gold page", "mark", [(row.kind, *row.cited) for row in rows]),
        _histogram([item.seconds for item in judged]),
        "</div>",
    ]
    if changed:
        parts += _changed("Better", "better", changed.better) + _changed("Worse", "", changed.worse)
    parts.append(f"<h2>Wrong answers ({len(wrong)})</h2>")
    parts += [_article(item) for item in wrong] or ['<p class="note">None.</p>']
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _text(value: object) -> str:
    return escape(str(value)[:_LONGEST_TEXT])


def _listed(models: dict[str, str]) -> str:
    return " · ".join(f"{role}: {name}" for role, name in models.items() if name)


def share(part: tuple[int, int]) -> str:
    """`3/4`, or a dash where nothing could be judged."""
    return f"{part[0]}/{part[1]}" if part[1] else "–"


def _table(rows: Sequence[Row]) -> str:
    heads = ("kind", "questions", "right", "cited a gold page", "refused", "s a question", "cost")
    lines = [
        "<tr>"
        + "".join(
            f"<td>{_text(cell)}</td>"
            for cell in (
                row.kind,
                row.count,
                share(row.right),
                share(row.cited),
                row.refused,
                f"{row.seconds:.2f}",
                f"${row.usd:.4f}",
            )
        )
        + "</tr>"
        for row in rows
    ]
    head = "".join(f"<th>{name}</th>" for name in heads)
    return (
        '<h2>By kind</h2><div class="scroll"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div><h2>At a glance</h2>"
    )


def _figure(title: str, height: int, drawn: Sequence[str]) -> str:
    size = f"0 0 {_LEFT + _WIDTH + 70} {height}"
    return (
        f'<figure><figcaption>{_text(title)}</figcaption><svg viewBox="{size}" role="img" '
        f'aria-label="{_text(title)}">{"".join(drawn)}</svg></figure>'
    )


def _shares(title: str, colour: str, parts: Sequence[tuple[str, int, int]]) -> str:
    drawn = []
    for place, (kind, count, of) in enumerate(part for part in parts if part[2]):
        y = place * _BAR
        drawn += [
            f'<text x="0" y="{y + 17}">{_text(kind[:14])}</text>',
            f'<rect class="track" x="{_LEFT}" y="{y + 5}" width="{_WIDTH}" height="16" rx="3"/>',
            f'<rect class="{colour}" x="{_LEFT}" y="{y + 5}" width="{_WIDTH * count / of:.1f}" '
            'height="16" rx="3"/>',
            f'<text x="{_LEFT + _WIDTH + 8}" y="{y + 17}">{count}/{of}</text>',
        ]
    return _figure(title, max(len(drawn) // 4, 1) * _BAR + 4, drawn)


def _histogram(seconds: Sequence[float]) -> str:
    most = max(seconds, default=0.0) or 1.0
    counts = [0] * _HISTOGRAM_BARS
    for value in seconds:
        counts[min(int(value / most * _HISTOGRAM_BARS), _HISTOGRAM_BARS - 1)] += 1
    full, height, width = max(counts) or 1, 100, (_LEFT + _WIDTH + 70) / _HISTOGRAM_BARS
    drawn = []
    for place, count in enumerate(counts):
        tall, x = height * count / full, place * width
        drawn.append(
            f'<rect class="mark" x="{x + 2:.1f}" y="{height + 18 - tall:.1f}" '
            f'width="{width - 4:.1f}" height="{tall:.1f}" rx="2"/>'
        )
        if count:
            y = height + 12 - tall
            drawn.append(
                f'<text class="soft" x="{x + width / 2:.1f}" y="{y:.1f}" '
                f'text-anchor="middle">{count}</text>'
            )
    right = _LEFT + _WIDTH + 70
    drawn += [
        f'<text class="soft" x="2" y="{height + 36}">0 s</text>',
        f'<text class="soft" x="{right - 2}" y="{height + 36}" text-anchor="end">'
        f"{most:.2f} s</text>",
    ]
    return _figure("Questions by seconds", height + 44, drawn)


def _changed(title: str, look: str, found: Sequence[Change]) -> list[str]:
    heading = f"<h2>{title} than before ({len(found)})</h2>"
    articles = [_article(change.after, look, change.before) for change in found]
    return [heading, *(articles or ['<p class="note">None.</p>'])]


def gold_of(item: Judged) -> str:
    """What the right answer was, in words."""
    if item.judgement.should_refuse:
        return "the documents do not say"
    known = item.case.get("must") or [item.case.get("answer") or "–"]
    return " + ".join(str(group).replace("|", " or ") for group in known)


def _article(item: Judged, look: str = "", before: Judged | None = None) -> str:
    pages = ", ".join(str(page) for page in item.case.get("pages") or ())
    entries = [
        ("gold", _text(gold_of(item)) + (f" (page {_text(pages)})" if pages else "")),
        ("answer", _text(item.reply["answer"])),
    ]
    if before:
        entries.insert(1, ("before", _text(before.reply["answer"])))
    if item.judgement.why:
        entries.append(("why", _text(item.judgement.why)))
    cited = "".join(
        f"<li>[{_text(c['marker'])}] {_text(c['document'])}, p. {_text(c['page'])}: "
        f"{_text(c['quote'])}</li>"
        for c in item.reply["citations"]
    )
    entries.append(("sources", f"<ul>{cited}</ul>" if cited else "none cited"))
    listed = "".join(f"<dt>{name}</dt><dd>{shown}</dd>" for name, shown in entries)
    name = " · ".join(str(item.case[key]) for key in ("id", "kind", "lang") if item.case.get(key))
    return (
        f'<article class="{look}"><p class="note">{_text(name)}</p>'
        f"<h3>{_text(item.case['question'])}</h3><dl>{listed}</dl></article>"
    )
