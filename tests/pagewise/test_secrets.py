"""Which settings are secrets."""

from __future__ import annotations

from loaders.redaction import HIDDEN
from pagewise.secrets import redaction_for
from pagewise.settings import Settings


def test_words_are_left_alone() -> None:
    values = {"text": "Net income rose; the database at db.example was asked.", "n": [1, None]}
    settings = Settings(database_url="postgresql://db.example/threads", server_key="short")
    assert redaction_for(settings)(values) == values


def test_the_password_in_an_address_is_a_key() -> None:
    settings = Settings(database_url="postgresql://me:not-a-real-password@db.example/threads")
    told = redaction_for(settings)({"error": "login with not-a-real-password failed"})
    assert told == {"error": f"login with {HIDDEN} failed"}


def test_a_password_is_known_as_it_is_written_in_an_address_and_as_it_is() -> None:
    settings = Settings(database_url="postgresql://me:not%2Fa-real-password@db.example/threads")
    told = redaction_for(settings)({"error": "not/a-real-password and not%2Fa-real-password"})
    assert told == {"error": f"{HIDDEN} and {HIDDEN}"}


def test_an_address_is_told_unless_it_may_hold_a_secret() -> None:
    error = {"error": "http://127.0.0.1:1 does not answer"}
    assert redaction_for(Settings(chroma_url="http://127.0.0.1:1"))(error) == error
    secret = "http://me:some-password@chroma.example"
    assert secret not in str(redaction_for(Settings(chroma_url=secret))({"error": secret}))
