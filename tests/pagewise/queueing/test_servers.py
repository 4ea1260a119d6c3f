"""Two servers behind one address: what one was sent, the other tells, shows and answers."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from pagewise.doctor import examine
from tests.queue_world import World
from tests.served import LONG_S, serving

pytestmark = [  # Chroma's client leaves its connections to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SECRET = "canary-shared-by-all-servers"


def test_an_upload_on_one_server_is_seen_on_the_other(local: World, small_pdf: Path) -> None:
    states = {finding.what: finding for finding in examine(local.settings("here"))}
    assert states["queue"].state == "0 documents; 0 jobs waiting, 0 being done"
    local.worker("worker")
    one, other = (
        local.environment(home) | {"PAGEWISE_SERVER_KEY": SECRET} for home in ("one", "other")
    )
    with (
        serving(local.folder / "one", "serve", **one) as first,
        serving(local.folder / "other", "serve", **other) as second,
        httpx.Client(base_url=first, timeout=LONG_S) as here,
        httpx.Client(base_url=second, timeout=LONG_S) as there,
    ):
        signed = here.post("/login", data={"key": SECRET}, headers={"origin": first})
        origin = {"origin": first}
        for client in (here, there):
            client.cookies.update(signed.cookies)
        sent = here.post("/documents", files={"file": small_pdf.open("rb")}, headers=origin)
        assert sent.status_code == 202, sent.text
        with there.stream("GET", f"/jobs/{sent.json()['id']}/events") as stream:
            told = [json.loads(line[6:]) for line in stream.iter_lines() if line.strip()]
        assert told[-1]["state"] == "done", told
        [document] = there.get("/documents").json()
        picture = there.get(f"/documents/{document['id']}/pages/1.png")
        assert picture.content.startswith(b"\x89PNG")
        assert there.get(f"/documents/{document['id']}/original").content == small_pdf.read_bytes()
        question = {"input": {"question": "How many people does the company employ?"}}
        asked = there.post("/pagewise/invoke", json=question, headers={"origin": second})
        assert "340" in asked.json()["output"]["answer"]
        gone = there.delete(f"/documents/{document['id']}", headers={"origin": second})
        assert gone.status_code == 204
        assert here.get("/documents").json() == []
    assert not (local.folder / "one" / "uploads").exists() or not [
        *(local.folder / "one" / "uploads").rglob("*.pdf")
    ]
    assert [path for path in (local.folder / "files").rglob("*") if path.is_file()] == []
