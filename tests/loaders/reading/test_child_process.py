"""Who reads a document is forked by a process that has loaded all that is needed for it."""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.reading import child_process
from loaders.reading.child import Child, Limits
from loaders.reading.child_process import LOST, ROOT, ForkedProcess

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has what it needs")
A_PAGE = {"do": "page", "page": 0, "layout": True, "image_width": 0}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[child_process._ForkServer]:
    own = child_process._ForkServer()
    monkeypatch.setattr(child_process, "_server", own)
    yield own
    own.stop()


@pytest.fixture
def many_descriptors() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    yield
    for one in held:
        os.close(one)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def read(path: Path) -> tuple[type, str]:
    child = Child(path, Limits())
    try:
        return type(child.process), child.ask(A_PAGE)[0]["markup"]
    finally:
        child.close()


@LINUX
def test_forked_or_not_a_page_is_read_alike(
    server: child_process._ForkServer, bolt_pdf: Path
) -> None:
    forked = [read(bolt_pdf) for _ in range(3)]  # the first is forked without the layout model
    server.is_there = False
    server.stop()
    kind, markup = read(bolt_pdf)
    assert forked == [(ForkedProcess, markup)] * 3
    assert kind is subprocess.Popen
    assert "12 Nm" in markup


@LINUX
def test_it_serves_who_has_many_descriptors_and_has_no_file_in_hand(
    server: child_process._ForkServer, bolt_pdf: Path, many_descriptors: None
) -> None:
    assert [read(bolt_pdf)[0] for _ in range(2)] == [ForkedProcess] * 2
    assert server._process is not None
    held = [str(one.readlink()) for one in Path(f"/proc/{server._process.pid}/fd").iterdir()]
    assert [name for name in held if name.startswith("/")] == ["/dev/null"] * 3


@LINUX
def test_without_room_for_a_descriptor_nothing_is_left_open(
    server: child_process._ForkServer, bolt_pdf: Path
) -> None:
    read(bolt_pdf)
    open_ones = len([*Path("/proc/self/fd").iterdir()])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for room in (5, 6):  # for three pipes with nothing to hold the child by, and for less
        server.is_there = True
        read(bolt_pdf)
        held = [os.open(os.devnull, os.O_RDONLY) for _ in range(room)]
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(held) + 1, hard))
        for one in held:
            os.close(one)
        try:
            assert server.fork() is None
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    server.is_there = True
    read(bolt_pdf)
    assert len([*Path("/proc/self/fd").iterdir()]) == open_ones


@LINUX
def test_a_server_that_is_gone_is_replaced_and_what_it_forked_goes_on(
    server: child_process._ForkServer, bolt_pdf: Path
) -> None:
    child = Child(bolt_pdf, Limits())
    assert server._process is not None
    server._process.kill()
    server._process.wait()
    assert read(bolt_pdf)[0] is ForkedProcess
    assert "12 Nm" in child.ask(A_PAGE)[0]["markup"]
    child.close()
    assert child.process.wait() == LOST


@LINUX
def test_where_it_cannot_be_started_processes_are_started_one_by_one(
    server: child_process._ForkServer, bolt_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = child_process.started
    monkeypatch.setattr(
        child_process,
        "started",
        lambda module, *words, **how: started(
            "worker" if module == "worker" else "no_such_module", *words, **how
        ),
    )
    assert [read(bolt_pdf)[0] for _ in range(2)] == [subprocess.Popen] * 2
    assert not server.is_there


@LINUX
def test_a_process_that_was_forked_itself_has_a_server_of_its_own(bolt_pdf: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from loaders.reading import child_process
from loaders.reading.child import Child, Limits
def server():
    Child(Path(sys.argv[1]), Limits()).close()
    return child_process._server._process.pid
first = server()
child = os.fork()
if not child:
    second = server()
    child_process._server.stop()
    os._exit(0 if second != first else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), server() == first)
"""
    run = [sys.executable, "-c", program, str(bolt_pdf)]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, env={})
    assert told.stdout == "0 True\n", told.stderr
