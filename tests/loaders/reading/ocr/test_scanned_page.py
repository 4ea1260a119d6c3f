from __future__ import annotations

import numpy as np

from loaders.pages.page_layout import Region
from loaders.reading.ocr.line_words import SeenWord, tokens_of
from loaders.reading.ocr.recognizer import Scan
from loaders.reading.ocr.scanned_page import MOST_DOUBTS, believed, sheet_of, told


def seen(
    text: str, x: float, *, size: float = 10, sure: float = 0.99, mark: bool = False
) -> SeenWord:
    box = (x, 100.0, x + 5 * len(text), 110.0)
    return SeenWord(text, box, size, 1, sure, weakest_digit=sure, is_mark=mark)


def scan(*words: SeenWord) -> Scan:
    return Scan(list(words), rules=[(10, 120, 90, 121)], picture=np.zeros((400, 300), np.uint8))


def test_words_of_an_image_are_a_sheet_like_any_other() -> None:
    sheet = sheet_of(
        scan(seen("Dues", 50), seen("512", 90, sure=0.2)), 2.0, "no text layer", layout=False
    )
    assert (sheet.width, sheet.height) == (150, 200)
    assert [token.text for token in sheet.tokens] == ["Dues", "512"]
    assert sheet.unsure == ["512"]
    assert [rule.box for rule in sheet.rules] == [(10, 120, 90, 121)]
    assert sheet.scanned == "no text layer"
    assert sheet.has_ink


def test_a_lone_dash_is_believed_in_a_table_only() -> None:
    words = [seen("Dues", 50), seen("-", 90, mark=True)]
    assert believed(words, []) == words[:1]
    assert believed(words, [Region("table", (40, 90, 200, 200))]) == words
    assert believed(words, [Region("text", (40, 90, 200, 200))]) == words[:1]


def test_sizes_that_an_image_does_not_tell_apart_are_one() -> None:
    words = [
        seen("a", 10),
        seen("b", 20, size=10.9),
        seen("c", 30, size=10),
        seen("H", 40, size=18),
    ]
    assert [token.size for token in tokens_of(words)] == [10.45, 10.45, 10.45, 18]
    assert [token.baseline for token in tokens_of(words)] == [108] * 4
    assert list(tokens_of([])) == []


def test_the_ledger_is_told_how_well_it_was_read() -> None:
    assert told(scan(seen("Dues", 50)), "no text layer") == (
        "read by OCR (no text layer); confidence 0.99"
    )
    doubtful = scan(*(seen(f"w{n}", 50, sure=0.1) for n in range(MOST_DOUBTS + 1)))
    doubtful.turned = 90
    text = told(doubtful, "x")
    assert "turned by 90 degrees" in text
    assert text.endswith(f"w{MOST_DOUBTS - 1} …")
