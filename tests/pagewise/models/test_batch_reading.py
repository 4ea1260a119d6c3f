"""`index --batch`: the command and Google's own client, against the emulator's jobs."""

# mypy: allow-untyped-calls
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PIL import Image

from loaders.reading.rate_limiting.prices import usd_of
from loaders.reading.vision.vision_parser import TYPICAL_TOKENS_OUT, typical_tokens_in
from pagewise.cli import main
from pagewise.models.gemini_batches import INLINE_BYTES
from tests.gemini_batches import CANCELLED, EXPIRED, FAILED, PENDING, RUNNING, SUCCEEDED
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request, failing
from tests.pagewise.conftest import PAGES

ROOT = Path(__file__).parents[3]
Index = Callable[..., int]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, gemini: GeminiEmulator) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", gemini.url)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Three pages that show something, and have no words."""
    return drawn(tmp_path / "scan.pdf", 3)


def drawn(file: Path, pages: int, first: int = 0) -> Path:
    document = pymupdf.open()
    for number in range(first, first + pages):
        page = document.new_page(width=200, height=300)
        for row in range(number + 1):
            page.draw_rect((40, 40 + 20 * row, 140, 50 + 20 * row), fill=(0, 0, 0))
    document.save(file)
    return file


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Index as the command does, in one library."""
    return lambda *words: main(["index", *map(str, words), "--home", str(tmp_path / "home")])


def audited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    main(["audit", "--json", "--home", str(tmp_path / "home")])
    return [page for each in json.loads(capsys.readouterr().out) for page in each["pages"]]


def outcomes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [page["outcome"] for page in audited(tmp_path, capsys)]


def called(gemini: GeminiEmulator) -> list[Request]:
    """Generations that no batch has asked for."""
    return [one for one in gemini.generations if "batch" not in one.path]


def billed(gemini: GeminiEmulator) -> list[Request]:
    return [one for one in gemini.generations if "batch" in one.path]


def left_of(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "home" / "batches").glob("*")]


def test_pages_are_read_together_at_half_the_price(
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gemini.batches.will(PENDING, RUNNING, SUCCEEDED)
    assert index(scan, "--batch") == 0
    [job] = gemini.batches.jobs
    assert (len(job.requests), job.file, called(gemini)) == (3, "", [])
    pages = audited(tmp_path, capsys)
    assert [page["outcome"] for page in pages] == ["ok"] * 3
    assert [page["usd"] for page in pages] == [usd_of(CHAT, 1400, 300) / 2] * 3
    assert left_of(tmp_path) == []

    assert index(scan, "--batch") == 0
    assert len(gemini.batches.jobs) == 1


def test_a_page_of_a_batch_is_asked_for_as_in_a_call(
    scan: Path, index: Index, gemini: GeminiEmulator
) -> None:
    index(scan, "--batch", "--pages", "1")
    index(scan, "--pages", "2")
    batched, alone = billed(gemini)[0].body, called(gemini)[0].body
    assert len({str(body["contents"][0]["parts"][0]) for body in (batched, alone)}) == 2
    for body in (batched, alone):
        body["contents"][0]["parts"][0]["inlineData"].pop("data")
        thinking = body["generationConfig"].pop("thinkingConfig")
        assert [str(level).upper() for level in thinking.values()] == ["LOW"]
        body.pop("safetySettings", None)  # empty
    assert batched == alone


@pytest.mark.parametrize("is_told", [True, False], ids=["waiting for it", "making it"])
def test_a_killed_run_is_gone_on_with_and_nothing_is_paid_twice(
    is_told: bool,
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gemini.batches.is_held = True
    if not is_told:
        gemini.batches.tells.clear()
    words = ["index", str(scan), "--batch", "--home", str(tmp_path / "home")]
    with subprocess.Popen([sys.executable, "main.py", *words], cwd=ROOT) as run:
        until(lambda: bool(gemini.batches.looks if is_told else gemini.batches.jobs))
        os.kill(run.pid, signal.SIGKILL)
    gemini.batches.is_held = False
    gemini.batches.tells.set()
    assert index(scan, "--batch") == 0
    assert (len(gemini.batches.jobs), len(billed(gemini)), called(gemini)) == (1, 3, [])
    assert outcomes(tmp_path, capsys) == ["ok"] * 3


def until(is_so: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_job_that_was_made_without_a_word_is_found_and_not_made_again(
    scan: Path, index: Index, gemini: GeminiEmulator
) -> None:
    gemini.batches.hangs_up = 1
    assert index(scan, "--batch") == 0
    assert (len(gemini.batches.jobs), len(billed(gemini))) == (1, 3)


def index_until_interrupted(gemini: GeminiEmulator, index: Index, *files: Path) -> int:
    """Ctrl-C as soon as the job is waited for, which nothing but the test lets go on."""

    def interrupt() -> None:
        until(lambda: gemini.batches.looks > 0)
        os.kill(os.getpid(), signal.SIGINT)

    gemini.batches.is_held = True
    threading.Thread(target=interrupt).start()
    ended = index(*files, "--batch")
    gemini.batches.is_held = False
    return ended


def test_an_interrupt_leaves_the_job_running_and_says_how_to_go_on(
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert index_until_interrupted(gemini, index, scan) == 130
    assert "batches/job-0: goes on without us; the same command takes" in capsys.readouterr().err
    assert gemini.batches.jobs[0].state == PENDING
    main(["doctor", "--home", str(tmp_path / "home")])
    assert "3 pages as batches/job-0" in capsys.readouterr().out

    assert index(scan) == 0  # who will not wait is told what that costs
    assert "3 pages are being read as a batch" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("states", "ended", "jobs"),
    [
        ([[RUNNING, EXPIRED], [SUCCEEDED]], 0, 2),
        ([[EXPIRED], [EXPIRED]], 3, 2),
        ([[FAILED]], 3, 1),
        ([[RUNNING, CANCELLED]], 3, 1),
    ],
    ids=["expired once", "expired twice", "failed", "cancelled"],
)
def test_a_job_that_ends_early_is_told_and_only_an_expired_one_is_sent_once_more(
    states: list[list[str]],
    ended: int,
    jobs: int,
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for each in states:
        gemini.batches.will(*each)
    assert index(scan, "--batch") == ended
    told = capsys.readouterr().err
    assert (f"batches/job-{jobs - 1} has no answer for it: it" in told) == bool(ended)
    assert (states[-1][-1].lower() in told) == bool(ended)
    assert (len(gemini.batches.jobs), called(gemini)) == (jobs, [])
    assert outcomes(tmp_path, capsys) == ["skipped" if ended else "ok"] * 3
    assert left_of(tmp_path) == []

    assert not ended or index(scan, "--batch") == 0
    assert (len(gemini.batches.jobs), len(billed(gemini))) == (jobs + bool(ended), 3)


def test_what_a_job_failed_on_is_told_page_by_page_and_sent_again_by_the_next_run(
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gemini.batches.sends_keys = False  # then the order tells which is which
    gemini.will(Reply(), failing(500, message="internal trouble"), Reply(block_reason="SAFETY"))
    assert index(scan, "--batch") == 3
    assert "page 2: failed: the batch failed for it (internal trouble); run it again" in (
        capsys.readouterr().err
    )
    pages = audited(tmp_path, capsys)
    assert [page["outcome"] for page in pages] == ["ok", "failed", "blocked"]
    assert [page["usd"] > 0 for page in pages] == [True, False, True]
    assert [page["attempts"] for page in pages] == [1, 0, 1]

    assert index(scan, "--batch") == 0
    assert [len(job.requests) for job in gemini.batches.jobs] == [3, 2]
    assert [page["attempts"] for page in audited(tmp_path, capsys)] == [1, 1, 2]


def test_what_is_too_large_for_a_request_goes_as_a_file_and_comes_as_one(
    index: Index, gemini: GeminiEmulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = [Image.frombytes("L", (1152, 1600), os.urandom(1152 * 1600)) for _ in range(9)]
    noise[0].save(tmp_path / "noise.tiff", save_all=True, append_images=noise[1:])
    gemini.will(Reply(), failing(400, message="no such image"))
    assert index(tmp_path / "noise.tiff", "--batch") == 3
    [job] = gemini.batches.jobs
    assert job.file
    assert len(gemini.batches.files[job.file]) > INLINE_BYTES
    assert len(job.requests) == 9
    assert outcomes(tmp_path, capsys) == ["ok", "failed", *["ok"] * 7]


def test_an_answer_that_does_not_fit_the_page_is_asked_for_again_at_once(
    small_pdf: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = (f"<chunk>\n{text}\n</chunk>" for text in PAGES)
    wrong = first.replace("12.5", "9.1").replace("340", "77").replace("2023", "1999")
    gemini.will_say(wrong, second, first)
    assert index(small_pdf, "--batch") == 0
    assert len(billed(gemini)) == 2
    [again] = called(gemini)
    assert "9.1" in again.prompt
    pages = audited(tmp_path, capsys)
    assert [page["attempts"] for page in pages] == [2, 1]
    assert pages[0]["audit"]["novel_numbers"] == []
    half = usd_of(CHAT, 1400, 300) / 2
    assert [page["usd"] for page in pages] == pytest.approx([3 * half, half])


def test_a_batch_beyond_the_budget_is_not_sent(
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    usd = 3 * usd_of(CHAT, typical_tokens_in(), TYPICAL_TOKENS_OUT, "batch")
    assert index(scan, "--batch", "--budget", f"{usd * 0.9:.6f}") == 1
    told = capsys.readouterr().err
    assert f"a batch of 3 pages would cost about {usd:.4f} USD; nothing was sent" in told
    assert "larger --budget" in told
    assert (gemini.batches.jobs, left_of(tmp_path)) == ([], [])
    assert index(scan, "--batch", "--budget", f"{usd * 1.1:.6f}") == 0


def test_an_estimate_tells_three_prices(
    scan: Path, index: Index, gemini: GeminiEmulator, capsys: pytest.CaptureFixture[str]
) -> None:
    usd = 3 * usd_of(CHAT, typical_tokens_in(), TYPICAL_TOKENS_OUT)
    assert index(scan, "--estimate") == 0
    heads, row, *notes = capsys.readouterr().out.splitlines()
    assert "USD USD flex USD batch" in " ".join(heads.split())
    assert f"{usd:.4f} {usd / 2:.4f} {usd / 2:.4f}" in " ".join(row.split())
    assert "index --batch" in notes[-1]
    assert gemini.requests == []


def test_answers_to_documents_that_are_not_of_this_run_are_kept_for_theirs(
    index: Index, gemini: GeminiEmulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = drawn(tmp_path / "one.pdf", 2), drawn(tmp_path / "other.pdf", 1, first=2)
    assert index_until_interrupted(gemini, index, one, other) == 130
    assert index(one, "--batch") == 0
    assert left_of(tmp_path) != []
    assert index(other, "--batch") == 0
    assert (len(gemini.batches.jobs), len(billed(gemini)), left_of(tmp_path)) == (1, 3, [])
    assert outcomes(tmp_path, capsys) == ["ok"] * 3


def test_a_job_that_the_key_does_not_know_is_kept_until_somebody_pays_anew(
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert index_until_interrupted(gemini, index, scan) == 130
    gemini.batches.jobs = []
    assert index(scan, "--batch") == 3
    assert "this key does not know it" in capsys.readouterr().err
    assert gemini.batches.jobs == []
    assert index(scan, "--batch", "--again") == 0
    assert (len(gemini.batches.jobs), left_of(tmp_path)) == (1, [])


def test_a_job_is_forgotten_whose_pages_were_read_by_a_run_that_ended_before_it_was_done(
    scan: Path, index: Index, gemini: GeminiEmulator, tmp_path: Path
) -> None:
    gemini.scripted_embeddings.append(failing(400))
    assert index(scan, "--batch") == 1
    assert left_of(tmp_path) != []
    assert index(scan, "--batch") == 0
    assert (len(gemini.batches.jobs), len(billed(gemini)), left_of(tmp_path)) == (1, 3, [])


def test_a_job_that_is_refused_leaves_nothing_to_go_on_with(
    scan: Path,
    index: Index,
    gemini: GeminiEmulator,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gemini.batches.refuses = "no batches of this model"
    assert index(scan, "--batch") == 1
    assert "no batches of this model" in capsys.readouterr().err
    assert left_of(tmp_path) == []


def test_pages_that_look_the_same_are_sent_once(
    index: Index, gemini: GeminiEmulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn(tmp_path / "one.pdf", 1)
    with pymupdf.open(tmp_path / "one.pdf") as document:
        document.fullcopy_page(0)
        document.save(tmp_path / "two.pdf")
    assert index(tmp_path / "two.pdf", "--batch") == 0
    [job] = gemini.batches.jobs
    assert (len(job.requests), outcomes(tmp_path, capsys)) == (1, ["ok", "ok"])


def test_only_gemini_reads_batches(
    scan: Path, index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    assert index(scan, "--batch", "--offline") == 2
    assert "--batch needs PAGEWISE_READER=google_genai:" in capsys.readouterr().err
