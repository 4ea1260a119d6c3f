"""The web page as it is sent: texts, languages, answers as events, nothing that runs but ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from pagewise.library import Library
from pagewise.serving.server import build_app
from pagewise.web.texts import language_wanted
from tests.served import LONG_S, running

GROWTH = "By how much did group revenue grow from 2024 to 2025?"


@pytest.fixture(scope="module")
def client(sample_library: Library) -> Iterator[httpx.Client]:
    with (
        running(build_app(sample_library)) as url,
        httpx.Client(base_url=url, timeout=LONG_S) as client,
    ):
        yield client


def ask(client: httpx.Client, question: str, thread: str) -> list[str]:
    """The pieces of the page that an answer brings."""
    form = {"question": question, "thread": thread}
    answer = client.post("/ui/ask", data=form, headers={"hx-request": "true"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = answer.text.strip().split("\n\n")
    return ["\n".join(line.removeprefix("data: ") for line in one.split("\n")) for one in events]


def test_the_first_screen_is_small_and_all_of_it_is_ours(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\s(?:style|on\w+)=", page.text)
    parts = re.findall(r'<(?:link|script)[^>]*(?:src|href)="([^"]+)', page.text)
    assert all(part.startswith("/static/") for part in parts)
    loaded = [client.get(part) for part in parts]
    assert [one.status_code for one in loaded] == [200] * len(parts)
    assert 1 + len(parts) <= 6
    assert sum(len(one.content) for one in [page, *loaded]) <= 80 * 1024


def test_what_is_asked_comes_back_with_its_places(client: httpx.Client) -> None:
    begun, *_, done = ask(client, GROWTH, "test-places")
    assert 'hx-target="#turns"' in begun
    assert GROWTH in begun
    assert "42.4 million" in done
    assert "385.8 - 343.4 = <strong>42.4</strong>" in done
    assert '<td class="cited number">' in done
    [view] = set(re.findall(r'hx-get="(/ui/documents/\w+/pages/3\?[^"]*at=1)"', done))
    page = client.get(view.replace("&amp;", "&")).text
    assert page.count("<rect") == 2
    assert page.count('class="now"') == 1
    assert "#page=3" in page


def test_a_conversation_is_kept_and_shown_again(client: httpx.Client) -> None:
    ask(client, GROWTH, "test-kept-1")
    page = client.get("/c/test-kept-1").text
    assert "42.4 million" in page
    assert '<article class="turn done"' in page
    assert client.get("/c/no").status_code == 404


def test_a_browser_without_scripts_is_answered_with_a_page(client: httpx.Client) -> None:
    form = {"question": GROWTH, "thread": "test-plain-1"}
    answer = client.post("/ui/ask", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/c/test-plain-1")


def test_what_is_not_claimed_is_shown_as_passages(client: httpx.Client) -> None:
    done = ask(client, "How many employees work in Nairobi?", "test-passages")[-1]
    assert '<ol class="nearest">' in done
    assert "Checked against" not in done
    assert '<figure class="cited-table">' in done


def test_a_quote_is_said_to_be_one_and_no_more(client: httpx.Client) -> None:
    done = ask(client, "What are the sections of larkmoor.pdf?", "test-quoted")[-1]
    assert "Quoted word for word" in done
    assert "Checked against" not in done


def test_a_question_that_cannot_be_asked_says_why(client: httpx.Client) -> None:
    done = ask(client, "x" * 4001, "test-too-long")[-1]
    assert "at most 4,000" in done


@pytest.mark.parametrize(
    ("accepted", "word"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "Dokumente"),
        ("fr", "Déposez"),
        ("zh-CN", "文档"),
        ("sv, en;q=0.1", "Documents"),
        ("de;q=x", "Documents"),
    ],
)
def test_the_page_speaks_the_readers_language(
    client: httpx.Client, accepted: str, word: str
) -> None:
    page = client.get("/", headers={"accept-language": accepted}).text
    assert word in page
    assert f'<html lang="{language_wanted(accepted)}">' in page
