"""Many threads draw their memory from few places."""

import platform
import subprocess
import sys

import pytest

CROWD = """
import re, sys, threading
from pathlib import Path
from pagewise.serving.allocator import share_arenas

if sys.argv[1] == "shared":
    share_arenas()
together = threading.Barrier(30)

def work():
    kept = [bytearray(5000) for _ in range(50)]
    together.wait()

threads = [threading.Thread(target=work) for _ in range(30)]
[one.start() for one in threads]
[one.join() for one in threads]
maps = Path("/proc/self/maps").read_text()
starts = re.findall(r"^([0-9a-f]+)-\\S+ rw-p 0+ 00:00 0 *$", maps, re.M)
print(sum(int(start, 16) % 2**26 == 0 for start in starts))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is another")
def test_a_crowd_of_threads_has_no_arena_each() -> None:
    shared, apart = (
        int(subprocess.run([sys.executable, "-c", CROWD, how], stdout=-1, check=True).stdout)
        for how in ("shared", "apart")
    )
    assert shared <= 2 < apart
