"""What a question wants done with its figures: an operation, a ranking, a count, a rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from graph.table_qa.arithmetic import Operation
from loaders.text.tokenizer import fold, keys

_PERCENT_CHANGE = re.compile(
    r"\b(?:percent(?:age)?|%|relative) (?:change|increase|decrease|growth|difference|decline)"
    r"|\bgrowth rate|year[- ]over[- ]year|year[- ]on[- ]year|\byoy\b|\bby (?:what|how many) percent"
    r"|(?:change|increase|decrease|grow|growth|decline|rise|fall|drop)\w*\b.*\b(?:in|as"
    r"|of) (?:a )?(?:units of )?percent"
    r"|prozentuale \w*(?:anderung|anstieg|steigerung)"
    r"|um (?:wie viel|wieviel) prozent"
    r"|wachstumsrate|增长率|增长了百分|同比(?!.*差额)|变化率|增幅|降幅"
)
_POINTS = re.compile(r"\bpercent(?:age)?[- ]points?\b|\bprozentpunkte?n?\b|百分点")
"""Points are the difference of two percentages, not a change in percent."""
_GROWTH = re.compile(
    r"\bhow (?:much|many points) (?:did|has|have) .*(?:change|increase|decrease|grow|rise|risen"
    r"|fall|drop|decline|shrink)"
    r"|\bhow (?:much|many points) .*\b(?:grew|grown|rose|fell|went (?:up|down))\b"
    r"|\bum wie ?viele? .*(?:gewachsen|gestiegen|gesunken|gefallen|wuchs|stieg|sank|fiel"
    r"|genommen|verandert|erhoht|verringert)"
    r"|增加了多少|减少了多少|增长了多少|下降了多少"
)
_CHANGE = re.compile(
    r"\b(?:change|increase|decrease|decline|growth|rise|drop|reduction)s? (?:in|of|for|from)\b"
    r"|veranderung|\banstieg\b|ruckgang|变化|变动额"
)
_DIFFERENCE = re.compile(
    r"\bdifference|\bgap\b|\bseparates?\b|\bby how (?:many|much)\b|\bhow (?:many"
    r"|much) (?:\w+ (?:points )?)?(?:more|fewer|less|higher"
    r"|lower|better|worse|larger|smaller|greater)\b|\bhow far\b|unterschied|differenz"
    r"|\bum wie ?viel|wie viele? mehr"
    r"|相差|差距|差额|差值|差多少|高多少|低多少|多多少|少多少|高出|超出"
)
_SUM = re.compile(
    r"\b(?:sum of|combined|altogether|added together|together|in total (?:for|of|across)"
    r"|aggregate)\b"
    r"|\btotal (?:number |amount )?of .*\band\b|\bin total\b|\bsumme (?:von|aus|der)"
    r"|zusammen\b|insgesamt"
    r"|总和|之和|合计|一共|总共|加起来"
)
_AVERAGE = re.compile(r"\b(?:average|mean) (?!age)|durchschnitt|\bmittelwert|平均")
_RATIO = re.compile(
    r"\bratio (?:of|between)\b|\bhow many times\b|\btimes (?:as|more|larger|higher)\b"
    r"|verhaltnis (?:von|zwischen)"
    r"|wie(?:viel| viel)? ?mal|多少倍|几倍|之比|比率"
)
_SHARE = re.compile(
    r"\b(?:what|which) (?:percentage|percent|share|proportion|fraction) of\b"
    r"|\bas a (?:percentage|percent|share) of\b"
    r"|\bpercent(?:age)? of (?:the )?total|anteil (?:von|an|der|des)|占.*(?:比例|比重|百分比|比)"
    r"|百分之几"
)
_HIGHEST = re.compile(
    r"\b(?:high(?:est|er)|largest|larger|greatest|greater|best|better"
    r"|(?<!at )most(?! recent)|maximum|max|top|biggest|bigger|longest"
    r"|strongest|leads?(?! times?\b))\b"
    r"|hochste|grosste|beste\b|bester|bestes|besser|meisten|hoher|最高"
    r"|最大|最多|最好|最强|更高|更大"
)
_LOWEST = re.compile(
    r"\b(?:low(?:est|er)|smallest|smaller|(?<!at )least|worst|worse|minimum|min|fewest|fewer"
    r"|shortest|weakest)\b"
    r"|niedrigste|kleinste|schlechteste|wenigsten|geringste|最低|最小|最少|最差|更低|更小"
)
_WHICH = re.compile(
    r"^(?:which|what|who|among|of|in which|welche[rsnm]?|wer|wo|哪)\b|\bwhich\b|哪(?:个|一|家"
    r"|些)|谁|最|^welche"
)
_RANK_VALUE = re.compile(
    r"\b(?:what (?:is|was|are|were)|wie (?:hoch|lautet)|was ist) (?:the |der |die "
    r"|das )?(?:highest|lowest|maximum"
    r"|minimum|largest|smallest|best|hochste|niedrigste|grosste|kleinste)"
)
_PROSE = re.compile(
    r"^(?:why|who|whom|whose|where|describe|explain|warum|weshalb|wer|wo|wie (?:wird"
    r"|werden)|为什么|为何)\b"
    r"|^how (?:do|does|did|is|are|was|were) (?!.*\b(?:do|fare|perform|score|compare|change)\b)"
    r"|\bwhat (?:are|were) (?:the |its |their )?(?:\w+ )?(?:components?|reasons?|factors?"
    r"|customers|types"
    r"|kinds|steps|approaches|methods|weaknesses|strengths|goals|risks|policies"
    r"|strategies|products)\b"
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
_COUNT = re.compile(
    r"\bhow many (?P<what>[a-z]+)|\bwie viele (?P<was>\w+)|(?:多少|几)(?:个|家|项)|有几"
)
_BOUND = re.compile(
    r"\b(?P<above>more than|greater than|higher than|larger than|above|over|exceed(?:s|ed"
    r"|ing)?|at least|mehr als|uber)"
    r"\s*(?P<over>[$€£]?\s?\d[\d,.]*)|\b(?P<below>less than|lower than|fewer than"
    r"|smaller than|below|under|weniger als"
    r"|unter)\s*(?P<under>[$€£]?\s?\d[\d,.]*)"
    r"|(?:大于|高于|超过|多于)\s*(?P<over_zh>\d[\d,.]*)|(?:小于|低于|少于)\s*(?P<under_zh>\d[\d,.]*)"
)
_DECIMALS = re.compile(
    r"(?:round\w*|answer)?.{0,40}?\b(?P<word>no|zero|one|two|three|four|1|2|3"
    r"|4)\s*(?:-\s*)?(?:decimals?|digits?)"
    r"|nearest (?P<whole>whole|integer)|nearest (?P<tenth>tenth)|nearest (?P<hundredth>hundredth)"
    r"|auf (?P<german>eine|zwei|drei|vier) (?:nachkomma|dezimal)|保留"
    r"(?P<chinese>[一二两三四1234])位小数"
)
_COUNTS = {
    "no": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "eine": 1, "zwei": 2, "drei": 3, "vier": 4, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
}  # fmt: skip
_SCALE_ASKED = re.compile(
    r"\b(?:answer |expressed |reported |stated |value )?in (?:usd |us\$|\$|eur "
    r"|euro )?(?P<scale>thousand|million|billion)s?\b"
    r"|\(in (?:usd |\$|us\$ )?(?P<aside>thousand|million|billion)s?\)"
    r"|\bin (?P<german>tausend|mio|mrd|millionen|milliarden)\b"
    r"|(?P<chinese>[亿万])元?为单位|单位为?(?P<unit>[亿万])"
)
_SCALES = {
    "thousand": 3, "million": 6, "billion": 9, "tausend": 3, "mio": 6, "millionen": 6, "mrd": 9,
    "milliarden": 9, "万": 4, "亿": 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """How the answer's figure shall be written."""

    decimals: int | None
    scale: Decimal | None
    percent: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that is counted against."""

    limit: str
    above: bool


_IN_PERCENT = re.compile(
    r"%|\b(?:percent\w*|prozent\w*|proportion|shares? of|fraction|portion|margins?|rates?|quote"
    r"|anteil\w*)\b"
    r"|百分|比例|比重|占比|率"
)


def wants_percent(question: str) -> bool:
    """Whether a share or a rate is asked for, so that of `$ 94 | 77 %` the second is meant."""
    return bool(_IN_PERCENT.search(fold(question)))


def kind_of(question: str) -> Literal["count", "percent"] | None:
    """Whether a count or a percentage is asked for, so that of `n | %` one column is meant."""
    if operation_of(question) == "percent_change":
        return "count"
    if wants_percent(question):
        return "percent"
    return "count" if _COUNT.search(fold(question)) else None


def operation_of(question: str) -> Operation | None:
    """The operation that a question names; a label may still hold the word ("average price")."""
    text = _POINTS.sub("points", fold(question))
    order: tuple[tuple[Operation, re.Pattern[str]], ...] = (
        ("percent_change", _PERCENT_CHANGE),
        ("average", _AVERAGE),
        ("change", _GROWTH),
        ("difference", _DIFFERENCE),
        ("change", _CHANGE),
        ("share", _SHARE),
        ("ratio", _RATIO),
        ("sum", _SUM),
    )
    return next((name for name, pattern in order if pattern.search(text)), None)


def wants_prose(question: str) -> bool:
    """Whether words are asked for: a number is no answer to who, why, or which reasons."""
    return bool(_PROSE.search(fold(question)))


def ranking_of(question: str) -> Literal["highest", "lowest"] | None:
    """Whether the first or the last of several is asked for."""
    text = fold(_NAME.sub(" ", question))  # the "best" of a company's name ranks nothing
    if not _WHICH.search(text) and not _RANK_VALUE.search(text):
        return None
    if _LOWEST.search(text) and not re.search(r"lost the least", text):
        return "lowest"
    return "highest" if _HIGHEST.search(text) else None


def ranking_words(question: str) -> frozenset[str]:
    """The words that rank, as words are compared: in `Lower middle` they only say which."""
    text = fold(_NAME.sub(" ", question))
    found = [*_HIGHEST.finditer(text), *_LOWEST.finditer(text)]
    return frozenset(key for match in found for key in keys(match.group()))


def bound_of(question: str) -> Bound | None:
    """The limit of a question that counts: `how many … lower than 2.00`."""
    text = fold(question)
    match = _BOUND.search(text)
    if not match or not _COUNT.search(text):
        return None
    over = match["over"] or match["over_zh"]
    return Bound((over or match["under"] or match["under_zh"]).strip(" .,"), above=bool(over))


def answer_format_of(question: str) -> AnswerFormat:
    """How the result shall be rounded and scaled."""
    text = fold(question)
    scale = _SCALE_ASKED.search(text)
    word = next((found for found in scale.groups() if found), "") if scale else ""
    percent = bool(re.search(r"percent|%|prozent|百分", text))
    factor = Decimal(10) ** _SCALES[word] if word else None
    return AnswerFormat(_decimals(text), factor, percent)


def _decimals(text: str) -> int | None:
    match = _DECIMALS.search(text)
    if not match:
        return None
    if match["whole"]:
        return 0
    if match["tenth"] or match["hundredth"]:
        return 1 if match["tenth"] else 2
    return _COUNTS[match["word"] or match["german"] or match["chinese"]]
