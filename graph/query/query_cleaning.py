"""What a question is about, without what it says of the answer's form or of where it stands.

What is taken out becomes blanks, so that every word keeps its place in the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from loaders.text.analyzer import ASKING, RUN

_SENTENCES = re.compile(r"(?<=[?!。？！])\s*|(?<=[a-z)\]]\.)\s+|(?<=\s\.)\s+")
_TELLS = re.compile(
    r"\s*(?:please\b|(?:round|answer|respond|utili[sz]e|calculate|compute|express|write|format"
    r"|return|state|provide|give|use|assume|base|if|address)\b|bitte\b|runde\w*\b|antworte\w*\b|gib\b|请)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|\b(?:what|which|who|whom|whose|when|where|why|how|was|welche[rsnm]?|wer|wann|wo|warum|wie)\b"
    r"|多少|什么|哪|谁|几|如何|为什么",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"[(（](?:in|as|rounded|answer|auf|gerundet|单位)\b[^()（）]*[)）]"
    r"|,?\s*\b(?:rounded|round|gerundet)\b[^,.?]*(?:decimals?|places?|digits?|percent|whole number"
    r"|integer|stellen?)\b"
    r"|[,，]?\s*(?:请|并)?(?:四舍五入|保留|精确到)[^,，。?？]*",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:in|from|according to|based on|laut|gemäß|im)\s+(?:the|this|der|dem|diese[mr])?\s*"
    r"(?:(?!(?:in|from|by|to|for|according|based|does|did|is|was|were|are|what|how)\b)"
    r"[^\s,?.;]+(?:,(?=\s\d))?\s+){0,14}?(?:surveys?|report|study|paper|document|article|bericht|studie)\b"
    r"(?=\s*(?:[?.,;]|$))",
    re.IGNORECASE,
)
_IN_STATEMENT = re.compile(
    r",?\s*\b(?:in|from|on|within|per|according to|based on|considering(?: the data in)?|using"
    r"|by relying on|(?:details|information|data|items) (?:shown |given )?in|laut|gemäß)"
    r"\s+(?:the|der|dem)?\s*(?:consolidated\s+)?"
    r"(?:balance sheets?|(?:cash flow|income|p&l|profit and loss) statements?|p&l"
    r"|statements? of (?:income|operations|earnings|cash flows?|financial position)"
    r"|konzernbilanz|bilanz|kapitalflussrechnung)\b\s*[:,]?",
    re.IGNORECASE,
)
"""Where to look, which is told to the search: `according to the cash flow statement`."""
_LIMIT = re.compile(
    r"\b(?:(?:more|less|fewer|greater|higher|lower|larger|smaller) than|above|below|over|under"
    r"|exceed\w*|at least|at most)(?!\s*(?:19|20)\d\d\b)\s*[$€£]?\s?\d[\d,.]*",
    re.IGNORECASE,
)


def without_instructions(question: str) -> str:
    """The question without `Round to two decimals` and `(in millions)`."""
    pieces = [piece for piece in _SENTENCES.split(question) if piece]
    if any(_ASKS.search(piece) for piece in pieces):
        place = 0
        for piece in pieces:
            place = question.index(piece, place)
            if _TELLS.match(piece) and not re.search(r"[?？]", piece):
                question = blanked(question, [(place, place + len(piece))])
            place += len(piece)
    return _all_blanked(_FORM, question)


def subject_of(question: str) -> str:
    """What is asked about: without instructions, limits, `in the … survey`, and `是多少`."""
    found = _all_blanked(_LIMIT, without_instructions(question))
    if RUN.search(question):
        cut = _all_blanked(ASKING, found)
        found = cut if _has_content(cut) else found
    bare = _all_blanked(_STANDS, _all_blanked(_IN_STATEMENT, found))
    return bare if _has_content(bare) else found


def _has_content(text: str) -> bool:
    return bool(re.search(r"\w{4,}.*\w{4,}|[\u3400-\u9fff]{2}", text))


def _all_blanked(pattern: re.Pattern[str], text: str) -> str:
    return blanked(text, [match.span() for match in pattern.finditer(text)])


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in these places."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
