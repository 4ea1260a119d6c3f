"""Questions about a document as a whole, or about the library, as `How many pages does it have?`.

They are told by the patterns of `knowledge/documents.*.toml`, which the whole question must match:
a question that says more goes the ordinary way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from graph.knowledge import toml_data
from graph.query.document_mentions import COMMON, SEPARATORS, named_documents
from loaders.text.analyzer import POSSESSIVE, content_pieces
from loaders.text.tokenizer import fold

KIND = "documents"
LONGEST = 200
"""Characters; who writes more asks for more than a document as a whole."""
DocumentQuestionKind = Literal[
    "pages",
    "contents",
    "title",
    "author",
    "date",
    "version",
    "summary",
    "library",
    "library_about",
]
ONLY_DOCUMENTS_HAVE = frozenset({"pages", "contents"})
"""So that `it` can mean nothing else."""
_MARKS = " \t\n?!.:;,，。？！¿¡"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """What is asked about which documents."""

    kind: DocumentQuestionKind
    language: str
    documents: tuple[str, ...] = ()
    """The ones that can be meant; all of the library if nothing tells."""
    about: str = ""
    """What documents are looked for."""


def document_question(
    question: str, language: str, names: Sequence[str], recent: Sequence[str] = ()
) -> DocumentQuestion | None:
    """What is asked about documents of these names; None if anything else is.

    `recent` are the documents that the conversation is about.
    """
    if len(question) > LONGEST:
        return None
    for spoken in sorted(toml_data.languages(KIND), key=lambda one: one != language):
        found = _matched(question, spoken)
        if found is None:
            continue
        kind, match = found
        if kind in {"library", "library_about"}:
            about = _as_written(question, match.groupdict().get("about") or "")
            return DocumentQuestion(kind, spoken, tuple(names), about)
        meant = _meant(_called(match), spoken, names, recent)
        return DocumentQuestion(kind, spoken, meant) if meant else None
    return None


def is_pointing(question: str, language: str) -> bool:
    """Whether the document is called by a word that may mean something else: `it`."""
    found = _matched(question, language)
    if found is None:
        return False
    last: str = toml_data.load(f"{KIND}.{language}")["names"]["last"]
    return re.fullmatch(last, _called(found[1])) is not None


def _matched(question: str, language: str) -> tuple[DocumentQuestionKind, re.Match[str]] | None:
    bare = " ".join(fold(question).strip(_MARKS).split())
    polite, tail = _wrapping(language)
    bare = tail.sub("", polite.sub("", bare)).strip(_MARKS)
    for kind, pattern in _patterns(language):
        if match := pattern.fullmatch(bare):
            return kind, match
    return None


def _meant(
    told: str, language: str, names: Sequence[str], recent: Sequence[str]
) -> tuple[str, ...]:
    """The documents that the words can mean; none if they mean something else."""
    generic = re.compile(toml_data.load(f"{KIND}.{language}")["names"]["generic"])
    if not told or generic.fullmatch(told):
        only = _called_so(told, names)
        return only or (tuple(recent) if len(recent) == 1 else tuple(names))
    if exact := [name for name in names if told in {fold(name), fold(name).rpartition(".")[0]}]:
        return tuple(exact)
    naming = named_documents(told.title(), names)
    known = {*naming.names, *COMMON}
    rest = [fold(POSSESSIVE.sub("", piece)) for piece in content_pieces(told)]
    is_name = all(word in known or _YEAR.fullmatch(word) for word in rest)
    return naming.documents if is_name else ()


def _called_so(told: str, names: Sequence[str]) -> tuple[str, ...]:
    """The one document whose name has the word: `the handbook` of several documents."""
    words = set(told.split()[1:])
    found = [name for name in names if words & set(SEPARATORS.split(fold(name)))]
    return tuple(found) if len(found) == 1 else ()


def _as_written(question: str, folded: str) -> str:
    """The end of the question as it was written, if its folded form has its length."""
    place = fold(question).find(folded)
    same = len(fold(question)) == len(question)
    return question[place : place + len(folded)] if same and place >= 0 else folded


@cache
def _wrapping(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = toml_data.load(f"{KIND}.{language}")["names"]
    return re.compile(f"^(?:{names['polite']})"), re.compile(f"(?:{names['tail']})$")


@cache
def _patterns(language: str) -> tuple[tuple[DocumentQuestionKind, re.Pattern[str]], ...]:
    data = toml_data.load(f"{KIND}.{language}")
    name = f"(?:{data['names']['generic']}|.{{1,80}}?)"
    return tuple(
        (cast(DocumentQuestionKind, kind), re.compile(_grouped(pattern, name)))
        for kind, patterns in data["patterns"].items()
        for pattern in patterns
    )


def _grouped(pattern: str, name: str) -> str:
    """Each `{document}` as a group of its own: alternatives may have one each."""
    before, *after = pattern.split("{document}")
    groups = (f"(?P<document_{place}>{name}){rest}" for place, rest in enumerate(after))
    return before + "".join(groups)


def _called(match: re.Match[str]) -> str:
    """What stood for the document; empty if nothing did."""
    told = (text for group, text in match.groupdict().items() if group.startswith("document"))
    return next(filter(None, told), "")
