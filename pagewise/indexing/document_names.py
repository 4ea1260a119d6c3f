"""Which document somebody means by a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from loaders.errors import LibraryError
from loaders.storing.truth.records import DocumentRecord


def found_document(
    name: str, documents: Sequence[DocumentRecord], others: Mapping[str, tuple[str, str]]
) -> DocumentRecord:
    """By its name, by another of its names, or by a part that no other name has.

    Raises:
        LibraryError: None has it, or several have.
    """
    composed = unicodedata.normalize("NFC", name)
    own = {document.name: document for document in documents}
    known = own | {other: own[main] for other, (main, _) in others.items() if main in own}
    if composed in known:
        return known[composed]
    part = composed.casefold()
    meant = {known[one].name: known[one] for one in known if part and part in one.casefold()}
    if len(meant) == 1:
        return next(iter(meant.values()))
    if meant:
        raise LibraryError(f"{name!r} may mean {', '.join(meant)}; write more of the name")
    raise LibraryError(
        f"no document {name!r} in the library; it holds: {', '.join(own) or 'nothing'}"
    )
