"""The door to PyMuPDF; only the child process imports it.

Everything that leaves this file is plain data.
"""

# mypy: allow-untyped-calls
# PyMuPDF says that it is typed, and is not.
from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pymupdf

from loaders.pages.colour import PREVIEW_WIDTH, carries_meaning
from loaders.pages.page_layout import MARGIN, Sheet, margin_word
from loaders.pages.word import Box
from loaders.reading.layout.layout_model import MOST_LINES, as_box, regions, reprinted
from loaders.reading.layout.picture_regions import FEW_WORDS, Drawn, joined_strips, with_pictures
from loaders.reading.layout.prose_pages import plain_regions
from loaders.reading.pdf.drawings import drawn
from loaders.reading.pdf.drawn_marks import shapes
from loaders.reading.pdf.glyphs import as_printed, page_text, untold_on, without_lines
from loaders.reading.pdf.properties import label_of
from loaders.reading.pdf.sheet_words import Drawn as DrawnThings
from loaders.reading.pdf.sheet_words import set_words
from loaders.reading.pdf.styled_spans import lack_characters, with_styles
from loaders.reading.pdf.symbol_fonts import name_dingbats
from loaders.reading.text_layer.hidden_text import Paint, without_hidden
from loaders.reading.text_layer.watermarks import told as watermarks_told
from loaders.reading.text_layer.watermarks import watermarks

MAX_PIXELS = 40_000_000
MAX_POINTS = 400_000_000
"""Square points: the largest page that the format allows has 207 million."""
PICTURE_PIXELS = 3_000_000
JPEG_QUALITY = 60
SIXTEEN_GREYS = bytes(round(grey / 17) * 17 for grey in range(256))
MAX_GLYPHS = 200_000
"""More than this on one page is no text that anybody reads."""
MAX_WORDS = 8_000
"""A page of more words is read without the layout model."""

TICKED_FIELDS = (2, 5)
"""Boxes to tick and radio buttons, by their number in MuPDF."""
PRINTED_NOTES = (2, 12, 13)
"""Text boxes, typewriting and stamps."""
STRIKE_OUT = 11
"""The kind of an annotation, by its number in MuPDF."""
TEXT_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_ACCURATE_BBOXES
    | pymupdf.TEXT_IGNORE_ACTUALTEXT
    | pymupdf.TEXT_USE_CID_FOR_UNKNOWN_UNICODE
)
STYLED = TEXT_FLAGS | pymupdf.TEXT_COLLECT_STYLES
QUARTERS = {(1, 0): 0, (0, -1): 90, (-1, 0): 180, (0, 1): 270}
"""Direction of a line to the degrees that turn it level, clockwise."""


class Refused(Exception):
    """The document or the page cannot be read; the message is for the user."""


