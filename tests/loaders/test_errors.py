from __future__ import annotations

import pytest

from loaders import errors
from loaders.errors import (
    FileChangedError,
    PageError,
    PagewiseError,
    SourceError,
    UsageError,
    without_page,
)


def test_the_drawn_tree_names_the_kinds_that_a_user_meets() -> None:
    drawn = str(errors.__doc__)
    below = {
        kind.__name__
        for kind in PagewiseError.__subclasses__()
        if kind.__module__ == errors.__name__
    }
    assert [name for name in sorted(below) if name not in drawn] == []


def test_a_wrong_command_ends_otherwise_than_a_failure() -> None:
    assert (UsageError.exit_code, PagewiseError.exit_code, SourceError.exit_code) == (2, 1, 1)


def test_pages_are_told_from_one_and_kept_from_zero() -> None:
    error = PageError("a.pdf", 6, "cannot be drawn")
    assert str(error) == "a.pdf, page 7: cannot be drawn"
    assert (error.source, error.page, error.reason) == ("a.pdf", 6, "cannot be drawn")


def test_a_name_that_is_no_utf8_can_be_printed() -> None:
    error = SourceError("caf\udce9.pdf", "is missing")
    assert str(error) == "caf\\xe9.pdf: is missing"
    str(error).encode()


def test_a_file_that_changed_says_what_to_do() -> None:
    with pytest.raises(SourceError, match=r"a\.pdf: was saved while it was read; run it again"):
        raise FileChangedError("a.pdf")


def test_one_page_is_told_as_one() -> None:
    assert without_page(1, 2) == "has 1 page, and no page 2"
    assert without_page(3, 4) == "has 3 pages, and no page 4"
