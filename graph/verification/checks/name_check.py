"""Whether the names of an answer stand in the source that it cites, or name its document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.answer import Check
from graph.evidence.sources import Evidence, Source
from graph.query.intent_patterns import patterns_for
from graph.verification.checks.clause_check import Clause, clauses_of
from graph.verification.checks.unchecked import is_unchecked, lines_of
from graph.verification.statements.names import Name, names_in
from graph.verification.statements.naming import is_qualifier
from graph.verification.statements.place_names import Place, places_in
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import meanings, phrases_in
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import fold, is_generic, is_year, keys

_SHORTEST_STEM = 4
_BEFORE_A_VERB = re.compile(r"[^\W\d_]+ [^\W\d_A-Z]")
_PLURAL = re.compile(r"[A-Z]{2,}s")
_WORD = re.compile(r"[^\W\d_][\w&]*")


def name_faults(statement: Statement) -> Iterator[Check]:
    """The names that neither the cited sources nor their documents know."""
    if not statement.sources:
        return
    known = _Known(statement)
    places = places_in(statement.text)
    denied = statement.evidence.question if statement.is_denial else ""
    for place in places:
        if not known.has_place(place) and place.text not in denied:
            yield Check(what="name", text=place.text, why="is not named in the cited source")
    for name in known.names:
        if any(place.start <= name.start < place.end for place in places) or known.has(name):
            continue
        known_words = patterns_for(statement.vocabulary.language)
        if phrases_in("roles", name.text) or (
            not name.start and known_words.of("order", fold(name.text))
        ):
            continue  # `Größte` names nobody
        is_word = not name.is_sure and not known.is_of_others(name) and not known.is_subject(name)
        if is_word or name.text in denied:
            continue
        yield Check(what="name", text=name.text, why="is not named in the cited source")


class _Known:
    """The words of the cited sources, of their documents, and of other documents."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.cited = statement.sources
        self.evidence = statement.evidence
        self.documents = {source.document for source in self.cited}
        self.names = names_in(statement.text, statement.vocabulary)

    def has(self, name: Name) -> bool:
        """In the source itself; or elsewhere in its document, if no other document is called so."""
        if any(_holds(source, name) for source in self.cited):
            return True
        if any(_is_in(name, keys(_plain(document))) for document in self.documents):
            return True
        if self._names_another_document(name):
            return False
        is_part = self._is_of_known(name)
        return (is_part or bool(self.statement.values)) and any(
            _holds(source, name)
            for source in self.evidence.sources
            if source.document in self.documents
        )

    def _is_of_known(self, name: Name) -> bool:
        """The rest of a name that a cited source has in short: `Brackwater` Estates."""
        pairs = [sorted((name, one), key=lambda one: one.start) for one in self.names]
        wholes = [
            self.statement.text[first.start : last.start + len(last.text)]
            for first, last in pairs
            if first is not last
            and any(_holds(source, last if first is name else first) for source in self.cited)
        ]
        return any(whole in one.everything for one in self.statement.around for whole in wholes)

    def has_place(self, place: Place) -> bool:
        """Under any of its names, in the source or elsewhere in its document."""
        return any(
            place.code in {one.code for one in places_in(f"{source.everything}\n{source.document}")}
            for source in (self.evidence.sources if self.statement.values else self.cited)
            if source.document in self.documents
        )

    def is_of_others(self, name: Name) -> bool:
        """Whether a word that need not be a name is one in another document."""
        if self._names_another_document(name):
            return True
        if self.statement.vocabulary.before_a_name or is_qualifier(name.text):
            return False  # every noun has a capital there; `Minimum` heads a line
        return any(
            _is_written(source, name)
            for source in self.evidence.sources
            if source.document not in self.documents
        )

    def is_subject(self, name: Name) -> bool:
        """A word before the verb that nobody has used but as a name: `Kestrel runs 12 plants`."""
        text = self.statement.text
        vocabulary = self.statement.vocabulary
        if vocabulary.before_a_name or not vocabulary.subjects or not self.statement.values:
            return False
        if not _BEFORE_A_VERB.match(text, name.start):
            return False
        key = next(iter(name.keys), "")
        texts = [self.evidence.question, *(one.everything for one in self.evidence.sources)]
        is_word = key in self.statement.vocabulary.subjects or is_generic(key) or meanings(key)
        is_used = any(key in keys(text) for text in texts)
        return bool(key) and not is_word and not is_used

    def _names_another_document(self, name: Name) -> bool:
        others = {source.document for source in self.evidence.sources} - self.documents
        return any(_is_in(name, keys(_plain(document))) for document in others)


