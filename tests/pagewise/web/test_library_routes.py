from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pagewise.library import Library
from pagewise.web.document_ids import id_of
from pagewise.web.jobs import Jobs
from pagewise.web.library_routes import MARGIN, library_router
from pagewise.web.page_pngs import PagePngs

SAMPLE = f"/ui/documents/{id_of('larkmoor.pdf')}"


@pytest.fixture(scope="module")
def client(sample_library: Library) -> Iterator[TestClient]:
    app, pngs = FastAPI(), PagePngs(sample_library)
    app.include_router(library_router(sample_library, Jobs(sample_library), pngs))
    with TestClient(app) as client:
        yield client
    pngs.close()


def test_a_page_is_shown_with_its_picture_its_text_and_frames(client: TestClient) -> None:
    page = client.get(f"{SAMPLE}/pages/3?box=10,20,110,40&box=10,60,110,80&at=2").text
    assert page.count("<rect") == 2
    assert f'x="{10 - MARGIN}"' in page
    assert f'width="{100 + 2 * MARGIN}"' in page
    assert "385.8" in page


def test_a_page_that_is_not_there_and_a_box_that_is_none_are_refused(client: TestClient) -> None:
    assert client.get(f"{SAMPLE}/pages/99").status_code == 404
    assert client.get("/ui/documents/none/pages/1").status_code == 404
    assert client.get(f"{SAMPLE}/pages/3?box=1,2,3").status_code == 422


def test_the_audit_tells_of_every_page(client: TestClient, sample_library: Library) -> None:
    audit = client.get(SAMPLE).text
    assert "larkmoor.pdf" in audit
    [record] = sample_library.documents()
    assert all(f"/pages/{number}" in audit for number in range(1, record.pages + 1))


def test_a_job_that_nobody_began_is_not_there(client: TestClient) -> None:
    assert client.get("/ui/jobs/none/events").status_code == 404


def test_a_form_that_brings_nothing_is_refused(client: TestClient) -> None:
    assert client.post("/ui/documents", data={"url": " "}).status_code == 422
