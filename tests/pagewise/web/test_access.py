"""Signing in: the page, the cookie, wrong keys, other sites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pagewise.library import Library
from pagewise.serving.server import build_app
from pagewise.web import access
from pagewise.web.access import Access
from tests.served import LONG_S, running

KEY = "correct horse battery"
HTML = {"accept": "text/html,*/*"}


@pytest.fixture
def url(small_library: Library) -> Iterator[str]:
    with running(build_app(small_library, key=KEY)) as url:
        yield url


@pytest.fixture
def browser(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, headers={"origin": url}, timeout=LONG_S) as client:
        yield client


def sign_in(browser: httpx.Client, key: str = KEY, next: str = "/") -> httpx.Response:
    return browser.post("/login", data={"key": key, "next": next})


def test_a_browser_is_led_to_the_login_and_back(browser: httpx.Client) -> None:
    refused = browser.get("/c/some-thread", headers=HTML)
    assert (refused.status_code, refused.headers["location"]) == (303, "/login?next=/c/some-thread")
    assert 'type="password"' in browser.get("/login").text
    answer = sign_in(browser, next="/c/some-thread")
    assert (answer.status_code, answer.headers["location"]) == (303, "/c/some-thread")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert KEY not in cookie
    assert browser.get("/", headers=HTML).status_code == 200
    assert browser.get("/documents").status_code == 200
    browser.post("/logout")
    assert browser.get("/", headers=HTML).status_code == 303


def test_a_program_sends_the_key_and_gets_no_page(url: str) -> None:
    assert httpx.get(f"{url}/documents", timeout=LONG_S).status_code == 401
    bearer = {"authorization": f"Bearer {KEY}"}
    assert httpx.get(f"{url}/documents", headers=bearer, timeout=LONG_S).status_code == 200
    assert httpx.get(f"{url}/static/page.css", timeout=LONG_S).status_code == 200
    assert httpx.get(f"{url}/static/../documents", timeout=LONG_S).status_code in {401, 404}


def test_a_forged_or_stale_cookie_is_none(
    browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("1", "1.abc.def", Access("another key of a server").cookie(), 'a;b="'):
        answer = browser.get("/documents", headers={"cookie": f"pagewise={value}"})
        assert answer.status_code == 401
    sign_in(browser)
    assert browser.get("/documents").status_code == 200
    monkeypatch.setattr(access, "MOST_AGE", -1)
    assert browser.get("/documents").status_code == 401


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil", "/a\nb", ""])
def test_the_login_leads_to_this_server_only(browser: httpx.Client, next: str) -> None:
    assert sign_in(browser, next=next).headers["location"] == "/"


def test_wrong_keys_are_slowed_and_those_who_are_signed_in_go_on(
    browser: httpx.Client, url: str
) -> None:
    sign_in(browser)
    wrong = {"authorization": "Bearer not the key at all"}
    with httpx.Client(headers=wrong, timeout=LONG_S) as guessing:
        told = [guessing.get(f"{url}/documents").status_code for _ in range(6)]
    assert told == [401] * 5 + [429]
    assert sign_in(browser).status_code == 429
    assert browser.get("/documents").status_code == 200


def test_time_passes_and_a_key_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Access(KEY)
    assert [door.judge(b"no", "a") for _ in range(6)] == ["wrong"] * 5 + ["wait"]
    assert door.judge(KEY.encode(), "a") == "wait"
    assert door.judge(KEY.encode(), "b") == "right"
    monkeypatch.setattr(access, "WITHIN_S", 0.0)
    assert door.judge(KEY.encode(), "a") == "right"


def test_what_changes_something_must_come_from_our_own_page(
    url: str, browser: httpx.Client, small_pdf: Path
) -> None:
    sign_in(browser)
    cookie = {"cookie": f"pagewise={browser.cookies['pagewise']}"}
    file = {"file": ("evil.pdf", small_pdf.read_bytes())}
    without = httpx.post(f"{url}/documents", files=file, headers=cookie, timeout=LONG_S)
    other = httpx.post(
        f"{url}/documents",
        files=file,
        headers={**cookie, "origin": "http://evil.example"},
        timeout=LONG_S,
    )
    assert (without.status_code, other.status_code) == (403, 403)
    [document] = httpx.get(f"{url}/documents", headers=cookie, timeout=LONG_S).json()
    removed = httpx.delete(f"{url}/documents/{document['id']}", headers=cookie, timeout=LONG_S)
    assert removed.status_code == 403
