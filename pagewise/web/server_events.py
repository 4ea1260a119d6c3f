"""Server-sent events that bring pieces of the page."""

from __future__ import annotations

from markupsafe import Markup


def partial(target: str, swap: str, content: Markup) -> Markup:
    """A piece of the page, and where it goes."""
    return Markup('<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>').format(
        target, swap, content
    )


def event(content: Markup) -> str:
    """A server-sent event of several lines."""
    return "".join(f"data: {line}\n" for line in str(content).splitlines()) + "\n"
