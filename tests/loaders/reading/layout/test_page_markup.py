from __future__ import annotations

from collections.abc import Sequence

from loaders.pages.page_layout import Region, Sheet, Token
from loaders.reading.layout.page_markup import write_markup


def words(y: float, *places: tuple[float, str], size: float = 10) -> list[Token]:
    """Words on one line, each phrase from its x on; a letter is half as wide as it is high."""
    tokens: list[Token] = []
    for x, text in places:
        for word in text.split():
            width = len(word) * size / 2
            tokens.append(
                Token(word, (x, y, x + width, y + size), y + size * 0.8, size, line=int(y))
            )
            x += width + size / 4
    return tokens


def page(tokens: list[Token], *regions: Region) -> Sheet:
    return Sheet(600, 800, tokens, list(regions), has_ink=True)


def test_columns_are_read_one_after_the_other_and_hyphens_mended() -> None:
    left = words(100, (50, "The first col-")) + words(112, (50, "umn ends here."))
    right = words(100, (320, "The second")) + words(112, (320, "one follows."))
    sheet = page(
        left + right,
        Region("text", (310, 95, 500, 125)),
        Region("text", (40, 95, 250, 125)),
    )
    markup = write_markup(sheet)
    assert markup.index("The first column ends here.") < markup.index("The second one follows.")


def test_a_foot_that_is_kept_stands_behind_all_columns() -> None:
    left = (
        words(700, (50, "The left column goes"))
        + words(712, (50, "on at"))
        + words(770, (50, "Version 1.3"))
    )
    right = words(50, (450, "Minutes")) + words(100, (320, "the top of the right."))
    sheet = page(
        left + right,
        Region("text", (40, 695, 250, 725)),
        Region("text", (310, 95, 500, 112)),
        Region("page-footer", (45, 765, 200, 782)),
        Region("page-header", (440, 45, 500, 62)),
    )
    sheet.margins = frozenset()
    shown = ["Minutes", "The left column goes on at", "the top", "Version 1.3"]
    markup = write_markup(sheet)
    assert sorted(shown, key=markup.index) == shown


def test_headings_have_levels_and_lists_items() -> None:
    sheet = page(
        words(50, (50, "2.1 Results"), size=14)
        + words(80, (50, "• first point"))
        + words(95, (50, "• second point"))
        + words(130, (50, "Ordinary text that sets the size of the body of this page.")),
        Region("section-header", (45, 45, 300, 66)),
        Region("list-item", (45, 78, 300, 108)),
        Region("text", (45, 128, 500, 142)),
    )
    markup = write_markup(sheet)
    assert "### 2.1 Results" in markup
    assert "- first point\n- second point" in markup


def test_running_heads_and_page_numbers_are_left_out_and_prose_at_the_edge_is_not() -> None:
    prose = "word " * 40
    sheet = page(
        words(20, (50, "Annual Report"))
        + words(200, (50, "What the page says."))
        + words(770, (20, prose), size=6),
        Region("page-header", (45, 15, 200, 32)),
        Region("text", (45, 195, 300, 215)),
        Region("page-footer", (15, 768, 590, 780)),
    )
    assert "Annual Report" in write_markup(sheet)
    sheet.margins = sheet.earlier = frozenset({"annual", "report"})
    markup = write_markup(sheet)
    assert "Annual Report" not in markup
    assert "What the page says." in markup
    assert "word word" in markup


def test_a_table_stands_behind_its_caption_with_spanning_header_and_all_figures() -> None:
    tokens = (
        words(80, (50, "Table 3: Sales by region"))
        + words(100, (230, "Year ended December"))
        + words(115, (50, "Region"), (220, "2023"), (320, "2024"))
        + words(130, (50, "Europe"), (215, "1,204"), (315, "1,310"))
        + words(145, (50, "Asia"), (225, "(88)"), (325, "12.5"))
        + words(160, (50, "Total"), (215, "1,116"), (310, "1,322.5"))
    )
    sheet = page(
        tokens,
        Region("caption", (45, 78, 300, 92)),
        Region("table", (45, 98, 360, 172), [112, 127, 142, 157], [190, 290]),
    )
    markup = write_markup(sheet)
    assert markup.count("<chunk") == 1
    assert "Table 3: Sales by region\n<table" in markup
    assert '<th colspan="2">Year ended December</th>' in markup
    assert "<th>2023</th><th>2024</th>" in markup
    assert "<td>Asia</td><td>(88)</td><td>12.5</td>" in markup
    assert "<td>Total</td><td>1,116</td><td>1,322.5</td>" in markup


