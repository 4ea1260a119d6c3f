"""Numbers in words, a language each."""

from __future__ import annotations

import pytest

from loaders.text.number_words import counts_in, word_data


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        pytest.param("two hundred and forty sites", "en", [240], id="English, long"),
        pytest.param("twenty-one of a dozen", "en", [21, 12], id="English, hyphen and dozen"),
        pytest.param("five a day, one by one", "en", [5], id="an article is no number"),
        pytest.param("zweihundertvierzig Werke", "de", [240], id="German, one word"),
        pytest.param("fünfundzwanzig oder drei", "de", [3, 25], id="German, ones before tens"),
        pytest.param("quatre-vingt-dix usines", "fr", [90], id="French, four twenties"),
        pytest.param("treinta y cinco plantas", "es", [35], id="Spanish"),
        pytest.param("三十四家工厂和五个仓库", "zh", [34, 5], id="Chinese"),
        pytest.param("一般来说，第三季度", "zh", [], id="Chinese words that count nothing"),
        pytest.param("once upon a time", "en", [], id="a word of another language"),
    ],
)
def test_counts_are_read_as_their_language_has_them(
    text: str, language: str, values: list[int]
) -> None:
    assert sorted(count.value for count in counts_in(text, (language,))) == sorted(values)


def test_a_count_stands_where_it_says() -> None:
    text = "Über zwölf Werke"
    [count] = counts_in(text, ("de",))
    assert text[count.start : count.end] == count.text == "zwölf"


@pytest.mark.parametrize("language", sorted(word_data()))
def test_the_file_of_words_is_whole(language: str) -> None:
    entry = word_data()[language]
    assert len(entry["months"].split("|")) == 12
    assert len(entry["ones"].split()) == 18
    assert len(entry["tens"].split()) == 8
    assert set(entry) <= {"months", "ones", "tens", "other", "times", "one", "joins", "compounds"}
