from __future__ import annotations

from loaders.pages.runs import between_white, ranges, runs


def test_an_item_that_begins_another_run_does_not_go_on_with_the_last() -> None:
    assert runs([1, 2, 5, 6, 9], lambda run, number: number > run[-1] + 1) == [[1, 2], [5, 6], [9]]
    assert runs("abab", lambda run, letter: letter in run) == [["a", "b"], ["a", "b"]]
    assert runs([], lambda run, number: True) == []


def test_numbers_that_follow_each_other_are_one_range() -> None:
    assert ranges([8, 0, 1, 2]) == [range(3), range(8, 9)]
    assert ranges([]) == []


def test_white_parts_boxes_along_an_axis_though_one_of_them_is_long() -> None:
    long, short, far = (0.0, 0.0, 50.0, 9.0), (5.0, 20.0, 10.0, 29.0), (60.0, 0.0, 70.0, 9.0)
    found = between_white([far, short, long], lambda box: box, axis=0, gap=3)
    assert found == [[long, short], [far]]
    assert between_white([far, short, long], lambda box: box, axis=1, gap=3) == [
        [far, long],
        [short],
    ]
