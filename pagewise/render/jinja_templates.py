"""Pages from templates: what is filled in is escaped, and a name that is not given is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from loaders.text.printable import printable


@cache
def templates_of(package: str) -> Environment:
    """Those in the folder `templates` of a package, read once."""
    found = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["printable"] = printable
    return found