def open_pdf(path: str) -> tuple[Any, str]:
    """The document, and what had to be repaired to open it."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.TOOLS.reset_mupdf_warnings()
    try:
        path.encode()
    except UnicodeEncodeError:
        raise Refused("its name is no UTF-8; rename it") from None
    try:
        document = pymupdf.open(path)
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise Refused(
            f"damaged or not a document that can be read ({first_line(error)})"
        ) from error
    if document.needs_pass:
        raise Refused("is protected by a password; save a copy without it first")
    try:
        count = document.page_count
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise Refused(f"damaged: its pages cannot be counted ({first_line(error)})") from error
    if count < 1:
        raise Refused("has no pages")
    return document, repair_told(document)


def repair_told(document: Any) -> str:
    """What the repair of a damaged file said, or nothing."""
    if not getattr(document, "is_repaired", False):
        return ""
    warnings = [line for line in pymupdf.TOOLS.mupdf_warnings().splitlines() if line.strip()]
    told = "; ".join(dict.fromkeys(warnings[:3]))
    return f"the file is damaged and was repaired; parts may be missing ({told or 'no details'})"


def first_line(error: BaseException) -> str:
    """The start of what an exception says; that opening failed is no news."""
    if str(error).startswith("Failed to open file"):
        return "no page can be found in it"
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def turned_page(document: Any, number: int) -> Any:
    """The page with rotation applied, turned once more if most of its lines run up or down.

    That is the page as it is shown: images of it are made from the same one.
    """
    page, _ = turned_text(document, number)
    return page


def turned_text(document: Any, number: int) -> tuple[Any, list[Any]]:
    """The turned page with its text block by block, which is extracted once if it need not turn."""
    page = document[number]
    if page.rotation:
        without_crop(page)
        page.remove_rotation()
    blocks = text_blocks(page)
    width, height = page.rect.width, page.rect.height
    directions: Counter[int] = Counter()
    for block in blocks:
        for line in block.get("lines", ()):
            x0, y0, x1, y1 = line["bbox"]
            if x1 < 0 or y1 < 0 or x0 > width or y0 > height:
                continue
            ahead = round(line["dir"][0]), round(line["dir"][1])
            length = sum(not char["c"].isspace() for s in line["spans"] for char in s["chars"])
            directions[QUARTERS.get(ahead, 0)] += length
    turn = directions.most_common(1)[0][0] if directions else 0
    if turn:
        without_crop(page)
        page.set_rotation(turn)
        page.remove_rotation()
        blocks = text_blocks(page)
    return page, blocks


def without_crop(page: Any) -> None:
    """Make what is shown the whole page: a page that is turned would forget its CropBox."""
    crop, media = page.cropbox, page.mediabox
    shown = pymupdf.Rect(crop.x0, media.y1 - crop.y1, crop.x1, media.y1 - crop.y0)
    if shown != media:
        page.set_mediabox(shown)


def text_blocks(page: Any) -> list[Any]:
    """All text of the page, and around it, down to the character."""
    everything = page.get_textpage(flags=STYLED, clip=pymupdf.INFINITE_RECT())
    blocks = list(everything.extractRAWDICT()["blocks"])
    if not lack_characters(blocks, everything.extractText()):
        return blocks
    plain = page.get_textpage(flags=TEXT_FLAGS, clip=pymupdf.INFINITE_RECT())
    return with_styles(list(plain.extractRAWDICT()["blocks"]), blocks)


def read_sheet(
    document: Any,
    number: int,
    *,
    layout: bool,
    model: bool = True,
    complete: Callable[[Sheet, Drawn], None] | None = None,
) -> Sheet:
    """Everything that the layout of the page is made from, by the `model` if it may be asked.

    `complete` adds what only the page's picture tells, before the layout is looked for.
    """
    pymupdf.TOOLS.reset_mupdf_warnings()
    page, blocks = turned_text(document, number)
    width, height = page.rect.width, page.rect.height
    if width < 1 or height < 1 or width * height > MAX_POINTS:
        raise Refused(f"a page of {width:.0f} by {height:.0f} points is not read")
    zoom = min(1.0, (MAX_PIXELS / (width * height)) ** 0.5)
    name_dingbats(blocks, page)
    text = page_text(blocks, untold_on(page))
    if len(text.glyphs) > MAX_GLYPHS:
        raise Refused(f"{len(text.glyphs)} characters on one page are not read")
    images = page.get_image_info()
    pictures = joined_strips([as_box(image["bbox"]) for image in images])
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
    shades = pymupdf.Pixmap(pymupdf.csGRAY, pixmap)
    paint = Paint(shades.samples, shades.width, shades.height, shades.stride, zoom)
    apart = watermarks(text.lines, text.glyphs)
    seen, hidden = without_hidden(
        as_printed(text.glyphs, paint), text.alphas, paint, pictures, (0, 0, width, height)
    )
    seen = without_lines(seen, {line.number for line in apart})
    rules, fills = drawn(page)
    boxes, widgets = form_fields(page)
    sheet = Sheet(
        width=width,
        height=height,
        tokens=[],
        fills=fills,
        pictures=pictures,
        hidden=hidden,
        has_ink=paint.has_ink(),
        trouble=next(iter(pymupdf.TOOLS.mupdf_warnings().splitlines()), ""),
        unpainted=text.alphas.count(0) / max(1, len(text.alphas)),
        unmapped=text.uncoded / max(1, len(text.glyphs)),
        notes=list(filter(None, [watermarks_told(apart), size_told(width, height, zoom)])),
        widgets=widgets,
        remarks=remarks_on(page),
        label=label_of(page),
        is_altered=bool(apart),
    )
    set_words(sheet, text, seen, DrawnThings(rules, shapes(page), struck_by_reviewers(page), boxes))
    if complete is not None:
        complete(sheet, lambda box, zoom: grey(page, zoom, box))
    if layout:
        sheet.margins, sheet.earlier = margins_around(document, number)
        pixels = sum(image["width"] * image["height"] for image in images)
        find_regions(sheet, page, pixels, pixmap, model=model and zoom == 1)
        for part in sheet.parts:
            find_regions(part, page, 0, None, model=model)
    return sheet


def size_told(width: float, height: float, zoom: float) -> str:
    """A page that was drawn smaller than it is was looked at less closely."""
    if zoom == 1:
        return ""
    return f"a page of {width:.0f} by {height:.0f} points, drawn at {zoom:.0%}, without the model"


def find_regions(sheet: Sheet, page: Any, pixels: int, pixmap: Any, *, model: bool) -> None:
    """What the words say of the layout, or else the model; it sees what was found on the page."""
    if FEW_WORDS < len(sheet.tokens) < MAX_WORDS:
        plain = plain_regions(sheet)
        if plain is not None:
            sheet.regions = plain
        elif model and len({token.line for token in sheet.tokens}) <= MOST_LINES:
            if sheet.is_altered:
                page, pixels, pixmap = reprinted(sheet), 0, None
            sheet.regions = regions(page, pixels=pixels, pixmap=pixmap)
    sheet.regions = with_pictures(sheet, lambda part: regions(reprinted(part), pixels=0))


def grey(page: Any, zoom: float, box: Box | None = None) -> tuple[bytes, int, int, int]:
    """The page or a part in grey, `zoom` pixels a point: samples, width, height, bytes a row."""
    matrix, clip = pymupdf.Matrix(zoom, zoom), pymupdf.Rect(box) if box else None
    pixmap = page.get_pixmap(matrix=matrix, clip=clip, colorspace=pymupdf.csGRAY, alpha=False)
    return bytes(pixmap.samples), pixmap.width, pixmap.height, pixmap.stride


def form_fields(page: Any) -> tuple[list[tuple[Box, bool]], list[Box]]:
    """The boxes to tick and whether they are ticked, and the places of the other fields."""
    boxes: list[tuple[Box, bool]] = []
    places: list[Box] = []
    for widget in page.widgets() or ():
        box = as_box(widget.rect)
        if widget.field_type in TICKED_FIELDS:
            state = page.parent.xref_get_key(widget.xref, "AS")[1]
            boxes.append((box, state not in ("/Off", "null", "")))
        else:
            places.append(box)
    return boxes, places


def remarks_on(page: Any) -> list[tuple[Box, str]]:
    """What readers have noted on the page, with its place; text boxes are print already."""
    found: list[tuple[Box, str]] = []
    for annot in page.annots() or ():
        said = " ".join(str(annot.info.get("content") or "").split())
        if said and annot.type[0] not in PRINTED_NOTES:
            who = str(annot.info.get("title") or "").strip()
            found.append((as_box(annot.rect), f"Note ({who}): {said}" if who else f"Note: {said}"))
    return found


def struck_by_reviewers(page: Any) -> list[Box]:
    """The areas that a reviewer has struck out, a box for each line of them."""
    found: list[Box] = []
    for annot in page.annots(types=[STRIKE_OUT]) or ():
        points = annot.vertices or []
        for start in range(0, len(points) - 3, 4):
            xs, ys = zip(*points[start : start + 4], strict=True)
            found.append((min(xs), min(ys), max(xs), max(ys)))
    return found


def margins_around(document: Any, number: int) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The words in the margins of the two pages before and after, and those of the former.

    The first is None if there are no other pages.
    """
    first, last = max(0, number - 2), min(document.page_count, number + 3)
    earlier = [margin_of(document, near) for near in range(first, number)]
    later = [margin_of(document, near) for near in range(number + 1, last)]
    around = frozenset().union(*earlier, *later) if earlier or later else None
    return around, frozenset().union(*earlier)


