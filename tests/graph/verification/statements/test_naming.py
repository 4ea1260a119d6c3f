from __future__ import annotations

from graph.verification.statements.naming import naming, qualified, spoken
from graph.verification.statements.place_names import places_in


def named(text: str, *paths: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [label.path for label in naming(paths, spoken(text)).named]


def test_a_path_is_named_by_all_words_of_one_of_its_labels() -> None:
    paths = ("Net sales",), ("Cost of sales",), ("Gross profit",)
    assert named("Net sales rose", *paths) == [("Net sales",)]
    assert named("Profit rose", *paths) == []


def test_what_stands_aside_in_brackets_need_not_be_said() -> None:
    assert named("Net income rose", ("Net income (loss)",)) == [("Net income (loss)",)]


def test_a_part_of_another_name_is_not_named_unless_it_is_said_twice() -> None:
    paths = ("V3",), ("V3-mini",)
    assert named("V3-mini scores 5", *paths) == [("V3-mini",)]
    assert named("V3 leads V3-mini", *paths) == [("V3",), ("V3-mini",)]


def test_where_nothing_is_named_every_path_fits() -> None:
    found = naming([("Net sales",), ("Costs",)], spoken("It rose"))
    assert found.fits(("Costs",))
    found = naming([("Net sales",), ("Costs",)], spoken("Costs rose"))
    assert (found.fits(("Costs",)), found.fits(("Net sales",))) == (True, False)


def test_a_country_is_named_by_another_of_its_names() -> None:
    assert named("in Germany", ("Deutschland",), ("Belgium",)) == [("Deutschland",)]


def test_places_where_a_name_is_said() -> None:
    text = "It rose in Germany"
    name = f"@{places_in(text)[0].code}"
    assert qualified(text, frozenset({name})) == [text.index("Germany")]
    assert qualified(text, frozenset({"@none"})) == []


def test_each_word_is_counted() -> None:
    assert spoken("dues and dues")[next(iter(spoken("dues")))] == 2
