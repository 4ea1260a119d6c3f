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
