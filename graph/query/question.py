"""What a question is: its language, and whether it wants figures."""

from __future__ import annotations

import re

from loaders.text.tokenizer import fold, is_cjk

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
