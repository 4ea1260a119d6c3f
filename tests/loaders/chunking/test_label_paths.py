"""How far a name reaches over blanks: as far as the names beside it prove, and no further."""

from __future__ import annotations

from loaders.chunking.label_paths import labels_told, reaching
from loaders.chunking.table import Table

WEEKS = ["Baseline", "Week 10", "Week 24"]


def test_a_name_in_the_middle_holds_for_the_run_that_comes_again_below_it() -> None:
    names = ["", "ECC", "", "", "PLY", "", "", "CON", ""]
    assert reaching(names, WEEKS * 3) == ["ECC"] * 3 + ["PLY"] * 3 + ["CON"] * 3


def test_a_column_of_another_kind_before_the_runs_gets_no_name() -> None:
    assert reaching(["", "2025", "", "", "2024"], ["Note", "£m", "%", "£m", "%"]) == [
        "", "2025", "2025", "2024", "2024",
    ]  # fmt: skip
    assert reaching(["", "", "Group", ""], ["Note", "2025", "2024", "2023"]) == [
        "", "Group", "Group", "Group",
    ]  # fmt: skip


def test_a_name_at_the_left_of_its_columns_holds_up_to_the_next() -> None:
    names = ["Costs", "", "", "Staff", ""]
    assert reaching(names, ["Pay", "Rent", "Other", "Full-time", "Part-time"]) == [
        "Costs", "Costs", "Costs", "Staff", "Staff",
    ]  # fmt: skip


def test_where_nothing_says_what_a_name_in_the_middle_spans_it_names_its_own_column() -> None:
    names = ["", "North", "", "", "South"]
    assert reaching(names, ["Cod", "Hake", "Eel", "Crab", "Squid"]) == names
    names = ["North", "", "South", ""]
    assert reaching(names, ["Cod", "Cod", "Hake", "Eel"]) == names


def test_the_runs_do_not_tell_where_a_column_beside_them_is_like_one_of_theirs() -> None:
    names = ["", "North", "", "South", ""]
    assert reaching(names, ["Cod", "Hake", "Cod", "Hake", "Cod"]) == names


def test_a_label_in_the_middle_of_its_rows_holds_for_the_years_that_come_again() -> None:
    rows = [["Marsh", "2025"], ["", "2024"], ["Okoye", "2025"], ["", "2024"], ["", "2025"]]
    rows.append(["Penrose", "2024"])
    assert [name for name, _ in labels_told(rows)] == ["Marsh"] * 2 + ["Okoye"] * 2 + [
        "Penrose"
    ] * 2


def test_a_label_that_would_name_two_rows_alike_names_neither() -> None:
    rows = [["Marsh", "Cash"], ["", "Shares"], ["Okoye", "Cash"], ["", "Fees"], ["", "Cash"]]
    assert labels_told(rows) == rows


def test_labels_of_rows_hold_down_to_the_next_within_what_stands_before_them() -> None:
    rows = [["Marine", "North", "Cod"], ["", "", "Hake"], ["Freight", "", "Bulk"]]
    assert labels_told(rows) == [
        ["Marine", "North", "Cod"], ["Marine", "North", "Hake"], ["Freight", "", "Bulk"],
    ]  # fmt: skip


def test_a_cell_is_told_under_the_group_over_the_middle_of_its_columns() -> None:
    rows = [
        ["Test", "", "ECC", "", "", "PLY", ""],
        ["", *WEEKS, *WEEKS],
        ["Squat jump", "28.5", "29.3", "29.0", "28.1", "30.4", "29.6"],
    ]
    lines = Table.from_rows(rows).to_lines()
    assert "Squat jump › PLY › Baseline = 28.1" in lines
    assert "Squat jump › ECC › Baseline = 28.5" in lines


def test_a_unit_beside_the_rows_of_a_parameter_does_not_tell_them_apart() -> None:
    rows = [["Current, sleep", "µA"], ["", "µA"], ["Rise time", "ms"]]
    assert [row[0] for row in labels_told(rows)] == [
        "Current, sleep",
        "Current, sleep",
        "Rise time",
    ]
