"""Every fault through the real client, on the plain and on the streaming endpoint."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator

import pytest
from langchain_core.documents.base import Blob
from langchain_core.language_models import BaseChatModel
from PIL import Image, ImageDraw

from loaders.errors import PageError, UsageError
from loaders.pages.page import Outcome, Page, Reading
from loaders.pages.word import Word
from loaders.reading.rate_limiting.budget import Budget
from loaders.reading.rate_limiting.prices import usd_of
from loaders.reading.rate_limiting.scheduler import CallFailed, Scheduler
from loaders.reading.vision.page_images import SHARP_WIDTH
from loaders.reading.vision.vision_parser import (
    TYPICAL_TOKENS_OUT,
    GeminiVisionParser,
    typical_tokens_in,
)
from pagewise.models.gemini import ULTRA_HIGH, plain_chat
from pagewise.settings import Settings
from tests.gemini_emulator import (
    BROKEN_OFF,
    CHAT,
    DROPPED,
    KEY,
    OVERLOADED,
    PAGE,
    GeminiEmulator,
    Reply,
    failing,
    over_quota,
)
from tests.simulated_clock import SimulatedClock

Make = Callable[..., GeminiVisionParser]


@pytest.fixture(scope="module", params=["plain", "streaming"])
def chat(request: pytest.FixtureRequest, gemini_server: GeminiEmulator) -> Iterator[BaseChatModel]:
    settings = Settings(google_api_key=KEY, google_base_url=gemini_server.url)
    client = plain_chat(settings, CHAT, 5.0)
    client.streaming = request.param == "streaming"
    yield client
    asyncio.run(client.aclose())


@pytest.fixture
def make(chat: BaseChatModel, gemini: GeminiEmulator) -> Make:
    def parser(**options: object) -> GeminiVisionParser:
        clock = SimulatedClock()
        gemini.clock = clock
        scheduler = Scheduler(CHAT, clock=clock, pause=clock.pause)
        return GeminiVisionParser(chat, scheduler=scheduler, **options)  # type: ignore[arg-type]

    return parser


def image(lines: int = 8) -> bytes:
    """A page with grey lines of text, and a wide gap in its middle."""
    picture = Image.new("L", (400, 600), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(lines):
        top = 40 + 30 * line + (200 if line >= lines // 2 else 0)
        draw.rectangle((40, top, 360, top + 12), fill=60)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def page(*words: str) -> Page:
    boxes = [
        (50.0 + 60 * column, 100.0, 100.0 + 60 * column, 110.0) for column in range(len(words))
    ]
    placed = [Word(word, box) for word, box in zip(words, boxes, strict=True)]
    return Page(3, 595.0, 842.0, words=placed, image=image())


def test_a_page_is_read(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will_say(PAGE)
    reading = make().read(page())
    assert (reading.page, reading.outcome, reading.markup) == (3, Outcome.OK, PAGE)
    assert (reading.reader, reading.audit) == (CHAT, None)
    usage = reading.usage
    assert (usage.tokens_in, usage.tokens_out, usage.attempts) == (1400, 300, 1)
    assert usage.usd == usd_of(CHAT, 1400, 300) > 0


def test_the_image_is_sent_first_then_the_prompt(make: Make, gemini: GeminiEmulator) -> None:
    make().read(page())
    [request] = gemini.generations
    [content] = request.body["contents"]
    assert ["inlineData" in part for part in content["parts"]] == [True, False]
    assert "[illegible]" in request.prompt


NAMED = [
    pytest.param(Reply(finish="SAFETY", no_parts=True), Outcome.BLOCKED, 1, id="safety"),
    pytest.param(Reply(block_reason="PROHIBITED_CONTENT"), Outcome.BLOCKED, 1, id="prompt"),
    pytest.param(Reply(finish="BLOCKLIST"), Outcome.BLOCKED, 1, id="cut by a list"),
    pytest.param(Reply(finish="RECITATION", no_parts=True), Outcome.RECITATION, 2, id="recited"),
    pytest.param(Reply(finish="RECITATION"), Outcome.RECITATION, 2, id="recited half"),
    pytest.param(Reply("", finish="STOP"), Outcome.FAILED, 2, id="empty text"),
    pytest.param(Reply(no_parts=True), Outcome.FAILED, 2, id="no parts"),
    pytest.param(Reply(no_candidates=True), Outcome.FAILED, 2, id="no candidates"),
    pytest.param(Reply(finish="OTHER"), Outcome.FAILED, 2, id="an unknown reason"),
    pytest.param(Reply(finish=""), Outcome.FAILED, 2, id="no reason"),
    pytest.param(Reply("[blank page]"), Outcome.BLANK, 2, id="blank"),
    pytest.param(Reply("<chunk></chunk>"), Outcome.FAILED, 2, id="an empty chunk"),
    pytest.param(Reply("…"), Outcome.FAILED, 2, id="no word"),
    pytest.param(Reply("<p>all is well and good</p>\n" * 40), Outcome.REPEATED, 3, id="lines"),
    pytest.param(Reply("So it goes on. " * 80), Outcome.REPEATED, 3, id="the same words"),
    pytest.param(Reply(finish="MAX_TOKENS"), Outcome.TRUNCATED, 3, id="too long"),
    pytest.param(failing(400, message="Image is not valid."), Outcome.FAILED, 1, id="refused"),
]


@pytest.mark.parametrize(("reply", "outcome", "calls"), NAMED)
def test_what_is_no_page_has_a_name_and_no_text(
    make: Make, gemini: GeminiEmulator, reply: Reply, outcome: Outcome, calls: int
) -> None:
    gemini.otherwise = lambda request: reply
    reading = make().read(page())
    assert (reading.outcome, reading.markup) == (outcome, "")
    assert reading.detail
    assert len(gemini.generations) == calls


PASSING = [
    pytest.param(OVERLOADED, id="503"),
    pytest.param(failing(500), id="500"),
    pytest.param(Reply(error_inside=503), id="503 in the stream"),
    pytest.param(DROPPED, id="dropped"),
    pytest.param(BROKEN_OFF, id="broken off"),
    pytest.param(Reply(broken_json=True), id="broken JSON"),
    pytest.param(Reply(no_candidates=True), id="no candidates"),
    pytest.param(over_quota(7), id="429"),
]


@pytest.mark.parametrize("occurrence", [1, 2, 3])
@pytest.mark.parametrize("reply", PASSING)
def test_what_passes_is_asked_again(
    make: Make, gemini: GeminiEmulator, reply: Reply, occurrence: int
) -> None:
    parser = make()
    gemini.will(*[Reply()] * (occurrence - 1), reply)
    readings = [parser.read(page()) for _ in range(3)]
    assert [reading.outcome for reading in readings] == [Outcome.OK] * 3
    assert len(gemini.generations) == 4
    assert readings[occurrence - 1].usage.attempts == 2


def test_a_quota_is_obeyed_to_the_second(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will(over_quota(53), Reply())
    assert make().read(page()).outcome is Outcome.OK
    refused, answered = gemini.generations
    assert 53 <= answered.at - refused.at < 55


def test_a_spent_day_skips_the_page_and_says_when_to_go_on(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will(over_quota(7 * 3600, per_day=True))
    parser = make()
    for _ in range(2):
        reading = parser.read(page())
        assert reading.outcome is Outcome.SKIPPED
        assert "comes back at" in reading.detail
        assert "in 7 h" in reading.detail
    assert len(gemini.generations) == 1


def test_a_spent_budget_skips_the_page(make: Make, gemini: GeminiEmulator) -> None:
    likely = usd_of(CHAT, typical_tokens_in(), TYPICAL_TOKENS_OUT)
    parser = make(budget=Budget(likely + 1.5 * usd_of(CHAT, 1400, 300)))
    readings = [parser.read(page()) for _ in range(4)]
    assert [reading.outcome for reading in readings] == [Outcome.OK] * 2 + [Outcome.SKIPPED] * 2
    assert parser.budget.spent <= parser.budget.usd
    assert "--budget" in readings[-1].detail
    assert len(gemini.generations) == 2


def test_a_page_that_fails_for_good_names_cause_and_remedy(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.otherwise = lambda request: OVERLOADED
    reading = make().read(page())
    assert reading.outcome is Outcome.FAILED
    assert "overloaded after 5 attempts" in reading.detail
    assert "try again in a few minutes" in reading.detail
    assert reading.usage.attempts == len(gemini.generations) == 5


def test_a_page_that_is_too_long_is_read_in_parts(make: Make, gemini: GeminiEmulator) -> None:
    cut = Reply("<chunk>one", finish="MAX_TOKENS")
    gemini.will(cut, Reply("<chunk>one</chunk>"), Reply("<chunk>two</chunk>"))
    reading = make().read(page())
    assert reading.outcome is Outcome.OK
    assert reading.markup == "<chunk>one</chunk>\n<chunk>two</chunk>"
    assert len({request.images[0] for request in gemini.generations}) == 3


def test_a_loop_is_broken_by_reading_in_parts(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will(Reply("Over and over. " * 90, finish="MAX_TOKENS"))
    gemini.will_say("<chunk>one</chunk>", "[blank page]")
    assert make().read(page()).markup == "<chunk>one</chunk>"


def test_recitation_is_asked_in_other_words_once(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will(Reply(finish="RECITATION", no_parts=True), Reply(PAGE))
    assert make().read(page()).outcome is Outcome.OK
    first, second = gemini.generations
    assert first.prompt in second.prompt
    assert first.prompt != second.prompt


def test_thoughts_are_no_text(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will(Reply(thoughts="Let me look at the page."))
    assert make().read(page()).markup == PAGE


def test_a_table_of_zeros_is_no_loop(make: Make, gemini: GeminiEmulator) -> None:
    rows = "<tr>\n<td>0</td>\n<td>0</td>\n<td>Yes</td>\n</tr>\n" * 30
    gemini.will_say(f"<chunk>\n<table>\n{rows}</table>\n</chunk>")
    assert make().read(page()).outcome is Outcome.OK


def test_a_fence_around_the_answer_is_taken_off(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will_say(f"```html\n{PAGE}\n```")
    assert make().read(page()).markup == PAGE


def test_a_bad_reading_is_repeated_with_the_differences_and_the_better_kept(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will_say("<chunk>Revenue 40 41 42 43</chunk>", "<chunk>Revenue 51 52 53</chunk>")
    reading = make().read(page("Revenue", "51", "52", "53"))
    assert "51" in reading.markup
    assert reading.audit is not None
    assert not reading.audit.novel_numbers
    second = gemini.generations[1].prompt
    assert "40, 41, 42, 43" in second
    assert "51, 52, 53" in second
    assert (reading.usage.attempts, reading.usage.tokens_in) == (2, 2800)


def resolutions(gemini: GeminiEmulator) -> list[str]:
    """Of each request's image, as the service is told it."""
    parts = [part for one in gemini.generations for part in one.body["contents"][0]["parts"]]
    told = [part.get("mediaResolution", {}) for part in parts if "inlineData" in part]
    return [str(one.get("level", "")) for one in told]


