"""How well a sentence answers a question."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from langchain_core.embeddings import Embeddings

from graph.evidence.sources import Source
from graph.offline.sentences import Sentence, beside, following, sentences_of
from graph.query.intent import wants_percent
from graph.query.query_cleaning import subject_of
from loaders.reading.auditing.numerals import COUNT_WORDS
from loaders.text.lemmas import base_of
from loaders.text.quantities import numbers_in
from loaders.text.sentence_splitter import cut
from loaders.text.tokenizer import (
    Word,
    content_words,
    is_generic,
    is_identifier,
    is_stop,
    keys,
    words,
)

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How close in meaning each text is to a question, from 0 to 1: given by the app."""

_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|es|e|ions?|ly|ments?|ally|ers?|ness|nesse|s)$")


def _root(key: str) -> str:
    """A word without its ending; empty for a word without content."""
    if is_stop(key):
        return ""
    key = base_of(key)
    if not key.isascii() or not key.isalpha() or len(key) < 5:
        return key
    return _ENDING.sub("", key)


LEAST_TITLE = 0.4
"""The share of a question that a section's title has to say for its paragraphs to be a list."""
MOST_LISTED = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how well it answers."""

    sentence: Sentence
    score: float
    covered: float
    """The share of the question's weight that it or its surroundings mention, from 0 to 1."""
    own: frozenset[str]
    """The words of the question that it mentions itself."""
    near: float = 0.0
    """How close in meaning it is to the question, from 0 to 1; 0 if nobody can tell."""


