from loaders.chunking.table import Table
from loaders.text.table_names import tells_like_rows

SAID = "Was a member of the board of two shipping lines and of the harbour bank until 2019."


def test_a_row_of_sentences_like_those_below_names_no_columns() -> None:
    rows = [["A. Holt", SAID], ["B. Lund", SAID], ["C. Voss", SAID]]
    assert tells_like_rows(rows)
    assert Table.from_rows(rows).header_rows == 0


def test_a_long_name_above_short_cells_is_a_name_and_so_is_a_short_one_above_long_cells() -> None:
    assert not tells_like_rows([["Name", SAID], ["A. Holt", "1,200"], ["B. Lund", "900"]])
    assert not tells_like_rows([["Name", "Background"], ["A. Holt", SAID], ["B. Lund", SAID]])
    assert not tells_like_rows([])
