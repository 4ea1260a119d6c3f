from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from loaders.storing.truth.records import DocumentRecord
from tests.loaders.storing.conftest import IN_A_FILE, OpenStore
from tests.words import make_chunks

ROOT = Path(__file__).parents[3]
FILL = """
import random, resource, string, sys
from pathlib import Path
from loaders.errors import LibraryError
from loaders.storing.truth.records import DocumentRecord
from loaders.storing.store import Store
from tests.words import MODEL, WordEmbeddings, make_chunks

draw = random.Random(1)
texts = ["".join(draw.choices(string.ascii_letters + " ", k=5000)) for _ in range(200)]
with Store(Path(sys.argv[1]), WordEmbeddings(), MODEL) as store:
    store.matching("alpha", 1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    try:
        store.replace(DocumentRecord("big.pdf", "big"), make_chunks("big.pdf", *texts))
    except LibraryError as error:
        sys.exit(f"told: {error}")
"""


@IN_A_FILE
def test_a_full_disk_is_told_and_loses_nothing(open_store: OpenStore, home: Path) -> None:
    """A limit on the size of files stands for the disk."""
    with open_store() as store:
        store.replace(DocumentRecord("report.pdf", "old"), make_chunks("report.pdf", "alpha one"))
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(home)],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert "told: " in done.stderr, done.stderr
    store = open_store()
    assert [document.name for document in store.documents()] == ["report.pdf"]
    assert len(store.matching("alpha", 5)) == len(store.nearest("alpha one", 5)) == 1
    assert store.counts() == (1, 1, 1)
