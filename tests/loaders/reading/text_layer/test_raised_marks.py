"""Raised marks are told by size and place; they change no number, no label and no outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from loaders.pages.page import Outcome
from loaders.reading.text_layer.raised_marks import with_marks
from samples.printer import PROSE, Printer
from tests.drawn_words import words_at
from tests.read_back import read_back, read_here

MARKS = {
    "1": "¹",
    "12": "¹²",
    "2, 3": "², ³",
    "2,3": "², ³",
    "a": "ᵃ",
    "a, b": "ᵃ, ᵇ",
    "1)": "¹⁾",
    "(4)(5)": "⁽⁴⁾⁽⁵⁾",
    "1;3": "¹, ³",
    "*": "*",
    "§": "§",
}


def table(path: Path, rows: Sequence[tuple[str, ...]], *, ruled: bool = False) -> Path:
    printer = Printer()
    y = printer.prose(80)
    y = printer.table(y, rows, ruled=ruled)
    printer.prose(y)
    return printer.save(path)


@pytest.mark.parametrize(("mark", "written"), MARKS.items())
def test_marks_stand_beside_the_number(tmp_path: Path, mark: str, written: str) -> None:
    rows = [
        ("Item", "2024", "2025"),
        ("Vessels", f"512^{mark}^", f"498^{mark}^"),
        ("Berths", "84", "86"),
        ("Crews", f"1,204^{mark}^", "1,310"),
    ]
    (page,) = read_back(table(tmp_path / "marks.pdf", rows))
    assert page.page.outcome is Outcome.OK
    assert page.cell("Vessels", "2024") == f"512{written}"
    assert page.cell("Vessels", "2025") == f"498{written}"
    assert page.cell("Crews", "2024") == f"1,204{written}"
    assert page.audit.novel_numbers == page.audit.missing_numbers == []


@pytest.mark.parametrize("mark", ["2", "b", "1, 2"])
@pytest.mark.parametrize("ruled", [False, True])
def test_marks_after_labels_and_heads_change_neither(
    tmp_path: Path, mark: str, ruled: bool
) -> None:
    rows = [
        ("Item", f"2024^{mark}^", "2025"),
        (f"Cash flow^{mark}^", "512", "498"),
        ("Net debt", "84", "86"),
        ("Tonnage", "1,204", "1,310"),
    ]
    (page,) = read_back(table(tmp_path / "marks.pdf", rows, ruled=ruled))
    written = MARKS[mark] if mark in MARKS else {"2": "²", "b": "ᵇ", "1, 2": "¹, ²"}[mark]
    assert page.cell(f"Cash flow{written}", f"2024{written}") == "512"


def test_a_mark_that_is_set_apart_from_its_number_is_still_one(tmp_path: Path) -> None:
    """Many producers write all marks after all numbers."""
    printer = Printer()
    y = printer.prose(80)
    printer.table(y, [("Item", "2024"), ("Vessels", "512"), ("Berths", "84"), ("Crews", "31")])
    printer.prose(y + 100)
    for row, mark in ((1, "1"), (3, "2, 3")):
        printer.text(300.3, y + 18 * row - 3.2, mark, 5.5)
    (page,) = read_back(printer.save(tmp_path / "apart.pdf"))
    assert page.cell("Vessels", "2024") == "512¹"
    assert page.cell("Crews", "2024") == "31², ³"


def test_a_mark_before_its_note_is_one(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.prose(80)
    printer.text(60, y, "^1^Without the vessels that are chartered.", 8)
    (page,) = read_back(printer.save(tmp_path / "note.pdf"))
    assert "¹Without the vessels" in page.text or "¹ Without the vessels" in page.text


def test_powers_and_ordinals_stay_what_they_are(tmp_path: Path) -> None:
    printer = Printer()
    line = "On the 21^st^ the area was 1.5 km^2^ and the count 10^6^ a litre."
    printer.prose(80, [line, *PROSE])
    (page,) = read_back(printer.save(tmp_path / "powers.pdf"))
    assert "On the 21st the area was 1.5 km² and the count 10⁶ a litre." in page.text
    assert page.audit.novel_numbers == []


def test_a_mark_stays_with_its_word_where_the_cells_of_a_row_are_uneven(tmp_path: Path) -> None:
    printer = Printer()
    y = printer.table(printer.prose(80), [("Item", "2024", "2025", "2026")])
    for label, sunk in (("Pilotage^1^", 3.6), ("Mooring", 0.0), ("Cranes^2^", 3.6)):
        for x, text, down in ((64, label, sunk), (276, "1,234", 0.0), (376, "56", 0.0)):
            printer.text(x, y + down, text, 10)
        printer.text(476, y + sunk, f"789{'^3^' if sunk else ''}", 10)
        y += 19
    printer.prose(y + 20)
    (page,) = read_here(printer.save(tmp_path / "a.pdf"))
    assert page.tables[0][1:] == [
        ["Pilotage¹", "1,234", "56", "789³"],
        ["Mooring", "1,234", "56", "789"],
        ["Cranes²", "1,234", "56", "789³"],
    ]


@pytest.mark.parametrize(
    ("small", "written"), [("4.0", "4.0"), ("4,0", "4,0"), ("4,2", "⁴, ²"), ("10", "¹⁰")]
)
def test_a_raised_number_with_decimals_is_no_list_of_marks(small: str, written: str) -> None:
    """Whoever counts notes begins with 1 and parts them by commas."""
    (word,) = words_at(60, 100, "512")
    (mark,) = words_at(word.box[2] + 0.5, 95, small, size=6)
    assert with_marks([word, mark])[1].text == written


def test_a_sign_half_a_line_higher_is_a_mark_though_it_is_as_large_as_its_word() -> None:
    (mark,) = words_at(50, 95.5, "a", size=9.8)
    word, *_ = words_at(55, 100, "Primary endpoint")
    assert [token.text for token in with_marks([mark, word])] == ["ᵃ", "Primary"]
    for other in (words_at(50, 98, "a"), words_at(30, 95.5, "a"), words_at(45, 95.5, "ab")):
        assert with_marks([*other, word])[0].text.isascii()
