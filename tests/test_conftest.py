import socket

import pytest

from pagewise.settings import load_settings


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as client, pytest.raises(PermissionError, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


def test_loopback_is_open() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    with server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_no_key_comes_from_outside() -> None:
    assert load_settings().is_local
