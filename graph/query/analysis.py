"""A question, understood once: what it is about, what it wants, and in which form.

Every later step reads this and nothing else of the question. `terms` is what an answer has to
account for: who, which measure, which part, which period. What only asks ("how much", "by how many
percent", "which … the highest") is taken off and kept as operation, order and kind of answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from graph.query.across import years_asked
from graph.query.conjuncts import holds, joined, joined_terms
from graph.query.intent_patterns import IntentPatterns, patterns_for
from graph.query.query_cleaning import without_instructions
from graph.query.subject_terms import Token, keys_in, tokens_of
from loaders.text.dates import dates_in, month_years_in
from loaders.text.languages import language as language_data
from loaders.text.rates import rates_in
from loaders.text.tokenizer import Word, fold, is_cjk, is_stop, keys, spread

_OPERATIONS = ("percent_change", "change", "share", "ratio", "difference", "average", "sum")
_FORMS = {
    "percent_change": ("move", "beat", "more"),
    "change": ("move",),
    "difference": ("gap", "more", "beat"),
    "ratio": ("more",),
}
"""The words of each that only say how its two are held against each other."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that rows are held against: `more than 300`."""

    limit: Decimal
    above: bool
    start: int
    end: int
    text: str = ""
    """As the question says it, folded: a label may say it too."""
    inclusive: bool = False

    def allows(self, value: Decimal) -> bool:
        """Whether a value lies on the right side of the limit."""
        if value == self.limit:
            return self.inclusive
        return (value > self.limit) == self.above

    def is_said_by(self, label: str) -> bool:
        """Whether a label says the limit itself, and is no range that only begins with it."""
        _, said, rest = fold(label).partition(self.text)
        return bool(said) and not re.match(r"[\w.,]*\d|\W*(?:[-–—]|\w+)\s*\d", rest)


@dataclass(frozen=True)
class QuestionAnalysis:
    """What a question is about and what it wants."""

    question: str
    language: str
    terms: tuple[Token, ...]
    """What is left to be accounted for once the operation has taken its words."""
    every_term: tuple[Token, ...]
    """The same with the operation's words: a label may say them itself."""
    operation: str = ""
    """`percent_change`, `change`, `difference`, `average`, `share`, `ratio`, `sum` or nothing."""
    order: str = ""
    """`highest` or `lowest` if one of several is asked for."""
    asks: frozenset[str] = frozenset()
    """`count`, `amount`, `person`, `time`, `place`, `list`, `reason`, `yes_no`, `percent` …"""
    bound: Bound | None = None
    decimals: int | None = None
    axis: str = ""
    """The kind of period that is ranked or added up: `quarter` or `month`."""
    says_whole: bool = False
    """Whether the whole is asked for: `total`, `all`, `overall`."""
    says_number: bool = False
    """Whether what is asked for is called a number: `score`, `amount`, `value`."""
    parts: frozenset[str] = frozenset()
    """The keys of what a compound begins with: a row or a column has to say them."""
    conjuncts: tuple[frozenset[str], ...] = ()
    """The keys of the terms on both sides of each `and`."""

    @property
    def periods(self) -> tuple[str, ...]:
        """The years that are named, in their order."""
        return tuple(dict.fromkeys(term.key for term in self.terms if term.is_year))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years that are meant: a range names those between, too."""
        meant = sorted(years_asked(self.question))
        return tuple(meant) if len(meant) > len(self.periods) else self.periods

    @property
    def subject(self) -> tuple[Token, ...]:
        """The terms without the periods."""
        return tuple(term for term in self.terms if not term.is_year)

    @cached_property
    def light(self) -> frozenset[str]:
        """Its words that are no terms: `number`, which is one of a label `Order number`."""
        return keys_in(self.question) - {term.key for term in self.every_term}

    def with_terms(self, keys: Set[str]) -> QuestionAnalysis:
        """The same question, of which these words carry a subject too."""
        if not keys:
            return self
        added = {token for token in tokens_of(self.question) if token.key in keys}
        terms, every = (
            tuple(sorted({*known, *added}, key=lambda one: one.start))
            for known in (self.terms, self.every_term)
        )
        return replace(self, terms=terms, every_term=every)

    @property
    def is_change(self) -> bool:
        """Whether it is asked by how much something changed, as an amount or in percent."""
        return self.operation in {"change", "percent_change"}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What is asked for by its name, the bidders of `which bidders`, or as what is ranked."""
        found = patterns_for(self.language).asks["kind"].finditer(fold(self.question))
        starts = {match.start(1) for match in found}
        ranked = frozenset({self.axis} if self.order and self.axis else ())
        return ranked.union(term.key for term in self.every_term if term.start in starts)

    @cached_property
    def counted(self) -> Token | None:
        """The noun that is counted: the first term behind the words that ask how many."""
        asked = patterns_for(self.language).asks["count"].search(fold(self.question))
        after = (term for term in self.terms if asked and term.start >= asked.start())
        return next(after, None)

    @property
    def says_total(self) -> bool:
        """Whether what belongs together is to be added up, if no row has it: `total cost`."""
        return any(term.key == "@total" for term in self.every_term) and "list" not in self.asks

    @property
    def wants_prose(self) -> bool:
        """Whether a number alone cannot be the answer."""
        return bool(self.asks & {"person", "reason", "manner", "place", "yes_no"}) and not (
            self.asks & {"count", "amount"}
        )

    def about(self, terms: Iterable[Token]) -> QuestionAnalysis:
        """The same question about something else: an operand of it."""
        kept = tuple(terms)
        return replace(
            self,
            terms=kept,
            every_term=kept,
            operation="",
            order="",
            asks=frozenset(),
            bound=None,
        )


