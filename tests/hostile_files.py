# mypy: allow-untyped-calls
"""Files that somebody made to break a reader, or that broke on their way: a maker for each kind."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pymupdf
from PIL import Image

SAMPLE = Path(__file__).parent.parent / "samples" / "larkmoor.pdf"


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """A PDF of these objects, the first one its catalogue, with a true table of places."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + (
        tail
        or b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def page(
    content: bytes, box: bytes = b"0 0 300 200", extra: bytes = b"", how: bytes = b""
) -> bytes:
    """One page with this content stream."""
    return pdf(
        CATALOG,
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>%s>>>>" % (box, extra),
        b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), how, content),
        FONT,
    )


@cache
def sample() -> bytes:
    return SAMPLE.read_bytes()


def cut_after(share: float) -> Callable[[], bytes]:
    return lambda: sample()[: int(len(sample()) * share)]


def flipped(seed: int) -> Callable[[], bytes]:
    """The sample with two hundred bits turned over."""

    def make() -> bytes:
        chance, data = random.Random(seed), bytearray(sample())
        for _ in range(200):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(data)

    return make


def nested_filters() -> bytes:
    data = b"BT /F 12 Tf 20 100 Td (Hello) Tj ET"
    for _ in range(30):
        data = zlib.compress(data)
    return page(data, how=b"/Filter[" + b"/FlateDecode " * 30 + b"]")


def inflating_content() -> bytes:
    """Two hundred megabytes of spaces in two hundred kilobytes."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(200)) + packer.flush()
    return page(data, how=b"/Filter/FlateDecode")


def page_stubs(count: int = 100_000) -> bytes:
    """One page that is named a hundred thousand times."""
    kids = b"3 0 R " * count
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf(CATALOG, pages, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>")


def pages_that_hold_themselves() -> bytes:
    return pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")


def form_that_draws_itself() -> bytes:
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 12>>"
    )
    return pdf(
        CATALOG,
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        b"/Resources<</XObject<</X 6 0 R>>>>>>",
        b"<</Length 5>>\nstream\n/X Do\nendstream",
        FONT,
        form + b"\nstream\n/X Do /X Do \nendstream",
    )


def forms_that_double() -> bytes:
    """Thirty forms, each of which draws the next one twice: a billion drawings."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Resources<</XObject<</X %d 0 R>>>>"
        b"/Length 11>>\nstream\n/X Do /X Do\nendstream" % (number + 1)
        for number in range(5, 35)
    ]
    last = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11>>\nstream\n0 0 9 9 re f\nendstream"
    )
    first = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>"
    )
    return pdf(CATALOG, PAGES, first, b"<</Length 5>>\nstream\n/X Do\nendstream", *forms, last)


def places_that_lead_round() -> bytes:
    """A table of places whose predecessor is itself."""
    tail = b"trailer\n<</Root 1 0 R/Size 4/Prev 200>>\nstartxref\n200\n%%EOF"
    whole = pdf(CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", tail=tail)
    return whole.replace(b"200", b"%03d" % whole.index(b"xref\n"))


def picture_that_claims(wide: int, high: int) -> bytes:
    """A picture of that size, of which not a byte is there."""
    return pdf(
        CATALOG,
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 23>>\nstream\n300 0 0 200 0 0 cm/X Do\nendstream",
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB"
        b"/Length 3>>\nstream\nabc\nendstream" % (wide, high),
    )


def blank_scan_of_fifty_megapixels() -> bytes:
    file = io.BytesIO()
    Image.new("L", (5_900, 8_500), 255).save(file, "PNG")
    with pymupdf.open() as document:
        place = document.new_page(width=595, height=842)
        place.insert_image(place.rect, stream=file.getvalue())
        return bytes(document.tobytes())


def tiny_words(count: int = 5_000) -> bytes:
    words = b"".join(
        b"BT /F 1 Tf %d %d Td (w%d) Tj ET\n" % (5 + number % 60 * 5, 5 + number // 60 * 2, number)
        for number in range(count)
    )
    return page(words)


def deep_brackets() -> bytes:
    return page(b"[" * 100_000 + b"]" * 100_000 + b" TJ")


def many_characters(count: int = 300_000) -> bytes:
    return page(b"BT /F 8 Tf 5 100 Td (" + b"x" * count + b") Tj ET")


def font_that_is_missing() -> bytes:
    return page(b"BT /Nowhere 12 Tf 20 100 Td (Hello) Tj ET")


def font_that_is_broken() -> bytes:
    return page(b"BT /F 12 Tf 20 100 Td (Hello) Tj ET").replace(
        FONT, b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor<</FontFile2 4 0 R>>>>"
    )


def zip_that_is_called_pdf() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../evil.txt", "x")
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


def name_with_nothing_in_it() -> bytes:
    return page(b"BT /F#00 12 Tf 20 100 Td (Hello \\000 there) Tj ET")


def entities_without_end() -> bytes:
    """An SVG picture with the billion laughs in it."""
    entities = "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">{entities}]>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text>&l9;</text></svg>'
    ).encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    **{f"cut after {share:.0%}": cut_after(share) for share in (0.001, 0.1, 0.5, 0.9, 0.999)},
    **{f"bits flipped, {seed}": flipped(seed) for seed in (1, 2, 3)},
    "a page without end": lambda: page(b"", box=b"0 0 1e30 1e30"),
    "a page of a kilometre": lambda: page(b"0 0 9 9 re f", box=b"0 0 2834645 2834645"),
    "a page without size": lambda: page(b"0 0 9 9 re f", box=b"0 0 0 0"),
    "a page inside out": lambda: page(b"BT /F 9 Tf 20 100 Td (Hello) Tj ET", box=b"300 200 0 0"),
    "a page of no numbers": lambda: page(b"", box=b"/a (b) null -1e400"),
    "filters in filters": nested_filters,
    "content that swells": inflating_content,
    "a hundred thousand pages": page_stubs,
    "pages that hold themselves": pages_that_hold_themselves,
    "a form that draws itself": form_that_draws_itself,
    "forms that double": forms_that_double,
    "places that lead round": places_that_lead_round,
    "a picture too large": lambda: picture_that_claims(60_000, 60_000),
    "a picture beyond numbers": lambda: picture_that_claims(2**31 - 1, 2**31 - 1),
    "a blank scan of fifty megapixels": blank_scan_of_fifty_megapixels,
    "five thousand tiny words": tiny_words,
    "brackets without end": deep_brackets,
    "too many characters": many_characters,
    "a font that is missing": font_that_is_missing,
    "a font that is broken": font_that_is_broken,
    "a zip that is called PDF": zip_that_is_called_pdf,
    "nothing in a name": name_with_nothing_in_it,
    "entities without end": entities_without_end,
    "zeros": lambda: bytes(100_000),
    "a head and no body": lambda: b"%PDF-1.7\n" + b"\xff" * 50_000,
}
SLOW = {
    "a page without size",
    "content that swells",
    "cut after 100%",
    "five thousand tiny words",
    "forms that double",
    "too many characters",
}
"""Made to take long: not for every run of the tests."""


def write_all(folder: Path) -> Iterator[Path]:
    """Write every kind into the folder."""
    for name, make in HOSTILE.items():
        path = folder / (name.replace(" ", "_").replace(",", "").replace("%", "") + ".pdf")
        path.write_bytes(make())
        yield path
