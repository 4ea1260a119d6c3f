"""Commands that look after a library as a whole: what is wrong with it, and where it is kept."""

from __future__ import annotations

from argparse import Namespace

from pagewise import console
from pagewise.settings import load_settings


def doctor(arguments: Namespace) -> int:
    """Show what is configured, reachable and missing."""
    from pagewise.doctor import examine, repair

    settings = load_settings(arguments.home, offline=arguments.offline)
    findings = [*(repair(settings) if arguments.repair else ()), *examine(settings)]
    grid = console.table("", "what", "state")
    for finding in findings:
        grid.add_row("✓" if finding.is_well else "✗", finding.what, console.plain(finding.state))
    console.out().print(grid)
    return 0 if all(finding.is_well for finding in findings) else 1


def migrate(arguments: Namespace) -> int:
    """Copy the library of the folder into Postgres."""
    from pagewise.migrate import copy_to

    settings = load_settings(arguments.home, offline=arguments.offline)
    copied = copy_to(settings.home, arguments.to or settings.database_url)
    told = ", ".join(f"{count} {what}" for what, count in copied.items())
    console.err().print(
        f"copied and compared: {told}; {settings.home} is as it was, DATABASE_URL is for the copy",
        markup=False,
    )
    return 0
