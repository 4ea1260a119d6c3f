"""Write the sample: larkmoor.pdf and, beside it, what is true of it (truth.json).

    python -m samples.make [FOLDER]

The same bytes come out of each run with the same PyMuPDF and Pillow.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samples.pages import CONTENTS, cover, income, kassel, letter, performance, sites, suzhou
from samples.report import NAME, Report
from samples.scan import certificate

HERE = Path(__file__).parent
DATE = "D:20260312090000Z"


def make(folder: Path) -> None:
    """Write the PDF and its truth into the folder."""
    report = Report()
    cover(report)
    letter(report)
    sites(report, income(report, performance(report)))
    kassel(report)
    suzhou(report)
    certificate(report)
    document = report.document
    document.set_metadata(
        {
            "title": "Larkmoor Instruments plc: Annual Report 2025 (extract)",
            "author": "Larkmoor Instruments plc (invented)",
            "creationDate": DATE,
            "modDate": DATE,
        }
    )
    document.set_toc([[1, name, page] for page, name in CONTENTS])
    document.subset_fonts()
    document.save(
        folder / NAME, garbage=4, deflate=True, deflate_fonts=True, no_new_id=True, use_objstms=1
    )
    truth = json.dumps(report.truth(), ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(truth + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
