"""Hold a reading against the text layer: what it invented, what it lost, which cells are doubtful.

Numbers are compared as they are written. A novel one stands in the markup and nowhere on the page;
a missing one stands on the page more often than in the markup. What the text layer itself glues
or splits, page numbers, running heads and the numbers of a chart's axes raise no doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from loaders.pages.page import Audit
from loaders.pages.word import Word
from loaders.reading.auditing.axis_ticks import axis_ticks
from loaders.reading.auditing.numerals import Numeral, comparable, count_words, numerals
from loaders.reading.auditing.shown_text import ShownCell, shown_text, table_rows
from loaders.reading.auditing.word_recall import word_recall
from loaders.reading.text_layer.headers_footers import LineOfWords, edge_words, lines_by_height

_LONGEST_GLUE = 4
_HIDDEN_SHOWN = 400
_LOOKALIKES = str.maketrans("oOlISBZ", "0011582")
_NAMED = re.compile(r"[^\W\d_]-?\d")
"""A letter before a digit: the digit belongs to a name."""
_NUMBER_CELL = re.compile(r"[^\w.,'’]*\d[\d.,'’ \u00a0\u202f]*[^\w]*")


def audit(
    markup: str,
    words: Sequence[Word],
    *,
    hidden: Sequence[str] = (),
    unsure: Sequence[str] = (),
    notes: Sequence[str] = (),
    height: float = 0.0,
) -> Audit:
    """Compare a page's markup with its visible words.

    `hidden` is text that nobody sees on it, `unsure` are words that OCR is not certain of,
    `notes` what else is to be told of the page.
    """
    shown = shown_text(markup)
    read = numerals(shown)
    edges = {id(word) for word in edge_words(words, height)}
    edges |= _unsaid_ticks(words, read)
    body = [word for word in words if id(word) not in edges]
    known = _page_forms(words, read)
    unseen = {number.form for text in hidden for number in numerals(text)}
    novel = [number for number in read if number.form not in known]
    counts = [number for number in count_words(shown) if number.form not in known]
    lost = _lost(read, body)
    return Audit(
        word_recall=word_recall(shown, _names_once(body)),
        novel_numbers=[number.written for number in novel if number.form not in unseen]
        + [number.written for number in counts]
        + _mistaken(read, words, lost),
        missing_numbers=[number.written for _, number in lost],
        hidden_numbers=[number.written for number in novel if number.form in unseen],
        unsure_numbers=[number.written for word in unsure for number in numerals(word)],
        hidden_text=" ".join(hidden)[:_HIDDEN_SHOWN],
        doubtful_cells=_doubtful_cells(markup, words, {number.form for number in novel}),
        notes=list(notes),
    )


def doubts_in(chunk: str, found: Audit | None) -> list[str]:
    """Return the numbers and cells of one chunk that its page does not bear out, as written."""
    if found is None:
        return []
    shown = shown_text(chunk)
    doubtful = {*found.novel_numbers, *found.hidden_numbers, *found.unsure_numbers}
    written = [number.written for number in (*numerals(shown), *count_words(shown))]
    cells = {_address(row, cell) for row in table_rows(chunk) for cell in row}
    doubts = [number for number in written if number in doubtful]
    return list(dict.fromkeys(doubts + [cell for cell in found.doubtful_cells if cell in cells]))


def _page_forms(words: Sequence[Word], read: Sequence[Numeral]) -> set[str]:
    """Every number that the page can be said to have: written, spelt out, glued or split."""
    text = " ".join(word.text for word in words)
    own = {number.form for word in words for number in numerals(word.text)}
    own |= {number.form for number in count_words(text)}
    glued = {number.form for run in _touching(words) for number in _glued(run)}
    forms = {number.form for number in read}
    split = {part for form in own - forms for part in _parts(form, forms)}
    return own | glued | split


def _unsaid_ticks(words: Sequence[Word], read: Sequence[Numeral]) -> set[int]:
    """The numbers of axes that the reading leaves out: they are marks on a rule, and no values."""
    forms = {number.form for number in read}
    found: set[int] = set()
    for run in axis_ticks(words):
        said = sum(number.form in forms for word in run for number in numerals(word.text))
        if said * 2 < len(run):
            found |= {id(word) for word in run}
    return found


def _names_once(words: Sequence[Word]) -> list[Word]:
    """Without the names (`GPT-4o`) that a legend and its bars bear again and again."""
    names: set[str] = set()
    kept: list[Word] = []
    for word in words:
        if not (_NAMED.search(word.text) and word.text in names):
            kept.append(word)
        names.add(word.text)
    return kept


def _lost(read: Sequence[Numeral], body: Sequence[Word]) -> list[tuple[Word, Numeral]]:
    """List the numbers that stand on the page more often than in the reading, with their words.

    A name's number (`GPT-4o`) is said once where a legend and its bars bear it again and again.
    """
    said = {number.form for number in read}
    spare = Counter(number.form for number in read)
    lost: list[tuple[Word, Numeral]] = []
    for word in body:
        for number in numerals(word.text):
            if spare[number.form]:
                spare[number.form] -= 1
            elif not (number.form in said and _NAMED.search(word.text)):
                lost.append((word, number))
    if not lost:
        return []
    joined = _joined(body, spare)
    return [
        (word, number)
        for word, number in lost
        if id(word) not in joined and not _taken(_parts(number.form, +spare), spare)
    ]


def _mistaken(
    read: Sequence[Numeral], words: Sequence[Word], lost: Sequence[tuple[Word, Numeral]]
) -> list[str]:
    """List numbers that the page has, read once more in place of a lost one that looks like it."""
    on_page = Counter(number.form for word in words for number in numerals(word.text))
    extra = Counter(number.form for number in read) - on_page
    count_lost = Counter(number.form for _, number in lost)
    found: list[str] = []
    for word in words if extra and lost else ():
        for form in {number.form for number in numerals(word.text)} & (+count_lost).keys():
            alike = numerals(word.text.translate(_LOOKALIKES))
            mistaken = next((each for each in alike if each.form in (+extra).keys() - {form}), None)
            if mistaken and on_page[mistaken.form]:
                extra[mistaken.form] -= 1
                count_lost[form] -= 1
                found.append(mistaken.written)
    return found


def _joined(body: Sequence[Word], spare: Counter[str]) -> set[int]:
    """Words that the text layer splits and the reading rightly put together."""
    found: set[int] = set()
    for run in _touching(body):
        apart = Counter(number.form for word in run for number in numerals(word.text))
        together = Counter(number.form for number in _glued(run))
        if _taken(list((together - apart).elements()), spare):
            found |= {id(word) for word in run}
    return found


def _taken(forms: Sequence[str], spare: Counter[str]) -> bool:
    """Take the numbers from those that are left, if all of them are."""
    needed = Counter(forms)
    if not forms or needed - spare:
        return False
    spare.subtract(needed)
    return True


def _touching(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield runs of two to four words that stand so close that they may be one number."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_GLUE, len(words))):
            if not _touch(words[end - 1], words[end]):
                break
            yield words[start : end + 1]


def _touch(before: Word, word: Word) -> bool:
    if not (re.search(r"[\d.,'’]$", before.text) and re.match(r"[\d.,'’]", word.text)):
        return False
    size = before.box[3] - before.box[1]
    is_broken_address = "/" in before.text and word.box[1] > before.box[1] + size / 2
    if is_broken_address:
        return word.box[0] < before.box[0]
    is_level = before.box[1] < (word.box[1] + word.box[3]) / 2 < before.box[3]
    return is_level and -0.2 * size < word.box[0] - before.box[2] < 0.35 * size


def _glued(run: Sequence[Word]) -> list[Numeral]:
    return numerals("".join(word.text for word in run))


def _parts(form: str, forms: Set[str] | Counter[str]) -> list[str]:
    """Cut a run of digits into two numbers of `forms`: a value and its footnote, two columns."""
    for cut in range(1, len(form) if len(form) > 2 else 0):
        parts = [comparable(form[:cut]), comparable(form[cut:])]
        if form[cut].isdigit() and all(part in forms for part in parts):
            return parts
    return []


def _doubtful_cells(markup: str, words: Sequence[Word], novel: set[str]) -> list[str]:
    """List cells with a novel number, and those whose number stands on another line."""
    lines = [_line_forms(line) for line in lines_by_height(words)]
    found: list[str] = []
    for row in table_rows(markup):
        nearby = _row_forms(row, lines)
        for cell in row:
            forms = {number.form for number in numerals(cell.text)}
            is_astray = _is_number(cell) and nearby is not None and not forms <= nearby
            if forms & novel or (is_astray and not cell.is_tall):
                found.append(_address(row, cell))
    return found


def _line_forms(line: LineOfWords) -> set[str]:
    forms = {number.form for number in numerals(line.text)}
    return forms | {number.form for run in _touching(line.words) for number in _glued(run)}


def _row_forms(row: Sequence[ShownCell], lines: Sequence[set[str]]) -> set[str] | None:
    """Return the numbers of the line that shows this row, and its neighbours; None if none does."""
    cells = [{number.form for number in numerals(cell.text)} for cell in row if _is_number(cell)]
    if len(cells) < 3:
        return None
    fits = [sum(forms <= line for forms in cells) for line in lines]
    best = max(range(len(lines)), key=fits.__getitem__, default=-1)
    if best < 0 or fits[best] * 2 <= len(cells):
        return None
    return set().union(*lines[max(0, best - 1) : best + 2])


def _is_number(cell: ShownCell) -> bool:
    return bool(_NUMBER_CELL.fullmatch(cell.text))


def _address(row: Sequence[ShownCell], cell: ShownCell) -> str:
    return f"{row[0].text} › {cell.text}"
