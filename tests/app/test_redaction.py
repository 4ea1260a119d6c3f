"""What is taken out of everything that leaves the machine."""

from __future__ import annotations

import json

import pytest

from app.redaction import HIDDEN, Redaction, redaction_for
from app.settings import Settings
from tests.gemini_emulator import KEY


def test_images_and_keys_are_taken_out() -> None:
    image = "data:image/png;base64," + "iVBORw0KGgo" * 20
    told = Redaction([KEY])(
        {
            "messages": [{"content": [{"type": "image_url", "image_url": {"url": image}}]}],
            "image": {"base64": "iVBORw0KGgo", "inline_data": {"data": "iVBORw0KGgo"}},
            KEY: f"with {KEY} inside",
            "page": 3,
        }
    )
    assert "iVBOR" not in json.dumps(told)
    assert KEY not in json.dumps(told)
    assert told["page"] == 3


@pytest.mark.parametrize(
    "text",
    [f"key {KEY[:12]}… refused", f"ends in {KEY[-8:]}", f"{KEY[:9]} and {KEY[15:30]}"],
    ids=["start", "end", "two pieces"],
)
def test_a_piece_of_a_key_is_a_secret_too(text: str) -> None:
    told = Redaction([KEY])({"error": text})["error"]
    assert HIDDEN in told
    assert not any(KEY[at : at + 8] in told for at in range(len(KEY) - 7))


def test_keys_of_other_services_are_known_by_their_looks() -> None:
    told = Redaction()({"error": "Bearer sk-proj-abcdefghijklmnop failed"})
    assert told == {"error": f"Bearer {HIDDEN} failed"}


def test_words_are_left_alone() -> None:
    values = {"text": "Net income rose; the database at db.example was asked.", "n": [1, None]}
    settings = Settings(database_url="postgresql://db.example/threads", server_key="short")
    assert redaction_for(settings)(values) == values


def test_the_password_in_an_address_is_a_key() -> None:
    settings = Settings(database_url="postgresql://me:not-a-real-password@db.example/threads")
    told = redaction_for(settings)({"error": "login with not-a-real-password failed"})
    assert told == {"error": f"login with {HIDDEN} failed"}