@lru_cache(maxsize=8)
def margin_of(document: Any, number: int) -> frozenset[str]:
    """The words in the margins of a page; its neighbours ask for them one after the other."""
    page = document[number]
    top, foot = MARGIN * page.rect.height, (1 - MARGIN) * page.rect.height
    return frozenset(
        margin_word(word[4]) for word in page.get_text("words") if word[3] < top or word[1] > foot
    )


def render(document: Any, number: int, *, width: int, box: Box | None = None) -> bytes:
    """PNG of the page or of a part of it, `width` pixels wide, never more than 40 megapixels.

    A page is grey, unless its colours say something: half the time and half the bytes. A part is
    shown where a picture is asked about, which may be for its colour. Turned like the page that
    is read, so that boxes fit.
    """
    page = turned_page(document, number)
    clip = pymupdf.Rect(box) if box else page.rect
    if clip.is_empty or clip.is_infinite:
        raise Refused("the page has no area")
    zoom = width / clip.width
    if zoom * zoom * clip.width * clip.height > MAX_PIXELS:
        raise Refused(f"an image of this page {width} pixels wide has more than 40 megapixels")
    small = min(PREVIEW_WIDTH, width) / clip.width
    shades = page.get_pixmap(matrix=pymupdf.Matrix(small, small), clip=clip, alpha=False)
    is_coloured = box is not None or carries_meaning(shades.samples)
    space = pymupdf.csRGB if is_coloured else pymupdf.csGRAY
    matrix = pymupdf.Matrix(zoom, zoom)
    pixmap = page.get_pixmap(matrix=matrix, clip=clip, colorspace=space, alpha=False)
    return bytes(pixmap.tobytes("png"))


