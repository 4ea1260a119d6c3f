"""A fragment of a question fills the place of its kind in the question before.

Year takes the place of year, what stands after `in` the place of what stood after `in`, a measure
the place of the measure. Where no place of its kind is found, or two are, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.query.another_of_kind import another_of_its_kind, without_stand_in
from graph.query.grammar import Grammar
from graph.query.leads import MARKS
from graph.query.slots import POSSESSIVE, Phrase, Slot, Token, phrases_of, slots_of, tokens_of
from graph.query.statement_lines import names_line, names_measure, names_thing
from graph.query.subject_terms import keys_in
from loaders.text.tokenizer import fold

LONGEST = 12
"""Words of a fragment; who writes more has written a question."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What is left of a turn without its lead."""

    text: str
    led: bool
    """Whether it was led in, as by `and` or `what about`."""
    is_careless: bool = False
    """Whether the whole turn is in small letters: then they say nothing."""

    def said_by(self, tokens: Sequence[Token]) -> str:
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""


@dataclass(frozen=True, slots=True)
class Change:
    """New words for a span of the question before; an empty span adds them there."""

    start: int
    end: int
    text: str


def is_complete(text: str, grammar: Grammar) -> bool:
    """Whether a question has an asking word or a verb, and something that it is about."""
    tokens = tokens_of(text, grammar)
    keys = [token.key for token in tokens]
    if not tokens or is_bare(text, grammar):
        return False
    if any(grammar.has("requests", key) for key in (keys[0], keys[-1])) or len(tokens) > LONGEST:
        return True
    asks = any(token.kind in {"asking", "choosing", "verb", "support"} for token in tokens)
    return asks and any(token.kind in {"name", "word"} for token in tokens)


def asks_the_same(text: str, before: str, grammar: Grammar) -> bool:
    """Whether a turn only asks for more of a kind: `how many teachers` after `how many pupils`."""
    own, other = tokens_of(text, grammar), tokens_of(before, grammar)
    asked = [[token.key for token in one if token.kind == "asking"] for one in (own, other)]
    has_verb = any(token.kind in {"verb", "support"} for token in own)
    return bool(asked[0]) and asked[0] == asked[1] and not has_verb


def is_bare(text: str, grammar: Grammar) -> bool:
    """Whether it is an asking word alone, as in `Why?`."""
    keys = tuple(token.key for token in tokens_of(text.strip(MARKS), grammar))
    return keys in grammar.words["bare"]


def filled(before: str, fragment: Fragment, grammar: Grammar) -> str | None:
    """The question before with the fragment in its place; None if it has no place there."""
    told = another_of_its_kind(before, fragment.text, grammar)
    if told != "":
        return told
    fragment = replace(fragment, text=without_stand_in(fragment.text, grammar))
    phrases = phrases_of(tokens_of(fragment.text, grammar, begins=not fragment.led))
    slots = slots_of(before, grammar)
    changes: list[Change] = []
    for phrase in phrases:
        change = _change(before, fragment, phrase, slots, grammar)
        if change is None:
            return None
        changes += change
    return _changed(before, changes) if changes and _are_apart(changes) else None


def is_clear(fragment: str, grammar: Grammar) -> bool:
    """Whether words that no `and` leads in are a fragment: one phrase, not a list of keywords."""
    phrases = phrases_of(tokens_of(fragment, grammar))
    kinds = {token.kind for phrase in phrases for token in phrase.tokens}
    is_mixed = len(phrases) > 1 or len(kinds & {"name", "word", "year", "number"}) > 1
    return bool(phrases) and (bool(phrases[0].preposition) or not is_mixed)


def _change(
    before: str,
    fragment: Fragment,
    phrase: Phrase,
    slots: Sequence[Slot],
    grammar: Grammar,
) -> list[Change] | None:
    """What a phrase changes; None if nothing is of its kind."""
    changes = []
    for kind in ("year", "quarter", "superlative"):
        for token in phrase.of(kind)[:1]:
            found = _only([slot for slot in slots if slot.kind == kind])
            if found is None:
                return _added(before, fragment, phrase, slots, grammar) if kind == "year" else None
            if kind == "year" and _is_of_whole_year(fragment, slots):
                return None
            whole = phrase.of("superlative") if kind == "superlative" else (token,)
            changes.append(Change(found.start, found.end, fragment.said_by(whole)))
    if not phrase.of("name", "word", "number"):
        return changes or None
    slot = _slot_for(before, fragment, phrase, slots, grammar)
    if slot is not None:
        put = _put(before, fragment, phrase, slot, grammar)
        return [*changes, put] if put else None
    if changes or phrase.is_numeric:
        return None
    return _added(before, fragment, phrase, slots, grammar)


def _is_of_whole_year(fragment: Fragment, slots: Sequence[Slot]) -> bool:
    """Whether the year as a whole is to take the place of a part of one: `FY 2024` after `H1`."""
    is_part = any(slot.kind == "quarter" for slot in slots)
    return is_part and "@full_year" in keys_in(fragment.text)


