"""`python -m tests.benchmarks.retrieval --data DIR`: is the right page among the first?

DIR holds `dev.jsonl` or `questions.jsonl`, a question a line with `doc` (a PDF beside the file),
`question`, `pages` (from 1) and perhaps `lang`, `history`, `core`. The library is kept at `--home`.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from graph.retrieval.hybrid_retriever import HybridRetriever
from loaders.storing.truth.filters import Filters
from pagewise.library import Library
from pagewise.settings import load_settings

Case = Mapping[str, Any]
Place = tuple[str, int]
"""A document's name and a page, from 1."""
DEPTH = 40
"""Chunks asked for: enough for ten pages."""


def figures(case: Case, found: Iterable[Place]) -> dict[str, float]:
    """Of one question; a page of another document counts as a wrong page.

    One gold page is enough, unless the question needs them all (`pages_mode`).
    """
    ranked = list(dict.fromkeys(found))
    wanted = {(Path(case["doc"]).name, page) for page in case["pages"]}
    needed = len(wanted) if case.get("pages_mode") == "all" else 1
    gain = sum(1 / math.log2(n + 2) for n, place in enumerate(ranked[:10]) if place in wanted)
    ideal = sum(1 / math.log2(n + 2) for n in range(min(needed, 10)))
    hits = {f"page@{k}": float(not wanted.isdisjoint(ranked[:k])) for k in (1, 5, 10)}
    return {**hits, "nDCG@10": min(1.0, gain / ideal)}


def cases_of(folder: Path, *, core: bool) -> list[Case]:
    """The questions that have a page to find."""
    file = next(path for name in FILES if (path := folder / name).exists())
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        case
        for case in cases
        if case["pages"]
        and case.get("answerable", True)
        and not case.get("history")
        and (not core or case.get("core", True))
    ]


FILES = ("dev.jsonl", "questions.jsonl")


def _places(retriever: HybridRetriever, question: str) -> Iterator[Place]:
    for chunk in retriever.invoke(question, k=DEPTH):
        yield chunk.metadata["source"], chunk.metadata["page"] + 1


def _by_language(
    cases: Sequence[Case], found: Sequence[dict[str, float]]
) -> dict[str, dict[str, float]]:
    groups: dict[str, list[dict[str, float]]] = defaultdict(list)
    for case, one in zip(cases, found, strict=True):
        for group in ("all", case.get("lang", "?")):
            groups[group].append(one)
    return {
        group: {
            "questions": len(ones),
            **{name: round(fmean(one[name] for one in ones), 3) for name in ones[0]},
        }
        for group, ones in groups.items()
    }


def measure(library: Library, cases: Sequence[Case], *, show_misses: bool) -> dict[str, Any]:
    """The figures with the document given, and with the whole library before the question."""
    report: dict[str, Any] = {"documents": len(library.documents())}
    for label, is_given in (("one document at a time", True), ("all in one library", False)):
        found = []
        for case in cases:
            name = Path(case["doc"]).name
            filters = Filters(documents=(name,) if is_given else ())
            places = list(_places(library.retriever.within(filters), case["question"]))
            found.append(figures(case, places))
            if show_misses and not found[-1]["page@5"]:
                first = ", ".join(f"{place[0]} {place[1]}" for place in dict.fromkeys(places[:8]))
                sys.stderr.write(
                    f"{label}: {case['question'][:110]} | {name} {case['pages']} | {first}\n"
                )
        report[label] = _by_language(cases, found)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.retrieval")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--home", type=Path, required=True, help="where the library is kept")
    parser.add_argument("--every", action="store_true", help="also questions that are not core")
    parser.add_argument("--misses", action="store_true", help="name them on stderr")
    arguments = parser.parse_args()
    cases = cases_of(arguments.data, core=not arguments.every)
    documents = sorted({str(arguments.data / case["doc"]) for case in cases})
    with Library(load_settings(arguments.home, offline=True)) as library:
        indexed = library.index(documents)
        sys.stderr.write(indexed.line() + "\n")
        report = measure(library, cases, show_misses=arguments.misses)
    sys.stdout.write(json.dumps(report, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