@lru_cache(maxsize=64)  # each step of a turn reads the same one
def analyse(question: str, language: str) -> QuestionAnalysis:
    """Understand a question that stands alone."""
    asked = spread(without_instructions(question))
    text = fold(asked)
    known = patterns_for(language)
    bound = _bound(known, text, language)
    unbound = f"{text[: bound.start]} {text[bound.end :]}" if bound else text
    said = known.of("operation", unbound)
    is_counted = known.asks["among"].search(text)  # in how many towns rents fell
    operation = "" if is_counted else next((name for name in _OPERATIONS if name in said), "")
    order = _order(known, unbound)  # `fewer than 30` ranks nothing
    asks = frozenset(known.of("asks", text))
    form = known.decimals.search(text)
    together = [word for pair in joined(asked) for word in pair]
    content = _content(asked, known, together, ranks=bool(order))
    every = _outside(content, [one for one in (bound, form) if one])
    tokens = tokens_of(asked)
    named = _outside_durations(tokens)
    axis = next((name for name in ("quarter", "month") if _says(named, known.words[name])), "")
    kinds = {one[1] for one in known.asks["kind"].finditer(text)}
    axis = "" if kinds and axis and kinds.isdisjoint(known.words[axis]) else axis
    taken = {
        "change" if operation == "percent_change" else operation,
        "order" if order else "",
        "count" if "count" in asks else "",
        axis if order or operation in {"sum", "average"} else "",
    }
    spare = [known.words[name] for name in taken if name in known.words]
    forms = [known.forms[name] for name in _FORMS.get(operation, ())]
    forms += [known.operation[operation]] if operation else []
    terms = tuple(
        one
        for one in every
        if any(holds(one, word) for word in together)  # `sand and aggregates` are no sum
        or not (
            any(_is_of(one, words) for words in spare)
            or any(form.fullmatch(fold(one.text)) for form in forms)
        )
    )
    return QuestionAnalysis(
        question=question,
        language=language,
        terms=terms,
        every_term=every,
        operation=operation,
        order=order,
        asks=asks,
        bound=bound,
        decimals=_decimals(known, fold(question)),
        axis=axis,
        says_number=_says(tokens, known.words["numbers"]),
        conjuncts=joined_terms(every, asked),
        says_whole=any(one.key == "@total" or _is_of(one, known.words["all"]) for one in tokens),
    )


def _content(
    question: str, known: IntentPatterns, together: Iterable[Word], *, ranks: bool
) -> tuple[Token, ...]:
    """The words that carry content; the degree of `how long` does only if it names a measure.

    So does a word that a hyphen joins to another, as in `as-found`, however light it is alone.
    What is counted or ranked always is content: the people of `how many people`; and the whole, if
    it is named, for a table may have a row of it: `group revenue`.
    """
    light, text = known.words["light"] - known.words["whole"], fold(question)
    spans = [match.span(1) for match in known.asks["degree"].finditer(text)]
    counted = [match.end() for match in known.asks["count"].finditer(text)]
    kinds = [match.span(1) for match in known.order["kind"].finditer(text)] if ranks else []
    rates = [(start, end) for _, start, end in rates_in(question) if " " in question[start:end]]
    every = tokens_of(question)
    unsaid = [one for one in together if not any(holds(token, one) for token in every)]
    names = [Token(one.key, one.text, one.start, one.end) for one in unsaid]
    return tuple(
        one
        for one in sorted((*every, *names), key=lambda token: token.start)
        if (
            any(holds(one, word) for word in together)
            or _is_next(one, counted, question)
            or ((one.start, one.end) in kinds and not _is_period(one, known))
            or (one.joined and not is_stop(one.key))  # not of `a-t-il`
            or not (_is_of(one, light) or _is_within(one, rates))
        )
        and (one.key[0] == "@" or (one.start, one.end) not in spans)
    )


