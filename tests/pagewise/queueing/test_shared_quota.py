"""Two processes with one key and a real Postgres: what one is told, the other knows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from loaders.storing.databases.postgres import conninfo_of
from tests.gemini_emulator import EMBEDDINGS, KEY, GeminiEmulator, over_quota
from tests.postgres_server import Postgres

ROOT = Path(__file__).parents[3]
ASK = """
import sys, time
from loaders.errors import ModelError
from pagewise.models.gemini import gemini_embeddings, scheduler_for
from pagewise.settings import load_settings
settings = load_settings()
scheduler = scheduler_for(settings, sys.argv[1])
if scheduler.pace.wait(time.monotonic()) > 0.5:
    print("waits, of", scheduler.pace.limit)
    sys.exit()
try:
    print(len(gemini_embeddings(settings).embed_query("revenue")))
except ModelError as error:
    print(error)
"""
WAIT = "waits, of 10.0\n"


@pytest.fixture
def url(postgres: Postgres, request: pytest.FixtureRequest) -> str:
    return postgres.url(f"quota_{len(request.node.name)}")


def asking(url: str, gemini: GeminiEmulator) -> subprocess.Popen[str]:
    environment = {
        "PYTHONPATH": str(ROOT),
        "PAGEWISE_HOME": "/nowhere",
        "GOOGLE_API_KEY": KEY,
        "GOOGLE_GEMINI_BASE_URL": gemini.url,
        "DATABASE_URL": url,
    }
    command = [sys.executable, "-W", "ignore", "-c", ASK, EMBEDDINGS]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> str:
    return process.communicate(timeout=60)[0]


def test_a_spent_minute_is_spent_for_the_other_process(url: str, gemini: GeminiEmulator) -> None:
    gemini.scripted_embeddings.append(over_quota(3600, limit=10))
    first = asking(url, gemini)
    while not gemini.requests and first.poll() is None:
        pass
    while "10.0" not in (text := known(url)):
        assert first.poll() is None, text
    assert told(asking(url, gemini)) == WAIT
    first.kill()
    first.communicate()
    assert len(gemini.requests) == 1


def test_a_spent_day_is_spent_for_the_other_process(url: str, gemini: GeminiEmulator) -> None:
    gemini.scripted_embeddings.append(over_quota(7200, per_day=True))
    assert "the quota of the day is spent" in told(asking(url, gemini))
    assert told(asking(url, gemini)).startswith("waits")
    assert len(gemini.requests) == 1
    assert KEY not in known(url)


def known(url: str) -> str:
    """The whole table, as text; nothing while it is not made."""
    with psycopg.connect(conninfo_of(url)) as connection:
        if connection.execute("SELECT to_regclass('quotas')").fetchone() == (None,):
            return ""
        return str(connection.execute("SELECT * FROM quotas").fetchall())
