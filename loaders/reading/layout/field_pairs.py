"""Labels and their values, where a form has them: beside each other, or the label above.

A pair is taken out of what the layout sees and written as `label: value`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.pages.geometry import enclosing, inside, middle, overlap
from loaders.pages.page_layout import Field, Region, Sheet, Token
from loaders.pages.runs import runs
from loaders.pages.word import Box
from loaders.reading.layout.boxed_fields import boxed_fields
from loaders.reading.layout.key_figures import key_figures
from loaders.reading.text_layer.gutters import parted
from loaders.reading.text_layer.line_joining import Line, line_box, lines_of

APART = 1.2
"""Times the size of print: wider white parts two labels of a line."""
FAR = 260.0
"""Points between a label and the field on its line."""
ALIGNED = 3.0
"""Points by which a value may miss the edge of its label."""
LISTED = 3
"""Lines with a label and a value that make a list of such."""
LONG = 6
"""Words: more are no label."""

Phrase = list[Token]


def fields_of(sheet: Sheet) -> list[Field]:
    """The pairs of a page: fields that somebody filled in, key figures, labels above."""
    lines = lines_of(sheet.tokens)
    found = filled_in(sheet.tokens, lines, sheet.widgets)
    found += boxed_fields(sheet.tokens, sheet.rules)
    found += key_figures([phrases_of(line) for line in lines], sheet.fills)
    taken = {id(token) for field in found for token in (*field.label, *field.value, *field.remark)}
    return found + [
        field
        for above, below in labels_over_values(lines, sheet.regions)
        for field in map(Field, above, below)
        if not any(id(token) in taken for token in (*field.label, *field.value))
    ]


def listed_pairs(tokens: Sequence[Token]) -> list[tuple[Phrase, Phrase]]:
    """Of lines with a label at the left of one white stripe and what it names at the right.

    A line without a label goes on with the one above. Numbers and signs of a list are no labels.
    """
    columns = parted(tokens)
    if len(columns) != 2:
        return []
    left = {id(token) for token in columns[0]}
    pairs: list[tuple[Phrase, Phrase]] = []
    for line in lines_of(tokens):
        label = [token for token in line if id(token) in left]
        value = [token for token in line if id(token) not in left]
        if not value or not (label or pairs) or (label and not names_value(label)):
            return []
        if label:
            pairs.append((label, value))
        else:
            pairs[-1][1].extend(value)
    return pairs if len(pairs) >= LISTED else []


def names_value(label: Phrase) -> bool:
    """A few words that name what stands beside them."""
    text = " ".join(token.text for token in label)
    letters = sum(char.isalpha() for char in text)
    return len(label) <= LONG and (letters > 2 or (letters > 0 and text.endswith(":")))


def filled_in(
    tokens: Sequence[Token], lines: Sequence[Line], widgets: Sequence[Box]
) -> list[Field]:
    """Each field of the form that holds words, with its label; a grid of fields is a table."""
    found: list[Field] = []
    for box in widgets:
        value = [token for token in tokens if inside(token.box, box, 0.6)]
        others = [other for other in widgets if other is not box and on_line(other, box)]
        label = label_above(lines, box, widgets)
        if not label and not others:
            label = label_beside(lines, box, widgets)
        if value and label:
            found.append(Field(label, value))
    return found


def on_line(one: Box, other: Box) -> bool:
    """Both stand at one height."""
    return overlap(one[1], one[3], other[1], other[3]) > 0.5 * min(
        one[3] - one[1], other[3] - other[1]
    )


def label_beside(lines: Sequence[Line], box: Box, widgets: Sequence[Box]) -> Phrase:
    """The words to the left on the field's first line, if they are near and no field's own."""
    size = min(20.0, box[3] - box[1])
    for line in lines:
        place = line_box(line)
        if overlap(place[1], place[3], box[1] - 2, box[1] + size) < 0.4 * (place[3] - place[1]):
            continue
        left = [token for token in line if token.box[2] <= box[0] + 2]
        if left and not any(inside(left[-1].box, other, 0.6) for other in widgets):
            phrase = phrases_of(left)[-1]
            return phrase if box[0] - phrase[-1].box[2] < FAR else []
    return []


def label_above(lines: Sequence[Line], box: Box, widgets: Sequence[Box]) -> Phrase:
    """The words right over the field that begin where it does."""
    for line in lines:
        for phrase in phrases_of(line):
            place = enclosing(token.box for token in phrase)
            gap = box[1] - place[3]
            is_near = -2 < gap < 0.8 * phrase[0].size and abs(place[0] - box[0]) < 4 * ALIGNED
            if is_near and not any(inside(place, other, 0.6) for other in widgets):
                return phrase
    return []


def labels_over_values(
    lines: Sequence[Line], regions: Sequence[Region]
) -> Iterator[tuple[list[Phrase], list[Phrase]]]:
    """Two lines that stand apart from all others, each of several phrases that are aligned."""
    for number, (above, below) in enumerate(pairwise(lines)):
        before, after = lines[max(0, number - 1) : number], lines[number + 2 : number + 3]
        labels, values = phrases_of(above), phrases_of(below)
        if (
            2 <= len(labels) == len(values)
            and stands_apart(before, above, below, after)
            and all(is_aligned(*pair) for pair in zip(labels, values, strict=True))
            and are_labels(labels, values)
            and not are_of_table(labels, values, lines, regions)
        ):
            yield labels, values


def phrases_of(line: Sequence[Token]) -> list[Phrase]:
    """The words of a line, parted at wide white."""
    return runs(
        line,
        lambda run, t: t.box[0] - run[-1].box[2] > APART * max(run[-1].size, t.size),
    )


def stands_apart(before: Sequence[Line], above: Line, below: Line, after: Sequence[Line]) -> bool:
    """White over and under the two lines is wider than between them, by more than a line."""
    over, under = line_box(above), line_box(below)
    gap = under[1] - over[3]
    needed = max(gap, 0) + 0.5 * above[0].size
    return (
        gap < 1.2 * max(above[0].size, below[0].size)
        and all(over[1] - line_box(line)[3] > needed for line in before)
        and all(line_box(line)[1] - under[3] > needed for line in after)
    )


def is_aligned(label: Phrase, value: Phrase) -> bool:
    """Both begin, end or are centred at one place."""
    one, other = enclosing(t.box for t in label), enclosing(t.box for t in value)
    return (
        abs(one[0] - other[0]) < ALIGNED
        or abs(one[2] - other[2]) < ALIGNED
        or abs(middle(one)[0] - middle(other)[0]) < ALIGNED
    )


def are_labels(labels: Sequence[Phrase], values: Sequence[Phrase]) -> bool:
    """Short words without figures over what looks otherwise, or has figures."""
    if any(len(phrase) > LONG for phrase in (*labels, *values)):
        return False
    if any(char.isdigit() for phrase in labels for token in phrase for char in token.text):
        return False
    with_figures = sum(any(c.isdigit() for t in phrase for c in t.text) for phrase in values)
    looks_other = all(
        abs(label[0].size - value[0].size) > 0.4 or label[0].bold != value[0].bold
        for label, value in zip(labels, values, strict=True)
    )
    return looks_other or 2 * with_figures >= len(values)


def are_of_table(
    labels: Sequence[Phrase],
    values: Sequence[Phrase],
    lines: Sequence[Line],
    regions: Sequence[Region],
) -> bool:
    """The layout sees a table here, of these two lines alone or of more in the same columns."""
    own = {id(token) for phrase in (*labels, *values) for token in phrase}
    for region in regions:
        if region.kind != "table" or not inside(labels[0][0].box, region.box):
            continue
        others = [
            line for line in lines if inside(line_box(line), region.box) and id(line[0]) not in own
        ]
        return not others or any(goes_on(values, phrases_of(line)) for line in others)
    return False


def goes_on(values: Sequence[Phrase], phrases: Sequence[Phrase]) -> bool:
    """Another line stands in the columns of the values, in all but one at least."""
    held = sum(any(is_aligned(value, phrase) for phrase in phrases) for value in values)
    return held >= max(2, len(values) - 1)