def _is_within(token: Token, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)


def _is_period(token: Token, known: IntentPatterns) -> bool:
    return any(_is_of(token, known.words[name]) for name in ("year", "quarter", "month"))


def _outside_durations(tokens: Sequence[Token]) -> list[Token]:
    """The words without those that a number counts: `12 months` are no months of a year."""
    ends = {one.end for one in tokens if one.key.isdigit() and not one.is_year}
    return [one for one in tokens if one.start - 1 not in ends]


def _is_next(token: Token, ends: Iterable[int], question: str) -> bool:
    """Whether a token stands right after one of these places."""
    return any(question[end : token.start].isspace() for end in ends if end < token.start)


def _is_of(token: Token, words: frozenset[str]) -> bool:
    """Whether each word of a token is one of these; a name or a part of one is none."""
    is_part = token.joined and not token.text.islower()  # `L-7B-Chat`; but `a-t-il`
    if (token.is_name or is_part) and not is_cjk(token.text):
        return False
    return all(key in words for key in keys(fold(token.text)))


def _says(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return any(_is_of(token, words) for token in tokens)


def _order(known: IntentPatterns, text: str) -> str:
    """Nothing where both ends are said: the lowest maximum is neither lowest nor highest."""
    if not {"which", "of_value"} & set(known.of("order", text)):
        return ""
    is_lowest = known.order["lowest"].search(text) is not None
    rest = known.order["lowest"].sub(" ", text)  # `le plus bas` is no `plus`
    is_highest = known.order["highest"].search(rest) is not None
    if is_lowest == is_highest:
        return ""
    return "lowest" if is_lowest else "highest"


def _bound(known: IntentPatterns, text: str, language: str) -> Bound | None:
    """The limit that a question names; a date is none: `ab 01/2026`."""
    dates = [*dates_in(text), *month_years_in(text)]
    for name in ("at_least", "at_most", "above", "below"):
        match = known.bound[name].search(text)
        if match and not any(one.start < match.end() <= one.end for one in dates):
            digits = next(group for group in match.groups() if group).strip(".,'")
            limit = _plain(digits, language)
            is_year = re.fullmatch(r"(?:19|20)\d\d", limit)
            if not is_year and re.fullmatch(r"\d+(?:\.\d+)?", limit):
                is_above, said = name in {"above", "at_least"}, match[0].rstrip(".,")
                is_inclusive = name in {"at_least", "at_most"}
                return Bound(Decimal(limit), is_above, *match.span(), said, is_inclusive)
    return None


def _plain(digits: str, language: str) -> str:
    """Digits as Python writes them: 6,50 of a German question is 6.50, and 1.000 a thousand."""
    has_comma = language_data(language).text("numbers", "decimal") == ","
    parting, point = (".", ",") if has_comma else (",", ".")
    grouped = re.fullmatch(rf"\d{{1,3}}(?:\{parting}\d{{3}})+(?:\{point}\d+)?", digits)
    bare = digits.replace("'", "").replace(parting if grouped else "", "")
    return bare.replace(",", ".")


def _outside(tokens: tuple[Token, ...], said: Iterable[Bound | re.Match[str]]) -> tuple[Token, ...]:
    """The tokens that a limit or a wish for the form does not take."""
    spans = [(one.start, one.end) if isinstance(one, Bound) else one.span() for one in said]
    return tuple(
        one for one in tokens if all(one.end <= start or one.start >= end for start, end in spans)
    )


def _decimals(known: IntentPatterns, text: str) -> int | None:
    if known.whole.search(text):
        return 0
    match = known.decimals.search(text)
    if not match:
        return None
    word = next(group for group in match.groups() if group)
    return int(word) if word.isdigit() else known.counts.get(word)
