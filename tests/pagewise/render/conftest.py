"""A library with tables to be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pagewise.library import Library
from pagewise.settings import Settings

HOSTILE = """
<h1>Accounts</h1><p>Table 1: Positions (in € millions)</p>
<table><tr><th>Item</th><th>2025</th><th>Share</th><th>Remark</th></tr>
<tr><td>=HYPERLINK("http://evil.example")</td><td>1,234.50</td><td>12.5%</td>
<td>+cmd|' /C calc'!A0</td></tr>
<tr><td>@SUM(A1)</td><td>(7.0)</td><td>-3.5%</td><td>3 - 5</td></tr>
<tr><td>Form</td><td>10-Q</td><td>007</td><td>12-bit</td></tr>
<tr><td>Account</td><td>12345678901234567890</td><td>5.0%</td><td>$4.20</td></tr></table>
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a table that would like to be a formula, and a page without any."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "accounts.html").write_text(HOSTILE, encoding="utf-8")
    (folder / "letter.md").write_text("# Letter\n\nNothing but words.\n", encoding="utf-8")
    with Library(Settings(home=folder / "home", offline=True)) as library:
        library.index([str(folder / "accounts.html"), str(folder / "letter.md")])
    return folder / "home"
