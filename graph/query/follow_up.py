"""A turn of a conversation as a question that stands alone, by code; or what it lacks for that.

A complete question is left alone. A fragment fills the place of its kind in the question before; a
pronoun takes the one name that it can mean. What is not clear is asked back, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.query.another_of_kind import asks_total, in_total
from graph.query.fragments import (
    Fragment,
    asks_the_same,
    filled,
    is_bare,
    is_clear,
    is_complete,
)
from graph.query.grammar import Grammar, grammar_of
from graph.query.leads import without_lead
from graph.query.pronouns import Referents, pronoun_in, referred
from graph.query.small_talk import is_greeting
from graph.query.unspaced import stand_alone_unspaced
from loaders.text.language_detection import language_of
from loaders.text.tokenizer import is_cjk

LONGEST_SHOWN = 120
UNKNOWN = "?"
"""A question before that cannot be told: nothing goes on from it."""


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question that can be understood without the conversation, or what to ask back."""

    question: str
    ask_back: str = ""


def resolve(question: str, history: Sequence[Sequence[str]]) -> StandAlone:
    """Make the question stand alone after these turns of question and answer."""
    before = answer = ""
    for turn in history:
        asked, said = [*turn, ""][:2]
        if is_greeting(asked):
            continue
        earlier = _resolved(asked, before, answer)
        if not earlier.ask_back:
            before, answer = earlier.question, said
        elif said != earlier.ask_back:  # answered by somebody who knew what it meant
            before, answer = UNKNOWN, said
    return _resolved(question, before, answer)


def stand_alone(question: str, history: Sequence[Sequence[str]]) -> str:
    """The question that stands alone, or the question itself where that cannot be told."""
    return resolve(question, history).question


def _resolved(question: str, before: str, answer: str) -> StandAlone:
    if not before:
        return StandAlone(question)
    language = grammar_of(f"{before} {question}", language_of(question))
    if is_cjk(question) or (is_cjk(before) and not any(map(str.isalpha, question))):
        return _told(question, before, stand_alone_unspaced(question, before, language), language)
    bare, led = without_lead(question, language)
    is_lost = before == UNKNOWN and (pronoun_in(bare, language) or not is_complete(bare, language))
    if is_bare(bare, language) or is_lost:
        return _told(question, before, None, language, reply="unclear")
    if pronoun_in(bare, language):
        return _of_pronoun(question, bare, before, answer, language)
    if is_complete(bare, language) or asks_total(bare, language):
        return _of_sentence(question, bare, before, language, led=led)
    if not led and not is_clear(bare, language):
        return StandAlone(question)
    text = filled(before, Fragment(bare, led, question.islower()), language)
    if text is None and not led and not _begins_like_fragment(bare, language):
        return StandAlone(question)
    return _told(question, before, text, language)


def _of_sentence(
    question: str, bare: str, before: str, language: Grammar, *, led: bool
) -> StandAlone:
    """A question of its own is left alone, unless it asks for more, or the whole, of the last."""
    if asks_total(bare, language):
        return _told(question, before, in_total(before, language), language)
    is_more = led and asks_the_same(bare, before, language)
    more = filled(before, Fragment(bare, led), language) if is_more else None
    return StandAlone(more or (_sentence(bare, question) if led else question))


def _of_pronoun(
    question: str, bare: str, before: str, answer: str, language: Grammar
) -> StandAlone:
    found = referred(bare, Referents.of(before, answer, language), language)
    if found.question:
        return StandAlone(_sentence(found.question, question))
    if len(found.candidates) > 1:
        names = language.replies["or"].join(found.candidates)
        told = language.say("several", asked=question[:LONGEST_SHOWN], names=names)
        return StandAlone(question, told)
    return _told(question, before, None, language, reply="unclear")


def _told(
    question: str, before: str, text: str | None, language: Grammar, reply: str = "missing"
) -> StandAlone:
    if text is not None:
        return StandAlone(text)
    shown = {"asked": question[:LONGEST_SHOWN], "before": before[:LONGEST_SHOWN]}
    return StandAlone(question, language.say(reply, **shown))


def _begins_like_fragment(text: str, language: Grammar) -> bool:
    """Whether it begins with a preposition or a number: no question of its own does."""
    first = text.split()[0].casefold() if text.split() else ""
    return language.has("prepositions", first) or first[:1].isdigit()


def _sentence(text: str, question: str) -> str:
    """With a capital, and with the mark that the question ended with."""
    mark = question.rstrip()[-1:]
    mark = mark if mark in "?!.？" and not text.endswith(mark) else ""
    return f"{text[:1].upper()}{text[1:]}{mark}"
