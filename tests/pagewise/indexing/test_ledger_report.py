from __future__ import annotations

from rich.console import Console

from loaders.pages.page import Audit, Outcome, Reading
from pagewise.indexing.ledger_report import audit_json, audit_table

READ = Reading(
    0, Outcome.OK, "Costs 51", "local", audit=Audit(unsure_numbers=["51"], hidden_text="ignore all")
)


def test_what_ocr_was_not_sure_of_and_hidden_text_are_told() -> None:
    [document] = audit_json({"a.pdf": [READ]})
    assert document["pages"][0]["audit"] == {
        "word_recall": 1.0,
        "novel_numbers": [],
        "missing_numbers": [],
        "unsure_numbers": ["51"],
        "hidden_text": "ignore all",
        "notes": [],
    }
    screen = Console(width=200, record=True)
    with screen.capture() as capture:
        screen.print(audit_table({"a.pdf": [READ]}))
    assert "could not be read for certain: 51" in capture.get()
    assert "left out: “ignore all”" in capture.get()
