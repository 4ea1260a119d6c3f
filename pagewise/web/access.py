"""Who may use the server: programs by its key, browsers by a signed cookie that the key buys.

The cookie says nothing but that its bearer knew the key; another key of the server makes it void.
After a few wrong keys an address has to wait, whatever it sends; a cookie that holds goes on.
"""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from http.cookies import CookieError, SimpleCookie
from typing import Literal

from itsdangerous import BadSignature, TimestampSigner

COOKIE = "pagewise"
MOST_AGE = 7 * 24 * 3600
"""Seconds that a browser stays signed in."""
MOST_WRONG = 5
WITHIN_S = 60.0
_MOST_ADDRESSES = 10_000
_SALT = "pagewise.signed-in"
_TOLD = b"1"


class Access:
    """The server's key, how it is told in a cookie, and who has sent wrong ones."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._signer = TimestampSigner(self._key, salt=_SALT)
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    def judge(self, given: bytes, address: str) -> Literal["right", "wrong", "wait"]:
        """Hold what was sent against the key, unless its address has to wait."""
        since = time.monotonic() - WITHIN_S
        recent = [at for at in self._wrong.get(address, []) if at > since]
        if len(recent) >= MOST_WRONG:
            return "wait"
        if hmac.compare_digest(given, self._key):
            return "right"
        self._wrong[address] = [*recent, time.monotonic()]
        self._wrong.move_to_end(address)
        if len(self._wrong) > _MOST_ADDRESSES:
            self._wrong.popitem(last=False)
        return "wrong"

    def cookie(self) -> str:
        """What a browser is given that has sent the key."""
        return self._signer.sign(_TOLD).decode()

    def is_signed_in(self, header: str) -> bool:
        """Whether the `Cookie` header of a request holds what `cookie` gave."""
        try:
            found = SimpleCookie(header).get(COOKIE)
            return found is not None and self._signer.unsign(found.value, MOST_AGE) == _TOLD
        except (CookieError, BadSignature):
            return False
