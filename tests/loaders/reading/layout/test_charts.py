from __future__ import annotations

from loaders.pages.page_layout import Fill, Token
from loaders.reading.layout.charts import MARK, chart_text

SHARES = [("Spain", "45%"), ("Italy", "30%"), ("Malta", "25%")]


def word(x: float, y: float, text: str) -> Token:
    """A word whose middle is at x."""
    half = 2 * len(text)
    return Token(text, (x - half, y, x + half, y + 8), y + 7, 8, line=int(y * 10 + x))


def test_bars_have_the_names_of_their_group_and_series() -> None:
    tokens = [word(140, 20, "Alpha"), word(220, 20, "Beta")]
    fills = [Fill((115, 20, 125, 28), "#ff0000"), Fill((198, 20, 208, 28), "#0000ff")]
    for group, (x, first, second) in enumerate([(120, 79.8, 79.2), (220, 96.3, 96.6)]):
        tokens += [word(x - 12, 60 + group, str(first)), word(x + 12, 66 + group, str(second))]
        tokens.append(word(x, 200, ["North", "South"][group]))
        fills.append(Fill((x - 20, 70, x - 4, 190), "#ff0000"))
        fills.append(Fill((x + 4, 76, x + 20, 190), "#0000ff"))
    for step, tick in enumerate(["100", "50", "0"]):
        tokens.append(word(60 - 2 * len(tick), 50 + 50 * step, tick))
    assert chart_text(tokens, fills) == [
        MARK,
        "- North: Alpha 79.8, Beta 79.2",
        "- South: Alpha 96.3, Beta 96.6",
        "Axis: 0 50 100",
    ]


def test_labels_with_one_number_each_are_pairs() -> None:
    tokens = [
        token
        for number, (label, value) in enumerate(
            [("Spain", "45%"), ("Italy", "30%"), ("Malta", "25%")]
        )
        for token in (word(60, 20 + 20 * number, label), word(160, 20 + 20 * number, value))
    ]
    assert chart_text(tokens, [])[1:] == ["- Spain: 45%", "- Italy: 30%", "- Malta: 25%"]


def test_a_drawing_without_numbers_keeps_its_words_in_lines() -> None:
    assert chart_text([word(60, 20, "Client"), word(60, 60, "Server")], []) == ["Client", "Server"]


def test_steps_of_an_axis_on_the_right_are_no_values() -> None:
    tokens = [word(100 + 40 * number, 200, str(2005 + number)) for number in range(4)]
    tokens += [word(280, 180 - 30 * step, str(10 * step)) for step in range(6)]
    assert MARK not in chart_text(tokens, [])


def test_what_is_no_pair_is_said_all_the_same() -> None:
    tokens = [word(120, 20, "Exports")]
    for number, (label, value) in enumerate(SHARES):
        tokens += [word(60, 40 + 20 * number, label), word(160, 40 + 20 * number, value)]
    axis = [
        Token(text, (5, y, 15, y + 30), y, 8, line=999) for text, y in (("of", 90), ("Part", 55))
    ]
    assert chart_text([*tokens, *reversed(axis)], []) == [
        MARK,
        *(f"- {label}: {value}" for label, value in SHARES),
        "Axis: Part of",
        "Exports",
    ]


def test_values_of_two_series_without_a_legend_are_not_paired() -> None:
    tokens = [word(80, 200, "North"), word(160, 200, "South"), word(240, 200, "West")]
    for x, first, second in ((80, "12.5", "9.1"), (160, "14.0", "8.8"), (240, "15.2", "9.9")):
        tokens += [word(x, 60, first), word(x, 120, second)]
    lines = chart_text(tokens, [])
    assert MARK not in lines
    assert sorted(" ".join(lines).split()) == sorted(token.text for token in tokens)


def test_a_year_over_a_bar_is_no_value() -> None:
    tokens = [word(80, 200, "Dues"), word(160, 200, "Rents"), word(240, 200, "Fees")]
    tokens += [
        word(80, 60, "310"),
        word(160, 70, "205"),
        word(240, 80, "87"),
        word(160, 40, "2021"),
    ]
    lines = chart_text(tokens, [])
    assert lines[:4] == [MARK, "- Dues: 310", "- Rents: 205", "- Fees: 87"]
    assert "2021" in lines[4:]