def _put(
    before: str, fragment: Fragment, phrase: Phrase, slot: Slot, grammar: Grammar
) -> Change | None:
    """The phrase in the slot; a bound and a time bring their preposition: `above 8`, `at night`."""
    is_of_noun = _is_time(before[slot.start : slot.end], grammar) and slot.kind == "name"
    text = fragment.said_by(phrase.core if is_of_noun else _own(phrase))
    is_governed_so = _is_same(before[slot.start : slot.end], text) or _is_time(text, grammar)
    if slot.kind == "object" and is_governed_so:
        return Change(slot.outer, slot.end, f"{phrase.preposition} {text}".strip())
    if before[slot.end : slot.end + 1] in {"'", "’"}:
        text = POSSESSIVE.sub("", text)
    if slot.inner[1] and not phrase.of("word", "article"):
        return Change(*slot.inner, text)
    if slot.kind != "number":
        return Change(slot.start, slot.end, text)
    counted = fragment.said_by(phrase.of("name", "word"))
    if counted and not before[slot.end :].strip().startswith(counted):
        return None
    is_governed = slot.outer >= 0 and len(before[slot.outer : slot.start].split()) == 1
    if phrase.preposition and phrase.preposition != slot.preposition and is_governed:
        return Change(slot.outer, slot.end, f"{phrase.preposition} {text}")
    return Change(slot.start, slot.end, text)


def _own(phrase: Phrase) -> list[Token]:
    """The phrase's words that take the place: without periods, and of a number no article."""
    if phrase.is_numeric:
        return list(phrase.of("number", "light", "unit"))
    kinds = ["name", "word", "number", "light"]
    return list(phrase.of(*kinds, *([] if phrase.of("superlative") else ["article"])))


def _slot_for(
    before: str,
    fragment: Fragment,
    phrase: Phrase,
    slots: Sequence[Slot],
    grammar: Grammar,
) -> Slot | None:
    if phrase.is_numeric:
        return _number_slot(before, phrase, slots)
    if _is_time(fragment.said_by(phrase.core), grammar):
        return _time_slot(before, slots, grammar) or _time_of_noun(before, grammar)
    if phrase.preposition:
        return _object_slot(before, fragment, phrase, slots, grammar)
    return _bare_slot(before, fragment, phrase, slots, grammar)


def _number_slot(before: str, phrase: Phrase, slots: Sequence[Slot]) -> Slot | None:
    """A number of the same unit, or after the same preposition, or the only one."""
    numbers = [slot for slot in slots if slot.kind == "number"]
    units = {token.text for token in phrase.of("unit")}
    of_unit = [s for s in numbers if before[s.start : s.end].split()[-1] in units]
    if len(of_unit) == 1:
        return of_unit[0]
    same = [slot for slot in numbers if slot.preposition == phrase.preposition]
    return _only(same or numbers)


def _time_slot(before: str, slots: Sequence[Slot], grammar: Grammar) -> Slot | None:
    """`At the weekend` takes the place of `on weekdays`, not that of `at the museum`."""
    texts = [(slot, before[slot.start : slot.end]) for slot in slots if slot.kind == "object"]
    times = [slot for slot, text in texts if _is_time(text, grammar)]
    found = _only(times)
    is_more = found is not None and found.is_name and " " in before[found.start : found.end]
    return None if is_more else found  # `im Museum werktags`


def _time_of_noun(before: str, grammar: Grammar) -> Slot | None:
    """The time that a noun is said of: `the summer mean`."""
    pairs = pairwise(tokens_of(before, grammar))
    times = [one for one, noun in pairs if _is_time(one.text, grammar) and noun.kind == "word"]
    return Slot("name", times[0].start, times[0].end) if len(times) == 1 else None


def _object_slot(
    before: str, fragment: Fragment, phrase: Phrase, slots: Sequence[Slot], grammar: Grammar
) -> Slot | None:
    """What stands after the same preposition, or whose it is: `for Norvale` is `Norvale's`.

    The same words after another preposition bring theirs: `during delivery`, not `after`.
    """
    text = fragment.said_by(_own(phrase))
    every = [slot for slot in slots if slot.kind == "object"]
    objects = [s for s in every if not _is_time(before[s.start : s.end], grammar)]
    same = [s for s in objects if s.preposition == phrase.preposition]
    same = same or [s for s in objects if _is_same(before[s.start : s.end], text)]
    if same or not grammar.has("owners", phrase.preposition):
        return _only(same)
    owners = [
        s for s in slots if s.is_name and (s.kind == "name" or grammar.has("owners", s.preposition))
    ]
    owners = [s for s in owners if not names_line(before[s.start : s.end])]
    is_told = any(before[s.end : s.end + 1] in {"'", "’"} or s.preposition for s in owners)
    return _only(owners if is_told else [*owners, *(s for s in objects if s.is_name)])


