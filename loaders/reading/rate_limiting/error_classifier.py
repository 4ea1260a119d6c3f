"""Why a call to a model failed, told alike for every client library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

from loaders.reading.rate_limiting.model_calls import OutOfTime
from loaders.redaction import Redaction

_BY_LOOKS = Redaction()
_DURATION = re.compile(r"(\d+(?:\.\d+)?)s")
_BUSY_CODES = {408, 409, 425, 499, 500, 502, 503, 504}
_DOOR_CODES = {401, 403, 404}
_LONGEST_MESSAGE = 300
_BROKEN = ("httpx", "httpx2", "httpcore", "aiohttp", "json", "requests", "urllib3", "ssl")
_NO_CREDIT = {"insufficient_quota", "billing_hard_limit_reached", "credit_balance_too_low"}
"""Codes of a 429 that no waiting helps against."""


class Kind(Enum):
    """What kind of failure it is; `Failure.passes` tells which pass by themselves."""

    MINUTE = "the quota of a minute is spent"
    DAY = "the quota of the day is spent"
    BUSY = "the service is overloaded"
    BROKEN = "the connection broke"
    ABSENT = "nothing answers at its address"
    SLOW = "the answer took too long"
    CLOSED = "the key or the model is not accepted"
    REFUSED = "the request was refused"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call, as far as the client library told."""

    kind: Kind
    message: str
    code: int = 0
    retry_after: float = 0.0
    """Seconds that the service asks to wait; 0 if it does not say."""
    requests_a_minute: int = 0
    """The limit that the service names; 0 if it does not."""

    @property
    def passes(self) -> bool:
        """Whether the same request may succeed later today."""
        return self.kind in {Kind.MINUTE, Kind.BUSY, Kind.BROKEN, Kind.ABSENT}


def failure_of(error: BaseException, hide: Callable[[str], str] = _BY_LOOKS.text) -> Failure:
    """Read code and details wherever in the chain of causes the client library left them.

    `hide` takes out of the message what must not be shown: services repeat keys in their errors.
    """
    chain = list(_chain(error))
    coded = next((each for each in chain if _code(each)), error)
    code, details = _code(coded), _details(chain)
    message = hide(_message(coded))[:_LONGEST_MESSAGE]
    wait = _retry_after(details) or _retry_after_header(coded)
    if any(isinstance(each, OutOfTime) for each in chain):
        return Failure(Kind.SLOW, message)
    if code == 429:
        return _quota_failure(message, _bodies(coded), details, wait)
    if code in _BUSY_CODES:
        return Failure(Kind.BUSY, message, code, wait)
    if code in _DOOR_CODES or "API_KEY_INVALID" in str(details) or "API key" in message:
        return Failure(Kind.CLOSED, message, code)
    return Failure(_kind_without_code(chain) if not code else Kind.REFUSED, message, code)


def _kind_without_code(chain: list[BaseException]) -> Kind:
    """No answer came at all, or none that could be read; else the request could not be made."""
    if any(isinstance(each, ConnectionRefusedError) for each in chain):
        return Kind.ABSENT
    return Kind.BROKEN if any(_is_broken(each) for each in chain) else Kind.REFUSED


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _code(error: BaseException) -> int:
    response = getattr(error, "response", None)
    for holder, name in ((error, "code"), (error, "status_code"), (response, "status_code")):
        code = getattr(holder, name, None)
        if isinstance(code, int) and code >= 400:
            return code
    return 0


def _bodies(error: BaseException) -> list[Mapping[str, Any]]:
    """The error as the service wrote it, from the outside in."""
    body = getattr(error, "body", None)
    found = [body] if isinstance(body, Mapping) else []
    inner = found[0].get("error") if found else None
    return [*found, inner] if isinstance(inner, Mapping) else found


def _retry_after_header(error: BaseException) -> float:
    """Seconds by the header that other services than Google send: a number or a date."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    told = str(headers.get("retry-after", ""))
    with suppress(ValueError):
        return max(0.0, float(told))
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    return 0.0


def _details(chain: list[BaseException]) -> list[Mapping[str, Any]]:
    """Return Google's list of error details, if one of the errors carries it."""
    for error in chain:
        body = getattr(error, "details", None) or getattr(error, "body", None)
        inner = body.get("error", body) if isinstance(body, Mapping) else None
        found = inner.get("details") if isinstance(inner, Mapping) else None
        if isinstance(found, list):
            return [each for each in found if isinstance(each, Mapping)]
    return []


def _message(error: BaseException) -> str:
    written = [body.get("message") for body in reversed(_bodies(error))]
    told = next(filter(None, written), None) or getattr(error, "message", None)
    text = told if isinstance(told, str) and told else str(error)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first or type(error).__name__


def _quota_failure(
    message: str,
    bodies: list[Mapping[str, Any]],
    details: list[Mapping[str, Any]],
    wait: float,
) -> Failure:
    code = 429
    if any(body.get(key) in _NO_CREDIT for body in bodies for key in ("code", "type")):
        return Failure(Kind.CLOSED, f"the account has no credit: {message}", code)
    violations = [
        violation
        for detail in details
        for violation in detail.get("violations") or ()
        if isinstance(violation, Mapping)
    ]
    if any(str(violation.get("quotaValue")) == "0" for violation in violations):
        return Failure(Kind.CLOSED, f"the key has no quota for this model: {message}", code)
    names = " ".join(str(violation.get("quotaId", "")) for violation in violations)
    kind = Kind.DAY if "PerDay" in names else Kind.MINUTE
    limits = [
        int(value)
        for violation in violations
        if "Requests" in (name := str(violation.get("quotaId", ""))) and "PerMinute" in name
        if (value := str(violation.get("quotaValue", ""))).isdigit()
    ]
    return Failure(kind, message, code, wait, min(limits, default=0))


def _retry_after(details: list[Mapping[str, Any]]) -> float:
    for detail in details:
        match = _DURATION.fullmatch(str(detail.get("retryDelay", "")))
        if match:
            return float(match[1])
    return 0.0


def _is_broken(error: BaseException) -> bool:
    library = type(error).__module__.partition(".")[0]
    return isinstance(error, (TimeoutError, ConnectionError, OSError)) or library in _BROKEN
