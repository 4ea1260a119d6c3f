from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from starlette.requests import Request

from pagewise.web.templating import HEADERS, STATIC, environment, page, render, static, texts_for
from pagewise.web.texts import texts

EN = texts("en")
FAILED = {"turn": "turn-1", "question": "<script>x</script>", "cause": "a & b"}


def test_everything_that_is_filled_in_is_escaped() -> None:
    shown = render("turn_failed.html", EN, **FAILED)
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    assert "a &amp; b" in shown


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("turn_failed.html", EN, turn="turn-1")


def test_every_template_can_be_read() -> None:
    names = environment().list_templates()
    assert names
    assert all(environment().get_template(name).name == name for name in names)


def test_the_address_of_a_file_changes_with_it() -> None:
    [name, *_] = sorted(path.name for path in STATIC.iterdir() if path.is_file())
    assert static(name).startswith(f"/static/{name}?v=")
    assert static(name) == static(name)


def test_an_answer_lets_nothing_run_but_our_own_files() -> None:
    told = page("turn_failed.html", EN, 404, **FAILED)
    assert told.status_code == 404
    assert told.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert "unsafe" not in HEADERS["content-security-policy"]


def test_the_reader_is_spoken_to_in_his_language() -> None:
    def asked(accepted: str) -> Request:
        headers = [(b"accept-language", accepted.encode())]
        return Request({"type": "http", "headers": headers})

    assert texts_for(asked("de")).lines == texts("de").lines
    assert texts_for(asked("")).lines == EN.lines