def _holds(source: Source, name: Name) -> bool:
    title = str(source.chunk.metadata.get("title", "") or "")
    known = source.keys | frozenset(keys(f"{title} {_plain(source.document)}"))
    known |= {key.lstrip("0123456789") for key in known if key[0].isdigit()}  # a mark before a word
    return _is_in(name, known) or is_short_for(name.text, f"{source.everything} {title}")


def _is_in(name: Name, known: Sequence[str] | frozenset[str]) -> bool:
    wanted = (
        frozenset(keys(name.text.removesuffix("s"))) if _PLURAL.fullmatch(name.text) else name.keys
    )
    if wanted and wanted <= set(known):
        return True
    return bool(wanted) and all(key in known or _is_inflected(key, known) for key in wanted)


def _is_inflected(key: str, known: Sequence[str] | frozenset[str]) -> bool:
    """`Polands`, `Larkmoors`, `German` for Germany."""
    return len(key) >= _SHORTEST_STEM and any(
        len(other) >= _SHORTEST_STEM
        and abs(len(other) - len(key)) <= _SHORTEST_STEM - 1
        and (other.startswith(key) or key.startswith(other))
        for other in known
    )


def is_short_for(name: str, text: str) -> bool:
    """`UN` for United Nations."""
    letters = re.sub(r"[^A-Z]", "", name)
    if len(letters) < 2 or not name.replace("&", "").isupper():
        return False
    words = _WORD.findall(text)
    initials = "".join(word[0] for word in words if word[0].isupper() or len(word) > 3)
    every = "".join(word[0] for word in words) if len(letters) > 2 else ""  # earnings per share
    return letters in initials.upper() or letters in every.upper()


def _is_written(source: Source, name: Name) -> bool:
    """Whether a source has the word with its capital, and never without."""
    text = source.everything
    word = re.escape(name.text)
    return (
        re.search(rf"(?<!\w){word}(?!\w)", text) is not None
        and re.search(rf"(?<!\w){word.lower()}(?!\w)", text) is None
    )


def _plain(document: str) -> str:
    return re.sub(r"[_\-.]", " ", document)


def role_faults(statement: Statement) -> Iterator[Check]:
    """Somebody to whom the source gives another role only, or what it says of others that year."""
    lines = [line for source in statement.sources for line in lines_of(source)]
    for clause in clauses_of(statement.text, statement.evidence.language):
        is_claim = not statement.values and not statement.is_denial
        for name in _last_words(clause) if is_claim else ():
            own = [_roles(line) for line in lines if _is_in(name, line.tokens)]
            is_other = any(own) and not any(roles & _roles(clause) for roles in own)
            is_told = is_unchecked(statement) and _is_of_others(name, clause, lines)
            if (_roles(clause) and is_other) or is_told:
                why = "is not who the cited source says it of"
                yield Check(what="name", text=name.text, why=why)


def _is_of_others(name: Name, clause: Clause, lines: Sequence[Clause]) -> bool:
    """Whether all lines with the role or the year have other names."""
    known = frozenset(key for one in names_in(clause.text, clause.vocabulary) for key in one.keys)
    years = frozenset(one for one in clause.numbers if is_year(one.removeprefix("#")))
    rest = _roles(clause) or years
    told = [line for line in lines if rest <= line.tokens and line.names - known]
    return bool(rest and told) and not any(_is_in(name, line.tokens) for line in told)


def _roles(clause: Clause) -> frozenset[str]:
    return frozenset(token for token in clause.tokens if token[0] == "@")


def _last_words(clause: Clause) -> list[Name]:
    """Of each name its last word: a first name alone is nobody's."""
    found = names_in(clause.text, clause.vocabulary)
    found = [name for name in found if not phrases_in("roles", name.text)]
    begun = {name.start for name in found}
    return [n for n in found if n.is_sure and n.start + len(n.text) + 1 not in begun]


def quoted_faults(text: str, evidence: Evidence, cited: Sequence[Source]) -> Iterator[Check]:
    """Words in quotation marks that no cited source has so."""
    for quote in re.findall(r"[“„«「]([^“”„»」\n]{12,})[”“»」]|\"([^\"\n]{12,})\"", text):
        said = next(part for part in quote if part)
        bare = _squeezed(said)
        if bare and not any(bare in _squeezed(source.everything) for source in cited):
            yield Check(what="quote", text=said, why="does not stand so in the cited source")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.,…]+", "", fold_in_place(text))
