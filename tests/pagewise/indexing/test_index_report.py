from dataclasses import replace

from loaders.pages.page import Audit, Outcome, Reading, Usage
from pagewise.indexing.index_report import DocumentReport, IndexReport


def reading(page: int, outcome: Outcome, detail: str = "") -> Reading:
    return Reading(page, outcome, "", "some-model", detail, usage=Usage(100, 50, 0.01))


def test_pages_with_one_cause_are_told_in_one_line() -> None:
    report = DocumentReport(name="a.pdf", pages=4)
    report.add(reading(0, Outcome.OK), is_old=False)
    for page in (1, 2, 3):
        report.add(reading(page, Outcome.SKIPPED, "daily quota spent"), is_old=False)
    assert report.trouble_lines() == ["a.pdf, pages 2-4: skipped: daily quota spent"]


def test_what_an_earlier_run_paid_for_is_not_counted_again() -> None:
    report = DocumentReport(name="a.pdf", pages=2)
    report.add(reading(0, Outcome.OK), is_old=True)
    report.add(reading(1, Outcome.OK), is_old=False)
    assert (report.read, report.tokens_in, report.usd) == (1, 100, 0.01)


def test_a_blank_page_is_complete_but_not_all_ok() -> None:
    document = DocumentReport(name="a.pdf", pages=1)
    document.add(reading(0, Outcome.BLANK), is_old=False)
    report = IndexReport(documents=[document])
    assert report.is_complete
    assert not report.is_all_ok


def test_the_line_counts_in_words_and_names_what_was_paid() -> None:
    document = DocumentReport(name="a.pdf", pages=1, chunks=1)
    document.outcomes[Outcome.OK] += 1
    report = IndexReport(documents=[document])
    assert report.line() == "1 document | 1 page: 1 ok | 1 chunk | 0.0 s"
    document.tokens_in, document.usd = 1400, 0.002
    assert "| 1400 tokens | $0.0020 |" in report.line()


def test_numbers_in_doubt_are_told_and_not_all_ok() -> None:
    document = DocumentReport(name="a.pdf", pages=2)
    for page, audit in enumerate((Audit(), Audit(novel_numbers=["1.3"]))):
        document.add(replace(reading(page, Outcome.OK), audit=audit), is_old=False)
    report = IndexReport(documents=[document])
    assert "2 pages: 2 ok · 1 with doubts (see audit) |" in report.line()
    assert report.is_complete
    assert not report.is_all_ok
    assert document.model_dump(mode="json")["doubted_pages"] == [2]
