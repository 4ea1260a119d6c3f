import argparse
import gc
import logging
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import pagewise
from pagewise.cli import build_parser, main, parse
from pagewise.safe_log import use_safe_log
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, over_quota

ROOT = Path(__file__).parents[2]


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
    [
        ["index"],
        ["ask"],
        ["read", "a.pdf", "--format", "docx"],
        ["index", "a.pdf", "--pages", "x"],
        ["index", "a.pdf", "--budget", "nan"],
        ["ask", "How much?", "--document", ""],
        ["--home", "", "list"],
    ],
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
    assert main(["list", "--debug"]) == 1
    assert "ZeroDivisionError: in the\nmiddle" in capsys.readouterr().err


def test_an_unexpected_failure_that_quotes_a_key_does_not_show_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise RuntimeError(f"{KEY} begins with {KEY[:10]}")

    monkeypatch.setattr("pagewise.commands.run", fail)
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    assert main(["list"]) == 1
    assert "(key) begins with (key); see --debug" in capsys.readouterr().err
    assert main(["list", "--debug"]) == 1
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert KEY[:10] not in told


def test_what_an_error_quotes_cannot_steer_the_terminal_or_forge_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name = "a\x1b[2J\u202eb\npagewise: done.pdf"
    assert main(["index", name, "--home", str(tmp_path / "home"), "--offline"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "ab pagewise: done.pdf" in line


def test_a_log_line_is_one_line_without_keys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    use_safe_log()
    assert logging.lastResort
    try:
        raise ValueError(f"key {KEY}")
    except ValueError:
        caught = sys.exc_info()
    path = "/%1b\x1b]0;x\x07\nforged"
    record = logging.LogRecord("s", logging.ERROR, "f", 1, "GET %s", (path,), caught)
    shown = logging.lastResort.format(record)
    assert shown.startswith("GET /%1b forged\nTraceback")
    assert KEY[:10] not in shown


def test_the_version_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"pagewise {pagewise.__version__}\n"


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_tab_completes_commands_options_and_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("shtab")
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "completion"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "report.pdf").touch()

    def completed(*words: str) -> list[str]:
        typed = " ".join(words)
        line = (
            f"cd {tmp_path}; source {script}; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; "
            'compopt() { :; }; _shtab_pagewise; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        told = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
        return told.stdout.split()

    assert completed("pagewise", "re") == ["read", "remove", "reindex"]
    assert completed("pagewise", "tables", "--for") == ["--format"]
    assert completed("pagewise", "index", "rep") == ["report.pdf"]


def test_a_home_that_nobody_named_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PAGEWISE_HOME", "")
    (tmp_path / ".pagewise").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["list", "--json", "--offline"]) == 0
    assert capsys.readouterr().err == "library: .pagewise\n"
    assert main(["list", "--json", "--offline", "--home", ".pagewise"]) == 0
    assert capsys.readouterr().err == ""


def test_a_program_of_its_own_looks_for_no_garbage_and_a_part_of_another_leaves_it_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bool] = []

    def run(words: list[str], **_: object) -> int:
        seen.append(gc.isenabled())
        return 0

    monkeypatch.setattr("pagewise.cli._run", run)
    monkeypatch.setattr("sys.argv", ["pagewise", "list"])
    try:
        main(["list"])
        main()
    finally:
        gc.enable()
        gc.unfreeze()
    assert seen == [True, False]


def test_a_spent_day_ends_ask_with_3(
    small_pdf: Path,
    small_library: object,
    gemini: GeminiEmulator,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(small_pdf.parent / "home", home)
    monkeypatch.setattr(
        "pagewise.models.gemini._schedulers", {}
    )  # the day is spent for this test only
    gemini.otherwise = lambda request: over_quota(0, per_day=True)
    for name, value in {
        "GOOGLE_API_KEY": KEY,
        "GOOGLE_GEMINI_BASE_URL": gemini.url,
        "PAGEWISE_CHAT": f"google_genai:{CHAT}",
        "PAGEWISE_READER": "local",
        "PAGEWISE_EMBEDDINGS": "local",
    }.items():
        monkeypatch.setenv(name, value)
    assert main(["ask", "What do they make in Hamburg?", "--home", str(home)]) == 3
    assert "the quota of the day is spent" in capsys.readouterr().err


def test_a_word_that_is_no_command_and_no_file_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["idnex", "--offline"]) == 2
    assert "did you mean `index`?" in capsys.readouterr().err
    (tmp_path / "idnex").mkdir()
    assert parse(["idnex"]).command == "chat"


def test_a_terminated_run_says_what_became_of_it(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "pagewise", "--offline", "--home", str(tmp_path / "home")]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stderr=pipe, text=True) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write("hello\n")
        process.stdin.flush()
        assert "the library is empty" in process.stderr.readline()  # it waits for the next one
        process.send_signal(signal.SIGTERM)
        told = process.stderr.read()
    assert process.returncode == 143
    assert "terminated; what was finished is kept" in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [["list", "--json"], ["completion", "bash"]], ids=" ".join)
def test_output_that_finds_no_room_is_told_in_one_line(words: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pagewise", "--home", str(tmp_path), *words]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "pagewise: the disk is full on which the output, or what is made meanwhile, is written\n"
    )


INTERRUPTED_AT = """
import os, runpy, signal, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Watch())
sys.argv = ["main.py", "list"]
runpy.run_path("main.py", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("module", "code", "told"),
    [
        ("pagewise.cli", -signal.SIGINT, ""),
        ("pagewise.safe_log", -signal.SIGINT, ""),
        ("pagewise.commands", 130, "interrupted; what was finished is kept\n"),
    ],
)
def test_ctrl_c_shows_no_traceback_however_early_it_is_pressed(
    module: str, code: int, told: str
) -> None:
    words = [sys.executable, "-c", INTERRUPTED_AT.format(module=module)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (code, told)


def test_an_environment_without_the_packages_is_told_in_one_line() -> None:
    words = [sys.executable, "-S", "main.py", "list"]  # without the environment's packages
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert f"is not installed for {sys.executable}: activate the environment" in line


def test_each_command_says_what_it_takes() -> None:
    [commands] = [
        action
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    untold = [
        f"{name} {action.dest}"
        for name, parser in commands.choices.items()
        for action in parser._actions
        if not action.help
    ]
    assert untold == []
