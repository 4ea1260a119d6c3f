# mypy: allow-untyped-calls
"""Forms: values belong to their labels, and a form's own box says whether it is ticked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from loaders.reading.layout.field_pairs import listed_pairs
from samples.printer import Printer
from tests.drawn_words import words_at
from tests.read_back import read_back

TEXT_FIELD, TICK_BOX = 7, 2
FIELDS = {
    "Family name": "Lindqvist",
    "Born on": "3 May 1961",
    "Berth wanted": "North quay 14",
    "Length (m)": "8.75",
}


def widget(printer: Printer, kind: int, name: str, box: tuple[float, ...], value: Any) -> None:
    made = pymupdf.Widget()
    made.field_type, made.field_name, made.rect = kind, name, pymupdf.Rect(box)
    made.field_value = value
    printer.page.add_widget(made)


@pytest.mark.parametrize("above", [False, True], ids=["label-beside", "label-above"])
def test_values_of_a_form_belong_to_their_labels(tmp_path: Path, *, above: bool) -> None:
    printer = Printer()
    printer.text(60, 60, "Application for a berth", 14)
    for number, (label, value) in enumerate(FIELDS.items()):
        x, y = (
            (60 + 250 * (number % 2), 110 + 45 * (number // 2))
            if above
            else (60, 110 + 28 * number)
        )
        printer.text(x, y, label)
        box = (x, y + 4, x + 200, y + 20) if above else (x + 240, y - 12, x + 440, y + 5)
        widget(printer, TEXT_FIELD, f"f{number}", box, value)
    (page,) = read_back(printer.save(tmp_path / "form.pdf"))
    for label, value in FIELDS.items():
        assert f"{label}: {value}" in page.text


def test_tick_boxes_of_a_form_say_what_is_chosen(tmp_path: Path) -> None:
    printer = Printer()
    printer.text(60, 60, "How will you pay?", 14)
    for number, (label, chosen) in enumerate(
        {"By transfer": False, "By direct debit": True, "In cash": False}.items()
    ):
        y = 100 + 22 * number
        box = (60, y - 10, 72, y + 2)
        widget(printer, TICK_BOX, f"pay{number}", box, chosen)
        printer.text(80, y, label)
    (page,) = read_back(printer.save(tmp_path / "ticks.pdf"))
    assert "☐ By transfer" in page.text
    assert "☒ By direct debit" in page.text
    assert "☐ In cash" in page.text


@pytest.mark.parametrize("style", ["grey", "bold-values", "plain"])
def test_a_label_above_its_value_pairs_with_it(tmp_path: Path, style: str) -> None:
    printer = Printer()
    printer.text(60, 60, "Invoice", 20, "hebo")
    printer.text(400, 50, "Saltmarsh Rope Works", 11, "hebo")
    printer.text(400, 64, "9 Strand, Hull", 9)
    labels = ["Our number", "Date", "Payable by", "To pay"]
    values = ["RW-5512", "4 April 2026", "4 May 2026", "EUR 2,310.40"]
    for x, label, value in zip((60, 190, 320, 450), labels, values, strict=True):
        grey: dict[str, Any] = {"color": (0.4, 0.4, 0.4)} if style == "grey" else {}
        printer.text(x, 120, label, 8 if style != "plain" else 9, **grey)
        printer.text(
            x, 133, value, 10 if style != "plain" else 9, "hebo" if style != "grey" else "helv"
        )
    rows = [("What", "Metres", "Each", "Sum"), ("Hemp rope", "120", "9.50", "1,140.00")]
    rows += [("Steel wire", "90", "12.20", "1,098.00"), ("Freight", "1", "72.40", "72.40")]
    printer.table(200, rows, (64, 346, 426, 531))
    (page,) = read_back(printer.save(tmp_path / "invoice.pdf"))
    shown = [
        page.text,
        *(" ".join(": ".join(pair) for pair in zip(*t[:2], strict=True)) for t in page.tables),
    ]
    for label, value in zip(labels, values, strict=True):
        assert any(f"{label}: {value}" in text for text in shown), (label, shown)
    assert page.cell("Steel wire", "Sum") == "1,098.00"


def test_the_head_of_a_table_and_its_first_row_stay_in_it(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(60)
    rows = [("Harbour", "Vessels", "Tonnes", "Dues"), ("North", "512", "18,402", "97.5")]
    printer.table(y, rows, pitch=16)
    rest = [("South", "84", "2,118", "(6.1)"), ("West", "31", "906", "4.4")]
    for number, row in enumerate(rest):
        printer.table(y + 60 + 44 * number, [("", "", "", ""), row], pitch=0)
    printer.prose(y + 170)
    (page,) = read_back(printer.save(tmp_path / "apart.pdf"))
    assert page.tables == [[list(row) for row in (*rows, *rest)]]


PAIRS = {
    "Serial number": "A-22914",
    "Rated power": "1.5 kW",
    "Insured": "Harbour Boats Ltd",
    "Year": "2019",
}


def listed(pairs: dict[str, str], *, x: float = 160) -> list[tuple[str, str]]:
    """The pairs of lines with a label, and what stands at x beside it."""
    tokens = []
    for number, (label, value) in enumerate(pairs.items()):
        y = 100.0 + 14 * number
        tokens += words_at(60, y, label) if label.strip() else []
        tokens += words_at(x, y, value)
    return [
        (" ".join(t.text for t in label), " ".join(t.text for t in value))
        for label, value in listed_pairs(tokens)
    ]


def test_lines_with_a_label_and_its_value_stay_pairs(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(60)
    for number, (label, value) in enumerate(PAIRS.items()):
        printer.text(60, y + 14 * number, label)
        printer.text(140, y + 14 * number, value)
    printer.prose(y + 84)
    (page,) = read_back(printer.save(tmp_path / "pairs.pdf"))
    told = [": ".join(pair) for table in page.tables for pair in table]
    for pair in PAIRS.items():
        assert ": ".join(pair) in page.reading.markup.split("\n") or ": ".join(pair) in told


def test_pairs_need_labels_and_white_that_runs_through_all_lines() -> None:
    assert listed(PAIRS) == list(PAIRS.items())
    assert listed(PAIRS, x=128) == []
    wrapped = {"Serial number": "A-22914,", " ": "old works", "Year": "2019", "Weight": "23.8 kg"}
    assert listed(wrapped)[0] == ("Serial number", "A-22914, old works")
    assert listed({"1.": "Open the valve", "2.": "Wait", "3.": "Close it"}) == []
    assert listed({"Year": "2019", "Power": "1.5 kW"}) == []
