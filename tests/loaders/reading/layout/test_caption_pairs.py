from __future__ import annotations

from loaders.pages.geometry import enclosing
from loaders.reading.layout.blocks import Block
from loaders.reading.layout.caption_pairs import paired, with_whole_captions
from tests.drawn_words import words_at


def block(kind: str, x: float, y: float, text: str) -> Block:
    tokens = words_at(x, y, text)
    return Block(kind, enclosing(token.box for token in tokens), tokens)


def words_of(one: Block) -> str:
    return " ".join(token.text for token in one.tokens)


TABLE = Block("table", (50.0, 150.0, 400.0, 300.0), words_at(60, 170, "Part 41.0"))


def test_the_caption_right_above_a_table_goes_before_a_sentence_about_it() -> None:
    sentence = block("text", 50, 115, "Table 4 removes one part at a time.")
    caption = block("text", 50, 140, "Table 4: Ablation.")
    assert paired([sentence, caption, TABLE]) == {2: caption}
    after = block("text", 50, 315, "Table 4 shows it.")
    assert paired([caption, TABLE, after]) == {1: caption}


def test_a_caption_between_two_tables_is_that_of_the_lower_one() -> None:
    caption = block("text", 50, 318, "Table 5: Costs.")
    lower = Block("table", (50.0, 336.0, 400.0, 400.0), words_at(60, 350, "Fuel 12.5"))
    assert paired([TABLE, caption, lower]) == {2: caption}
    last = block("text", 50, 412, "Table 6: Drivers.")
    assert paired([TABLE, caption, lower, last]) == {0: caption, 2: last}


def test_the_second_line_of_a_caption_belongs_to_it() -> None:
    caption = block("caption", 60, 125, "Table 5: Energy for one estimate and the life")
    rest = block("text", 60, 137, "an hour (years).")
    whole = with_whole_captions([caption, rest, TABLE])
    assert [words_of(one) for one in whole[:-1]] == [
        "Table 5: Energy for one estimate and the life an hour (years)."
    ]


def test_a_paragraph_below_a_caption_is_none_of_its_lines() -> None:
    caption = block("caption", 60, 125, "Table 5: Energy")
    for rest in (
        block("text", 60, 150, "It rose"),
        block("text", 60, 137, "It rose more than was thought before"),
        block("heading", 60, 137, "Energy"),
    ):
        assert len(with_whole_captions([block("caption", 60, 125, "Table 5: Energy"), rest])) == 2
    assert words_of(caption) == "Table 5: Energy"


def test_a_title_with_its_unit_at_the_right_end_is_no_table() -> None:
    title = block("table", 50, 318, "Table 5: Costs")
    title.tokens += words_at(370, 318, "€ million")
    title.box = enclosing(token.box for token in title.tokens)
    lower = Block("table", (50.0, 336.0, 400.0, 400.0), words_at(60, 350, "Fuel 12.5"))
    blocks = with_whole_captions([TABLE, title, lower])
    assert paired(blocks) == {2: title}
