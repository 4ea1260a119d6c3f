"""What a question is: its language, whether it stands alone, and whether it wants figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.text.tokenizer import fold, is_cjk, is_stop, words

_GERMAN = frozenset(
    [
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "ist",
        "sind",
        "war",
        "wurde",
        "wurden",
        "wird",
        "wie",
        "was",
        "wer",
        "warum",
        "welche",
        "welcher",
        "welches",
        "welchen",
        "und",
        "oder",
        "nicht",
        "bei",
        "mit",
        "fur",
        "von",
        "vom",
        "zum",
        "zur",
        "im",
        "auf",
        "aus",
        "nach",
        "uber",
        "viel",
        "viele",
        "hat",
        "haben",
        "betrug",
        "kostet",
        "hoch",
        "ich",
        "kann",
        "gibt",
        "es",
        "sich",
        "durch",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "were",
        "what",
        "which",
        "who",
        "why",
        "how",
        "many",
        "much",
        "of",
        "in",
        "on",
        "for",
        "with",
        "and",
        "does",
        "do",
        "did",
        "has",
        "have",
        "it",
        "its",
        "by",
        "from",
        "to",
        "that",
        "there",
        "can",
        "you",
        "we",
        "about",
        "between",
        "per",
    ]
)

_FIGURES = re.compile(
    r"""\d | \b(?:
    how\ (?:many|much|high|large|big|often|long|far|does\ .*\ (?:do|fare|perform))
    | scores? | rat(?:e|io|ing)s?
    | number | amount | percent\w* | proportion | share | average | mean | median | total
    | sum | differen\w+
    | change[sd]? | growth | grew | increase\w* | decrease\w* | gap | margin | compar\w+
    | versus | vs
    | high\w* | low\w* | larg\w+ | small\w* | most | least | best | worst | rank\w* | top
    | more | less | fewer
    | revenues? | sales | income | profit | loss | expenses? | costs? | price | cash
    | debt | assets?
    | liabilit\w+ | equity | earnings | tax\w* | dividend\w* | value | quarters? | years?
    | temperature | count
    | wie\ (?:viel|viele|hoch|gross|lange|oft) | wieviel\w* | anzahl | hochste\w*
    | niedrigste\w* | meisten
    | prozent | anteil | summe | durchschnitt\w* | unterschied | differenz | umsatz\w*
    | gewinn\w* | kosten
    | kostet | wert\w* | punkt\w* | besser\w* | schlechter\w* | veranderung | wachstum
    | vergleich\w*
    )\b
    | 多少 | 几 | 最 | 平均 | 总 | 比 | 差 | 率 | 额 | 数 | 增长 | 收入
    | 利润 | 成本 | 费用 | 资产 | 负债
    """,
    re.VERBOSE,
)

_GREETING = re.compile(
    r"(?:hi|hello|hey|good (?:morning|evening|day)|thanks?(?: you)?(?: very much)?|bye|goodbye"
    r"|hallo|guten (?:tag|morgen|abend)|danke(?: schon)?|tschuss|你好|您好|谢谢|再见)[\s!.,?!。]*"
)
_LIBRARY = re.compile(
    r"(?:which|what|how many) (?:documents?|files?|pdfs?|reports?|papers?)\b.*\b(?:you"
    r"|library|indexed|loaded|available|there)\b"
    r"|list (?:all )?(?:the |your |my )?(?:documents|files|pdfs)"
    r"|(?:welche|wie viele) (?:dokumente|dateien|pdfs)\b.*\b(?:du|sie|bibliothek"
    r"|vorhanden|gibt|kennst|hast)\b"
    r"|(?:有哪些|哪些|多少)(?:个|份)?(?:文档|文件)"
)

_LEAD = re.compile(
    r"^(?:and(?: then)?(?: (?:what|how) about)?|but|then|what about|how about|or|same for"
    r"|und(?: was ist mit"
    r"| wie (?:ist|war|steht) es (?:mit|um|bei))?|was ist mit|wie steht es (?:mit|um)|那么?"
    r"|以及|还有|那)[\s,，]*",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(on|in|for|of|at|by|with|from|to|during|auf|bei|für|von|mit|im|am|zu|在)\s*", re.IGNORECASE
)
_FILLER = re.compile(
    r"^(?:the|a|an|der|die|das|den|dem|des)\s+|\s+(?:ones?|instead|as well|too|then)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?P<owner>its|their|his|her|dessen|deren)\b|\b(?:it|they|them|this (?:one|model"
    r"|company|paper)"
    r"|that (?:one|model|company)|the (?:latter|former|same))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z0-9][^\s,?!;:，。？]*")
_SIZE = re.compile(r"\d+(?:\.\d+)?[a-zA-Z]+")
_YEAR = re.compile(r"(?:FY|fiscal )?(?:19|20)\d\d(?:年)?")


def language_of(question: str) -> str:
    """Tell English, German and Chinese apart; English when in doubt."""
    if is_cjk(question):
        return "zh"
    seen = set(re.findall(r"\w+", fold(question)))
    umlauts = 2 * bool(re.search("[äöüß]", question.lower()))
    return "de" if len(seen & _GERMAN) + umlauts > len(seen & _ENGLISH) else "en"


def wants_figures(question: str) -> bool:
    """Whether figures, comparisons, rankings or counts are asked for."""
    return bool(_FIGURES.search(fold(question)))


def is_greeting(question: str) -> bool:
    """Whether nothing is asked."""
    return bool(_GREETING.fullmatch(fold(question).strip()))


def is_about_library(question: str) -> bool:
    """Whether the question is about the documents at hand, not about what they say."""
    return bool(_LIBRARY.search(fold(question)))


def is_follow_up(question: str, history: Sequence[Sequence[str]]) -> bool:
    """Whether the question is_elliptical on an earlier one."""
    if not history:
        return False
    stripped = question.strip()
    return bool(
        _LEAD.match(stripped)
        or _PRONOUN.search(stripped)
        or stripped.endswith(("呢？", "呢?", "呢"))
        or len([w for w in words(stripped) if not is_stop(w.key)]) <= 1
    )


def stand_alone(question: str, history: Sequence[Sequence[str]]) -> str:
    """Put what a follow-up changes into the question before it; leave other questions alone."""
    if not is_follow_up(question, history):
        return question
    before = history[-1][0]
    names = _names(before)
    pronoun = _PRONOUN.search(question)
    if pronoun and names and len(words(question)) > 3:
        owner = "'s" if pronoun["owner"] and not is_cjk(before) else ""
        subject = before[slice(*names[0])].removesuffix("'s")
        return f"{question[: pronoun.start()]}{subject}{owner}{question[pronoun.end() :]}"
    fragment = _LEAD.sub("", question.strip()).strip(" ?？。.!").removesuffix("呢")
    found = _PREPOSITION.match(fragment)
    preposition = found[1] if found else ""
    core = fragment[found.end() :] if found else fragment
    while (shorter := _FILLER.sub("", core).strip()) != core:
        core = shorter
    place = _place_for(core, preposition, before)
    if place is None:
        return f"{before.rstrip(' ?？')} {fragment}?"
    return before[: place[0]] + core + before[place[1] :]


def _place_for(core: str, preposition: str, before: str) -> tuple[int, int] | None:
    """Find the span of the earlier question whose place the new words take."""
    for shape in (_YEAR, _SIZE):
        if shape.fullmatch(core):
            matches = [m.span() for m in shape.finditer(before)]
            if matches:
                return matches[-1]
    if not core or (core == core.lower() and not is_cjk(core)):
        return _measure(before)
    names = _names(before)
    if not names:
        return _measure(before)
    return max(names, key=lambda span: _likeness(core, preposition, before, span))


def _likeness(core: str, preposition: str, before: str, span: tuple[int, int]) -> float:
    old, new = before[span[0] : span[1]], core
    shared = {word.key for word in words(old)} & {word.key for word in words(new)}
    lead = fold(before[: span[0]]).split()
    same_preposition = bool(preposition) and bool(lead) and lead[-1] == fold(preposition)
    hyphens = ("-" in old) == ("-" in new)
    digits = bool(re.search(r"\d", old)) == bool(re.search(r"\d", new))
    subject = not preposition and span == _names(before)[0]
    return 2 * same_preposition + 1.5 * len(shared) + 0.4 * hyphens + 0.3 * digits + 0.2 * subject


def _names(question: str) -> list[tuple[int, int]]:
    """Spans of names, numbers and identifiers; neighbours belong together."""
    spans: list[tuple[int, int]] = []
    for match in _NAME.finditer(question):
        start, end = match.span()
        if start == 0 and not re.search(r"[\dA-Z]", match.group()[1:]):
            continue
        if spans and question[spans[-1][1] : start] == " ":
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [
        (start, end - 2) if question[start:end].endswith("'s") else (start, end)
        for start, end in spans
    ]


def _measure(question: str) -> tuple[int, int] | None:
    """Find the longest run of plain words that carry content: what was asked for."""
    best: tuple[int, int] | None = None
    run: list[tuple[int, int]] = []
    names = _names(question)
    for word in [*words(question), None]:
        named = word and any(start <= word.start < end for start, end in names)
        if word and not named and not is_stop(word.key):
            run.append((word.start, word.end))
            continue
        if run and (best is None or run[-1][1] - run[0][0] > best[1] - best[0]):
            best = (run[0][0], run[-1][1])
        run = []
    return best
