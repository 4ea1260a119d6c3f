"""What PageLoader asks of a reader, and the embedded one, which needs no model and no network."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from threading import Event
from typing import Protocol

from loaders.pages.page import Outcome, Page, Reading
from loaders.reading.auditing.audit import audit

LOCAL = "local"


class PageReader(Protocol):
    """Makes a page's markup; the embedded reader and the vision models are alike in this."""

    @property
    def name(self) -> str:
        """`local`, or the model's name."""

    @property
    def image_width(self) -> int:
        """Pixels of the page image that it reads; 0 if it reads the text layer."""

    @property
    def pages_at_once(self) -> int:
        """How many pages may be under way."""

    def fingerprint(self, sha256: str, page: Page) -> str:
        """Key of the reading: what is read, and how; without an image the page is a number."""

    def read(self, page: Page, stop: Event | None = None) -> Reading:
        """Read a page that has something on it, unless `stop` is set meanwhile.

        ModelError is raised only if no further page can be read either.
        """


class EmbeddedReader:
    """Takes the markup that the child process made from the text layer."""

    name = LOCAL
    image_width = 0
    pages_at_once = min(3, os.cpu_count() or 1)
    """A child takes up to 400 MB, one that reads by OCR 750: more would take 2 GB together."""

    def fingerprint(self, sha256: str, page: Page) -> str:
        key = f"{sha256} {page.number} {LOCAL} {_own_version()}"
        return hashlib.sha256(key.encode()).hexdigest()

    def read(self, page: Page, stop: Event | None = None) -> Reading:
        found = audit(
            page.markup,
            page.words,
            hidden=page.hidden,
            unsure=page.unsure,
            notes=page.notes,
            height=page.height,
        )
        found.label = page.label
        # Lines are compared as they read; what is kept has its places on the page as it is shown.
        frame = page.frame
        return Reading(
            page.number,
            Outcome.OK,
            frame.markup(page.markup) if frame else page.markup,
            LOCAL,
            detail=page.detail,
            words=frame.words(page.words) if frame else page.words,
            audit=found,
        )


@cache
def _own_version() -> str:
    """Hash of the code that reads: what an older version read is not taken for this one's."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest()[:16]
