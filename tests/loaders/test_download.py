"""The real client against loopback servers that redirect, lie, stall, drip and send too much."""

from __future__ import annotations

import datetime
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from loaders.download import Policy, fetch, file_name
from loaders.errors import SourceError
from loaders.sources import Source, document_name, find_sources

PDF = b"%PDF-1.4\n" + b"x" * 5000 + b"\nstartxref\n0\n%%EOF\n"
HERE = Policy(allow_loopback=True, max_bytes=100_000, total_s=5, stall_s=2)

Reply = Callable[[socket.socket], None]


class Server:
    """Answers the n-th connection with the n-th reply, the last one for ever."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.context = context
        self.replies: list[Reply] = []
        self.requests: list[str] = []
        self.closing = threading.Event()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def url(self, path: str = "/paper.pdf", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.context else 'http'}://{host}:{self.port}{path}"

    def serve(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                try:
                    self.answer(connection)
                except OSError:
                    continue  # the client has hung up or refused the certificate, as it should

    def answer(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        stream = self.context.wrap_socket(connection, True) if self.context else connection
        with stream:
            request = b""
            while b"\r\n\r\n" not in request:
                piece = stream.recv(4096)
                if not piece:
                    return
                request += piece
            self.requests.append(request.decode())
            self.replies[min(len(self.requests), len(self.replies)) - 1](stream)

    def close(self) -> None:
        self.closing.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(10)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def reply(body: bytes = PDF, *headers: str, status: str = "200 OK", length: int = -1) -> Reply:
    lines = [f"HTTP/1.1 {status}", *headers]
    if length >= 0:
        lines.append(f"Content-Length: {length}")
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return lambda connection: connection.sendall(head + body)


def redirect(location: str, status: int = 302) -> Reply:
    return reply(b"", f"Location: {location}", status=f"{status} Found", length=0)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


def test_a_pdf_is_fetched_whole_and_asked_for_plainly(server: Server, tmp_path: Path) -> None:
    server.replies = [reply(length=len(PDF))]
    path = fetch(server.url("/a/b/Annual%20Report.pdf?year=2024#page=3"), tmp_path, HERE)
    assert path.read_bytes() == PDF
    assert path.name == "Annual Report.pdf"
    assert files(tmp_path) == [path]
    (request,) = server.requests
    assert request.startswith("GET /a/b/Annual%20Report.pdf?year=2024 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}\r\n" in request
    assert "Accept-Encoding: identity\r\n" in request


@pytest.mark.parametrize(
    "answer",
    [
        reply(),
        reply(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(PDF), PDF),
            "Content-Type: text/html",
            "Transfer-Encoding: chunked",
        ),
        reply(b"\xef\xbb\xbf\n" + PDF),
    ],
    ids=["until the connection closes", "chunked, called a web page", "after a byte order mark"],
)
def test_a_pdf_is_a_pdf_however_it_is_sent(server: Server, tmp_path: Path, answer: Reply) -> None:
    server.replies = [answer]
    assert fetch(server.url(), tmp_path, HERE).read_bytes().strip(b"\xef\xbb\xbf\n") == PDF.strip()


def test_the_same_url_replaces_its_file_and_another_one_does_not(
    server: Server, tmp_path: Path
) -> None:
    newer = PDF.replace(b"x", b"y")
    server.replies = [reply(), reply(newer), reply()]
    first = fetch(server.url("/paper.pdf"), tmp_path, HERE)
    again = fetch(server.url("/paper.pdf"), tmp_path, HERE)
    other = fetch(server.url("/paper.pdf?v=2"), tmp_path, HERE)
    assert first == again
    assert again.read_bytes() == newer
    assert (other.name, other.read_bytes()) == (first.name, PDF)
    assert other != first


def test_redirects_are_followed_with_each_hop_asked_by_its_own_name(
    server: Server, tmp_path: Path
) -> None:
    server.replies = [
        redirect("/second", 301),
        redirect(f"//localhost:{server.port}/third file", 307),
        reply(b"", "Location: ?last", status="303 See Other"),
        reply(),
    ]
    path = fetch(server.url("/first.pdf"), tmp_path, HERE)
    assert path.name == "first.pdf"
    targets = [request.split()[1] for request in server.requests]
    assert targets == ["/first.pdf", "/second", "/third%20file", "/third%20file?last"]
    assert f"Host: localhost:{server.port}\r\n" in server.requests[2]


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("http://10.0.0.1/a.pdf", "10.0.0.1 is not on the public internet"),
        ("http://169.254.169.254/latest/meta-data/", "not on the public internet"),
        ("http://[::ffff:127.0.0.1]/", "not on the public internet"),
        ("http://2130706433/", "not an IP address in its plain form"),
        ("file:///etc/passwd", "file is not fetched"),
        ("http://a:b@127.0.0.1/", "user name"),
        ("", "nowhere"),
    ],
)
def test_a_redirect_to_where_no_one_may_go_is_refused(
    server: Server, tmp_path: Path, location: str, cause: str
) -> None:
    server.replies = [redirect(location)]
    with pytest.raises(SourceError, match=cause):
        fetch(server.url(), tmp_path, HERE)
    assert files(tmp_path) == []


def test_the_sixth_redirect_is_one_too_many(server: Server, tmp_path: Path) -> None:
    server.replies = [redirect("/again")]
    with pytest.raises(SourceError, match="more than 5 redirects"):
        fetch(server.url(), tmp_path, HERE)
    assert len(server.requests) == 6


def test_loopback_is_refused_unless_the_caller_allows_it(server: Server, tmp_path: Path) -> None:
    server.replies = [reply()]
    for host in ("127.0.0.1", "localhost", "localhost."):
        with pytest.raises(SourceError, match="not on the public internet"):
            fetch(server.url(host=host), tmp_path)
    assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (reply(length=100_001), "larger than"),
        (reply(PDF * 40), "larger than"),
        (reply(length=len(PDF) + 1), "broke off"),
        (reply(length=len(PDF) - 100), "stops before the PDF ends"),
        (reply(PDF[:-100]), "stops before the PDF ends"),
        (reply(b"", length=0), "sent nothing"),
        (reply(b"<!DOCTYPE html><title>Log in</title>"), "web page"),
        (reply(b"MZ\x90", "Content-Type: application/pdf"), "not a PDF"),
        (reply(b"\x1f\x8b", "Content-Encoding: gzip"), "compressed"),
        (reply(b"%x\r\n%s" % (len(PDF), PDF), "Transfer-Encoding: chunked"), "broke off"),
        (reply(PDF, "Content-Length: 5", "Content-Length: 6"), "does not speak HTTP"),
        (reply(PDF, "X: " + "x" * 200_000), "does not speak HTTP"),
        (reply(b"", status="404 Not Found", length=0), "404: there is no such document"),
        (reply(b"", status="503 No", length=0), "503: try again later"),
        (lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n"), "does not speak HTTP"),
        (lambda connection: None, "broke off"),
    ],
    ids=[
        "declares too much",
        "sends too much",
        "declares more than it sends",
        "declares less than it has",
        "stops early",
        "sends nothing",
        "sends a login page",
        "calls a program a PDF",
        "compresses unasked",
        "breaks off inside a chunk",
        "declares two lengths",
        "sends endless headers",
        "does not have it",
        "is overloaded",
        "is no web server",
        "hangs up",
    ],
)
def test_a_server_that_fails_or_lies_is_named_and_leaves_no_file(
    server: Server, tmp_path: Path, answer: Reply, cause: str
) -> None:
    server.replies = [answer]
    with pytest.raises(SourceError, match=cause) as caught:
        fetch(server.url(), tmp_path, HERE)
    assert "\n" not in str(caught.value)
    assert server.url() in str(caught.value)
    assert files(tmp_path) == []


def stall(first: bytes) -> Reply:
    def send(connection: socket.socket) -> None:
        connection.sendall(first)
        time.sleep(0.8)

    return send


def drip(first: bytes) -> Reply:
    def send(connection: socket.socket) -> None:
        connection.sendall(first)
        for _ in range(1000):
            connection.sendall(b"x")
            time.sleep(0.05)

    return send


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (stall(b""), "gone silent"),
        (stall(b"HTTP/1.1 200 OK\r\n\r\n" + PDF[:50]), "gone silent"),
        (drip(b"HTTP/1.1 200 OK\r\nX: "), "not finished after 1 seconds"),
        (drip(b"HTTP/1.1 200 OK\r\n\r\n" + PDF[:50]), "not finished after 1 seconds"),
    ],
    ids=["says nothing", "stops in the middle", "drips its headers", "drips its body"],
)
def test_a_slow_server_is_cut(server: Server, tmp_path: Path, answer: Reply, cause: str) -> None:
    server.replies = [answer]
    started = time.monotonic()
    with pytest.raises(SourceError, match=cause):
        fetch(server.url(), tmp_path, Policy(allow_loopback=True, total_s=1, stall_s=0.4))
    assert time.monotonic() - started < 20  # a minute, if nobody cuts it
    assert files(tmp_path) == []


def test_a_host_is_looked_up_once_and_connected_to_where_it_was_found(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = name_server(monkeypatch, {"rebind.test": [["127.0.0.1"], ["169.254.169.254"]]})
    server.replies = [reply()]
    assert fetch(server.url(host="rebind.test"), tmp_path, HERE).read_bytes() == PDF
    assert asked == ["rebind.test"]
    assert f"Host: rebind.test:{server.port}\r\n" in server.requests[0]


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_server(monkeypatch, {"mixed.test": [["93.184.216.34", "10.0.0.7"]]})
    with pytest.raises(SourceError, match=r"mixed\.test, at 10\.0\.0\.7, is not"):
        fetch("https://mixed.test/a.pdf", tmp_path)


def name_server(monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[list[str]]]) -> list[str]:
    """Stand in for DNS, the one thing that a loopback server cannot be: one answer a question."""
    asked: list[str] = []
    genuine = socket.getaddrinfo

    def look_up(host: str, port: int, *args: int, **options: int) -> list[object]:
        if host not in answers:
            return list(genuine(host, port, *args, **options))
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in answers[host].pop(0)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_host_that_does_not_exist_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(*args: object, **options: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(SourceError, match=r"no such host: nowhere\.test"):
        fetch("https://nowhere.test/a.pdf", tmp_path)


def test_proxies_of_the_environment_are_not_used(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.replies = [reply()]
    assert fetch(server.url(), tmp_path, HERE).read_bytes() == PDF


def certificate(folder: Path, host: str) -> Path:
    """A key and a certificate for a host, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / f"{host}.pem"
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("host", "is_trusted", "cause"),
    [
        ("files.test", True, ""),
        ("other.test", True, "certificate verify failed"),
        ("files.test", False, "certificate verify failed"),
    ],
    ids=["right name", "another name", "unknown signer"],
)
def test_a_certificate_is_held_against_the_name_and_not_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, is_trusted: bool, cause: str
) -> None:
    pem = certificate(tmp_path, "files.test")
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    name_server(monkeypatch, {host: [["127.0.0.1"]]})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    names: list[str | None] = []
    context.sni_callback = lambda stream, name, context: names.append(name)
    server = Server(context)
    server.replies = [reply()]
    into = tmp_path / "downloads"
    try:
        if cause:
            with pytest.raises(SourceError, match=cause):
                fetch(server.url(host=host), into, HERE)
        else:
            assert fetch(server.url(host=host), into, HERE).read_bytes() == PDF
    finally:
        server.close()
    assert names == [host]
    assert len(server.requests) == (0 if cause else 1)


