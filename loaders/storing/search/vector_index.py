"""The vector index: a Chroma collection that any LangChain program can open; its only door."""

from __future__ import annotations

import json
import logging
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
import numpy.typing as npt
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError, InternalError, InvalidArgumentError, NotFoundError

from loaders.errors import DamagedIndexError, LibraryError, UsageError
from loaders.storing.databases.sqlite_database import is_sound
from loaders.storing.search import graph_files
from loaders.storing.truth.filters import EVERYTHING, Filters
from loaders.storing.truth.records import Hit

log = logging.getLogger(__name__)
Vector = npt.NDArray[np.float32]
BATCH = 2000
"""Chroma takes at most 5461 at once."""
COSINE: Any = {"hnsw": {"space": "cosine"}}
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 60.0
"""Of a server; Chroma's own client waits for ever."""
_OF_THE_DISK = re.compile(r"\(code: (?:5|8|10|13|14)\)|disk is full|os error")
"""SQLite's codes for busy, read-only, failing, full, not to be opened; and what the system says."""
FIRST_WRITE_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
"""Seconds; a busy machine took 0.03 at most."""


class Vectors:
    """Nearest chunks by cosine; Chroma never embeds, each call brings its own vectors."""

    def __init__(self, folder: Path, collection: str = "pagewise", url: str = "") -> None:
        self._place, self._url = url or str(folder), url
        self._name = collection
        # What is thrown away here is built again, as the counts do not agree. Some damage makes
        # Chroma end the process, so its files are looked at first.
        file = folder / "chroma.sqlite3"
        if not url and file.exists() and not (is_sound(file) and graph_files.are_sound(folder)):
            log.warning(
                "%s: the vector index is damaged; it is made again, nothing is lost", folder
            )
            shutil.rmtree(folder)
        try:
            self._open()
        except DamagedIndexError:
            self.discard()

    def _open(self) -> None:
        with self._translated():
            self._client = _server(self._url) if self._url else _embedded(Path(self._place))
            self._collection = self._created()

    def discard(self) -> None:
        """Throw the embedded index away, with the files of Chroma that are damaged."""
        with suppress(ChromaError, AttributeError):  # it may not even have been opened
            self._client.close()
        # A client that failed to start is given to whoever asks for its folder next.
        SharedSystemClient._identifier_to_system.pop(self._place, None)
        with self._translated():
            shutil.rmtree(self._place)
        self._open()

    def _created(self) -> Any:
        return self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration=COSINE
        )

    def reopen(self) -> None:
        """After another process has thrown the collection away, there is a new one of its name."""
        with self._translated():
            self._collection = self._created()

    def add(
        self,
        ids: Sequence[str],
        vectors: Sequence[Vector],
        texts: Sequence[str],
        metadatas: Sequence[Mapping[str, Any]],
    ) -> None:
        """Put chunks in whose ids it does not hold."""
        with self._translated():
            for start in range(0, len(ids), BATCH):
                part = slice(start, start + BATCH)
                self._collection.add(
                    ids=list(ids[part]),
                    embeddings=[np.asarray(vector) for vector in vectors[part]],
                    documents=list(texts[part]),
                    metadatas=[_scalars(metadata) for metadata in metadatas[part]],
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Take chunks out; unknown ids are no error."""
        with self._translated():
            for start in range(0, len(ids), BATCH):
                self._collection.delete(ids=list(ids[start : start + BATCH]))

    def ids_of(self, document: str) -> list[str]:
        with self._translated():
            return list(self._collection.get(where={"source": document}, include=[])["ids"])

    def clear(self) -> None:
        """Throw everything away, the dimension of the vectors included."""
        with self._translated():
            self._client.delete_collection(self._name)
            if not self._url and not self._client.count_collections():
                for path in filter(Path.is_dir, Path(self._place).iterdir()):
                    shutil.rmtree(path)  # Chroma leaves a deleted collection's vectors on the disk
            self._collection = self._created()

    def nearest(self, vector: Vector, k: int, filters: Filters = EVERYTHING) -> list[Hit] | None:
        """The chunks nearest to the vector, with their cosine, best first.

        None if the collection is gone: another process is making it anew, or has done so.
        """
        with self._translated():
            if k < 1:
                return []
            try:
                found = _patiently(lambda: self._query(vector, k, filters))
            except NotFoundError:
                return None
        distances = found["distances"] or [[]]
        return [
            Hit(chunk_id, 1.0 - distance)
            for chunk_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def _query(self, vector: Vector, k: int, filters: Filters) -> Any:
        return self._collection.query(
            query_embeddings=[vector],
            n_results=k,
            where=_where(filters),
            include=["distances"],
        )

    @property
    def identity(self) -> str:
        """Another for every collection that was ever made, wherever it is."""
        return str(self._collection.id)

    def is_ours(self) -> bool:
        """Whether it measures as we do, and names no embedding function of somebody else's.

        Such a function comes with an address that any LangChain program would send its texts to.
        """
        made = self._collection.configuration_json
        function = made.get("embedding_function") or {"type": "legacy"}
        space = (made.get("hnsw") or {}).get("space")
        return bool(space == "cosine" and function["type"] == "legacy")

    def count(self) -> int:
        with self._translated():
            return int(self._collection.count())

    def close(self) -> None:
        """Give the folder back, so that another client of this process can have it."""
        with self._translated():
            # Chroma's HTTP client leaves its connections open when it is closed.
            session = getattr(getattr(self._client, "_server", None), "_session", None)
            self._client.close()
            if session is not None:
                session.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except InvalidArgumentError as error:
            if "dimension" not in str(error):
                raise self._failure(error) from error
            raise LibraryError(
                f"{self._place}: the vectors were made by another embedding model; run `reindex`"
            ) from error
        except httpx.HTTPError as error:
            raise LibraryError(_silent(self._place, error)) from error
        except (ChromaError, OSError, ValueError) as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> LibraryError:
        """What is wrong with the disk or a server is told; all else is a damaged index."""
        told = f"{self._place}: Chroma failed ({error})"
        if self._url or isinstance(error, OSError) or _OF_THE_DISK.search(str(error)):
            return LibraryError(
                f"{told}; check the disk's space and permissions, or the server at CHROMA_URL, and "
                "run it again"
            )
        return DamagedIndexError(f"{told}; run `reindex` to make it anew")


def _patiently(query: Callable[[], Any]) -> Any:
    """Ask again while the first vectors of a collection are on their way to the disk.

    Chroma counts a new collection's first records before its index stands, and until then, some
    milliseconds later, refuses every query (chroma-core/chroma#4212).
    """
    for seconds in FIRST_WRITE_WAITS:
        try:
            return query()
        except InternalError as error:
            if "Nothing found on disk" not in str(error):
                raise
            time.sleep(seconds)
    return query()


def _embedded(folder: Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _server(url: str) -> Any:
    scheme, host, port = _address(url)
    shown = f"[{host}]" if ":" in host else host
    _greet(f"{scheme}://{shown}:{port}")
    client: Any = chromadb.HttpClient(
        host=host,
        port=port,
        ssl=scheme == "https",
        settings=Settings(anonymized_telemetry=False),
    )
    client._server._session.timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    return client


def _address(url: str) -> tuple[str, str, int]:
    """Scheme, host and port; anything else in it would be passed over in silence.

    Raises:
        UsageError: It is no address of a Chroma server.
    """
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        address, port = urlsplit(""), None
    is_bare = not (address.username or address.path.strip("/") or address.query)
    if address.scheme not in {"http", "https"} or not address.hostname or not is_bare:
        # Not repeated: it may hold a password.
        raise UsageError("CHROMA_URL: write it like http://127.0.0.1:8000, and nothing more")
    return address.scheme, address.hostname, port or (443 if address.scheme == "https" else 8000)


def _greet(server: str) -> None:
    """Chroma's client makes itself known first, and waits for ever for an answer to that."""
    try:
        said = httpx.get(f"{server}/api/v2/heartbeat", timeout=CONNECT_SECONDS)
    except httpx.HTTPError as error:
        raise LibraryError(_silent(server, error)) from error
    if said.status_code != httpx.codes.OK or "nanosecond heartbeat" not in said.text:
        raise LibraryError(
            f"{server}: what answers there is no Chroma server (or one before 1.0); check "
            "CHROMA_URL"
        )


def _silent(server: str, error: httpx.HTTPError) -> str:
    how = "is slow to answer" if isinstance(error, httpx.TimeoutException) else "does not answer"
    why = str(error) or type(error).__name__
    return (
        f"{server}: the Chroma server {how} ({why}); check that it runs, and CHROMA_URL, and run "
        "it again (nothing that was stored is lost)"
    )


def _scalars(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What Chroma takes; each key is a row there, so no empty ones.

    Lists are JSON, as a list of Chroma's own costs as much as the words of a chunk; so are the
    labels of several pages, which it does not take. `pages` is what lies from `page` to
    `last_page`, which is for filters and is left out where it is `page`.
    """
    kept = {
        key: json.dumps(value) if isinstance(value, list | tuple | dict) else value
        for key, value in metadata.items()
        if key != "pages" and value not in (None, "", [], ())
    }
    last_page = max(metadata.get("pages") or [0])
    return kept if last_page <= metadata.get("page", 0) else kept | {"last_page": last_page}


def _where(filters: Filters) -> dict[str, Any] | None:
    conditions: list[dict[str, Any]] = []
    for field, values in (("source", filters.documents), ("kind", filters.kinds)):
        if values:
            conditions.append({field: {"$in": list(values)}})
    if filters.first_page is not None:
        from_there = {"$gte": filters.first_page}
        conditions.append({"$or": [{"page": from_there}, {"last_page": from_there}]})
    if filters.last_page is not None:
        conditions.append({"page": {"$lte": filters.last_page}})
    if len(conditions) > 1:
        return {"$and": conditions}
    return conditions[0] if conditions else None
