from pathlib import Path

import pytest

from loaders.errors import SourceError
from loaders.sources import Source, document_name, find_sources, parse_pages


def test_a_folder_is_searched_through_for_pdfs_in_name_order(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.pdf", "deep/a.PDF", "notes.txt"):
        (tmp_path / name).write_bytes(b"%PDF-")
    found = find_sources([str(tmp_path)])
    assert [source.path.name for source in found] == ["b.pdf", "a.PDF"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-")
    assert len(find_sources([str(file), str(tmp_path), str(tmp_path / "." / "a.pdf")])) == 1


def test_a_link_out_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    (tmp_path / "inside" / "own.pdf").write_bytes(b"%PDF-")
    (tmp_path / "inside" / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    assert [source.path.name for source in find_sources([str(tmp_path / "inside")])] == ["own.pdf"]


@pytest.mark.parametrize("name", ["missing.pdf", "a\0b.pdf"], ids=["missing", "with a NUL byte"])
def test_a_name_that_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(SourceError):
        find_sources([name])


def test_a_folder_without_pdfs_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no PDF"):
        find_sources([str(tmp_path)])


def test_two_files_of_one_name_get_the_folder_in_front(tmp_path: Path) -> None:
    paths = [tmp_path.resolve() / year / "report.pdf" for year in ("2022", "2023")]
    first, second = (Source(path, str(path)) for path in paths)
    taken = {"report.pdf": first.origin}
    assert document_name(first, taken) == "report.pdf"
    assert document_name(second, taken) == "2023/report.pdf"


def test_pages_are_counted_from_one_by_people_and_from_zero_by_code() -> None:
    assert parse_pages("1-3,9, 2") == [0, 1, 2, 8]


@pytest.mark.parametrize("text", ["", "0", "5-2", "a", "1-"], ids=str)
def test_what_is_no_list_of_pages_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_pages(text)
