"""Connections to public hosts only, to exactly the address that was checked, and in time.

A plug for httpcore: it still does HTTP, and TLS with the host's name; where the bytes go and how
long they may take is decided here. langchain-core has such a transport too, but as an internal
module (`langchain_core._security`) that an environment variable can open to localhost.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from loaders.web_address import Refused

CONNECT_SECONDS = 10.0
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments; older Pythons call part of it global
        "192.88.99.0/24",  # the old 6to4 relays
        "168.63.129.16/32",  # public by number, but Azure's own inside Azure
        "2001::/23",  # protocol assignments, Teredo among them: an IPv4 address in disguise
        "2002::/16",  # 6to4: likewise
        "3fff::/20",  # documentation
    )
]
"""What `ipaddress` does not know to be anything but public."""


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Whether an address lies on the open internet, seen through every disguise."""
    try:
        ip: IpAddress = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.is_loopback:
        return allow_loopback
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:  # how a network without IPv4 reaches the old internet
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in PUBLIC_IPV6:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in NOT_PUBLIC)


class Clock:
    """The time that is left for everything together, and the longest wait for anything."""

    def __init__(self, total_s: float, stall_s: float) -> None:
        self.total_s, self.stall_s = total_s, stall_s
        self.end = time.monotonic() + total_s

    def wait(self) -> float:
        """How long the next step may take.

        Raises:
            Refused: No time is left.
        """
        left = self.end - time.monotonic()
        if left < 0.01:
            raise Refused(f"not finished after {self.total_s:g} seconds")
        return min(left, self.stall_s)

    @contextmanager
    def step(self) -> Iterator[float]:
        """One step and how long it may take; whose end it was is told apart afterwards."""
        try:
            yield self.wait()
        except httpcore.TimeoutException:
            self.wait()
            raise


class GuardedBackend(httpcore.NetworkBackend):
    """Looks a host up once, checks every address found, and connects to one of those."""

    def __init__(self, clock: Clock, *, allow_loopback: bool) -> None:
        self.clock, self.allow_loopback = clock, allow_loopback
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(host, port, self.clock)
        for address in addresses:
            if not is_public(address, allow_loopback=self.allow_loopback):
                where = host if host == address else f"{host}, at {address},"
                raise Refused(f"{where} is not on the public internet")
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in addresses:
            wait = min(self.clock.wait(), CONNECT_SECONDS)
            try:
                stream = self.backend.connect_tcp(address, port, wait, None, socket_options)
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failure = error
            else:
                return GuardedStream(stream, self.clock)
        raise Refused(f"cannot connect to {host}") from failure


class GuardedStream(httpcore.NetworkStream):
    """A connection whose every step takes from one clock, so that dripping does not help."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self.stream, self.clock = stream, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self.clock.step() as wait:
            return self.stream.read(max_bytes, wait)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self.clock.step() as wait:
            self.stream.write(buffer, wait)

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        with self.clock.step() as wait:
            stream = self.stream.start_tls(ssl_context, server_hostname, wait)
        return GuardedStream(stream, self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def resolve(host: str, port: int, clock: Clock) -> list[str]:
    """Every address of a host, each once; the resolver itself knows no time limit, so it gets one.

    Raises:
        Refused: There is no such host, or no answer in time.
    """
    answer: list[list[str] | OSError] = []

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.append(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except OSError as error:
            answer.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(min(clock.wait(), CONNECT_SECONDS))
    if not answer:
        raise Refused(f"no answer to the question where {host} is")
    if isinstance(answer[0], OSError):
        raise Refused(f"no such host: {host}") from answer[0]
    return answer[0]