def stack(x: float, parts: list[tuple[str, str]], place: float) -> tuple[list[Token], list[Fill]]:
    """A column of bars from the floor up, each of a colour with its number in the middle."""
    tokens, fills, floor = [], [], 190.0
    for colour, number in parts:
        top = floor - float(number)
        fills.append(Fill((x - 12, top, x + 12, floor), colour))
        tokens.append(word(x + place, (top + floor) / 2 - 4, number))
        floor = top
    return tokens, fills


def test_the_colour_of_a_bar_and_not_its_place_in_the_stack_names_its_number() -> None:
    tokens, fills = [word(140, 228, "Rents"), word(220, 228, "Dues")], []
    fills += [Fill((118, 228, 126, 236), "#aa0000"), Fill((200, 228, 208, 236), "#00aa00")]
    for x, name, rents, dues in ((100, "May", "31", "64"), (180, "June", "52", "23")):
        own, bars = stack(x, [("#00aa00", dues), ("#aa0000", rents)], 0.5)
        tokens += [*own, word(x, 200, name)]
        fills += bars
    assert chart_text(tokens, fills) == [
        MARK,
        "- May: Rents 31, Dues 64",
        "- June: Rents 52, Dues 23",
    ]


def test_bars_that_lie_are_told_by_colour_and_names_of_two_lines_are_one() -> None:
    tokens, fills = [word(120, 10, "Plan"), word(200, 10, "Done")], []
    fills += [Fill((100, 10, 108, 18), "#aa0000"), Fill((180, 10, 188, 18), "#00aa00")]
    for y, names, plan, done in ((40, ["North", "quay"], 71, 48), (90, ["Mole"], 35, 66)):
        tokens += [word(60, y + 9 * line, name) for line, name in enumerate(names)]
        for top, colour, value in ((y - 2, "#aa0000", plan), (y + 10, "#00aa00", done)):
            fills.append(Fill((90, top, 90 + value, top + 10), colour))
            tokens.append(word(100 + value, top + 1, str(value)))
    assert chart_text(tokens, fills)[1:] == [
        "- North quay: Plan 71, Done 48",
        "- Mole: Plan 35, Done 66",
    ]


def test_a_name_without_a_patch_has_the_number_that_is_left_and_no_more() -> None:
    tokens = [word(100, 20, "Rail"), word(160, 20, "Road"), word(220, 20, "Ship")]
    fills = [Fill((142, 20, 150, 28), "#aa0000"), Fill((202, 20, 210, 28), "#00aa00")]
    for x, name, numbers in ((100, "May", "486"), (200, "June", "75")):
        tokens.append(word(x, 200, name))
        for place, number in enumerate(numbers, start=3 - len(numbers)):
            left = x - 24 + 16 * place
            tokens.append(word(left + 8, 100, number))
            if place:
                fills.append(Fill((left, 110, left + 14, 190), ["#aa0000", "#00aa00"][place - 1]))
    lines = chart_text(tokens, fills)
    assert lines == [MARK, "- May: Rail 4, Road 8, Ship 6", "- June: Road 7, Ship 5"]


def test_a_group_without_its_number_leaves_all_to_be_words() -> None:
    tokens = [word(80, 200, "North"), word(160, 200, "South"), word(240, 200, "West")]
    tokens += [word(80, 60, "310"), word(240, 80, "87")]
    assert chart_text(tokens, [])[0] != MARK


def test_an_axis_is_one_where_nothing_is_paired_and_a_list_that_counts_is_none() -> None:
    ticks = ["0", "50", "100", "150"]
    axis = [word(60 - 2 * len(text), 200 - 40 * n, text) for n, text in enumerate(ticks)]
    names = [word(120, 60, "Import"), word(160, 90, "210"), word(170, 130, "64")]
    lines = chart_text([*axis, *names], [])
    assert lines == ["Axis: 0 50 100 150", "Import", "210", "64"]
    steps = [word(60, 40 * step, str(step)) for step in (1, 2, 3)]
    told = [word(120, 40 * step, text) for step, text in ((1, "Open"), (2, "Wash"), (3, "Close"))]
    assert chart_text([*steps, *told], []) == ["1 Open", "2 Wash", "3 Close"]
