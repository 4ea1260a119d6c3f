"""A child of the fork server reads one document, holds nothing else, and its end is told."""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from select import select

import pytest

from loaders.reading.child import Child, Limits
from loaders.reading.child_process import ROOT, ForkedProcess, Process, start_process

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has what it needs")


def ended(process: Process) -> int:
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()
    return process.wait()


@LINUX
def test_a_child_that_is_told_to_ends_and_its_code_stays_known() -> None:
    process = start_process()
    process.kill()
    assert (ended(process), process.wait()) == (-9, -9)
    process.kill()  # which is nothing


@LINUX
def test_a_child_that_is_asked_nothing_more_ends_by_itself(bolt_pdf: Path) -> None:
    child = Child(bolt_pdf, Limits())
    assert ended(child.process) == 0


@LINUX
def test_a_child_holds_nothing_but_its_pipes() -> None:
    beside, process = start_process(), start_process()
    held = Path(f"/proc/{process.pid}/fd")
    while len(names := {name.name for name in held.iterdir()}) != 3:
        pass  # it is on its way
    assert names == {"0", "1", "2"}
    assert [ended(one) for one in (beside, process)] == [1, 1]  # nobody has named a document


@LINUX
def test_of_one_that_nobody_waits_for_no_other_suffers() -> None:
    beside, lost = start_process(), start_process()
    assert isinstance(lost, ForkedProcess)
    lost._code.close()
    with os.fdopen(os.pidfd_open(lost.pid), "rb") as gone:
        lost.stdin.close()
        lost.stdout.close()
        assert select([gone], [], [], 60)[0]
    assert ended(start_process()) == 1  # the server has seen to it by then
    beside.send_signal(signal.SIGSEGV)
    assert ended(beside) == -signal.SIGSEGV


@LINUX
def test_the_server_ends_with_the_program(bolt_pdf: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from loaders.reading import child_process
from loaders.reading.child import Child, Limits
child = Child(Path(sys.argv[1]), Limits())
print(child_process._server._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    run = [sys.executable, "-c", program, str(bolt_pdf)]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, env={})
    pid = int(told.stdout)
    handle = None
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    gone = os.fdopen(handle, "rb")
    with gone:
        assert select([gone], [], [], 60)[0]
