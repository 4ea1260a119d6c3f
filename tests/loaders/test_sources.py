import os
from pathlib import Path

import pytest

from loaders.errors import SourceError
from loaders.sources import Source, document_name, find_sources, parse_pages


def test_a_folder_is_searched_through_for_all_that_can_be_read_and_tells_the_rest(
    tmp_path: Path,
) -> None:
    for folder in ("deep", ".git"):
        (tmp_path / folder).mkdir()
    names = ("b.pdf", "deep/a.PDF", "notes.txt", "c.docx", "d.zip", ".git/e.md", "~$c.docx")
    for name in names:
        (tmp_path / name).write_bytes(b"%PDF-")
    told: list[SourceError] = []
    found = find_sources([str(tmp_path)], on_skip=told.append)
    assert [source.path.name for source in found] == ["b.pdf", "c.docx", "a.PDF", "notes.txt"]
    assert [str(one) for one in told] == [f"{tmp_path}/d.zip: of no kind that is read"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-")
    assert len(find_sources([str(file), str(tmp_path), str(tmp_path / "." / "a.pdf")])) == 1


def test_a_link_out_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    (tmp_path / "inside" / "own.pdf").write_bytes(b"%PDF-")
    (tmp_path / "inside" / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    told: list[SourceError] = []
    found = find_sources([str(tmp_path / "inside")], on_skip=told.append)
    assert [source.path.name for source in found] == ["own.pdf"]
    assert str(told[0]).endswith("link.pdf: a link that leads out of the folder")


@pytest.mark.parametrize(
    "name", ["missing.pdf", "a\0b.pdf", ""], ids=["missing", "with a NUL byte", "empty"]
)
def test_a_name_that_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(SourceError):
        find_sources([name])


def test_a_folder_of_which_nothing_can_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nothing in the folder"):
        find_sources([str(tmp_path)])


def test_two_files_of_one_name_get_the_folder_in_front(tmp_path: Path) -> None:
    paths = [tmp_path.resolve() / year / "report.pdf" for year in ("2022", "2023")]
    first, second = (Source(path, str(path)) for path in paths)
    taken = {"report.pdf": first.origin}
    assert document_name(first, taken.get) == "report.pdf"
    assert document_name(second, taken.get) == "2023/report.pdf"


def test_pages_are_counted_from_one_by_people_and_from_zero_by_code() -> None:
    assert parse_pages("1-3,9, 2") == [0, 1, 2, 8]


@pytest.mark.parametrize("text", ["", "0", "5-2", "a", "1-"], ids=str)
def test_what_is_no_list_of_pages_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_pages(text)


def test_what_a_shell_makes_of_another_programs_output_is_told_by_its_name() -> None:
    ours, theirs = os.pipe()  # as `<(…)` is handed over; its link leads to no path
    try:
        with pytest.raises(SourceError, match=f"^/dev/fd/{ours}: is no regular file"):
            find_sources([f"/dev/fd/{ours}"])
    finally:
        os.close(ours)
        os.close(theirs)
