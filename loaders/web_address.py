"""URLs, read as strictly as is safe: what could mean two things to two programs is refused."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlsplit

import idna

PORTS = {"http": 80, "https": 443}
FIRST_FREE_PORT = 1024
MAX_LENGTH = 4000
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT = "/%:@!$&'()*+,;=~-._"


class Refused(Exception):
    """A URL, a host or a server's reply that is not to be followed; the message says why."""


def is_web_address(name: str) -> bool:
    """Whether the name is meant as a URL, of whatever scheme, and not as a file."""
    return re.match(r"[a-z][a-z0-9+.-]*://", name, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where a request goes; `host` is a lower-case ASCII name or an IP address without brackets."""

    scheme: str
    host: str
    port: int
    target: str
    """Path and query, percent-encoded; the fragment stays at home."""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Take a URL apart.

        Raises:
            Refused: It is not plain http or https to a named host.
        """
        # urlsplit drops tabs and newlines in silence, and browsers read "\" as "/".
        if len(url) > MAX_LENGTH or any(char <= " " or char in "\\\x7f" for char in url.strip()):
            raise Refused("not a usable URL: too long, or with blanks, backslashes or controls")
        try:
            parts = urlsplit(url.strip())
            port = parts.port
        except ValueError as error:
            raise Refused(f"not a usable URL: {error}") from error
        if parts.scheme not in PORTS:
            raise Refused(f"{parts.scheme or 'no scheme'} is not fetched; only http and https are")
        if "@" in parts.netloc:
            raise Refused("a user name or password in a URL is not sent; leave it out")
        if port is not None and port < FIRST_FREE_PORT and port not in PORTS.values():
            raise Refused(f"port {port} belongs to another service than the web")
        target = quote(parts.path or "/", safe=_KEPT)
        if parts.query:
            target += "?" + quote(parts.query, safe=_KEPT + "?")
        return cls(
            parts.scheme, _plain_host(parts.netloc, port), port or PORTS[parts.scheme], target
        )

    @property
    def authority(self) -> str:
        """The host as a Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def _plain_host(netloc: str, port: int | None) -> str:
    host = netloc.removesuffix(f":{port}").removesuffix(":").lower()
    if host.startswith("["):
        return _ip_literal(host.strip("[]"))
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError as error:
        raise Refused(f"{host!r} is not a usable host name") from error
    name = name.removesuffix(".")
    last = name.rpartition(".")[2]
    # 2130706433, 0x7f.1, 0177.0.0.1 and 127.1 are all 127.0.0.1 to a resolver.
    if _NUMERIC.fullmatch(last):
        return _ip_literal(name)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise Refused(f"{host!r} is not a usable host name")
    return name


def _ip_literal(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise Refused(f"{text!r} is not an IP address in its plain form") from error
