from __future__ import annotations

from graph.query.grammar import grammar, grammar_of


def test_the_longest_phrase_of_a_kind_counts() -> None:
    english = grammar("en")
    assert english.length_at("asking", ["how", "many", "sites"]) == 2
    assert english.length_at("asking", ["the", "how", "much"], 1) == 2
    assert english.length_at("asking", ["sites", "how"]) == 0


def test_the_grammar_is_that_of_the_language_whose_words_a_text_has_the_most_of() -> None:
    assert grammar_of("Wie hoch war der Umsatz in der Schweiz?", "en").language == "de"
    assert grammar_of("How high was the turnover?", "de").language == "en"


def test_where_no_other_has_more_the_language_told_stays() -> None:
    assert grammar_of("EBITDA 2023", "fr").language == "fr"
    assert grammar_of("", "de").language == "de"


def test_braces_of_a_value_stay_as_they_are() -> None:
    english = grammar("en")
    reply, text = next((key, text) for key, text in english.replies.items() if "{" in text)
    name = text.partition("{")[2].partition("}")[0]
    assert "{2023}" in english.say(reply, **{name: "{2023}"})


def test_leads_stand_longest_first_so_that_none_hides_another() -> None:
    lengths = [len(lead) for lead in grammar("en").leads]
    assert lengths == sorted(lengths, reverse=True)
