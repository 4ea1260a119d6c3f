"""The child process that alone touches a PDF: requests and answers are lines of JSON on pipes.

An answer may be followed by raw bytes, counted in its field `bytes`. The process limits itself:
memory, CPU time for each request, no files written, no connections, no further processes.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from loaders.pages.page_layout import Sheet
from loaders.reading.layout.picture_regions import Drawn
from loaders.reading.layout.plain_markup import plain_markup
from loaders.reading.ocr.text_layer_trust import suspicion, unread
from loaders.reading.process_limits import allow_more_memory, limit, limit_cpu
from loaders.reading.text_layer.word_boxes import UNCODED

WRITES = {"w", "a", "x", "+"}


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: a hostile PDF must not make this process reach out."""
    if event.startswith(("socket.connect", "socket.bind", "subprocess.", "os.system", "os.exec")):
        raise PermissionError(f"the reading process does not do {event}")
    if event == "open" and WRITES & set(str(arguments[1] or "")):
        raise PermissionError("the reading process writes no files")


@cache
def load_readers() -> tuple[Any, Any, Any]:
    """What reads a PDF: imported by processes that have limits, or touch no file."""
    # PyMuPDF loads its layout model when it is imported. That takes longer than all the rest,
    # and a document that is refused needs no model: `regions` loads it for the first page.
    sys.modules["pymupdf.layout"] = None  # type: ignore[assignment]
    from loaders.reading.layout.page_markup import write_markup  # noqa: PLC0415
    from loaders.reading.pdf import mupdf  # noqa: PLC0415
    from loaders.reading.pdf.properties import properties_of  # noqa: PLC0415

    del sys.modules["pymupdf.layout"]
    return write_markup, mupdf, properties_of


