"""A small library and its server in this process, for whatever is thrown at them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Self

import httpx

from pagewise.library import Library
from pagewise.serving.server import build_app
from pagewise.settings import Settings
from tests.hostile_files import page

QUESTION = "How many people work in Hamburg?"


class World:
    """What the targets share: one library, with one document that must survive all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = Library(Settings(home=folder / "home", offline=True))
        content = b"BT /F 12 Tf 20 100 Td (The company employs 340 people in Hamburg.) Tj ET"
        (folder / "report.pdf").write_bytes(page(content))
        self.library.index([str(folder / "report.pdf")])
        self.app: Any = build_app(self.library)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.library.close()

    def request(self, method: str, path: str, content: bytes) -> httpx.Response:
        """Ask the server as a client would."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            url = httpx.URL(scheme="http", host="localhost", raw_path=path.encode("ascii"))
            async with httpx.AsyncClient(transport=transport, timeout=60) as client:
                return await client.request(method, url, content=content)

        return asyncio.run(ask())

    def require_readable(self) -> None:
        """The library still holds and answers what it did."""
        assert "report.pdf" in [record.name for record in self.library.documents()]
        assert "340" in self.library.ask(QUESTION).answer
