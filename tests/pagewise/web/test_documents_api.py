"""The documents API of the real server, as a program uses it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pagewise.library import Library
from pagewise.serving.guard import Limits
from pagewise.serving.server import build_app
from pagewise.settings import Settings
from pagewise.web.uploads import keep
from tests.served import LONG_S, running


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(Settings(home=tmp_path_factory.mktemp("web") / "home", offline=True)) as library:
        yield library


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[httpx.Client]:
    limits = Limits(upload_bytes=2_000_000)
    with (
        running(build_app(library, limits=limits)) as url,
        httpx.Client(base_url=url, timeout=LONG_S) as client,
    ):
        yield client


def send(client: httpx.Client, *files: tuple[str, bytes], **form: str) -> httpx.Response:
    sent = [("file", (name, content, "application/octet-stream")) for name, content in files]
    return client.post("/documents", files=sent or None, data=form or None, timeout=LONG_S)


def finished(client: httpx.Client, answer: httpx.Response) -> list[dict[str, Any]]:
    """All that the job told."""
    assert answer.status_code == 202, answer.text
    with client.stream("GET", f"/jobs/{answer.json()['id']}/events", timeout=LONG_S) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        return [
            json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line.strip()
        ]


@pytest.fixture(scope="module")
def sent(client: httpx.Client, sample_pdf: Path) -> str:
    """The sample's id, after it was sent."""
    finished(client, send(client, ("larkmoor.pdf", sample_pdf.read_bytes())))
    [document] = [
        one for one in client.get("/documents").json() if one["document"] == "larkmoor.pdf"
    ]
    return str(document["id"])


def test_a_file_is_sent_read_page_by_page_listed_and_removed(
    client: httpx.Client, library: Library, small_pdf: Path
) -> None:
    told = finished(client, send(client, ("a/b/report.pdf", small_pdf.read_bytes())))
    assert told[0]["state"] in {"waiting", "reading"}
    assert told[-1]["state"] == "done"
    assert told[-1]["documents"][0]["outcomes"] == {"ok": 2}
    [listed] = [one for one in client.get("/documents").json() if one["document"] == "report.pdf"]
    assert (listed["pages"], listed["sha256"].isalnum()) == (2, True)
    assert str(library.settings.home) not in json.dumps(listed)
    record = library.store.document("report.pdf")
    assert record
    assert Path(record.source).is_file()
    assert client.delete(f"/documents/{listed['id']}").status_code == 204
    assert not Path(record.source).exists()
    assert client.get(f"/documents/{listed['id']}").status_code == 404


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("page.html", "page.pdf"),
        ("-rf.pdf", "rf.pdf"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("con.pdf", "_con.pdf"),
        ("..", "document.pdf"),
        ("50%25.pdf", "50%25.pdf"),
    ],
)
def test_a_name_is_made_safe_and_its_ending_is_what_the_content_is(
    tmp_path: Path, small_pdf: Path, name: str, kept: str
) -> None:
    path = keep(io.BytesIO(small_pdf.read_bytes()), name, tmp_path)
    assert path.name == kept
    assert path.resolve().is_relative_to(tmp_path / "uploads")


def test_a_name_is_no_path_of_the_server(
    client: httpx.Client, library: Library, small_pdf: Path
) -> None:
    finished(client, send(client, ("../../../../tmp/up.pdf", small_pdf.read_bytes())))
    record = library.store.document("up.pdf")
    assert record
    assert Path(record.source).is_relative_to((library.settings.home / "uploads").resolve())


@pytest.mark.parametrize(
    ("files", "form", "status", "cause"),
    [
        ([("a.pdf", b"MZ\x90\0 a program")], {}, 415, "no document, picture or text"),
        ([("a.docx", b"MZ\x90\0 a program")], {}, 415, "no document, picture or text"),
        ([("a.exe", b"plain text")], {}, 415, "no document, picture or text"),
        ([("a.txt", b"\0\1\2")], {}, 415, "no document, picture or text"),
        ([], {"url": "/etc/passwd"}, 422, "not an address"),
        ([], {"url": " "}, 422, "send one or more files"),
        ([], {}, 422, "send one or more files"),
        ([("big.pdf", b"%PDF-" + bytes(2_100_000))], {}, 413, "at most 2000000 bytes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_cause(
    client: httpx.Client,
    files: list[tuple[str, bytes]],
    form: dict[str, str],
    status: int,
    cause: str,
) -> None:
    answer = send(client, *files, **form)
    assert answer.status_code == status
    assert cause in answer.json()["error"]["message"]


def test_an_upload_of_unknown_length_is_cut_at_the_limit(client: httpx.Client) -> None:
    def body() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-'
        for _ in range(300):
            yield bytes(10_000)

    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/documents", content=body(), headers=headers)
    assert answer.status_code == 413


def test_an_address_is_fetched_only_from_public_hosts_and_said_why(client: httpx.Client) -> None:
    told = finished(client, send(client, url="http://127.0.0.1:9/secret.pdf"))
    assert told[-1]["state"] == "failed"
    assert "offline" in told[-1]["failures"][0]


def test_a_damaged_file_is_told_beside_the_ones_that_were_read(
    client: httpx.Client, small_pdf: Path
) -> None:
    files = [("good.pdf", small_pdf.read_bytes()), ("bad.pdf", b"%PDF-1.4 nothing")]
    told = finished(client, send(client, *files))
    assert told[-1]["state"] == "incomplete"
    assert [one["document"] for one in told[-1]["documents"]] == ["good.pdf"]
    assert "bad.pdf" in told[-1]["failures"][0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/0000", 404),
        ("/documents/..%2f..%2fetc%2fpasswd", 404),
        ("/documents/{id}/pages/0.png", 404),
        ("/documents/{id}/pages/9.png", 404),
        ("/documents/{id}/pages/x.png", 422),
        ("/documents/{id}/pages/1.png?highlight=1,2,3", 422),
        ("/documents/{id}/pages/1.png?highlight=1,2,nan,4", 422),
        ("/documents/{id}/pages/1.png?highlight=9,9,1,1", 422),
        ("/jobs/none", 404),
        ("/jobs/none/events", 404),
    ],
)
def test_what_is_not_there_is_said_to_be_missing(
    client: httpx.Client, sent: str, path: str, status: int
) -> None:
    answer = client.get(path.replace("{id}", sent))
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_to_stop_what_is_over_changes_nothing(client: httpx.Client) -> None:
    job = send(client, ("dues.md", b"# Dues\n\nThe dues were 41 crowns.\n"))
    finished(client, job)
    assert client.delete(f"/jobs/{job.json()['id']}").json()["state"] == "done"
    assert client.delete("/jobs/none").status_code == 404


def test_the_interface_is_described(client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    assert {"get", "post"} <= set(told["paths"]["/documents"])
    assert "multipart/form-data" in told["paths"]["/documents"]["post"]["requestBody"]["content"]
    assert {
        "/documents/{document_id}/pages/{number}.png",
        "/documents/{document_id}/tables",
        "/documents/{document_id}/audit",
        "/jobs/{job_id}/events",
    } <= set(told["paths"])
    assert "JobStatus" in told["components"]["schemas"]


def test_a_page_of_html_is_saved_and_never_opened(client: httpx.Client) -> None:
    page = b"<h1>Sales</h1><script>alert(1)</script><p>Sales rose to 5 million.</p>"
    finished(client, send(client, ("sales.html", page)))
    [document] = [one for one in client.get("/documents").json() if one["document"] == "sales.html"]
    answer = client.get(f"/documents/{document['id']}/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