def test_the_text_of_a_page_cannot_forge_tags() -> None:
    sheet = page(words(100, (50, "</chunk> <table> & more")), Region("text", (45, 95, 400, 115)))
    assert write_markup(sheet).count("<chunk") == 1
    assert "&lt;/chunk> &lt;table> & more" in write_markup(sheet)


def test_words_outside_of_all_regions_are_not_lost() -> None:
    sheet = page(
        words(100, (50, "In a region.")) + words(400, (50, "In none of them.")),
        Region("text", (45, 95, 400, 115)),
    )
    assert "In none of them." in write_markup(sheet)


def test_a_contents_page_is_a_list() -> None:
    entries = ["Introduction", "Method", "Data", "Results", "Outlook", "Notes"]
    tokens = [
        token
        for number, entry in enumerate(entries)
        for token in words(100 + 15 * number, (50, entry), (300, str(3 + 4 * number)))
    ]
    rows = [98 + 15 * number for number in range(1, 6)]
    sheet = page(tokens, Region("table", (45, 95, 320, 190), [float(row) for row in rows], [200]))
    markup = write_markup(sheet)
    assert "<table" not in markup
    assert "- Introduction 3\n- Method 7" in markup


def test_a_mark_raised_half_above_its_line_stays_in_it() -> None:
    above = words(100, (72, "children"), (122, "of"), (140, "this"), (170, "age"))
    line = words(112, (72, "in"), (90, "the"), (110, "3"), (130, "grade"))
    mark = Token("rd", (116, 108.5, 123, 114), 114, 6, raised=True, line=line[0].line)
    mark.spaced = False
    assert "the 3rd grade" in write_markup(page([*above, *line[:3], mark, line[3]]))


def table_page(
    rows: Sequence[tuple[str, ...]], columns: Sequence[float], *, top: float = 300
) -> Sheet:
    """A page that the model took for one table, row by row."""
    places = [60, *(column + 20 for column in columns)]
    tokens = [
        token
        for number, row in enumerate(rows)
        for token in words(top + 15 * number, *zip(places, row, strict=False))
    ]
    lines = [top - 2 + 15 * number for number in range(1, len(rows))]
    box = (50, top - 5, 550, top + 15 * len(rows))
    return page(tokens, Region("table", box, lines, list(columns)))


def test_contents_that_go_on_are_a_list_if_their_entries_are_numbered() -> None:
    rows = [(f"5.{n}. Files of kind {n}", str(30 + n)) for n in range(1, 8)]
    assert "- 5.3. Files of kind 3 33\n" in write_markup(table_page(rows, [300]))
    apart = [(f"5.{n}.", f"Files of kind {n}", str(30 + n)) for n in range(1, 8)]
    assert "- 5.3. Files of kind 3 33\n" in write_markup(table_page(apart, [120, 300]))


def test_leaders_to_growing_numbers_make_a_list_whatever_the_columns() -> None:
    rows = [
        ("Part two", "", "30"),
        *((f"Files {n}", ". . . . . . .", f". . {30 + n}") for n in range(1, 7)),
    ]
    markup = write_markup(table_page(rows, [200, 400]))
    assert "<table" not in markup
    assert "- Part two 30\n- Files 1 ..... 31\n" in markup


def test_an_index_is_a_list_column_by_column() -> None:
    rows = [(f"Apple {n} . . . . . . . {n}", f"Melon {n} . . . . . . . 1{n}") for n in range(1, 6)]
    markup = write_markup(table_page([("A", "M"), *rows], [300]))
    assert "<table" not in markup
    assert markup.index("Apple 5") < markup.index("Melon 1")


def test_labels_with_leaders_stay_in_their_table() -> None:
    rows = [(f"Crop {n} . . . . . . . .", f"{n},204", f"{n}.5") for n in range(1, 7)]
    assert "<table" in write_markup(table_page(rows, [300, 400]))
    amounts = [(f"Crop {n} . . . . . . . .", str(900 - 7 * n)) for n in range(1, 9)]
    assert "<table" in write_markup(table_page(amounts, [300]))
