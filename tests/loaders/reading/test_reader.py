from __future__ import annotations

from loaders.pages.page import Outcome, Page
from loaders.pages.page_transform import Frame
from loaders.pages.word import Word
from loaders.reading.reader import LOCAL, EmbeddedReader

MARKUP = '<chunk box="10 20 30 40">\nDues rose to 512.\n</chunk>'
WORDS = [
    Word(text, (10 * n, 20, 10 * n + 8, 30))
    for n, text in enumerate(["Dues", "rose", "to", "512."])
]


def page(number: int = 0, **more: object) -> Page:
    made = Page(number, width=100, height=800, words=WORDS, markup=MARKUP)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_the_markup_of_the_child_is_taken_and_audited() -> None:
    reading = EmbeddedReader().read(page(3, label="iv", detail="turned"))
    assert (reading.page, reading.outcome, reading.reader) == (3, Outcome.OK, LOCAL)
    assert (reading.markup, reading.detail, reading.label) == (MARKUP, "turned", "iv")
    assert reading.audit is not None
    assert not reading.audit.is_doubted
    assert reading.usage.usd == 0


def test_a_number_that_the_page_lost_is_doubted() -> None:
    audit = EmbeddedReader().read(page(markup="<chunk>\nDues rose.\n</chunk>")).audit
    assert audit is not None
    assert audit.missing_numbers == ["512"]


def test_what_is_kept_has_its_places_on_the_page_as_it_is_shown() -> None:
    upside_down = Frame((-1, 0, 100, 0, -1, 800), 100, 800)
    reading = EmbeddedReader().read(page(frame=upside_down))
    assert 'box="70 760 90 780"' in reading.markup
    assert reading.words[0].box == (92, 770, 100, 780)


def test_a_page_of_another_file_is_another_reading() -> None:
    reader = EmbeddedReader()
    keys = {reader.fingerprint(sha, page(number)) for sha in ("a", "b") for number in (0, 1)}
    assert len(keys) == 4
    assert reader.fingerprint("a", page(0)) == reader.fingerprint("a", page(0, markup="other"))
