"""The README is true: its commands print what it shows, its code runs, its picture is the graph.

`UPDATE_README=1 pytest tests/test_readme.py` writes the commands' real output into it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from loaders.reading.rate_limiting.prices import change_of, price_of, source_of
from loaders.reading.vision.vision_parser import TYPICAL_TOKENS_OUT, typical_tokens_in
from pagewise.cli import build_parser, main
from pagewise.library import Library
from pagewise.settings import GEMINI_CHAT
from samples.picture import PICTURE, draw

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
UPDATE = bool(os.environ.get("UPDATE_README"))  # noqa: TID251 - a switch of the test, not a setting
SHOWN = re.compile(r"(<!-- shown[^\n]*-->\n```console\n)(.*?)(```)", re.DOTALL)
RUN = re.compile(r"<!-- run by [^\n]*-->\n```python\n(.*?)```", re.DOTALL)
COMPUTED = re.compile(r"(<!-- computed by [^\n]*-->\n)(.*?)(<!-- end -->)", re.DOTALL)
DIAGRAM = re.compile(r"(```mermaid\n)(.*?)(```)", re.DOTALL)
VARYING = re.compile(r"\d+\.\d s\b|\d{4}-\d\d-\d\dT[\d:+]+")
"""Seconds, and when something was indexed."""
SHOWN_FOLDER = "/home/you/pagewise"


@pytest.fixture
def in_root(monkeypatch: pytest.MonkeyPatch, sample_library: Library, tmp_path: Path) -> Path:
    """The project's folder, with a copy of the indexed sample as the library."""
    shutil.copytree(sample_library.settings.home, tmp_path / "home")
    monkeypatch.setenv("PAGEWISE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(ROOT)
    return tmp_path


def test_the_commands_print_what_the_readme_shows(
    in_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = README.read_text(encoding="utf-8")
    [(_, shown, _)] = SHOWN.findall(text)
    printed = []
    for line in shown.splitlines():
        if not line.startswith("$ "):
            continue
        assert main(shlex.split(line.removeprefix("$ python main.py "))) == 0
        captured = capsys.readouterr()
        printed.append(f"{line}\n{captured.err}{captured.out}")
    told = "".join(printed).replace(str(ROOT), SHOWN_FOLDER)
    real = "\n".join(part.rstrip() for part in told.splitlines()) + "\n"
    if UPDATE:
        README.write_text(SHOWN.sub(lambda m: m[1] + real + m[3], text), encoding="utf-8")
    else:
        assert VARYING.sub("…", real) == VARYING.sub("…", shown)


def prices() -> str:
    """What a typical page costs with the default model, on each day from which that changes."""
    model, url, read_on = GEMINI_CHAT, *source_of(GEMINI_CHAT)
    told: list[str] = []
    day = date.min
    while True:
        price = price_of(model, day)
        assert price is not None
        cents = 100 * price.usd(typical_tokens_in(), TYPICAL_TOKENS_OUT)
        told.append(f"{cents:.2f} US cents" + (f" from {day}" if told else ""))
        if (change := change_of(model, day)) is None:
            break
        day = change
    tokens = f"{typical_tokens_in():,} tokens in and {TYPICAL_TOKENS_OUT:,} out"
    name = model.partition(":")[2]
    costs = f"With `{name}`, a page of {tokens} costs {', '.join(told)}"
    return f"{costs}\n([prices]({url}) of {read_on}).\n"


def test_the_price_of_a_page_is_computed() -> None:
    text = README.read_text(encoding="utf-8")
    if UPDATE:
        README.write_text(COMPUTED.sub(lambda m: m[1] + prices() + m[3], text), encoding="utf-8")
    else:
        assert COMPUTED.findall(text)[0][1] == prices()


def test_the_picture_is_the_graph(sample_library: Library) -> None:
    text = README.read_text(encoding="utf-8")
    drawn = sample_library.graph.get_graph().draw_mermaid()
    if UPDATE:
        README.write_text(DIAGRAM.sub(lambda m: m[1] + drawn + m[3], text), encoding="utf-8")
    else:
        [(_, shown, _)] = DIAGRAM.findall(text)
        assert shown == drawn


def test_the_picture_of_an_answer_is_what_the_program_shows(sample_library: Library) -> None:
    drawn = draw(sample_library)
    if UPDATE:
        PICTURE.write_text(drawn, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == drawn
    assert f"]({PICTURE.relative_to(ROOT)})" in README.read_text(encoding="utf-8")


def test_the_picture_fetches_nothing() -> None:
    found = re.findall(r"(?:href|src|url)\W+(?!#)\S+", PICTURE.read_text(encoding="utf-8"))
    assert [place for place in found if "pagewise" not in place] == []


@pytest.mark.parametrize(
    "code", RUN.findall(README.read_text(encoding="utf-8")), ids=["library", "async", "loader"]
)
def test_the_code_runs(code: str, in_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, str(README), "exec"), {})
    assert capsys.readouterr().out.strip()


def test_every_command_stands_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    missing = {
        name
        for name in build_parser().get_default("names")
        if name != "chat" and f"`{name}" not in text
    }
    assert not missing


def test_the_check_script_runs_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pip install --quiet -c constraints.txt -e '.[test]'" in script
    assert "pip install -c constraints.txt -e '.[test]' && pytest" in README.read_text(
        encoding="utf-8"
    )
    assert not UPDATE, "UPDATE_README is set: unset it to test"
