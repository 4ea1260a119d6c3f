"""A model that sees is shown the page: the real client and the real child process, on loopback."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from graph.generation.chat_writer import ModelWriter
from loaders.errors import SourceError
from pagewise.indexing.source_files import Originals
from pagewise.library import Library
from pagewise.models.providers import load_writer
from pagewise.settings import Settings
from tests.gemini_emulator import CHAT, KEY, GeminiEmulator, Reply, Request

CHART = "What does Figure 1 show for the order intake of 2023?"
FACT = "What dividend does the Board propose?"


@pytest.fixture(scope="module")
def home(
    clean_environment: None, sample_pdf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A library of the sample, read and embedded locally, from a file that a test may move."""
    folder = tmp_path_factory.mktemp("originals")
    shutil.copy(sample_pdf, folder / "larkmoor.pdf")
    with Library(Settings(home=folder / "home", offline=True)) as library:
        library.index([str(folder / "larkmoor.pdf")])
    return folder


@pytest.fixture
def library(home: Path, gemini: GeminiEmulator) -> Iterator[Library]:
    settings = Settings(
        home=home / "home",
        chat=f"google_genai:{CHAT}",
        google_api_key=KEY,
        google_base_url=gemini.url,
    )
    with Library(settings) as opened:
        yield opened


def says(text: str) -> Callable[[Request], Reply]:
    """Reply with a text that cites the source of the first picture."""

    def reply(request: Request) -> Reply:
        shown = re.search(r"Picture of source (\[\d+\])", request.prompt)
        return Reply(f"{text} {shown[1] if shown else ''}")

    return reply


def says_of_figure(text: str) -> Callable[[Request], Reply]:
    """Reply with a text that cites the sources which hold the figure."""

    def reply(request: Request) -> Reply:
        sources = re.findall(r'<source number="(\d+)"[^>]*>(.*?)</source>', request.prompt, re.S)
        markers = "".join(f"[{number}]" for number, body in sources if "Figure 1" in body)
        return Reply(f"{text} {markers}")

    return reply


def image_in(request: Request) -> Image.Image:
    raw = request.images[0]
    return Image.open(io.BytesIO(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))))


def test_a_chart_that_is_asked_about_is_shown(gemini: GeminiEmulator, library: Library) -> None:
    gemini.otherwise = says("The order intake was 317.5 million.")
    answer = library.ask(CHART)
    [request] = gemini.generations
    assert 1 <= len(request.images) <= 3
    image = image_in(request)
    assert image.format == "PNG"
    assert image.width > image.height / 2  # the chart with its margin, no whole page
    assert "trust the picture" in request.prompt
    assert answer.verified, answer.unverified_numbers
    assert "317.5" in answer.answer


def test_a_wrong_reading_is_told_and_then_marked(gemini: GeminiEmulator, library: Library) -> None:
    gemini.otherwise = says("The order intake was 371.5 million.")
    answer = library.ask(CHART)
    first, second = gemini.generations
    assert first.images == second.images
    assert "371.5 stands in no cited source" in second.prompt
    assert not answer.verified
    assert answer.unverified_numbers == ("371.5",)
    assert "371.5 was read from the picture on page 3 of larkmoor.pdf alone" in answer.answer


def test_no_picture_is_sent_when_the_text_says_it(gemini: GeminiEmulator, library: Library) -> None:
    gemini.will_say("NOT FOUND: Nothing.")
    library.ask(FACT)
    [request] = gemini.generations
    assert request.images == []


def test_a_model_that_does_not_see_is_sent_none(library: Library, home: Path) -> None:
    blind = Settings(home=home, chat="google_genai:x", google_api_key=KEY, chat_sees=False)
    writer = load_writer(
        blind, library.embeddings, Originals(library.store.document, library.settings).picture
    )
    assert isinstance(writer, ModelWriter)
    assert writer.pictures is None


@pytest.mark.parametrize("what", ["gone", "changed"])
def test_without_the_file_the_text_alone_is_sent_and_that_is_said(
    gemini: GeminiEmulator, library: Library, home: Path, what: str
) -> None:
    path, aside = home / "larkmoor.pdf", home / "aside.pdf"
    path.rename(aside)
    if what == "changed":
        path.write_bytes(aside.read_bytes() + b"\n% changed\n")
    try:
        gemini.otherwise = says_of_figure("The order intake of 2023 was €317.5 million.")
        answer = library.ask(CHART)
        with pytest.raises(SourceError):
            Originals(library.store.document, library.settings).picture("larkmoor.pdf", 2, None)
    finally:
        path.unlink(missing_ok=True)
        aside.rename(path)
    assert gemini.generations[0].images == []
    assert "the picture on page 3 of larkmoor.pdf could not be looked at" in answer.answer


def test_a_thread_keeps_no_picture(gemini: GeminiEmulator, library: Library) -> None:
    gemini.otherwise = says("The order intake was 317.5 million.")
    library.ask(CHART, thread="t")
    [request] = gemini.generations
    assert request.images
    state = library.threaded_graph.get_state({"configurable": {"thread_id": "t"}})
    kept = json.dumps(state.values, default=str)
    assert len(kept) < 20_000
    assert request.images[0][:200] not in kept


def test_a_picture_has_a_margin_around_its_box(library: Library) -> None:
    originals = Originals(library.store.document, library.settings)
    png = originals.picture("larkmoor.pdf", 2, (100.0, 100.0, 200.0, 150.0))
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (372, 222)  # 124 by 74 points, three pixels a point
