"""What a pronoun goes back to: the one name of the question or the answer before it can mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from graph.query.grammar import Grammar
from graph.query.slots import Slot, slots_of, tokens_of
from graph.query.subject_terms import keys_in
from loaders.text.tokenizer import fold, is_cjk

PronounKind = Literal["pointing", "owner", "thing", "person", "several", "place", "sentence"]
_KINDS: tuple[PronounKind, ...] = ("pointing", "owner", "thing", "person", "several", "place")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Where a pronoun stands in a question."""

    kind: PronounKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Referents:
    """What was named before, by what it can be called."""

    persons: tuple[str, ...]
    things: tuple[str, ...]
    owners: tuple[str, ...]
    places: tuple[str, ...]

    @classmethod
    def of(cls, before: str, answer: str, grammar: Grammar) -> Referents:
        """A name as subject or owner goes before one after another preposition."""
        slots = slots_of(before, grammar)
        first = [
            s
            for s in slots
            if s.is_name and (s.kind == "name" or grammar.has("owners", s.preposition))
        ]
        names = _texts(before, first or [slot for slot in slots if slot.is_name])
        measures = _texts(before, [slot for slot in slots if slot.kind == "measure"])
        places = [s for s in slots if s.kind == "object" and grammar.has("places", s.preposition)]
        whole = [n for n in names if " " in n and tokens_of(n, grammar)[0].kind != "article"]
        asks_who = bool(tokens_of(before, grammar)) and grammar.has("who", fold(before.split()[0]))
        told = [name for name in _persons(answer, grammar) if fold(name) not in fold(before)]
        persons = told or whole if asks_who else whole or told
        return cls(
            persons=tuple(dict.fromkeys(persons)),
            things=tuple(dict.fromkeys([*names, *measures])),
            owners=tuple(dict.fromkeys(names or measures)),
            places=tuple(dict.fromkeys(_texts(before, places))),
        )

    def for_kind(self, kind: PronounKind) -> tuple[str, ...]:
        """The candidates; a word for persons may mean a thing where no person was named."""
        if kind == "owner":
            return tuple(dict.fromkeys([*self.owners, *self.persons]))
        if kind == "person":
            return self.persons or self.owners
        if kind == "thing":
            return self.things
        return self.places if kind == "place" else ()


@dataclass(frozen=True, slots=True)
class Referred:
    """The question with the name in the pronoun's place, or the names that it could mean."""

    question: str = ""
    candidates: tuple[str, ...] = ()


def pronoun_in(question: str, grammar: Grammar) -> Pronoun | None:
    """The first pronoun that goes back to something said before this question."""
    plain = _plain(question)
    lower = plain.lower()
    if whole := grammar.sentence.search(lower):
        return Pronoun("sentence", *whole.span())
    masked = _masked(_masked(lower, grammar.empty, lower), grammar.empty, plain)
    for kind in _KINDS:
        found = _pattern(grammar.pronouns[kind], grammar.language).search(masked)
        if found and not _is_bound(question[: found.start()], kind, grammar):
            return Pronoun(kind, *found.span())
    return None


def referred(question: str, referents: Referents, grammar: Grammar) -> Referred:
    """Put the one candidate in the pronoun's place."""
    pronoun = pronoun_in(question, grammar)
    if pronoun is None:
        return Referred(question)
    candidates = _unnamed(referents.for_kind(pronoun.kind), question)
    is_inverted = question[: pronoun.start].endswith("-")  # `est-elle`: other words would move
    is_one = len(candidates) == 1 and not is_inverted
    new = _written(candidates[0], pronoun.kind, grammar) if is_one else ""
    if not new:
        return Referred(candidates=candidates)
    return Referred(f"{question[: pronoun.start]}{new}{question[pronoun.end :]}")


def _unnamed(candidates: Sequence[str], question: str) -> tuple[str, ...]:
    """Without what the question names beside the pronoun: `how many bottles of it` is no bottle."""
    asked = keys_in(question)
    return tuple(one for one in candidates if not (own := keys_in(one)) or not own <= asked)


def _written(name: str, kind: PronounKind, grammar: Grammar) -> str:
    """A name as owner or place; empty if the language would have to bend other words for it."""
    if kind == "owner":
        return grammar.owned.format(name=name) if grammar.owned else ""
    return f"{grammar.place_preposition} {name}" if kind == "place" else name


def _is_bound(start: str, kind: PronounKind, grammar: Grammar) -> bool:
    """Whether the pronoun can go back to a noun before it in its own sentence."""
    tokens = tokens_of(start, grammar)
    pairs = pairwise(tokens)
    if any(one.kind in {"article", "choosing"} and two.kind == "word" for one, two in pairs):
        return True
    if any(token.kind == "name" for token in tokens):
        return not grammar.nouns_are_capitalised
    is_who = bool(tokens) and tokens[0].kind == "asking" and grammar.has("who", tokens[0].key)
    return is_who and kind == "owner"


def _persons(answer: str, grammar: Grammar) -> list[str]:
    """Names of two words and more in an answer: `Anna Berg`."""
    found: list[list[str]] = []
    last_end = -1
    for token in tokens_of(re.sub(r"\[\d+\]", " ", answer), grammar):
        is_part = token.text[:1].isupper() and token.text.isalpha() and len(token.text) > 1
        if is_part and found and last_end == token.start - 1:
            found[-1].append(token.text)
        elif is_part:
            found.append([token.text])
        last_end = token.end if is_part else -1
    return [" ".join(parts) for parts in found if len(parts) > 1]


def _texts(text: str, slots: Sequence[Slot]) -> list[str]:
    return [text[slot.start : slot.end] for slot in slots]


def _plain(text: str) -> str:
    """Without accents, sign for sign, so that places stay."""
    return "".join(c if len(bare := fold(c)) != 1 else _cased(c, bare) for c in text)


def _cased(sign: str, bare: str) -> str:
    return bare.upper() if sign.isupper() else bare


def _masked(text: str, pattern: re.Pattern[str], looked_at: str) -> str:
    for match in pattern.finditer(looked_at):
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text


@cache
def _pattern(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    listed = "|".join(map(re.escape, words))
    edge = "" if any(map(is_cjk, words)) else r"\b"
    return re.compile(f"{edge}(?:{listed}){edge}")
