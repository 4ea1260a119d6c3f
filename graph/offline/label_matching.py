"""Which terms of a question a label says: as a whole, as names, written together or apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from graph.offline.spare_words import is_month, is_spare
from graph.query.subject_terms import Token, joined_key, same
from loaders.text.dates import months_in
from loaders.text.tokenizer import fold


def explained(
    label: Sequence[Token], terms: Sequence[Token], light: Set[str] = frozenset()
) -> frozenset[int]:
    """The places of the terms that say all of a label; none if some of it is left unsaid.

    `light` are the question's words that carry no subject: in a label they do.
    """
    hits = hits_of(label, terms)
    said = {index for indices in hits.values() for index in indices}
    rest = [i for i, one in enumerate(label) if i not in said and one.key not in light]
    if said and not _same_month(label, terms, said):
        return frozenset()
    is_whole = all(is_spare(label[index], label) for index in rest)
    return frozenset(hits) if said and is_whole else frozenset()


def _same_month(label: Sequence[Token], terms: Sequence[Token], said: set[int]) -> bool:
    """Whether a label is of no other month than the one that is asked for."""
    months = [index for index, token in enumerate(label) if is_month(token)]
    return not months or not any(map(is_month, terms)) or any(index in said for index in months)


def hits_of(label: Sequence[Token], terms: Sequence[Token]) -> dict[int, set[int]]:
    """Which tokens of a label each term says, words written together or apart."""
    hits: dict[int, set[int]] = {}
    written = {size: _written_together(label, size) for size in (1, 2, 3)}
    for place, term in enumerate(terms):
        for index, token in enumerate(label):
            if _means(term, token) and term.is_year == token.is_year:
                hits.setdefault(place, set()).add(index)
        for size in (2, 3):
            _hit_together(written, terms, place, size, hits)
    return _whole_names(hits, terms)


def _means(term: Token, token: Token) -> bool:
    """Whether two tokens are one: by what they mean, or as they are written: `teach`, `teacher`."""
    if same(term.key, token.key) or _is_same_month(term, token):
        return True
    is_one_known = (term.key[0] == "@") != (token.key[0] == "@")
    return is_one_known and same(fold(term.text), fold(token.text))


def _is_same_month(term: Token, token: Token) -> bool:
    """Whether two names are one month's: `Sept` and `septembre`."""
    return is_month(term) and is_month(token) and months_in(term.text) == months_in(token.text)


def _whole_names(hits: dict[int, set[int]], terms: Sequence[Token]) -> dict[int, set[int]]:
    """Without the names that a label says in part: the `MMLU` of `MMLU-Pro` is another thing."""
    found: list[tuple[set[int], list[int]]] = []
    for name in names_in(terms):
        said = [place for place in name if place in hits]
        if has_number(terms, name) and not _in_order(hits, said):
            continue
        if said == name:
            found.append((set().union(*(hits[place] for place in said)), said))
    fullest = [
        said for indices, said in found if not any(indices < other for other, _ in found)
    ]  # `MMLU-Redux` is said by its own name, not by the `MMLU` beside it
    return {place: hits[place] for said in fullest for place in said}


def has_number(terms: Sequence[Token], name: Sequence[int]) -> bool:
    """Whether a number is a part of a name: `4-3` is another than `3-4`, `X-2` than `X-1`."""
    return len(name) > 1 and any(terms[place].key.isdigit() for place in name)


def _in_order(hits: Mapping[int, set[int]], name: Sequence[int]) -> bool:
    starts = hits[name[0]] if name else ()
    return any(all(start + n in hits[place] for n, place in enumerate(name)) for start in starts)


def names_in(terms: Sequence[Token]) -> list[list[int]]:
    """The places of the terms, those of one hyphenated name together."""
    found: list[list[int]] = []
    for place, term in enumerate(terms):
        if term.joined and found and terms[place - 1].end + 1 == term.start:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _written_together(label: Sequence[Token], size: int) -> list[str]:
    return [joined_key(label[index : index + size]) for index in range(len(label) - size + 1)]


def _hit_together(
    written: Mapping[int, Sequence[str]],
    terms: Sequence[Token],
    place: int,
    size: int,
    hits: dict[int, set[int]],
) -> None:
    """`LiveCode Bench` and `LiveCodeBench` are one, whoever writes it together.

    `written` has the label's words, so many together, for each size.
    """
    one = joined_key([terms[place]])
    for index, together in enumerate(written[size]):
        if together == one:
            hits.setdefault(place, set()).update(range(index, index + size))
    run = terms[place : place + size]
    if len(run) == size:
        joined = joined_key(run)
        for index, word in enumerate(written[1]):
            if joined == word:
                for offset in range(size):
                    hits.setdefault(place + offset, set()).add(index)
