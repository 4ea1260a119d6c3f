from __future__ import annotations

from loaders.chunking.table import Table

HEAD = (
    "<tr><td rowspan=2>Model</td><td colspan=2>AIME</td><td rowspan=2>MATH</td>"
    "<td rowspan=2>Codeforces</td></tr><tr><td>pass@1</td><td>cons@64</td></tr>"
)


def rows(*body: list[str]) -> list[list[str]]:
    """The rows below the header as a table of these rows shows them."""
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    table = Table.from_html(f"<table>{HEAD}{lines}</table>")
    return table.rows


def test_names_in_the_first_row_go_to_the_header_and_figures_to_the_row_they_left() -> None:
    found = rows(
        ["mini", "63.6", "80.0", "pass@1", "60 rating"],
        ["0912", "74.4", "83.3", "90.0 94.8", "61"],
        ["Zero", "71.0", "86.7", "95.9", "62"],
    )
    assert found[0] == ["Model", "AIME", "", "MATH pass@1", "Codeforces rating"]
    assert found[2:] == [
        ["mini", "63.6", "80.0", "90.0", "60"],
        ["0912", "74.4", "83.3", "94.8", "61"],
        ["Zero", "71.0", "86.7", "95.9", "62"],
    ]


def test_two_labels_in_one_cell_under_an_empty_one_are_parted() -> None:
    found = rows(
        ["", "9.3", "13.4", "74.6 pass@1", "rating 759"],
        ["GPT Claude", "16.0", "26.7", "78.3", "717"],
        ["o1-mini", "63.6", "80.0", "90.0", "1820"],
    )
    assert [row[0] for row in found[2:]] == ["GPT", "Claude", "o1-mini"]


def test_a_first_row_of_words_and_figures_that_are_many_in_a_cell_stay_as_they_are() -> None:
    words = ["Kind", "MoE", "dense", "MoE", "dense"]
    figures = [["a", "1", "2", "3", "4"], ["b", "5", "6", "7", "8"], ["c", "9", "1", "2", "3"]]
    assert rows(words, *figures)[2:] == [words, *figures]
    fused = ["d e", "78.3 13.1", "74.6 10.8", "90.2 43.2", "90.0"]
    assert rows(*figures, fused)[-1] == fused
