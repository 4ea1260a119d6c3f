from __future__ import annotations

import pytest

from loaders.errors import UsageError

pytest.importorskip("psycopg_pool")

import psycopg
from psycopg.conninfo import conninfo_to_dict

from loaders.storing.databases.postgres import conninfo_of, engine_of, schema_of, told

URL = "postgresql://user:canary@127.0.0.1:5432/base"


@pytest.mark.parametrize(
    ("query", "schema"),
    [("", "pagewise"), ("?schema=reports", "reports"), ("?sslmode=require&schema=a_1", "a_1")],
)
def test_each_library_is_a_schema_of_its_own(query: str, schema: str) -> None:
    assert schema_of(URL + query) == schema
    known = conninfo_to_dict(conninfo_of(URL + query, "index"))
    assert f"search_path={schema}" in str(known["options"])
    assert known["application_name"] == "pagewise index"
    assert "schema" not in known


@pytest.mark.parametrize("schema", ["", "Reports", "a-b", "1a", "a;drop", "x" * 50])
def test_a_name_that_needs_quotes_is_none(schema: str) -> None:
    with pytest.raises(UsageError, match="small letters"):
        schema_of(f"{URL}?schema={schema}")


def test_what_the_address_says_goes_before_our_patience() -> None:
    assert conninfo_to_dict(conninfo_of(f"{URL}?connect_timeout=99"))["connect_timeout"] == "99"
    known = conninfo_to_dict(conninfo_of(f"{URL}?options=-c%20work_mem%3D8MB"))
    assert str(known["options"]).startswith("-c work_mem=8MB -c search_path=pagewise")


@pytest.mark.parametrize("url", ["canary=no address", "postgresql://[canary/base"])
def test_an_address_that_is_none_is_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="DATABASE_URL") as refused:
        conninfo_of(url)
    assert "canary" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_nobody_repeats_the_password() -> None:
    assert "canary" not in str(engine_of(URL).url)
    error = told(psycopg.OperationalError("canary is no password"))
    assert "canary" not in str(error)
    assert "check the address" in str(error)