def _bare_slot(
    before: str,
    fragment: Fragment,
    phrase: Phrase,
    slots: Sequence[Slot],
    grammar: Grammar,
) -> Slot | None:
    """A name for a name, a measure for the measure."""
    text = fragment.said_by(_own(phrase))
    measures = [slot for slot in slots if slot.kind == "measure"]
    old = before[measures[0].start : measures[0].end] if len(measures) == 1 else ""
    rivals = [
        slot
        for slot in slots
        if slot.kind in {"object", "name"} and not any(_holds(one, slot) for one in measures)
    ]
    names = [slot for slot in rivals if slot.is_name]
    if fragment.is_careless and names_thing(text):
        alike = [slot for slot in rivals if names_thing(before[slot.start : slot.end])]
        if len(alike) == 1:
            return alike[0]
    if names_measure(text) or (old and phrase.of("superlative")):
        return measures[0] if old and (fragment.led or names_line(old)) else None
    if _is_name(phrase, grammar, led=fragment.led):
        is_either = grammar.nouns_are_capitalised and bool(old) and not _has_article(old, grammar)
        return None if is_either or not names else _likest(phrase, names, before, grammar)
    if fragment.is_careless and names_line(old):
        return _only(names)  # no measure, and without capitals it may be a name
    return _led_slot(before, phrase, measures, rivals, grammar) if fragment.led else None


def _led_slot(
    before: str,
    phrase: Phrase,
    measures: Sequence[Slot],
    rivals: Sequence[Slot],
    grammar: Grammar,
) -> Slot | None:
    """What words in small letters take the place of: the measure, or what has it.

    `The library` is no budget, but may have one; what is counted is in the place of what was.
    """
    if not measures:
        return _only(rivals)
    if len(measures) > 1:
        return None
    old = before[measures[0].start : measures[0].end]
    asking = [token.end for token in tokens_of(before, grammar) if token.kind == "asking"]
    is_counted = any(end + 1 == measures[0].start for end in asking)
    if names_measure(old) and not is_counted:
        return _only(rivals)
    others = [before[slot.start : slot.end] for slot in rivals if not slot.is_name]
    is_alike = phrase.of("article") and _has_article(old, grammar)
    is_told = is_alike and not any(_has_article(one, grammar) for one in others)
    return measures[0] if is_told or not others else None


def _is_time(text: str, grammar: Grammar) -> bool:
    """Whether it is a part of a day, a week or a year: its last word says so."""
    return bool(text) and grammar.has("times", fold(text.split()[-1]))


def _is_same(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _holds(one: Slot, other: Slot) -> bool:
    return one.start <= other.start and other.end <= one.end


def _is_name(phrase: Phrase, grammar: Grammar, *, led: bool) -> bool:
    """Written like a name; a German noun without an article may be one."""
    if grammar.nouns_are_capitalised:
        return not phrase.of("article")
    return bool(phrase.of("name")) or not (led or _is_lower(phrase))


def _is_lower(phrase: Phrase) -> bool:
    return all(token.text.islower() for token in phrase.of("word"))


def _likest(phrase: Phrase, names: Sequence[Slot], before: str, grammar: Grammar) -> Slot | None:
    """The name that is written like it: with digits, or with an article; of several the last."""
    shape = _shape(" ".join(token.text for token in _own(phrase)), grammar)
    shapes = [(slot, _shape(_name_in(slot, before), grammar)) for slot in names]
    alike = [slot for slot, one in shapes if one == shape]
    bare = [slot for slot, one in shapes if one[2] == shape[2]]
    return alike[-1] if alike else _only(bare)


def _name_in(slot: Slot, before: str) -> str:
    start, end = slot.inner if slot.inner[1] else (slot.start, slot.end)
    return before[start:end]


def _shape(text: str, grammar: Grammar) -> tuple[bool, bool, bool]:
    """Digits, a hyphen; an article, which a name with digits may have or not."""
    digits = bool(re.search(r"\d", text))
    return digits, "-" in text, not digits and _has_article(text, grammar)


def _has_article(text: str, grammar: Grammar) -> bool:
    return bool(text) and tokens_of(text, grammar)[0].kind == "article"


def _added(
    before: str, fragment: Fragment, phrase: Phrase, slots: Sequence[Slot], grammar: Grammar
) -> list[Change] | None:
    """`In Belgium` narrows a question that has no other name to be taken for its place."""
    is_period = bool(phrase.of("year")) and not phrase.of("name", "word")
    rivals = {"year"} if is_period else {"object", "name"}
    taken = any(s.is_name or s.kind != "name" for s in slots if s.kind in rivals)
    if _is_time(fragment.said_by(phrase.core), grammar):
        taken = any(_is_time(token.key, grammar) for token in tokens_of(before, grammar))
    if not phrase.preposition or taken:
        return None
    start = fragment.text.rfind(" ", 0, max(phrase.tokens[0].start - 1, 0)) + 1
    end = len(before.rstrip(MARKS))
    return [Change(end, end, f" {fragment.text[start : phrase.tokens[-1].end]}")]


def _only(slots: Sequence[Slot]) -> Slot | None:
    return slots[0] if len(slots) == 1 else None


def _are_apart(changes: Sequence[Change]) -> bool:
    ordered = sorted(changes, key=lambda change: change.start)
    return all(one.end <= other.start for one, other in pairwise(ordered))


def _changed(before: str, changes: Sequence[Change]) -> str:
    for change in sorted(changes, key=lambda change: -change.start):
        before = before[: change.start] + change.text + before[change.end :]
    return before
