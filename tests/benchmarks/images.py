"""What a page image costs beside 150 dpi RGB through Pillow, which is what most programs send.

    python -m tests.benchmarks.images [PDF …]

CPU time and bytes as ratios inside one run, the least of three times for each page.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image

from loaders.reading.pdf.mupdf import render
from loaders.reading.vision.page_images import WIDTH

SAMPLE = Path(__file__).parents[2] / "samples" / "larkmoor.pdf"


def usual(document: Any, number: int) -> bytes:
    pixmap = document[number].get_pixmap(dpi=150)
    image = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def ours(document: Any, number: int) -> bytes:
    return render(document, number, width=WIDTH)


def measured(make: Callable[[Any, int], bytes], document: Any, number: int) -> tuple[float, int]:
    """Return the least CPU time of three, and the size."""
    times: list[float] = []
    image = b""
    for _ in range(3):
        began = time.process_time()
        image = make(document, number)
        times.append(time.process_time() - began)
    return min(times), len(image)


def main() -> None:
    """Print the ratios for each document."""
    for path in [Path(name) for name in sys.argv[1:]] or [SAMPLE]:
        with pymupdf.open(path) as document:
            pages = range(min(document.page_count, 40))
            sums = {
                make: [
                    sum(each)
                    for each in zip(*(measured(make, document, n) for n in pages), strict=True)
                ]
                for make in (usual, ours)
            }
        cpu, size = (sums[ours][part] / sums[usual][part] for part in (0, 1))
        print(f"P6 {path.name}: {cpu:.2f} × CPU, {size:.2f} × bytes, {len(pages)} pages")  # noqa: T201


if __name__ == "__main__":
    main()
