"""Vectors by model and text: no text is embedded twice, and a rebuild needs no model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from itertools import islice

import numpy as np
from langchain_core.embeddings import Embeddings

from loaders.errors import LibraryError
from loaders.storing.databases.database import Database, checksum, is_whole
from loaders.storing.truth.document_vectors import EVERY_DOCUMENT, Nearby, Vector
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import Hit

Charge = Callable[[Sequence[str]], AbstractContextManager[None]]
"""Entered with the texts of a batch while they are embedded; raises if they may not be."""
BATCH = 64
"""Texts embedded between two commits: what a killed run loses at most."""
KEPT_QUERIES = 256
FORM_MARK = "#"
"""Between a model's name and the form in which it is given texts: another form, other vectors."""
MOST_NAMES, MOST_LOOKED_AT = 500, 5000


class VectorCache:
    """The vectors of one embedding model.

    They are kept as half floats of unit length: half the disk, no number too large or too small,
    and a cosine that differs in the fifth digit. One that is spoiled counts as missing, so that
    its text is embedded again.
    """

    def __init__(self, database: Database, embeddings: Embeddings, model: str) -> None:
        self._database, self._embeddings, self._model = database, embeddings, model
        self._nearby = Nearby(database, model)
        self.query = lru_cache(KEPT_QUERIES)(self._query)
        """A question's vector; the last ones are remembered."""

    def embed(
        self,
        texts: Mapping[bytes, str],
        progress: Callable[[int, int], None] | None = None,
        charge: Charge | None = None,
    ) -> None:
        """Embed the texts, by their hashes, that have no vector yet."""
        missing = self._lacking([*texts])
        # Texts of one length together: a batch takes as long as its longest.
        missing.sort(key=lambda key: len(texts[key]))
        for start in range(0, len(missing), BATCH):
            keys = missing[start : start + BATCH]
            batch = [texts[key] for key in keys]
            with charge(batch) if charge else nullcontext():
                vectors = self._embedded(batch)
            self._keep(keys, vectors)
            if progress:
                progress(min(start + BATCH, len(missing)), len(missing))

    def begin(self, key: bytes, text: str) -> None:
        """Embed all again from here: the length of this text's vector is that of the library."""
        self._keep([key], self._embedded([text]))

    def _embedded(self, texts: list[str]) -> Vector:
        """The reply if it is whole; a service that gave a spoiled one is asked once more."""
        for _ in range(2):
            vectors = unit_vectors(self._embeddings.embed_documents(texts), len(texts))
            if vectors is not None and self._has_known_length(vectors):
                break
        if vectors is None:
            raise LibraryError(
                f"the embedding model {self._model} did not give a vector of finite numbers for "
                f"each of {len(texts)} texts; run it again, or choose another with "
                "PAGEWISE_EMBEDDINGS (what was embedded is kept)"
            )
        return vectors

    def _has_known_length(self, vectors: Vector) -> bool:
        """Whether the library's are as long, if it has any."""
        return self._database.meta("embedding_dimension") in {"", str(vectors.shape[1])}

    def _keep(self, keys: Sequence[bytes], vectors: Vector) -> None:
        with self._database.transaction():
            self._remember_model(vectors.shape[1])
            half = (vector.tobytes() for vector in vectors.astype(np.float16))
            self._database.put(
                "vectors",
                [
                    (self._model, key, data, checksum(data))
                    for key, data in zip(keys, half, strict=True)
                ],
            )

    def require_model(self) -> None:
        """Refuse a model other than the one that the library was embedded with.

        Raises:
            LibraryError: It was another; the message says how to go on.
        """
        remembered = self._database.meta("embedding_model")
        if not remembered or remembered == self._model:
            return
        old, new = (name.partition(FORM_MARK)[0] for name in (remembered, self._model))
        if old == new:
            raise LibraryError(
                f"the library was embedded with {old} in an older form; run `reindex` to embed it "
                "again: nothing is read again"
            )
        raise LibraryError(
            f"the library was embedded with {old}, and the settings name {new}; set "
            f"PAGEWISE_EMBEDDINGS={old}, or run `reindex` to embed it again with {new}"
        )

    def _remember_model(self, dimension: int) -> None:
        """Remember the model with the first vector; afterwards refuse vectors of another length.

        Raises:
            LibraryError: The model now gives vectors of another length.
        """
        self.require_model()
        known = self._database.meta("embedding_dimension")
        if not known:
            self._database.set_meta("embedding_model", self._model)
            self._database.set_meta("embedding_dimension", str(dimension))
        elif known != str(dimension):
            raise LibraryError(
                f"{self._model} gives vectors of {dimension} numbers, the library has {known}; "
                "run `reindex` to embed it again"
            )

    def vectors(self, keys: Sequence[bytes]) -> dict[bytes, Vector]:
        """Those that are known, and sound."""
        return dict(self._sound(keys))

    def _sound(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, Vector]]:
        size = 2 * int(self._database.meta("embedding_dimension") or 0)
        for key, data, told in self._database.rows_of(
            "SELECT text_hash, vector, checksum FROM vectors WHERE model = ? AND text_hash IN",
            keys,
            (self._model,),
        ):
            if len(data) == size and is_whole((data, told)):
                vector = np.frombuffer(data, np.float16).astype(np.float32)
                if np.isfinite(vector).all():
                    yield key, vector

    def lacks(self, keys: Sequence[bytes]) -> bool:
        """Whether any is missing or spoiled, in a library of this model."""
        if self._database.meta("embedding_model") != self._model:
            return False  # `require_model` tells it
        return bool(self._lacking(keys))

    def _lacking(self, keys: Sequence[bytes]) -> list[bytes]:
        known = {key for key, _ in self._sound(keys)}
        return [key for key in keys if key not in known]

    def may_be_mended(self, count: int) -> bool:
        """Whether so few vectors are missing beside others of the model that they were spoiled."""
        known = "SELECT 1 FROM vectors WHERE model = ? LIMIT 1"
        return count <= BATCH and bool(self._database.rows(known, (self._model,)))

    def nearest(self, text: str, k: int, filters: Filters) -> list[Hit] | None:
        """By looking at every vector of the documents to look in; None if those are too many.

        It takes a millisecond for a report. Chroma, which first gathers what passes a filter, takes
        longer the more there is beside the report: 200 ms among 100,000 chunks.
        """
        names = tuple(dict.fromkeys(filters.documents)) or (EVERY_DOCUMENT,)
        if len(names) > MOST_NAMES or self._are_many(filters.documents):
            return None
        looked_at = [one for name in names if (one := self._nearby.of(name)).ids]
        if not looked_at:
            return []
        cosines = np.concatenate([_cosines(one.vectors, self.query(text)) for one in looked_at])
        ids = [chunk_id for one in looked_at for chunk_id in one.ids]
        order: Iterable[int] = np.argsort(-cosines, kind="stable").tolist()
        if filters != Filters(documents=filters.documents):
            wanted = self._let_through(filters, names)
            order = (place for place in order if ids[place] in wanted)
        return [Hit(ids[place], float(cosines[place])) for place in islice(order, k)]

    def _are_many(self, names: Sequence[str]) -> bool:
        """Whether these documents, or all, have more chunks than are looked at one by one."""
        where = f" WHERE document IN ({','.join('?' * len(names))})" if names else ""
        [(count,)] = self._database.rows(
            f"SELECT count(*) FROM (SELECT 1 FROM chunks{where} LIMIT ?) AS looked_at",
            (*names, MOST_LOOKED_AT + 1),
        )
        return int(count) > MOST_LOOKED_AT

    def _let_through(self, filters: Filters, names: Sequence[str]) -> set[str]:
        """The ids of the chunks that are wanted, of those documents."""
        return {
            chunk_id
            for name in names
            for chunk_id, metadata in self._nearby.metadata_of(name).items()
            if filters.matches_metadata(metadata)
        }

    def _query(self, text: str) -> Vector:
        """A question's vector.

        Raises:
            LibraryError: The model's reply is none.
        """
        vectors = unit_vectors([self._embeddings.embed_query(text)], 1)
        if vectors is None:
            raise LibraryError(f"the embedding model {self._model} gave no vector; ask again")
        first: Vector = vectors[0]
        return first

    def forget(self, keys: Sequence[bytes]) -> None:
        """Drop vectors of texts that no chunk has any more."""
        self._database.run_many(
            "DELETE FROM vectors WHERE model = ? AND text_hash = ? AND NOT EXISTS"
            " (SELECT 1 FROM chunks WHERE chunks.text_hash = vectors.text_hash)",
            ((self._model, key) for key in keys),
        )

    def forget_other_models(self) -> None:
        self._database.run("DELETE FROM vectors WHERE model <> ?", (self._model,))


def unit_vectors(reply: Sequence[Sequence[float]], count: int) -> Vector | None:
    """The reply's vectors, of length 1 as only their direction counts; None if it is spoiled."""
    try:
        rows = np.asarray(reply, np.float64)
    except (TypeError, ValueError):  # not numbers, or of several lengths
        return None
    if rows.ndim != 2 or len(rows) != count or not rows.size or not np.isfinite(rows).all():
        return None
    peaks = np.abs(rows).max(axis=1, keepdims=True)
    rows = rows / np.where(peaks, peaks, 1.0)  # the square of a large number is none
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths, lengths, 1.0)).astype(np.float32)


def _cosines(vectors: Vector, query: Vector) -> Vector:
    if vectors.shape[1] != len(query):
        raise LibraryError("the vectors were made by another embedding model; run `reindex`")
    cosines: Vector = vectors @ query / max(float(np.linalg.norm(query)), 1e-12)
    return cosines