class Worker:
    """Answers requests about one document."""

    def __init__(self, path: Path) -> None:
        self.write_markup, self.pdf, self.properties_of = load_readers()
        self.path = path
        self.document, self.repaired = self.pdf.open_pdf(str(path))

    def opened(self) -> dict[str, Any]:
        return {
            "page_count": self.document.page_count,
            "title": self.pdf.title_of(self.document, self.path),
            "repaired": self.repaired,
            "properties": self.properties_of(self.document),
        }

    def page(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        number = request["page"]
        image = b""
        if request["image_width"]:
            image = self.pdf.render(self.document, number, width=request["image_width"])
        sheet = self.pdf.read_sheet(
            self.document,
            number,
            layout=request["layout"],
            model=not request.get("hurry"),
            complete=self.completed if request.get("ocr") else None,
        )
        if request.get("ocr"):
            sheet = self.scanned(number, sheet, layout=request["layout"])
        else:
            sheet.notes += unread(sheet)
        if not number and self.document.is_pdf and (attached := self.document.embfile_count()):
            sheet.notes.append(f"attachments not read: {attached}")
        answer: dict[str, Any] = {
            "width": sheet.width,
            "height": sheet.height,
            "words": words_of(sheet),
            "hidden": sheet.hidden,
            "unsure": sheet.unsure,
            "notes": sheet.notes,
            "label": sheet.label,
            "frame": asdict(sheet.frame) if sheet.frame else None,
            "detail": sheet.detail or suspicion(sheet),
            "ask_ocr": not request.get("ocr") and bool(suspicion(sheet) or unread(sheet)),
        }
        if not any(word[0].strip(UNCODED) for word in answer["words"]):
            answer["outcome"], answer["detail"] = why_empty(sheet)
        elif request["layout"]:
            self.write(sheet, answer)
        return answer, image

    def write(self, sheet: Sheet, answer: dict[str, Any]) -> None:
        """The page's markup; a fault of ours costs its layout, and not its words."""
        try:
            answer["markup"] = self.write_markup(sheet)
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
            answer["markup"] = plain_markup(sheet)
            told = f"read line by line, without tables ({refusal(error)})"
            answer["detail"] = "; ".join(filter(None, [answer["detail"], told]))

    def completed(self, sheet: Sheet, drawn: Drawn) -> None:
        """Read by OCR what the text layer of a page that is to be believed does not say."""
        if suspicion(sheet):
            return
        allow_more_memory()
        from loaders.reading.ocr.picture_text import read_pictures  # noqa: PLC0415
        from loaders.reading.ocr.uncoded_glyphs import read_uncoded  # noqa: PLC0415

        read_uncoded(sheet, drawn)
        read_pictures(sheet, drawn)

    def scanned(self, number: int, sheet: Sheet, *, layout: bool) -> Sheet:
        """The page read by OCR, if its text layer is not to be believed."""
        allow_more_memory()
        # Half a second that few documents need.
        from loaders.reading.ocr.scanned_page import scanned_sheet  # noqa: PLC0415

        return scanned_sheet(self.document, number, sheet, layout=layout)

    def image(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        box = tuple(request["box"]) if request["box"] else None
        image = self.pdf.render(self.document, request["page"], width=request["width"], box=box)
        return {}, image

    def picture(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        drawn = self.pdf.picture(self.document, request["page"], request["width"])
        image, media_type, width, height = drawn
        return {"media_type": media_type, "width": width, "height": height}, image


def why_empty(sheet: Sheet) -> tuple[str, str]:
    """The outcome of a page without words, and its cause.

    A page on which something could not be painted is not blank: something was there.
    """
    if sheet.shapeless:
        return "failed", "all that is printed are boxes, for want of a font; get a copy that has it"
    if sheet.has_ink and sheet.scanned:
        return "blank", "a picture without text"
    if sheet.has_ink:
        return "skipped", "no text layer; needs OCR"
    if sheet.hidden:
        return "blank", f"nothing but text that nobody sees: {' '.join(sheet.hidden)[:200]}"
    if sheet.trouble:
        told = f"what stands on the page cannot be drawn ({sheet.trouble}); get a whole copy"
        return "failed", told
    return "blank", "the page is empty"


def words_of(sheet: Sheet) -> list[list[Any]]:
    """All words with their places, those of notes and of parts on their side too."""
    words = [[token.text, *token.box] for token in sheet.tokens]
    words += [[word, *box] for box, text in sheet.remarks for word in text.split()]
    for part in sheet.parts:
        if part.frame is not None:
            words += [[token.text, *part.frame.box(token.box)] for token in part.tokens]
    return words


def send(pipe: BinaryIO, answer: dict[str, Any], raw: bytes = b"") -> None:
    """Write one answer and the bytes that go with it.

    Fonts and warnings of damaged files hold half characters, which no other encoder takes.
    """
    answer["bytes"] = len(raw)
    pipe.write(json.dumps(answer, ensure_ascii=False).encode(errors="replace") + b"\n" + raw)
    pipe.flush()


def refusal(error: BaseException) -> str:
    """A cause for the user; the type is told where the message alone says nothing."""
    if isinstance(error, MemoryError):
        return "needs more memory than the reading process is given"
    text = (str(error).strip().splitlines() or [""])[0][:200]
    if type(error).__name__ == "Refused":
        return text
    return ": ".join(filter(None, ["cannot be read", type(error).__name__, text]))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Open the document that the first request names, then answer until the pipe ends."""
    first = json.loads(requests.readline())
    limit(first["memory"], first["ocr_memory"])
    limit_cpu(first["seconds"])
    try:
        worker = Worker(Path(first["path"]))
        send(answers, worker.opened())
    except Exception as error:  # noqa: BLE001 - whatever a hostile file raises is an answer
        send(answers, {"error": refusal(error)})
        return
    for line in requests:
        request = json.loads(line)
        limit_cpu(request["seconds"])
        try:
            answer, raw = getattr(worker, request["do"])(request)
        except Exception as error:  # noqa: BLE001 - whatever a hostile page raises is an answer
            answer, raw = {"error": refusal(error)}, b""
        send(answers, answer, raw)


def main() -> None:
    """Keep stdout for answers: what a library prints must not stand between them."""
    sys.addaudithook(forbid)
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
