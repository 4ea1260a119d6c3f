"""Whether the names of an answer stand in the source that it cites, or name its document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.answer import Check
from graph.evidence.sources import Evidence, Source
from graph.query.intent_patterns import patterns_for
from graph.verification.clause_check import clauses_of
from graph.verification.facts import content_of, periods_of, years_of
from graph.verification.names import Name, names_in
from graph.verification.place_names import Place, places_in
from graph.verification.statement import Statement
from graph.verification.synonyms import meanings
from graph.verification.vocabulary import language_in, phrases_in
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import fold, is_generic, keys

_SHORTEST_STEM = 4
_LONGEST_ROLE = 4
"""Words of a clause that holds a role and nothing else."""
_BEFORE_A_VERB = re.compile(r"[^\W\d_]+ [^\W\d_A-Z]")
_PLURAL = re.compile(r"[A-Z]{2,}s")
_WORD = re.compile(r"[^\W\d_][\w&]*")


def name_faults(statement: Statement) -> Iterator[Check]:
    """The names that neither the cited sources nor their documents know."""
    if not statement.sources:
        return
    known = _Known(statement)
    places = places_in(statement.text)
    for place in places:
        if not known.has_place(place):
            yield Check(what="name", text=place.text, why="is not named in the cited source")
    for name in known.names:
        if any(place.start <= name.start < place.end for place in places) or known.has(name):
            continue
        if phrases_in("roles", name.text) or (
            not name.start and _picks(name.text, statement.vocabulary.language)
        ):
            continue
        if not name.is_sure and not known.is_of_others(name) and not known.is_subject(name):
            continue
        yield Check(what="name", text=name.text, why="is not named in the cited source")


def _picks(word: str, language: str) -> bool:
    """`Größte` names nobody."""
    return bool(patterns_for(language).of("order", fold(word)))


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
        if self.statement.vocabulary.before_a_name:
            return False  # every noun has a capital there
        return any(
            _is_written(source, name)
            for source in self.evidence.sources
            if source.document not in self.documents
        )

    def is_subject(self, name: Name) -> bool:
        """A word before the verb that nobody has used but as a name: `Kestrel runs 12 plants`."""
        text = self.statement.text
        if self.statement.vocabulary.before_a_name or not self.statement.values:
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
    title += f" {source.chunk.metadata.get('document_title', '') or ''}"
    known = source.keys | frozenset(keys(f"{title} {_plain(source.document)}"))
    known |= {key.lstrip("0123456789") for key in known if key[0].isdigit()}  # a mark before a word
    return _is_in(name, known) or _is_short_for(name, f"{source.everything} {title}")


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


def _is_short_for(name: Name, text: str) -> bool:
    """`UN` for United Nations."""
    letters = re.sub(r"[^A-Z]", "", name.text)
    if len(letters) < 2 or not name.text.replace("&", "").isupper():
        return False
    initials = "".join(
        word[0] for word in _WORD.findall(text) if word[0].isupper() or len(word) > 3
    )
    return letters in initials.upper()


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


def subject_faults(statement: Statement) -> Iterator[Check]:
    """A name that the source has, in a statement that the source makes of another.

    Of a statement without numbers: where its other words point, or what somebody is said to be
    (chief executive, auditor …), there the name must stand.
    """
    if len(_whole_names(statement)) > 1 and phrases_in("roles", statement.text):
        for part in clauses_of(statement.text, statement.evidence.language):
            yield from _misattributed(replace(statement, text=part.text))
    else:
        yield from _misattributed(statement)


def _misattributed(statement: Statement) -> Iterator[Check]:
    if statement.values or (_is_foreign(statement) and not phrases_in("roles", statement.text)):
        return
    names = _whole_names(statement)
    rest = content_of(statement.text) - {key for name in names for key in name.keys}
    clauses = [part for fact in statement.facts for part in fact.clauses]
    roles = phrases_in("roles", statement.text)
    near = _where_it_points(rest, roles, clauses)
    near = _of_the_year(statement, clauses) or near
    everywhere = frozenset(key for clause in clauses for key in keys(clause))
    told = [fact for fact in statement.facts if any(clause in near for clause in fact.clauses)]
    is_list = any(_is_in(name, keys(clause)) for name in names for clause in near)
    for name in names:
        if is_list and not roles and any(_is_in(name, fact.words) for fact in told):
            continue  # of several names in one sentence nobody can tell which clause has which
        if any(_heads(source, name) for source in statement.sources):
            continue
        is_wide = not _is_in(name, everywhere)  # of the document, not of this source
        if any(_is_in(name, keys(clause)) for clause in near):
            continue
        if (near and not is_wide) or _has_other_role(name, roles, clauses):
            yield Check(what="name", text=name.text, why="is not who the cited source says it of")


def _is_foreign(statement: Statement) -> bool:
    """Whether the sources are in another language: words point nowhere there."""
    language = language_in(statement.text)
    return bool(language) and all(
        language_in(source.everything) not in {"", language} for source in statement.sources
    )


def _whole_names(statement: Statement) -> list[Name]:
    """The names by their first words: `Kellner` of `Kellner AG`."""
    found = names_in(statement.text, statement.vocabulary)
    ends = {name.start + len(name.text) + 1 for name in found}
    return [name for name in found if name.is_sure and name.start not in ends]


def _of_the_year(statement: Statement, clauses: Sequence[str]) -> list[str]:
    """The clauses of the one year that a statement names."""
    years = years_of(periods_of(statement.text))
    if len(years) != 1:
        return []
    return [clause for clause in clauses if years <= periods_of(clause)]


def _has_other_role(name: Name, roles: frozenset[str], clauses: Sequence[str]) -> bool:
    """Whether the source says only of others what is claimed, and something else of this one."""
    own = [phrases_in("roles", clause) for clause in clauses if _is_in(name, keys(clause))]
    return bool(roles) and any(own) and not any(roles & one for one in own)


def _heads(source: Source, name: Name) -> bool:
    """Whether a whole source is about somebody: its document, section or caption has the name."""
    title = str(source.chunk.metadata.get("title", "") or "")
    about = " ".join([_plain(source.document), source.section, source.caption, title])
    return _is_in(name, keys(about))


def _where_it_points(
    rest: frozenset[str], roles: frozenset[str], clauses: Sequence[str]
) -> list[str]:
    """The clauses that say the same thing, whoever it is said of."""
    if roles:
        return _with_apposition(roles, clauses)
    shared = [(len(rest & content_of(clause)), clause) for clause in clauses]
    best = max((count for count, _ in shared), default=0)
    return [clause for count, clause in shared if count * 2 > best] if best > 1 else []


def _with_apposition(roles: frozenset[str], clauses: Sequence[str]) -> list[str]:
    """The clauses that name a role; of one that says nothing else those beside it.

    `Ada Obi, Chief Executive` are two clauses, and one thing that is said.
    """
    found = []
    for place, clause in enumerate(clauses):
        if roles & phrases_in("roles", clause):
            is_bare = len(keys(clause)) <= _LONGEST_ROLE
            around = clauses[max(0, place - 1) : place + 2] if is_bare else [clause]
            found.append(", ".join(around))
    return found


def quoted_faults(text: str, evidence: Evidence, cited: Sequence[Source]) -> Iterator[Check]:
    """Words in quotation marks that no cited source has so."""
    for quote in re.findall(r"[“„«「]([^“”„»」\n]{12,})[”“»」]|\"([^\"\n]{12,})\"", text):
        said = next(part for part in quote if part)
        bare = _squeezed(said)
        if bare and not any(bare in _squeezed(source.everything) for source in cited):
            yield Check(what="quote", text=said, why="does not stand so in the cited source")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.,…]+", "", fold_in_place(text))
