"""E-books (EPUB): a page for each part in the order in which it is read."""

from __future__ import annotations

import io
import posixpath
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

from loaders.chunking.markup_of_text import markup_of_text
from loaders.office.office_page import OfficePage

CONTAINER = "META-INF/container.xml"


def book_pages(data: bytes) -> list[OfficePage]:
    """The parts that the book's spine names."""
    with ZipFile(io.BytesIO(data)) as book:
        root = ElementTree.fromstring(book.read(CONTAINER)).find(".//{*}rootfile")
        if root is None:
            raise ValueError("it names no contents")
        package = root.get("full-path", "")
        contents = ElementTree.fromstring(book.read(package))
        names = {item.get("id"): item.get("href", "") for item in contents.findall(".//{*}item")}
        pages = []
        for part in contents.findall(".//{*}itemref"):
            href = unquote(names.get(part.get("idref", ""), ""))
            name = posixpath.normpath(posixpath.join(posixpath.dirname(package), href))
            text = book.read(name).decode("utf-8-sig", errors="replace")
            pages.append(OfficePage(blocks=markup_of_text(text, ".xhtml")))
    return pages