def test_https_is_never_left_for_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = certificate(tmp_path, "files.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    name_server(monkeypatch, {"files.test": [["127.0.0.1"]]})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = Server(context)
    server.replies = [redirect(f"http://127.0.0.1:{server.port}/")]
    try:
        with pytest.raises(SourceError, match="from https to http"):
            fetch(server.url(host="files.test"), tmp_path, HERE)
    finally:
        server.close()


def test_a_folder_that_cannot_be_written_is_named(server: Server, tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    server.replies = [reply()]
    with pytest.raises(SourceError, match="cannot be saved"):
        fetch(server.url(), tmp_path / "taken", HERE)


def test_a_link_where_the_file_goes_is_replaced_and_not_followed(
    server: Server, tmp_path: Path
) -> None:
    server.replies = [reply()]
    path = fetch(server.url(), tmp_path / "in", HERE)
    (tmp_path / "precious").write_bytes(b"keep")
    path.unlink()
    path.symlink_to(tmp_path / "precious")
    assert not fetch(server.url(), tmp_path / "in", HERE).is_symlink()
    assert (tmp_path / "precious").read_bytes() == b"keep"


def test_what_a_killed_download_left_is_swept_away_by_the_next(
    server: Server, tmp_path: Path
) -> None:
    server.replies = [reply()]
    path = fetch(server.url(), tmp_path, HERE)
    for name, age in ((".dead.part", 3600), (".live.part", 0)):
        (path.parent / name).write_bytes(PDF[:50])
        os.utime(path.parent / name, (time.time() - age,) * 2)
    fetch(server.url(), tmp_path, HERE)
    assert {file.name for file in files(tmp_path)} == {path.name, ".live.part"}


@pytest.mark.parametrize(
    ("url", "disposition", "name"),
    [
        ("https://arxiv.org/pdf/2501.12948", "", "2501.12948.pdf"),
        ("https://a.org/x.PDF?y=/z.pdf", "", "x.pdf"),
        ("https://a.org", "", "document.pdf"),
        ("https://a.org/", "", "document.pdf"),
        ("https://a.org/%2e%2e%2fetc%2fpasswd", "", "passwd.pdf"),
        ("https://a.org/a%00b.pdf", "", "a_b.pdf"),
        ("https://a.org/CON", "", "_CON.pdf"),
        ("https://a.org/get", 'attachment; filename="../../Bericht 2024.pdf"', "Bericht 2024.pdf"),
        ("https://a.org/get", "inline; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf", "报告.pdf"),
        ("https://a.org/get", 'attachment; filename="C:\\\\x\\\\nul.pdf"', "_nul.pdf"),
        ("https://a.org/get", 'attachment; filename=".bashrc"', "bashrc.pdf"),
        ("https://a.org/get", 'attachment; filename="a\u202efdp.exe"', "a_fdp.exe.pdf"),
        ("https://a.org/get", "attachment", "get.pdf"),
    ],
)
def test_a_file_name_is_made_safe(url: str, disposition: str, name: str) -> None:
    assert file_name(url, disposition) == name


@given(st.text(), st.text())
def test_no_name_whatever_leads_out_of_the_folder(path: str, disposition: str) -> None:
    for name in (
        file_name(f"https://a.org/{path}"),
        file_name("https://a.org/", f'attachment; filename="{disposition}"'),
        file_name("https://a.org/", f"attachment; {disposition}"),
    ):
        assert Path(name).name == name
        assert name.endswith(".pdf")
        assert not name.startswith((".", "-", "~"))
        assert name.isprintable() or "\xa0" in name or any(char.isspace() for char in name)
        assert len(os.fsencode(name)) <= 130


def test_a_url_is_a_source_and_stays_the_origin(server: Server, tmp_path: Path) -> None:
    server.replies = [reply()]
    url = server.url("/2024/paper.pdf")
    (source,) = find_sources([url, url], tmp_path, HERE)
    assert source.origin == url
    assert source.path.read_bytes() == PDF
    assert len(server.requests) == 1


def test_a_url_without_a_folder_for_downloads_is_refused() -> None:
    with pytest.raises(SourceError, match="not fetched while offline"):
        find_sources(["https://example.org/a.pdf"])


def test_documents_from_the_web_are_named_by_the_end_of_their_url() -> None:
    first = Source(Path("/d/1/report.pdf"), "https://a.org/2023/report.pdf")
    second = Source(Path("/d/2/report.pdf"), "https://a.org/2024/report.pdf?x=1/2")
    third = Source(Path("/d/3/report.pdf"), "https://a.org/2024/report.pdf?x=2")
    taken: dict[str, str] = {}
    for source in (first, second, third, first):
        taken[document_name(source, taken.get)] = source.origin
    assert taken == {
        "report.pdf": first.origin,
        "2024/report.pdf": second.origin,
        "a.org/2024/report.pdf": third.origin,
    }
