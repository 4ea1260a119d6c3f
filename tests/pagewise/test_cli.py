from pathlib import Path

import pytest

from pagewise.cli import main, parse
from tests.gemini_emulator import KEY


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], "chat"),
        (["a.pdf", "b.pdf"], "chat"),
        (["--home", "index", "a.pdf"], "chat"),
        (["--offline"], "chat"),
        (["--home", "x", "index", "a.pdf"], "index"),
        (["ask", "Why?", "--offline"], "ask"),
    ],
    ids=["nothing", "files", "a home named like a command", "an option", "home first", "a command"],
)
def test_words_that_start_no_command_are_documents_to_talk_about(
    words: list[str], command: str
) -> None:
    assert parse(words).command == command


def test_common_options_count_before_and_after_the_command() -> None:
    assert parse(["--home", "x", "list"]).home == parse(["list", "--home", "x"]).home == Path("x")
    assert parse(["--offline", "list"]).offline
    assert not parse(["list"]).offline


@pytest.mark.parametrize(
    "words",
    [["index"], ["ask"], ["read", "a.pdf", "--format", "docx"], ["index", "a.pdf", "--pages", "x"]],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main([*words, "--home", str(tmp_path), "--offline"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_a_fault_of_ours_is_one_line_and_a_traceback_only_with_debug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise ZeroDivisionError("in the\nmiddle")

    monkeypatch.setattr("pagewise.commands.run", fail)
    assert main(["list"]) == 1
    told = capsys.readouterr().err
    assert told == ("pagewise: unexpected failure, ZeroDivisionError: in the middle; see --debug\n")
    with pytest.raises(ZeroDivisionError):
        main(["list", "--debug"])


def test_an_unexpected_failure_that_quotes_a_key_does_not_show_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise RuntimeError(f"{KEY} begins with {KEY[:10]}")

    monkeypatch.setattr("pagewise.commands.run", fail)
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    assert main(["list"]) == 1
    assert "(key) begins with (key); see --debug" in capsys.readouterr().err
