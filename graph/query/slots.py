"""What a question is about, place by place: periods, numbers, names, the measure asked for.

A place has its kind, so that a later fragment ("and in 2022?") fills the place of its own kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from graph.query.grammar import Grammar
from loaders.text.tokenizer import fold

SlotKind = Literal["year", "quarter", "number", "superlative", "object", "name", "measure"]

_TOKEN = re.compile(r"\w+(?:[-.,/'’&]\w+)*['’]?|[°%€$£¥]\w*|[^\w\s]")
_ELIDED = re.compile(r"[^\W\d_]{1,2}['’](?=\w)")
_YEAR = re.compile(r"(?:fy|gj)?(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?")
_QUARTER = re.compile(r"q[1-4]|[1-4]q|[hs][12]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:-\d+(?:[.,]\d+)*)?")
POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_LONGEST_UNIT = 3
_CUTS = {"asking", "choosing", "verb", "support", "request", "preposition", "mark"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, where it stands, and what it does there."""

    text: str
    key: str
    start: int
    end: int
    kind: str = "word"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words between two prepositions, verbs or signs, and what stands before them."""

    tokens: tuple[Token, ...]
    before: Token | None = None
    """The word that it was cut off by."""
    is_asked: bool = True
    """Whether an asking word stands somewhere before it."""

    @property
    def after(self) -> str:
        """What the word before it does: asking, choosing, verb, support, preposition."""
        return self.before.kind if self.before else ""

    @property
    def preposition(self) -> str:
        return self.before.key if self.before and self.before.kind == "preposition" else ""

    @property
    def outer(self) -> int:
        return self.before.start if self.before and self.preposition else -1

    @property
    def core(self) -> tuple[Token, ...]:
        """Without articles and periods."""
        return tuple(t for t in self.tokens if t.kind not in {"article", "year", "quarter", "span"})

    def of(self, *kinds: str) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.kind in kinds)

    @property
    def is_numeric(self) -> bool:
        """Whether it is a number, perhaps with what is counted."""
        kinds = [token.kind for token in self.core if token.kind != "light"]
        return kinds[:1] == ["number"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a question that something else of its kind can take."""

    kind: SlotKind
    start: int
    end: int
    preposition: str = ""
    is_name: bool = False
    outer: int = -1
    """Where its preposition starts."""
    inner: tuple[int, int] = (0, 0)
    """The name in it that is said of a noun, as in `the Bakery segment`."""


def tokens_of(text: str, grammar: Grammar, *, begins: bool = True) -> list[Token]:
    """The words with what each does; where a sentence `begins`, a capital says nothing."""
    raw = list(_raw(text, grammar))
    keys = [token.key for token in raw]
    found: list[Token] = []
    while len(found) < len(raw):
        place = len(found)
        kind, length = _kind_at(raw, keys, place, grammar, begins=begins)
        for token in raw[place : place + length]:
            found.append(Token(token.text, token.key, token.start, token.end, kind))
    return _ranges(found, grammar)


def _raw(text: str, grammar: Grammar) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        start, word = match.start(), match[0]
        elided = _ELIDED.match(word)
        if elided and any(grammar.has(k, fold(elided[0])) for k in ("articles", "prepositions")):
            yield Token(elided[0], fold(elided[0]), start, start + elided.end())
            start, word = start + elided.end(), word[elided.end() :]
        yield Token(word, fold(word).replace("’", "'"), start, start + len(word))


def _kind_at(
    raw: Sequence[Token], keys: Sequence[str], place: int, grammar: Grammar, *, begins: bool
) -> tuple[str, int]:
    token = raw[place]
    if not re.search(r"\w|[°%€$£¥]", token.text):
        return "mark", 1
    if not place and grammar.has("requests", token.key):
        return "request", 1
    for kind in ("asking", "superlatives", "supports", "verbs", "prepositions", "articles"):
        if length := grammar.length_at(kind, keys, place):
            return _named(kind, token, grammar), length
    return _kind_of_word(raw, place, grammar, begins=begins), 1


def _named(kind: str, token: Token, grammar: Grammar) -> str:
    if kind == "asking" and grammar.has("choosing", token.key):
        return "choosing"
    singular = {"supports": "support", "verbs": "verb", "prepositions": "preposition"}
    return singular.get(kind, kind.removesuffix("s"))


def _kind_of_word(raw: Sequence[Token], place: int, grammar: Grammar, *, begins: bool) -> str:
    token = raw[place]
    if _YEAR.fullmatch(token.key):
        return "year"
    if _QUARTER.fullmatch(token.key):
        return "quarter"
    if grammar.has("period", token.key) and _near_year(raw, place):
        return "span"
    if _NUMBER.fullmatch(token.key):
        return "number"
    if place and _NUMBER.fullmatch(raw[place - 1].key) and _is_unit(token):
        return "unit"
    if grammar.has("light", token.key):
        return "light"
    return "name" if _is_name(token, is_first=begins and place == 0) else "word"


def _near_year(raw: Sequence[Token], place: int) -> bool:
    near = raw[max(place - 2, 0) : place + 3]
    return any(_YEAR.fullmatch(token.key) for token in near)


def _is_unit(token: Token) -> bool:
    return not token.text[0].isalpha() or len(token.text) <= _LONGEST_UNIT


def _is_name(token: Token, *, is_first: bool) -> bool:
    """Written like a name; the first word of a sentence is, whatever it means."""
    inner = any(char.isupper() or char.isdigit() for char in token.text[1:])
    return (
        inner
        or bool(POSSESSIVE.search(token.text) and token.text[0].isupper())
        or (token.text[0].isupper() and not is_first)
    )


