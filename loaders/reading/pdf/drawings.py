"""What is drawn on a page: ruling lines and painted areas."""

from __future__ import annotations

from typing import Any

from loaders.pages.geometry import enclosing, grown
from loaders.pages.page_layout import Fill, Rule
from loaders.pages.word import Box

THICKEST = 3
"""Points; what is thicker is no line but an area."""


def drawn(page: Any) -> tuple[list[Rule], list[Fill]]:
    """Ruling lines (thin fills count as lines) and the other painted areas."""
    rules: list[Rule] = []
    fills: list[Fill] = []
    limits = page.rect
    for path in page.get_cdrawings():
        filled = "f" in path["type"]
        if filled and path["items"] and (is_round(path["items"]) or is_outline(path)):
            fills.append(Fill(path["rect"], colour_of(path)))
        for item in path["items"]:
            box = item_box(item, (path.get("width") or 0) if not filled else 0)
            if box is None or box[2] < 0 or box[0] > limits.width:
                continue
            thin = min(box[2] - box[0], box[3] - box[1])
            long = max(box[2] - box[0], box[3] - box[1])
            if thin <= THICKEST and long >= 3:
                rules.append(Rule(box))
            elif filled and item[0] in ("re", "qu"):
                fills.append(Fill(box, colour_of(path)))
            elif item[0] == "re":
                rules += [Rule(edge) for edge in edges(box)]
    return rules, fills


def is_round(items: Any) -> bool:
    """Nothing but curves: a point of a chart, a bullet."""
    return all(item[0] == "c" for item in items)


def is_outline(path: Any) -> bool:
    """An upright rectangle drawn side by side, as spreadsheets print the bars of a chart."""
    x0, y0, x1, y1 = path["rect"]
    sides = [item[1:3] for item in path["items"] if item[0] == "l"]
    if len(sides) < len(path["items"]) or min(x1 - x0, y1 - y0) <= THICKEST:
        return False
    is_level = all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.1 for a, b in sides)
    ends = {(round(x), round(y)) for side in sides for x, y in side}
    return is_level and ends >= {(round(x), round(y)) for x in (x0, x1) for y in (y0, y1)}


def colour_of(path: Any) -> str:
    """The fill colour as `#rrggbb`; white where the file does not say."""
    red, green, blue = path.get("fill") or (1, 1, 1)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def item_box(item: Any, width: float) -> Box | None:
    """The place of a straight piece of a path; nothing for a curve."""
    kind = item[0]
    if kind == "c":
        return None
    points = item[1:3] if kind == "l" else (item[1][:2], item[1][2:]) if kind == "re" else item[1]
    box = enclosing((*point, *point) for point in points)
    return grown(box, width / 2) if kind == "l" else box


def edges(box: Box) -> tuple[Box, ...]:
    """The four sides of a box, without thickness."""
    x0, y0, x1, y1 = box
    return (x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)
