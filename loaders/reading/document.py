"""A PDF as the rest of the program sees it: pages that come one by one from a guarded child.

The child (`loaders.reading.worker`) is killed when it overruns and started again; what it was
reading comes back as a failed page, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from loaders.errors import NOT_REGULAR, FileChangedError, PageError, SourceError
from loaders.pages.page import Outcome, Page
from loaders.pages.page_transform import Frame
from loaders.pages.word import Box, Word
from loaders.reading.child import Child, Limits, WorkerTimeout


@dataclass(frozen=True, slots=True)
class Picture:
    """A page for people to look at; its boxes are in points."""

    image: bytes
    media_type: str
    width: float
    height: float
    """Of the page as it is shown, in points."""


class OpenDocument:
    """A document whose pages can be read, from several threads if need be; a context manager.

    Each thread that asks gets a child of its own. A file that made one overrun, and pages that are
    read by OCR, which takes all cores and much memory, are read one at a time; one child alone
    keeps the models of OCR.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.state = state_of(path)  # before the hash: what is saved in between is seen
        self.sha256 = checked_sha256(path)
        self.idle: list[Child] = []
        self.alone = threading.Lock()
        self.is_suspect = False
        self.lost = 0.0
        """Seconds of CPU time that pages took which were stopped."""
        self.scanner: Child | None = None
        first = self.start()
        self.page_count: int = first.opened["page_count"]
        self.title: str = first.opened["title"]
        self.repaired: str = first.opened["repaired"]
        self.properties: dict[str, Any] = first.opened["properties"]
        self.idle.append(first)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Child:
        """A running child that has opened the document."""
        try:
            child = Child(self.path, self.limits)
        except WorkerTimeout as error:
            raise SourceError(str(self.path), f"cannot be opened: {error}") from error
        if "error" in child.opened:
            child.close()
            raise SourceError(str(self.path), child.opened["error"])
        return child

    def stop(self) -> None:
        """End the children that no thread is waiting for; one that is asked again starts anew."""
        self.scanner = None
        while self.idle:
            self.idle.pop().close()

    def pages(
        self,
        numbers: Iterable[int] | None = None,
        *,
        layout: bool = True,
        image_width: int = 0,
        ocr: bool = True,
    ) -> Iterator[Page]:
        """One page after the other, never two in memory; numbers count from 0.

        With `layout`, a page without a text layer that can be believed is read by OCR.
        """
        for number in range(self.page_count) if numbers is None else numbers:
            request = {"do": "page", "page": number, "layout": layout, "image_width": image_width}
            try:
                answer, image = self.ask_in_time(request)
                if ocr and layout and answer.get("ask_ocr"):
                    answer, image = self.ask_for_more(request, answer, image)
            except (WorkerTimeout, SourceError) as error:
                yield Page(number, outcome=Outcome.FAILED, detail=str(error))
                continue
            self.require_unchanged()
            yield self.doubted(page_from(number, answer, image))

    def require_unchanged(self) -> None:
        """Refuse what may have come from another version of the file than the one hashed."""
        if state_of(self.path) != self.state:
            raise FileChangedError(str(self.path))

    def ask_in_time(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Ask for a page; one that overruns is asked for once more without the layout model.

        When too many have overrun, the others are asked without it at once, and then none is.
        """
        told = "pages before it that took too long"
        if not request["layout"]:
            return self.ask(request)
        if self.lost > 2 * self.limits.lost_seconds:
            raise WorkerTimeout(f"not read: {self.lost:.0f} seconds of CPU time went to {told}")
        if self.lost <= self.limits.lost_seconds:
            try:
                return self.ask(request)
            except WorkerTimeout as error:
                told = f"with it: {error}"
        answer, image = self.ask(request | {"hurry": True})
        if answer.get("markup"):
            told = f"read without the layout model ({told})"
            answer["detail"] = "; ".join(filter(None, [told, answer["detail"]]))
        return answer, image

    def ask_for_more(
        self, request: dict[str, Any], answer: dict[str, Any], image: bytes
    ) -> tuple[dict[str, Any], bytes]:
        """Ask again with OCR; a page that has its own text keeps it, whatever comes of that."""
        try:
            more, picture = self.ask(request | {"ocr": True})
        except WorkerTimeout:
            if not answer.get("markup") or answer["detail"]:
                raise
            return answer, image
        is_worse = "error" in more and answer.get("markup") and not answer["detail"]
        return (answer, image) if is_worse else (more, picture)

    def doubted(self, page: Page) -> Page:
        """An empty page of a damaged file may have lost what stood on it: no blank page."""
        if self.repaired and page.outcome is Outcome.BLANK:
            page.outcome = Outcome.FAILED
            page.detail = "nothing is left of this page: the file is damaged; get a whole copy"
        return page

    def image(self, number: int, *, width: int, box: Box | None = None) -> bytes:
        """PNG of a page, or of a part of it, `width` pixels wide."""
        request = {"do": "image", "page": number, "width": width, "box": box}
        return self.ask_for_page(number, request)[1]

    def picture(self, number: int, *, width: int) -> Picture:
        """The page as people look at it, at most `width` pixels wide, in few bytes."""
        answer, image = self.ask_for_page(number, {"do": "picture", "page": number, "width": width})
        return Picture(image, answer["media_type"], answer["width"], answer["height"])

    def ask_for_page(self, number: int, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Ask for one page; PageError says why it cannot be had."""
        try:
            answer, raw = self.ask(request)
        except (WorkerTimeout, SourceError) as error:
            raise PageError(str(self.path), number, str(error)) from error
        if "error" in answer:
            raise PageError(str(self.path), number, answer["error"])
        return answer, raw

    def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Ask a child that is idle, or a new one; one that overran is thrown away."""
        with self.alone if self.is_suspect or request.get("ocr") else nullcontext():
            child = self.take(ocr=bool(request.get("ocr")))
            try:
                answer = child.ask(request)
            except BaseException as error:
                if isinstance(error, WorkerTimeout):
                    self.is_suspect = True
                    self.lost += child.seconds
                if child is self.scanner:
                    self.scanner = None
                child.close()
                raise
            self.give_back(child, ocr=bool(request.get("ocr")))
            return answer

    def take(self, *, ocr: bool) -> Child:
        """An idle child, for OCR the one that has its models if it is idle, or a new one."""
        scanner = self.scanner
        with suppress(IndexError, ValueError):  # another thread was faster
            if ocr and scanner and scanner in self.idle:
                self.idle.remove(scanner)
                return scanner
            return self.idle.pop()
        return self.start()

    def give_back(self, child: Child, *, ocr: bool) -> None:
        """Keep the child for the next page, unless it is the second that has the models of OCR."""
        if ocr and self.scanner not in (None, child):
            child.close()
            return
        if ocr:
            self.scanner = child
        self.idle.append(child)


def page_from(number: int, answer: dict[str, Any], image: bytes) -> Page:
    """The child's answer as a page; a cause that it names is a failed page."""
    if "error" in answer:
        return Page(number, outcome=Outcome.FAILED, detail=answer["error"])
    return Page(
        number=number,
        width=answer["width"],
        height=answer["height"],
        words=[Word(text, (x0, y0, x1, y1)) for text, x0, y0, x1, y1 in answer["words"]],
        hidden=answer["hidden"],
        unsure=answer["unsure"],
        notes=answer["notes"],
        label=answer["label"],
        frame=Frame(**answer["frame"]) if answer["frame"] else None,
        markup=answer.get("markup", ""),
        outcome=Outcome(answer.get("outcome", "ok")),
        detail=answer.get("detail", ""),
        image=image,
    )


def state_of(path: Path) -> tuple[int, ...] | None:
    """Another after the file was saved, in place or as a new one; None if it has gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


def checked_sha256(path: Path) -> str:
    """The file's hash; what is no readable file is named here, before a child is started."""
    if path.is_dir():
        raise SourceError(str(path), "is a folder, not a document")
    if path.exists() and not path.is_file():
        raise SourceError(str(path), NOT_REGULAR)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise SourceError(str(path), "does not exist") from None
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})") from error


def open_document(path: Path, limits: Limits | None = None) -> OpenDocument:
    """Open a PDF in a child process; `SourceError` says why it cannot be."""
    return OpenDocument(path.resolve(), limits or Limits())