_REASON = re.compile(r"^(?:why|warum|weshalb|wieso|为什么|为何)|\breasons?\b", re.IGNORECASE)
_BECAUSE = re.compile(
    r"\b(?:because|since|due to|as a result|in order to|owing to|reason|therefore|so that"
    r"|weil|da|aufgrund"
    r"|deshalb|denn|wegen|grund)\b|因为|由于|因此|原因|以便",
    re.IGNORECASE,
)
_NO_PREPOSITION = r"(?!(?:of|for|in|on|to|by|with|from|at|as|behind|about)\b)[\w'’&-]+"
_MEASURES = (
    r"threshold|turnover|revenues?|sales|income|earnings|profit|loss|expenses?|costs?|price|capacity"
    r"|weight|size|height|length|width|distance|speed|population|budget|salary|limit|count|total"
    r"|backlog|debt|assets|liabilities|balance|margin|tax|dose|yield|output|production|enrol?lment"
)
"""What is measured in numbers: a sentence without one says nothing of it."""
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|large|high|often|old)\b|\bwie (?:viel|viele|hoch|lange"
    r"|gross|groß|oft)\b"
    r"|\bwhat (?:\w+ ){0,3}(?:percentage|proportion|number|amount|share|maximum|minimum|gap|average"
    r"|difference|rate|ratio|temperature)\b|多少|几"
    rf"|^what (?:is|was|are|were) (?:{_NO_PREPOSITION} ){{0,5}}(?:{_MEASURES})\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^when\b|\bwhat (?:year|date|day)\b|\bwann\b|何时|什么时候|哪一?年", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\d月|\b(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b",
    re.IGNORECASE,
)


_PART = re.compile(
    r"%|\b(?:percent(?:age)?|prozent(?:satz)?|proportion|shares?|fraction|portion|anteil)\b|比例|占比",
    re.IGNORECASE,
)
"""A sentence that gives a percentage need not say that it is one."""
_LIST = re.compile(
    r"\b(?:two|three|four|five|six)\s+(?:\w+\s+)?\w+s\b|\bwhat (?:are|were)\b|\blist\b"
    r"|\bwhich (?!does|is|was)\w+s\b|welche \w+en\b|哪些|哪几",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\b(?:figure|fig\.?|table|abbildung|tabelle|图|表)\s*(\d+)", re.IGNORECASE)
_LEADS = re.compile(r"^\W*(?:figure|fig\.?|abbildung|图)\s*\d+", re.IGNORECASE)

_ALIKE = (
    "weakness drawback challenge limitation problem issue shortcoming disadvantage difficulty",
    "advantage benefit strength merit",
    "use employ adopt utilize apply involve",
    "forgo forego omit drop skip without eliminate",
    "reason cause because",
    "maximum max largest highest upper",
    "minimum min smallest lowest",
    "fail unsuccessful failure unsuccessfully",
    "approach method technique algorithm",
    "show depict illustrate demonstrate reveal indicate",
    "begin start commence launch",
    "buy acquire purchase acquisition",
    "employee staff workforce headcount personnel",
    "customer client buyer",
    "lawsuit litigation legal proceeding claim",
    "goal aim objective purpose",
    "measure calculate compute define",
    "grow increase rise expand growth",
    "decline decrease fall drop reduce reduction",
    "cost expense price kosten kostet preis",
    "risk threat exposure",
    "forecast expect anticipate project outlook",
    "train training trained",
    "sample example instance",
    "author we our",
)
_MEANING = {
    _root(word): f"={index}" for index, group in enumerate(_ALIKE) for word in group.split()
}


def roots(text: str) -> set[str]:
    """The words of a text, as sentences are compared: endings off, words of one meaning as one."""
    return {_MEANING.get(root, root) for word in words(text) if (root := _root(word.key))}


def source_roots(source: Source) -> set[str]:
    """The words that a source holds, as sentences are compared."""
    return {_MEANING.get(root, root) for key in source.keys if (root := _root(key))}


def word_weights(question: str, sources: Sequence[Source]) -> dict[str, float]:
    """How much each word of a question counts: rare words and identifiers most."""
    holders = Counter(key for source in sources for key in source_roots(source))
    count = len(sources) or 1
    named = {_root(key) for source in sources for key in keys(source.document)}
    weights: dict[str, float] = {}
    for word in content_words(subject_of(question)):
        root = _root(word.key)
        key = _MEANING.get(root, root)
        rarity = math.log(1 + count / (0.5 + holders[key])) / math.log(1 + count / 0.5)
        size = 0.3 if is_generic(word.key) or root in named else 1.4 if is_identifier(word) else 1.0
        weights[key] = max(weights.get(key, 0.0), size * (0.35 + 0.65 * rarity))
    return weights


def _tells_number(question: str, text: str) -> bool:
    """Whether a text has a number that the question does not; a digit in a name is none."""
    if not COUNT_WORDS.keys().isdisjoint(re.findall(r"\w+", text.lower())):
        return True
    asked = {mention.value for mention in numbers_in(question)}
    return any(not m.in_name and m.value not in asked for m in numbers_in(text))


def lacks_number(question: str, text: str) -> bool:
    """Whether a number is asked for, and the text has none of its own."""
    return bool(_QUANTITY.search(question)) and not _tells_number(question, text)


def _type_bonus(question: str, text: str) -> float:
    bonus = 0.0
    if _REASON.search(question):
        bonus += 0.25 if _BECAUSE.search(text) else 0.0
    if _QUANTITY.search(question):
        bonus += 0.15 if _tells_number(question, text) else -0.4
    if _TIME.search(question):
        bonus += 0.2 if _DATED.search(text) else -0.2
    if (figure := _FIGURE.search(question)) and re.match(
        rf"\W*(?:figure|fig\.?|table|abbildung|tabelle|图|表)\s*{figure[1]}\b", text, re.IGNORECASE
    ):
        bonus += 0.5
    return bonus


def rank(
    question: str,
    sources: Sequence[Source],
    similarity: Similarity | None = None,
    most: int = 32,
) -> list[Scored]:
    """The sentences that answer best, best first."""
    weights = word_weights(question, sources)
    total = sum(weights.values()) or 1.0
    pages = _identified(question, sources)
    scored = sorted(
        (
            _scored(sentence, question, weights, total, pages[_page(sentence.source)])
            for sentence in sentences_of(sources)
        ),
        key=lambda item: -item.score,
    )
    if similarity is None or not scored:
        return scored[:most]
    chosen = _to_compare(scored, most)
    values = similarity(question, [item.sentence.text[:600] for item in chosen])
    return sorted(
        (
            replace(item, score=item.score + 1.2 * value, near=value)
            for item, value in zip(chosen, values, strict=True)
        ),
        key=lambda item: -item.score,
    )


def is_answered_by(question: str, item: Scored) -> bool:
    """Whether a sentence itself says every word of a question, and a number besides."""
    text = item.sentence.text
    wants = wants_percent(question)
    asked = roots(_PART.sub(" ", subject_of(question)) if wants else subject_of(question))
    asked -= {_root(key) for key in keys(question) if is_generic(key)}
    known = {mention.value for mention in numbers_in(question)}
    told = [
        one
        for one in numbers_in(text)
        if (one.percent or not wants) and not one.in_name and one.value not in known
    ]
    return len(told) == 1 and asked <= item.own and _tells_number(question, text)


def _to_compare(scored: Sequence[Scored], most: int) -> list[Scored]:
    """The best by words, and the first sentences of the best chunks, which may share no word."""
    by_place = sorted(scored, key=lambda item: (item.sentence.source.number, item.sentence.place))
    chosen = {id(item): item for item in scored[: most // 2]}
    chosen |= {id(item): item for item in by_place[: most // 2]}
    return list(chosen.values())


def _page(source: Source) -> tuple[str, int]:
    return source.document, source.page


def _identified(question: str, sources: Sequence[Source]) -> dict[tuple[str, int], set[str]]:
    """The identifiers of the question that each page holds: a number heads a whole certificate."""
    asked = {
        _root(word.key)
        for word in content_words(question)
        if is_identifier(word) or (word.joined and any(c.isdigit() for c in word.key))
    }
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for source in sources:
        found[_page(source)] |= asked & source_roots(source)
    return found


def _scored(
    sentence: Sentence,
    question: str,
    weights: dict[str, float],
    total: float,
    identified: set[str],
) -> Scored:
    own = roots(sentence.text)
    mentioned = frozenset(key for key in weights if key in own)
    around = roots(f"{sentence.before} {sentence.source.section}")
    near = (around | identified if mentioned else around) - own
    covered = (
        sum(weights[key] for key in mentioned)
        + 0.5 * sum(weight for key, weight in weights.items() if key in near)
    ) / total
    penalty = 0.15 if len(own) < 6 else 0.1 if len(own) > 70 else 0.0
    place = 0.15 / (1 + sentence.source.number / 3)
    score = covered + place + _type_bonus(question, sentence.text) - penalty
    return Scored(sentence, score, covered, mentioned)


def passage(ranked: Sequence[Scored], question: str) -> list[Sentence]:
    """One to three sentences: the best, what it leads into, and what adds to it."""
    best = ranked[0]
    chosen = [best.sentence]
    if _LEADS.match(best.sentence.text) or best.sentence.text.endswith((":", "：")):
        chosen += following(best.sentence)
    chosen += beside(best.sentence)
    said = set(best.own)
    for other in ranked[1:8]:
        if len(chosen) >= 3 or sum(len(one.text) for one in chosen) > 700:
            break
        adds = other.own - said
        if other.sentence not in chosen and (
            (adds and other.score > 0.75 * best.score)
            or (_LIST.search(question) and other.score > 0.85 * best.score)
            or other.score > 0.93 * best.score
        ):
            chosen.append(other.sentence)
            said |= adds
    return chosen


def listing(question: str, sources: Sequence[Source]) -> list[Sentence]:
    """How the paragraphs begin of the section whose title says what a question wants listed."""
    if not _LIST.search(question):
        return []
    names = {_root(word.key) for word in content_words(question) if _is_name(word)}
    weights = word_weights(question, sources)
    weights = {root: weight for root, weight in weights.items() if root not in names}
    total = sum(weights.values()) or 1.0
    named = {
        source.section: sum(weights.get(root, 0.0) for root in roots(source.section.split("›")[-1]))
        for source in sources
        if source.section
    }
    section = max(named, key=lambda name: named[name], default="")
    if not section or named[section] / total < LEAST_TITLE:
        return []
    parts = [source for source in sources if source.section == section]
    parts.sort(key=lambda source: (source.document, source.page, source.box or ()))
    return [begin for source in parts for begin in _beginnings(source)][:MOST_LISTED]


def _is_name(word: Word) -> bool:
    """Names and counts say what is meant, not what is listed."""
    return is_identifier(word) or word.joined or word.key in {"two", "three", "four", "five", "six"}


def _beginnings(source: Source) -> list[Sentence]:
    pieces = cut(source.prose)
    begins = {cut(part)[0] for part in re.split(r"\n\s*\n", source.prose) if cut(part)}
    return [
        Sentence(source, piece, place)
        for place, piece in enumerate(pieces)
        if piece in begins and len(piece) >= 30 and piece[0].isupper()
    ]


def similarity_of(embeddings: Embeddings) -> Similarity:
    """Closeness in meaning by an embedding model, spread over 0 to 1 among the texts compared."""

    def compare(question: str, texts: Sequence[str]) -> Sequence[float]:
        if not texts:
            return []
        wanted = _unit(embeddings.embed_query(question))
        found = [_unit(vector) for vector in embeddings.embed_documents(list(texts))]
        values = [sum(a * b for a, b in zip(wanted, vector, strict=True)) for vector in found]
        low, high = min(values), max(values)
        return [(value - low) / (high - low) if high > low else 0.5 for value in values]

    return compare


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]