def test_the_second_reading_looks_at_the_page_twice_as_closely(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will_say("<chunk>Revenue 40 41 42 43</chunk>", "<chunk>Revenue 51 52 53</chunk>")
    shown = page("Revenue", "51", "52", "53")
    widths: list[int] = []

    def drawn(width: int) -> bytes:
        widths.append(width)
        return image(lines=6)

    shown.drawn = drawn
    assert make(sharper=ULTRA_HIGH).read(shown).outcome is Outcome.OK
    assert resolutions(gemini) == ["", "MEDIA_RESOLUTION_ULTRA_HIGH"]
    assert widths == [SHARP_WIDTH]
    first, second = gemini.generations
    assert first.images != second.images


def test_a_page_that_cannot_be_drawn_again_is_sent_as_it_was(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will_say("<chunk>Revenue 40 41 42 43</chunk>", "<chunk>Revenue 51 52 53</chunk>")
    shown = page("Revenue", "51", "52", "53")

    def drawn(width: int) -> bytes:
        raise PageError("report.pdf", 3, "took too long")

    shown.drawn = drawn
    assert make().read(shown).outcome is Outcome.OK
    assert resolutions(gemini) == ["", ""]


def test_numbers_of_axes_and_names_in_a_legend_cause_no_second_reading(
    make: Make, gemini: GeminiEmulator
) -> None:
    shown = page("Figure", "1:", "R1-32B", "reaches", "91.5")
    ticks = enumerate(("0", "20", "40", "60", "80", "100"))
    shown.words += [Word(tick, (60, 600 - 20 * n, 75, 610 - 20 * n)) for n, tick in ticks]
    shown.words += [Word("R1-32B", (90.0 + 60 * n, 630.0, 130.0 + 60 * n, 640.0)) for n in range(4)]
    gemini.will_say("<chunk>Figure 1: R1-32B reaches 91.5</chunk>")
    reading = make().read(shown)
    assert reading.audit is not None
    assert reading.audit.missing_numbers == []
    assert len(gemini.generations) == 1


def test_a_leaf_with_nothing_on_it_is_told_from_its_pixels(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.otherwise = lambda request: Reply("<chunk>What might stand here.</chunk>")
    paper = page()
    paper.image = image(lines=0)
    reading = make().read(paper)
    assert (reading.outcome, reading.markup) == (Outcome.BLANK, "")
    assert "pixels" in reading.detail
    assert (reading.usage.attempts, len(gemini.generations)) == (0, 0)


@pytest.mark.parametrize(
    ("reply", "asked", "calls"),
    [
        pytest.param(Reply(finish="RECITATION", no_parts=True), 2, 1, id="recited"),
        pytest.param(Reply("<chunk></chunk>"), 2, 1, id="no word"),
        pytest.param(Reply(finish="SAFETY", no_parts=True), 2, 1, id="blocked"),
    ],
)
def test_a_page_that_was_asked_for_in_vain_is_asked_for_three_times_in_all(
    make: Make, gemini: GeminiEmulator, reply: Reply, asked: int, calls: int
) -> None:
    gemini.otherwise = lambda request: reply
    again = page()
    again.asked = asked
    make().read(again)
    assert len(gemini.generations) == calls


def test_a_worse_second_reading_is_not_kept(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will_say("<chunk>Revenue of the year 40 41 42 and 51</chunk>", "<chunk>51</chunk>")
    reading = make().read(page("Revenue", "of", "the", "year", "was", "about", "51", "52", "53"))
    assert "and 51" in reading.markup


def test_a_page_called_blank_that_has_words_is_a_failure(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will_say("[blank page]", "[blank page]")
    reading = make().read(page("Revenue", "51"))
    assert reading.outcome is Outcome.FAILED
    assert "2 words" in reading.detail


def test_page_numbers_and_remarks_are_taken_off(make: Make, gemini: GeminiEmulator) -> None:
    shown = page("Revenue", "51")
    shown.words.append(Word("17", (290.0, 810.0, 300.0, 820.0)))
    gemini.will_say("<chunk>\nRevenue 51\n[text continues on next page]\n\nPage 17\n</chunk>")
    assert make().read(shown).markup.split() == ["<chunk>", "Revenue", "51", "</chunk>"]


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        pytest.param(failing(404, message="model not found"), "model", id="a retired model"),
        pytest.param(failing(403, message="not allowed"), "GOOGLE_API_KEY|key", id="a closed door"),
    ],
)
def test_what_stops_every_page_is_raised(
    make: Make, gemini: GeminiEmulator, reply: Reply, what: str
) -> None:
    gemini.will(reply)
    with pytest.raises(CallFailed, match=what):
        make().read(page())


def test_as_a_blob_parser_it_makes_a_document(make: Make, gemini: GeminiEmulator) -> None:
    gemini.will_say(PAGE)
    blob = Blob.from_data(image(), mime_type="image/png", path="page.png", metadata={"page": 7})
    [document] = make().parse(blob)
    assert document.page_content == PAGE
    assert (document.metadata["page"], document.metadata["reader"]) == (7, CHAT)


def test_as_a_blob_parser_it_raises_where_there_is_no_text(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will(Reply(finish="SAFETY", no_parts=True))
    blob = Blob.from_data(image(), mime_type="image/png", path="page.png")
    with pytest.raises(PageError, match=r"page\.png, page 1: the service refuses"):
        make().parse(blob)
    with pytest.raises(UsageError, match="PageLoader"):
        make().parse(Blob.from_data(b"%PDF", mime_type="application/pdf"))


def test_the_key_stands_in_no_reading_and_no_error(make: Make, gemini: GeminiEmulator) -> None:
    told: list[str] = []
    for reply in (failing(403, message=f"key={KEY} is bad"), failing(400, message=KEY)):
        gemini.will(reply)
        try:
            reading: Reading = make().read(page())
        except CallFailed as error:
            told += [str(error), repr(error)]
        else:
            told += [repr(reading)]
    assert KEY not in "".join(told)


def test_the_fingerprint_depends_on_image_and_model(make: Make) -> None:
    parser = make()
    one, other = Page(0, image=b"one"), Page(0, image=b"other")
    assert parser.fingerprint("a", one) == parser.fingerprint("b", one)
    assert parser.fingerprint("a", one) != parser.fingerprint("a", other)
    before = parser.fingerprint("a", one)
    parser.name = "another"
    assert parser.fingerprint("a", one) != before


def test_half_a_sign_and_control_characters_do_not_come_in(
    make: Make, gemini: GeminiEmulator
) -> None:
    gemini.will_say("<chunk>Sales\x00 rose \ud83d by 4.\x1b[2J</chunk>")
    reading = make().read(page())
    assert reading.outcome is Outcome.OK
    assert "Sales rose \ufffd by 4.[2J" in reading.markup
