"""What is taken out of every error shown and everything that leaves the machine."""

from __future__ import annotations

import json

import pytest

from loaders.redaction import HIDDEN, Redaction
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


def test_a_key_in_an_address_is_hidden_and_what_stands_beside_it_is_not() -> None:
    told = Redaction().text("GET https://a.example/v1?key=AbC-123&alt=sse failed")
    assert told == f"GET https://a.example/v1?key={HIDDEN}&alt=sse failed"