def _ranges(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """A preposition between two numbers makes one of them: `5 to 9 units`."""
    for place in range(1, len(tokens) - 1):
        token = tokens[place]
        sides = {tokens[place - 1].kind, tokens[place + 1].kind}
        if token.kind == "preposition" and sides <= {"number", "unit"}:
            tokens[place] = Token(token.text, token.key, token.start, token.end, "light")
    return tokens


def phrases_of(tokens: Sequence[Token]) -> list[Phrase]:
    """Cut at prepositions, verbs, asking words and signs."""
    found: list[Phrase] = []
    run: list[Token] = []
    before: Token | None = None
    is_asked = False
    for token in [*tokens, Token("", "", 0, 0, "mark")]:
        if token.kind not in _CUTS:
            run.append(token)
            continue
        if run:
            found.append(Phrase(tuple(run), before, is_asked))
        run, before = [], token
        is_asked = is_asked or token.kind in {"asking", "choosing", "request"}
    return found


def slots_of(text: str, grammar: Grammar) -> list[Slot]:
    """The places of a question, in order."""
    phrases = phrases_of(tokens_of(text, grammar))
    found: list[Slot] = []
    for place, phrase in enumerate(phrases):
        found += _periods(phrase)
        if superlative := phrase.of("superlative"):
            found.append(Slot("superlative", *_span(superlative)))
        if phrase.of("number"):
            spans = map(_span, _numeric_runs(phrase))
            found += [Slot("number", *one, phrase.preposition, outer=phrase.outer) for one in spans]
        elif phrase.preposition:
            found += _object(phrase)
        else:
            found += _subject(phrase, phrases[place + 1 :], grammar)
    return found


def _numeric_runs(phrase: Phrase) -> list[list[Token]]:
    """Each number with what is counted by it: of `Lyra 25 mg on day 16` two."""
    runs: list[list[Token]] = [[]]
    for token in phrase.tokens:
        if token.kind in {"number", "light", "unit"}:
            runs[-1].append(token)
        else:
            runs.append([])
    return [run for run in runs if any(token.kind == "number" for token in run)]


def _periods(phrase: Phrase) -> list[Slot]:
    years = [Slot("year", t.start, t.end, phrase.preposition) for t in phrase.of("year")]
    quarters = [Slot("quarter", t.start, t.end, phrase.preposition) for t in phrase.of("quarter")]
    return [*years, *quarters]


def _object(phrase: Phrase) -> list[Slot]:
    """What a preposition governs."""
    core = phrase.of("name", "word")
    if not core:
        return []
    start = min(token.start for token in phrase.tokens if token.kind in {"article", "name", "word"})
    end = POSSESSIVE.sub("", core[-1].text)
    last = core[-1].start + len(end)
    names = list(takewhile(lambda token: token.kind == "name", core))
    inner = _span(names) if names and len(names) < len(core) else (0, 0)
    return [Slot("object", start, last, phrase.preposition, bool(names), phrase.outer, inner)]


def _subject(phrase: Phrase, rest: Sequence[Phrase], grammar: Grammar) -> list[Slot]:
    """Whose it is, and what is asked for: `Norvale's` `operating profit`."""
    names = _leading_names(phrase, grammar)
    found = [_name_slot(phrase, names)] if names else []
    others = [t for t in phrase.tokens if t.kind in {"word", "name"} and t not in names]
    is_owned = bool(names) and POSSESSIVE.search(names[-1].text) is not None
    is_subject = phrase.is_asked and phrase.after != "support"
    if others and (is_owned or not names) and is_subject:
        start = others[0].start if names else _with_article(phrase, others[0])
        found.append(Slot("measure", start, _joined_end(others[-1].end, rest, grammar)))
    elif others and not names and phrase.after == "support" and phrase.of("article"):
        end = [token for token in others if token.kind == "word"][:1]  # `did the railway earn`
        found.append(Slot("name", _with_article(phrase, others[0]), end[-1].end)) if end else None
    return found


def _with_article(phrase: Phrase, first: Token) -> int:
    """Where a noun starts, its article included."""
    place = phrase.tokens.index(first)
    has = place > 0 and phrase.tokens[place - 1].kind == "article"
    return phrase.tokens[place - 1].start if has else first.start


def _leading_names(phrase: Phrase, grammar: Grammar) -> list[Token]:
    """The names that a phrase begins with; a German noun with an article, or counted, is none."""
    is_noun = bool(phrase.of("article")) or phrase.after in {"asking", "choosing"}
    if grammar.nouns_are_capitalised and is_noun:
        return []
    core = [token for token in phrase.core if token.kind != "superlative"]
    names: list[Token] = []
    for token in core:
        if token.kind != "name" or (names and POSSESSIVE.search(names[-1].text)):
            break
        names.append(token)
    return names


def _name_slot(phrase: Phrase, names: Sequence[Token]) -> Slot:
    start, last = _with_article(phrase, names[0]), names[-1]
    end = last.start + len(POSSESSIVE.sub("", last.text))
    return Slot("name", start, end, is_name=True)


def _joined_end(end: int, rest: Sequence[Phrase], grammar: Grammar) -> int:
    """`cost of sales` is one measure; `revenue of Norvale` is a measure and a name."""
    if grammar.nouns_are_capitalised:
        return end
    for phrase in rest:
        core = phrase.core
        joins = grammar.has("genitives", phrase.preposition) and core and core[0].kind == "word"
        if not joins:
            return end
        end = core[-1].end
    return end


def _span(tokens: Sequence[Token]) -> tuple[int, int]:
    return tokens[0].start, tokens[-1].end
