from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pagewise.library import Library
from pagewise.web.mounting import UPLOAD_PATHS, mount_web
from pagewise.web.templating import STATIC


@pytest.fixture(scope="module")
def client(sample_library: Library) -> Iterator[TestClient]:
    app = FastAPI()
    mount_web(app, sample_library, None)
    with TestClient(app) as client:
        yield client


def test_the_page_and_the_documents_are_there_and_no_login_without_a_key(
    client: TestClient,
) -> None:
    assert client.get("/").status_code == 200
    [document] = client.get("/documents").json()
    assert document["document"] == "larkmoor.pdf"
    assert client.get("/login").status_code == 404


def test_static_files_are_kept_by_the_browser_and_still_guarded(client: TestClient) -> None:
    name = next(path.name for path in sorted(STATIC.iterdir()) if path.is_file())
    told = client.get(f"/static/{name}")
    assert "immutable" in told.headers["cache-control"]
    assert told.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in told.headers["content-security-policy"]


def test_what_is_long_is_sent_packed(client: TestClient) -> None:
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/health").headers


def test_files_come_in_where_the_limits_expect_them(client: TestClient) -> None:
    for path in UPLOAD_PATHS:
        assert client.post(path).status_code in {400, 415, 422}
