from __future__ import annotations

from pathlib import Path

import pytest

from loaders.storing.search.lexical_index import FEW, Entry, Lexical
from loaders.text.analyzer import pieces

TEXTS = {
    "table": "DeepSeek-R1-Distill-Qwen-7B › MATH-500 (Pass@1) = 92.8",
    "revenue": "Total revenues were $46,298 in fiscal year 2023, and LiveCodeBench is no company",
    "german": "Die Umsatzerlöse stiegen um 12,5 %. Umsatz und Erlöse: ein Belohnungsmodell.",
    "words": "Belohnung und Modell. Der Größenvergleich kommt später.",
    "chinese": "公司2019年净利润为46,298万元，毛利率有所下降。",
    "japanese": "売上高は増加しました。",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Lexical:
    folder: Path = tmp_path_factory.mktemp("words")
    lexical = Lexical(folder)
    lexical.change(
        new=[Entry(key, "a.pdf", "text", [0], [pieces(text)]) for key, text in TEXTS.items()]
    )
    return lexical


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("deepseek-r1-distill-qwen-7b", "table"),
        ("the 7B Qwen model", "table"),
        ("MATH-500", "table"),
        ("math 500", "table"),
        ("pass@1", "table"),
        ("Live Code Bench", "revenue"),
        ("46298 revenue", "revenue"),
        ("FY2023", "revenue"),
        ("REVENUE", "revenue"),
        ("Umsatzerlose", "german"),
        ("umsatzerloese", "german"),
        ("Erlös", "german"),
        ("12.5", "german"),
        ("Groessenvergleich", "words"),
        ("净利润", "chinese"),
        ("毛利率是多少", "chinese"),
        ("売上高", "japanese"),
    ],
)
def test_what_is_looked_for_is_found_first(index: Lexical, query: str, first: str) -> None:
    assert index.matching(query, 3)[0].chunk_id == first


def test_a_compound_and_its_halves_find_each_other(index: Lexical) -> None:
    held = index.rarity(["belohnung", "modell"])
    assert held["belohnung"] == held["modell"]  # each in the two, or they were not taken apart
    assert {hit.chunk_id for hit in index.matching("Belohnung", 5)} == {"german", "words"}
    assert {hit.chunk_id for hit in index.matching("Belohnungsmodell", 5)} == {"german", "words"}


@pytest.mark.parametrize("query", ["", "?!", "zzz", "NOT OR ( \" ' :", "\0", "a" * 10_000])
def test_a_query_that_holds_nothing_finds_nothing(index: Lexical, query: str) -> None:
    assert index.matching(query, 5) == []


def test_what_most_of_many_chunks_hold_counts_only_where_nothing_else_is_found(
    tmp_path: Path,
) -> None:
    lexical = Lexical(tmp_path)
    few = [Entry(f"f{n}", "a.pdf", "text", [0], [["Alpha", "Beta"]]) for n in range(5)]
    many = (Entry(f"m{n}", "b.pdf", "text", [0], [["Alpha"]]) for n in range(2 * FEW))
    lexical.fill([*few, *many])
    found = lexical.matching("alpha beta", 5)
    assert {hit.chunk_id for hit in found} == {entry.chunk_id for entry in few}
    assert found[0].score == pytest.approx(lexical.matching("beta", 1)[0].score)
    assert len(lexical.matching("alpha beta", 9)) == len(lexical.matching("alpha", 9)) == 9
