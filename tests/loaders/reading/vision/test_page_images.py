from __future__ import annotations

import io
from random import Random

import pytest
from PIL import Image, ImageChops, ImageDraw

from loaders.pages.colour import carries_meaning
from loaders.reading.vision.page_images import halves, is_blank


def drawn(*boxes: tuple[int, int, int, int, tuple[int, int, int]]) -> Image.Image:
    image = Image.new("RGB", (240, 320), (255, 255, 255))
    for left, top, right, bottom, colour in boxes:
        ImageDraw.Draw(image).rectangle((left, top, right, bottom), fill=colour)
    return image


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


BLACK, RED, BLUE, CREAM = (0, 0, 0), (220, 30, 30), (30, 60, 220), (250, 245, 230)


def test_two_colours_carry_meaning() -> None:
    assert carries_meaning(drawn((10, 10, 60, 60, RED), (80, 10, 120, 60, BLUE)).tobytes())


def test_one_accent_grey_or_coloured_paper_does_not() -> None:
    assert not carries_meaning(drawn((10, 10, 200, 200, BLUE)).tobytes())
    assert not carries_meaning(drawn((10, 10, 60, 60, BLACK)).tobytes())
    assert not carries_meaning(drawn((0, 0, 240, 320, CREAM), (9, 9, 90, 12, BLUE)).tobytes())


def test_a_page_is_cut_between_its_lines() -> None:
    lines = [(20, top, 220, top + 14, BLACK) for top in (30, 60, 90, 120, 210, 240)]
    top, foot = (Image.open(io.BytesIO(half)) for half in halves(png(drawn(*lines))))
    assert top.height + foot.height > 320
    assert 134 < top.height < 210


def test_a_strip_is_not_cut() -> None:
    assert len(halves(png(Image.new("L", (200, 40), 255)))) == 1


def test_an_image_without_a_gap_is_cut_in_its_middle() -> None:
    top, _ = (Image.open(io.BytesIO(half)) for half in halves(png(Image.new("L", (90, 300), 9))))
    assert abs(top.height - 150) < 10


def leaf(paper: int = 235) -> Image.Image:
    """A scanned leaf: paper that is not even, grain, dust, the scanner's shadow along an edge."""
    random = Random(7)
    image = Image.linear_gradient("L").resize((1152, 1630)).point(lambda v: paper - v // 16)
    grain = Image.effect_noise(image.size, 8)
    image = ImageChops.add(image, grain, scale=1, offset=-128)
    pen = ImageDraw.Draw(image)
    for _ in range(60):
        x, y = random.randrange(1140), random.randrange(1620)
        pen.ellipse((x, y, x + 3, y + 3), fill=random.randrange(90, 200))
    pen.rectangle((0, 0, 14, 1630), fill=60)
    return image


def written(text: str, *, size: int = 20, ink: int = 60) -> Image.Image:
    image = leaf()
    ImageDraw.Draw(image).text((560, 1500), text, fill=ink, font_size=size)
    return image


def test_a_scanned_leaf_with_nothing_on_it_is_blank() -> None:
    assert is_blank(png(leaf()))
    assert is_blank(png(Image.new("L", (300, 400), 255)))
    assert is_blank(png(leaf(paper=150)))


@pytest.mark.parametrize(
    ("text", "size", "ink"),
    [("17", 20, 60), ("see note 4", 14, 110), ("faded print on a receipt", 20, 180)],
)
def test_what_is_printed_on_a_leaf_is_no_blank(text: str, size: int, ink: int) -> None:
    assert not is_blank(png(written(text, size=size, ink=ink)))


def test_what_is_no_image_is_not_called_blank() -> None:
    assert not is_blank(b"no image")
