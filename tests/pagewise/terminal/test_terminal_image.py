"""Pictures are sent only to terminals that are known to take them."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from pagewise.terminal.terminal_image import picture_code, protocol_of


@pytest.mark.parametrize(
    ("terminal", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "iterm"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "iterm"),
        ({"TERM": "foot"}, "sixel"),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "dumb", "TERM_PROGRAM": "iTerm.app"}, ""),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "iTerm.app"}, ""),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, ""),
        ({}, ""),
    ],
    ids=[
        "kitty",
        "ghostty",
        "iterm",
        "wezterm",
        "foot",
        "xterm",
        "dumb",
        "tmux",
        "kitty-tmux",
        "none",
    ],
)
def test_a_terminal_is_known_by_its_name(terminal: dict[str, str], protocol: str) -> None:
    assert protocol_of(terminal) == protocol


def test_kitty_gets_the_whole_picture_in_pieces() -> None:
    png = bytes(range(256)) * 40
    code = picture_code(png, "kitty", 80)
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", code)
    assert base64.b64decode("".join(data for _, data in pieces)) == png
    assert [options[-1] for options, _ in pieces] == ["1"] * (len(pieces) - 1) + ["0"]
    assert all(len(data) <= 4096 for _, data in pieces)


def test_iterm_gets_the_picture_in_one() -> None:
    code = picture_code(b"png", "iterm", 40)
    assert code.startswith("\x1b]1337;File=inline=1;width=40;")
    assert base64.b64encode(b"png").decode() in code


def test_sixels_say_which_pixels_have_which_colour() -> None:
    picture = io.BytesIO()
    half = Image.new("RGB", (720, 12), (255, 255, 255))
    half.paste((255, 0, 0), (0, 0, 360, 12))
    half.save(picture, "PNG")
    code = picture_code(picture.getvalue(), "sixel", 80)
    [(palette, bands)] = re.findall(r"\x1bPq((?:#\d+;2;\d+;\d+;\d+)+)(.*)\x1b\\", code)
    colours = dict(re.findall(r"#(\d+);2;(\d+;\d+;\d+)", palette))
    red = next(number for number, colour in colours.items() if colour == "100;0;0")
    assert [band.count("$") for band in bands.split("-")] == [1, 1]
    assert f"#{red}!360~!360?" in bands


def test_other_terminals_get_nothing() -> None:
    assert picture_code(b"png", "", 80) == ""
