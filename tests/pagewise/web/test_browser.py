# mypy: allow-untyped-calls
"""The page in a real browser, as somebody uses it who has never seen a terminal."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pymupdf
import pytest
from PIL import Image

from pagewise.library import Library
from pagewise.serving.server import build_app
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply
from tests.served import running

pytest.importorskip("playwright", reason="needs the extra `browser`")
from playwright.sync_api import Browser, Locator, Page, expect

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Request

GROWTH = "By how much did group revenue grow from 2024 to 2025?"
WAIT = 300_000
"""Milliseconds: as long as a busy machine may take; what is waited for is seen."""
PIXELS = 2.0
MARGIN = 3.0
ROOT = Path(__file__).resolve().parents[3]
PICTURE = ROOT / "samples" / "page.png"
COLOURS = 96
expect.set_options(timeout=WAIT)
UPDATE = bool(os.environ.get("UPDATE_README"))  # noqa: TID251 - a switch of the test, not a setting
SHOT = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def url(sample_library: Library) -> Iterator[str]:
    with running(build_app(sample_library)) as url:
        yield url


@pytest.fixture
def own_url(tmp_path: Path) -> Iterator[str]:
    """A server of an empty library, which a test may fill."""
    with (
        Library(Settings(home=tmp_path / "home", offline=True)) as library,
        running(build_app(library)) as url,
    ):
        yield url


@contextmanager
def opened(chromium: Browser, url: str, path: str = "/", **how: Any) -> Iterator[Page]:
    """A page on which nothing went wrong, and that asked nobody else."""
    told: list[str] = []
    asked: list[Request] = []
    context = chromium.new_context(**{"viewport": SHOT, "locale": "en-GB", **how})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request))
    page.goto(url + path)
    yield page
    context.close()
    assert told == []
    assert {request.url for request in asked if not request.url.startswith(url)} == set()


def ask(page: Page, question: str) -> Locator:
    """The turn that answers."""
    before = page.locator(".turn.done").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    expect(page.locator(".turn.done")).to_have_count(before + 1, timeout=WAIT)
    return page.locator(".turn.done").last


def shown_page(page: Page, number: int) -> Locator:
    """The sheet of this page, its picture loaded."""
    picture = page.locator(f'#page .sheet img[src*="/pages/{number}.png"]')
    expect(picture).to_be_visible(timeout=WAIT)
    picture.evaluate("image => image.decode()")
    expect(page.locator("#page.waiting")).to_have_count(0)
    return page.locator("#page .sheet")


def test_from_a_dropped_file_to_the_framed_cell_and_out_again(
    chromium: Browser, own_url: str, sample_pdf: Path
) -> None:
    with opened(chromium, own_url) as page:
        expect(page.locator("#documents")).to_contain_text("No documents yet")
        page.fill("#question", GROWTH)
        page.press("#question", "Enter")
        expect(page.locator(".turn .status")).to_contain_text("Add a PDF", timeout=WAIT)
        page.reload()
        page.set_input_files("#upload [type=file]", sample_pdf)
        expect(page.locator(".job progress")).to_be_visible(timeout=WAIT)
        expect(page.locator(".documents li")).to_have_count(1, timeout=WAIT)
        expect(page.locator(".job")).to_contain_text("8 read", timeout=WAIT)
        page.goto(own_url)
        expect(page.locator(".suggestions button").first).to_be_visible()
        turn = ask(page, GROWTH)
        expect(turn).to_contain_text("€42.4 million")
        expect(turn).to_contain_text("Checked against the cited page")
        turn.locator("summary").first.click()
        expect(turn.locator(".computed li")).to_have_count(4)
        expect(turn.locator(".computed li").first).to_be_visible()
        turn.locator(".places .cite", has_text="385.8").click()
        expect(page.locator(".steps")).to_contain_text("Place 2 of 2")
        assert_frames(shown_page(page, 3), sample_pdf, 2, "385.8")
        page.reload()
        expect(page.locator(".turn.done")).to_contain_text("€42.4 million")
        page.locator(".turn .chip").first.click()
        shown_page(page, 3)
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Remove larkmoor.pdf").click()
        expect(page.locator("#documents")).to_contain_text("No documents yet", timeout=WAIT)


def assert_frames(sheet: Locator, pdf: Path, number: int, word: str) -> None:
    """The frame that is chosen lies around the word, as the page itself has it."""
    with pymupdf.open(pdf) as document:
        page = document[number]
        width, places = page.rect.width, [tuple(one) for one in page.search_for(word)]
    picture, frame = sheet.locator("img").bounding_box(), sheet.locator("rect.now").bounding_box()
    assert picture
    assert frame
    scale = picture["width"] / width
    box = (frame["x"], frame["y"], frame["x"] + frame["width"], frame["y"] + frame["height"])
    away = min(
        max(
            abs(picture["x"] + (left - MARGIN) * scale - box[0]),
            abs(picture["x"] + (right + MARGIN) * scale - box[2]),
            abs(picture["y"] + (top + bottom) / 2 * scale - (box[1] + box[3]) / 2),
        )
        for left, top, right, bottom in places
    )
    assert away <= PIXELS


def test_the_first_screen_costs_six_requests_and_80_kilobytes(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        sizes = page.evaluate(
            "performance.getEntriesByType('resource').concat("
            "performance.getEntriesByType('navigation')).map(one => one.transferSize)"
        )
        assert len(sizes) <= 6
        assert sum(sizes) <= 80 * 1024


def test_a_frame_stays_on_its_cell_when_the_page_is_enlarged(
    chromium: Browser, url: str, sample_pdf: Path
) -> None:
    with opened(chromium, url) as page:
        ask(page, GROWTH).locator(".places .cite", has_text="343.4").click()
        sheet = shown_page(page, 3)
        page.get_by_role("button", name="Larger").click()
        assert_frames(sheet, sample_pdf, 2, "343.4")
        expect(sheet.locator("rect.now")).to_be_in_viewport()
        page.get_by_role("button", name="Next place").click()
        expect(page.locator(".steps")).to_contain_text("Place 2 of 2")
        assert_frames(shown_page(page, 3), sample_pdf, 2, "385.8")
        page.get_by_role("button", name="Next page").click()
        shown_page(page, 4)
        original = page.get_by_role("link", name="Original").get_attribute("href")
        assert original
        assert original.endswith("/original#page=4")


def test_everything_is_within_reach_of_the_keyboard(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("/")
        expect(page.locator("#question")).to_be_focused()
        page.keyboard.type("How much was revenue in 2025, and how many people work in Nairobi?")
        page.keyboard.press("Shift+Enter")
        page.keyboard.press("Control+A")
        page.keyboard.type(GROWTH)
        page.keyboard.press("Enter")
        expect(page.locator(".turn.done")).to_have_count(1, timeout=WAIT)
        shown_page(page, 3)
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        chosen = page.locator('.places .cite[aria-current="true"]')
        expect(chosen).to_contain_text("385.8")  # the first was shown with the answer
        expect(chosen).to_be_focused()
        page.keyboard.press("k")
        expect(chosen).to_contain_text("343.4")
        page.keyboard.press("j")
        expect(chosen).to_contain_text("385.8")
        page.keyboard.press("]")
        shown_page(page, 4)
        page.keyboard.press("[")
        shown_page(page, 3)
        page.keyboard.press("+")
        expect(page.locator("#page .z2")).to_be_visible()


def test_a_question_that_was_suggested_is_answered(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        page.locator(".suggestions button").first.click()
        expect(page.locator(".turn.done")).to_have_count(1, timeout=WAIT)
        expect(page.locator(".turn.done")).to_contain_text("Checked against the cited page")


def test_a_passage_is_shown_as_one_and_no_claim_is_made(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        turn = ask(page, "How many employees work in Nairobi?")
        expect(turn.locator(".nearest li")).to_have_count(3)
        expect(turn).to_contain_text("No claim")
        expect(turn).not_to_contain_text("Checked against")


def test_what_a_model_writes_is_streamed_marked_where_it_does_not_stand_and_can_be_stopped(
    chromium: Browser, small_pdf: Path, tmp_path: Path, gemini: GeminiEmulator
) -> None:
    settings = Settings(
        home=tmp_path / "home",
        chat=f"google_genai:{CHAT}",
        google_api_key=KEY,
        google_base_url=gemini.url,
    )
    wrong = Reply("The company employs 341 people in Hamburg. [1]", delay_s=1.5)
    with (
        Library(settings) as library,
        running(build_app(library)) as url,
        opened(chromium, url) as page,
    ):
        library.index([str(small_pdf)])
        page.reload()
        gemini.will(wrong, wrong)
        page.fill("#question", "How many people does the company employ in Hamburg?")
        page.press("#question", "Enter")
        expect(page.locator(".turn .draft")).to_contain_text("341 people", timeout=WAIT)
        turn = page.locator(".turn.done")
        expect(turn.locator(".answer")).to_contain_text("341 (?)", timeout=WAIT)
        expect(turn).to_contain_text("Not everything here could be checked")
        expect(turn.locator("abbr.doubt")).to_have_attribute("title", re.compile("not found"))
        gemini.will(Reply("The board met nine times. [1]", delay_s=4))
        page.goto(url)
        page.fill("#question", "How often did the board meet?")
        page.press("#question", "Enter")
        wait_until_asked(gemini)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".turn .status")).to_have_text("Stopped.", timeout=WAIT)
        expect(page.get_by_role("button", name="Ask")).to_be_enabled()


def wait_until_asked(gemini: GeminiEmulator) -> None:
    """The model has the question, and is thinking."""
    while gemini.scripted:
        time.sleep(0.05)


@pytest.mark.parametrize("width", [390, 800])
def test_a_narrow_screen_shows_one_thing_after_the_other(
    chromium: Browser, url: str, width: int
) -> None:
    with opened(chromium, url, viewport={"width": width, "height": 844}) as page:
        turn = ask(page, GROWTH)
        turn.locator(".chip").first.click()
        shown_page(page, 3)
        expect(turn).to_be_visible(visible=width > 760)
        page.get_by_role("button", name="Documents", exact=True).click()
        expect(page.locator(".documents")).to_be_visible()
        page.get_by_role("button", name="Conversation", exact=True).click()
        expect(turn).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width


def test_a_long_document_is_listed_without_its_pictures(
    chromium: Browser, own_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "long.txt"
    file.write_text("\f".join(f"Page {number} tells nothing." for number in range(1, 301)), "utf-8")
    with opened(chromium, own_url) as page:
        pictures: list[str] = []
        page.on("request", lambda one: pictures.append(one.url) if ".png" in one.url else None)
        page.set_input_files("#upload [type=file]", file)
        expect(page.locator(".documents")).to_contain_text("300 pages", timeout=WAIT)
        page.get_by_role("button", name="Audit long.txt").click()
        expect(page.locator(".ledger tbody tr")).to_have_count(300)
        assert pictures == []
        page.get_by_role("button", name="Show page 7", exact=True).click()
        expect(page.locator("#page .text")).to_contain_text("Page 7 tells nothing")


EVIL = "<img src=x onerror=\"document.title='pwned'\">"
SCRIPT = "<script>document.title='pwned'</script>"


def test_nothing_that_a_document_says_runs_or_leads_away(
    chromium: Browser, own_url: str, tmp_path: Path
) -> None:
    files = {
        f"{EVIL.replace('/', '')}.md": f"# {SCRIPT} Sales {EVIL}\n\nSales of {EVIL} were 5 million "
        "euros in 2024. [click](javascript:alert(1)) <hx-partial hx-target='body'>gone</hx-partial>"
        f"\n\n| Item | 2023 | 2024 |\n|---|---|---|\n| Sales {SCRIPT} | 4 | 5 |\n"
        f"| {EVIL} | 1 | 2 |\n",
        "style.html": "<h1>Costs</h1><style>*{display:none}</style><table><tr><th>Item</th>"
        f"<th>2024</th></tr><tr><td onclick='x()'>Costs {EVIL}</td><td>7</td></tr></table>",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with opened(chromium, own_url) as page:
        dialogs: list[Dialog] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog))
        page.set_input_files("#upload [type=file]", [tmp_path / name for name in files])
        expect(page.locator(".documents li")).to_have_count(2, timeout=WAIT)
        for question in ("What were sales in 2024?", f"What is {EVIL} {SCRIPT}?", "Costs in 2024?"):
            turn = ask(page, question)
            expect(turn.locator(".question")).to_contain_text(question)
        for document in page.locator(".documents .name").all():
            document.click()
            expect(page.locator("#page .page-text")).to_be_visible(timeout=WAIT)
        for audit in page.locator(".documents .link", has_text="Audit").all():
            audit.click()
            expect(page.locator("#page .ledger")).to_be_visible(timeout=WAIT)
        page.reload()
        expect(page.locator(".turn.done")).to_have_count(3)
        assert page.title() == "Pagewise"
        assert dialogs == []
        found = page.locator("#documents img, .turn img, .turn script, [onerror], style, .turn svg")
        expect(found).to_have_count(0)
        links = page.locator(".turn a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert all(re.match(r"/documents/\w+/pages/", link) for link in links)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_no_serious_fault(chromium: Browser, url: str, scheme: Any, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs `browser`")
    how = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme, "bypass_csp": True}
    with opened(chromium, url, **how) as page:
        faults = serious(axe.Axe().run(page))
        ask(page, GROWTH).locator(".chip").first.click()
        shown_page(page, 3)
        faults += serious(axe.Axe().run(page))
        if width < 760:
            page.get_by_role("button", name="Conversation", exact=True).click()
        ask(page, "How many employees work in Nairobi?")
        faults += serious(axe.Axe().run(page))
        if width < 760:
            page.get_by_role("button", name="Documents", exact=True).click()
            faults += serious(axe.Axe().run(page))
        page.get_by_role("button", name="Audit larkmoor.pdf").click()
        expect(page.locator("#page .ledger")).to_be_visible(timeout=WAIT)
        faults += serious(axe.Axe().run(page))
        assert faults == []


def test_the_readme_shows_the_page(chromium: Browser, url: str, tmp_path: Path) -> None:
    """`UPDATE_README=1` keeps the picture; letters differ from machine to machine."""
    target = PICTURE if UPDATE else tmp_path / PICTURE.name
    with opened(chromium, url, device_scale_factor=1.5) as page:
        ask(page, GROWTH).locator("td.cited a", has_text="385.8").click()
        expect(page.locator(".steps")).to_contain_text("Place 2 of 2")
        shown_page(page, 3)
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)
        shot = io.BytesIO(page.screenshot())
    with Image.open(shot) as picture:
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)
    assert f"](samples/{PICTURE.name})" in (ROOT / "README.md").read_text(encoding="utf-8")
    for file in (PICTURE, target):
        assert png_size(file) == (2160, 1350)


def png_size(file: Path) -> tuple[int, int]:
    with Image.open(file) as picture:
        return picture.size


def serious(results: Any) -> list[str]:
    return [
        f"{found['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for found in results.response["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]
