"""A PDF from the web into a folder: asked for once, believed in nothing, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urljoin

import httpcore

from loaders.errors import SourceError
from loaders.ssrf_guard import Clock, GuardedBackend
from loaders.web_address import Refused, WebAddress

REDIRECTS = {301, 302, 303, 307, 308}
HINTS = {
    401: "it wants a login; download the file by hand and name it",
    403: "it does not let programs in; download the file by hand and name it",
    404: "there is no such document; check the address",
    429: "it has had too many requests; try again later",
}
HEADERS = {
    "Accept": "application/pdf, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "pagewise",
}
START, END = b"%PDF-", b"%%EOF"
HEAD_BYTES, TAIL_BYTES = 1024, 2048
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
NAME_BYTES = 120


@dataclass(frozen=True, slots=True)
class Policy:
    """Where a download may come from and what it may cost; `allow_loopback` is for tests."""

    max_bytes: int = 256 * 1024**2
    total_s: float = 600.0
    stall_s: float = 30.0
    max_redirects: int = 5
    allow_loopback: bool = False


def fetch(url: str, into: Path, policy: Policy | None = None) -> Path:
    """Download a PDF; the same URL comes to the same folder under `into`, and replaces its file.

    Only public hosts are asked, proxies and settings of the environment are not. The file appears
    under its name when all of it is there; until then, and after a failure, there is none.

    Raises:
        SourceError: The URL is refused, the server fails or lies, or what it sends is no PDF.
    """
    try:
        return _fetch(url, into, policy or Policy())
    except Refused as error:
        raise SourceError(_shown(url), str(error)) from error
    except httpcore.TimeoutException as error:
        raise SourceError(_shown(url), "the server has gone silent; try again later") from error
    except httpcore.ProtocolError as error:
        cause = f"the server broke off or does not speak HTTP ({_shown(str(error))})"
        raise SourceError(_shown(url), f"{cause}; try again") from error
    except httpcore.NetworkError as error:
        raise SourceError(_shown(url), f"no safe connection ({_shown(str(error))})") from error
    except OSError as error:
        raise SourceError(
            _shown(url), f"cannot be saved in {into}: {error.strerror or error}"
        ) from error


def folder_of(url: str, into: Path) -> Path:
    """Where the PDF of this URL is kept, once it has been fetched."""
    return into / hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:12]


def forget(url: str, into: Path) -> None:
    """Delete what was fetched from this URL, if anything was."""
    shutil.rmtree(folder_of(url, into), ignore_errors=True)


def _fetch(url: str, into: Path, policy: Policy) -> Path:
    folder = folder_of(url, into)
    clock = Clock(policy.total_s, policy.stall_s)
    with _follow(url, policy, clock) as response:
        _check_headers(response, policy)
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, older_than_s=2 * policy.total_s)
        target = folder / file_name(url, _header(response, "content-disposition"))
        with _whole_file(target) as file:
            _receive(response, file, policy)
    return target


@contextmanager
def _follow(url: str, policy: Policy, clock: Clock) -> Iterator[httpcore.Response]:
    """The last reply of a chain of redirects, each of whose hops is checked like the first."""
    address = WebAddress.parse(url)
    for _ in range(policy.max_redirects + 1):
        with _ask(address, policy, clock) as response:
            if response.status not in REDIRECTS:
                yield response
                return
            address = _next_hop(address, _header(response, "location"))
    raise Refused(f"more than {policy.max_redirects} redirects")


def _next_hop(address: WebAddress, location: str) -> WebAddress:
    if not location:
        raise Refused("the server redirects to nowhere")
    try:
        following = WebAddress.parse(urljoin(str(address), location.strip().replace(" ", "%20")))
    except (Refused, ValueError) as error:
        raise Refused(f"redirected to {_shown(location)!r}: {error}") from error
    if address.scheme == "https" and following.scheme != "https":
        raise Refused(f"redirected from https to http at {following.host}")
    return following


@contextmanager
def _ask(address: WebAddress, policy: Policy, clock: Clock) -> Iterator[httpcore.Response]:
    backend = GuardedBackend(clock, allow_loopback=policy.allow_loopback)
    url = httpcore.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )
    headers = [("Host", address.authority), *HEADERS.items()]
    with (
        httpcore.ConnectionPool(network_backend=backend, max_connections=1) as pool,
        pool.stream("GET", url, headers=headers) as response,
    ):
        yield response


def _header(response: httpcore.Response, name: str) -> str:
    values = [value for key, value in response.headers if key.lower() == name.encode()]
    return values[0].decode("utf-8", "replace") if values else ""


def _check_headers(response: httpcore.Response, policy: Policy) -> None:
    if response.status != 200:
        hint = HINTS.get(response.status, "try again later, or download the file by hand")
        raise Refused(f"the server answered {response.status}: {hint}")
    if _header(response, "content-encoding").lower() not in ("", "identity"):
        raise Refused("the server sent the file compressed, which was not asked for")
    declared = _header(response, "content-length")
    if declared.isdecimal() and int(declared) > policy.max_bytes:
        raise Refused(_too_large(policy))


def _receive(response: httpcore.Response, file: IO[bytes], policy: Policy) -> None:
    """Copy the body; that it is as long as declared is seen to by httpcore."""
    received, head, tail = 0, b"", b""
    for piece in response.iter_stream():
        received += len(piece)
        if received > policy.max_bytes:
            raise Refused(_too_large(policy))
        if len(head) < HEAD_BYTES:
            head += piece[:HEAD_BYTES]
            _check_start(head, is_all=len(head) >= HEAD_BYTES)
        tail = (tail + piece)[-TAIL_BYTES:]
        file.write(piece)
    _check_start(head, is_all=True)
    if END not in tail:
        raise Refused("what the server sent stops before the PDF ends; try again")


def _check_start(head: bytes, *, is_all: bool) -> None:
    """What the server calls the file is not asked; a byte order mark or blank lines may precede."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(START) or (not is_all and START.startswith(start[: len(START)])):
        return
    if start[:200].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Refused("the server sent a web page, not a PDF; name the address of the file itself")
    raise Refused("not a PDF" if start else "the server sent nothing")


def _too_large(policy: Policy) -> str:
    return f"larger than the {policy.max_bytes / 1024**2:g} MB that are fetched"


def file_name(url: str, disposition: str = "") -> str:
    """A name that is safe on every system, from the server's header or else the end of the URL."""
    message = Message()
    message["Content-Disposition"] = "".join(disposition.splitlines())
    path = url.partition("://")[2].partition("?")[0].partition("#")[0].partition("/")[2]
    name = message.get_filename() or unquote(path.rstrip("/").rpartition("/")[2])
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE)
    stem = "".join("_" if _is_unsafe(char) else char for char in stem)
    stem = stem.encode()[:NAME_BYTES].decode(errors="ignore").strip(" .").lstrip("-~")
    if RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem or 'document'}.pdf"


def _is_unsafe(char: str) -> bool:
    return char in '<>:"|?*' or unicodedata.category(char)[0] == "C" or char in "\u2028\u2029"


@contextmanager
def _whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when everything went well, and is gone otherwise."""
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=".", suffix=".part", delete=False
    ) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _sweep(folder: Path, *, older_than_s: float) -> None:
    """Remove what a killed download left; a file that is still written to is younger."""
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > older_than_s:
                part.unlink()


def _shown(text: str) -> str:
    """Short, on one line and without control characters, for a message."""
    line = "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))
    return line if len(line) <= 160 else line[:159] + "…"