def picture(document: Any, number: int, width: int) -> tuple[bytes, str, float, float]:
    """The page for people to look at, as small as it is legible: image, its type, size in points.

    A printed page is smallest in sixteen greys, a scan or a photograph as JPEG.
    """
    page = turned_page(document, number)
    wide, high = page.rect.width, page.rect.height
    if wide < 1 or high < 1:
        raise Refused("the page has no area")
    zoom = min(width / wide, (PICTURE_PIXELS / (wide * high)) ** 0.5)
    matrix = pymupdf.Matrix(zoom, zoom)
    preview = page.get_pixmap(matrix=pymupdf.Matrix(zoom / 6, zoom / 6), alpha=False)
    if carries_meaning(preview.samples):
        coloured = page.get_pixmap(matrix=matrix, alpha=False)
        return bytes(coloured.tobytes("jpeg", jpg_quality=JPEG_QUALITY)), "image/jpeg", wide, high
    pixmap = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    samples = pixmap.samples.translate(SIXTEEN_GREYS)
    greys = pymupdf.Pixmap(pymupdf.csGRAY, pixmap.width, pixmap.height, samples, False)
    png = bytes(greys.tobytes("png"))
    jpeg = bytes(pixmap.tobytes("jpeg", jpg_quality=JPEG_QUALITY))
    if len(jpeg) < len(png):
        return jpeg, "image/jpeg", wide, high
    return png, "image/png", wide, high


def title_of(document: Any, path: Path) -> str:
    """The title that the file claims, or else its name."""
    return str((document.metadata or {}).get("title") or "").strip() or path.stem
