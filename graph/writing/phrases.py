"""Sentences of the embedded default, in English, German and Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TEXT = {
    "en": {
        "greeting": "Hello. Ask me about the documents in your library.",
        "library": "The library holds {count}: {names}.",
        "documents": ("1 document", "{n} documents"),
        "not_found": "The documents do not say this.",
        "missing": "The documents do not mention {what}.",
        "empty": "The table has no value for {what}: the cell says “{mark}”. [{marker}]",
        "nearest": "What comes nearest: {what} [{marker}]",
        "cell": "{label}: {value}.",
        "and": " and ",
        "computed": "{label}: {expression} = {result}.",
        "among": "{label} is {order} at {value} ({measure}).",
        "highest": "highest",
        "lowest": "lowest",
        "count": "{count}: {names}.",
        "difference": "Difference",
        "change": "Change",
        "percent_change": "Percentage change",
        "sum": "Sum",
        "average": "Average",
        "ratio": "Ratio",
        "share": "Share",
        "product": "Product",
        "1000": "in thousands",
        "1000000": "in millions",
        "1000000000": "in billions",
    },
    "de": {
        "greeting": "Hallo. Fragen Sie mich nach den Dokumenten Ihrer Bibliothek.",
        "library": "Die Bibliothek enthält {count}: {names}.",
        "documents": ("1 Dokument", "{n} Dokumente"),
        "not_found": "Das sagen die Dokumente nicht.",
        "missing": "Die Dokumente erwähnen {what} nicht.",
        "empty": "Die Tabelle hat keinen Wert für {what}: In der Zelle steht „{mark}“. [{marker}]",
        "nearest": "Am nächsten kommt: {what} [{marker}]",
        "cell": "{label}: {value}.",
        "and": " und ",
        "computed": "{label}: {expression} = {result}.",
        "among": "{label} liegt mit {value} am {order} ({measure}).",
        "highest": "höchsten",
        "lowest": "niedrigsten",
        "count": "{count}: {names}.",
        "difference": "Differenz",
        "change": "Veränderung",
        "percent_change": "Prozentuale Veränderung",
        "sum": "Summe",
        "average": "Durchschnitt",
        "ratio": "Verhältnis",
        "share": "Anteil",
        "product": "Produkt",
        "1000": "in Tausend",
        "1000000": "in Millionen",
        "1000000000": "in Milliarden",
    },
    "zh": {
        "greeting": "您好，请就文档库中的文档提问。",
        "library": "文档库中有{count}：{names}。",
        "documents": ("1 份文档", "{n} 份文档"),
        "not_found": "文档中没有说明这一点。",
        "missing": "文档中没有提到{what}。",
        "empty": "表格中没有{what}的数值，该单元格为“{mark}”。[{marker}]",
        "nearest": "最接近的内容：{what} [{marker}]",
        "cell": "{label}：{value}。",
        "and": "和",
        "computed": "{label}：{expression} = {result}。",
        "among": "{label}{order}，为 {value}（{measure}）。",
        "highest": "最高",
        "lowest": "最低",
        "count": "{count}：{names}。",
        "difference": "差额",
        "change": "变化",
        "percent_change": "变化率",
        "sum": "合计",
        "average": "平均值",
        "ratio": "比率",
        "share": "占比",
        "product": "乘积",
        "1000": "单位：千",
        "1000000": "单位：百万",
        "1000000000": "单位：十亿",
        "10000": "单位：万",
        "100000000": "单位：亿",
    },
}


def say(phrase: str, language: str, **values: object) -> str:
    """A sentence in the language, English if we have none in it."""
    template = _TEXT.get(language, _TEXT["en"])[phrase]
    assert isinstance(template, str)
    return template.format(**values)


def knows(what: str, language: str) -> bool:
    """Whether there is such a sentence."""
    return what in _TEXT.get(language, _TEXT["en"])


def greeting(language: str) -> str:
    """Greet, and say what this is for."""
    return say("greeting", language)


def about_library(names: Sequence[str], language: str) -> str:
    """Say what the library holds."""
    one, many = _TEXT.get(language, _TEXT["en"])["documents"]
    count = one if len(names) == 1 else many.format(n=len(names))
    return say("library", language, count=count, names=", ".join(names))


def listed(items: Sequence[str], language: str) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    comma = "、" if language == "zh" else ", "
    return comma.join(items[:-1]) + say("and", language) + items[-1]


_DOES = re.compile(
    r"(?:what|how|which \w+)(?: \w+)?? (?P<aux>does|did|do) (?P<subject>.+?) "
    r"(?P<verb>score|reach|achieve|get|obtain|report|have|cost|record|earn|pay|spend|generate|do)"
    r"(?P<rest>(?: .*)?)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"(?:what|who|how (?:high|large|big|much)) (?P<aux>is|was|were|are) (?P<subject>.+)",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"(?:was|wer|wie (?:hoch|groß|viel)) (?P<aux>ist|war|waren|sind|betr[uä]gt?) (?P<subject>.+)",
    re.IGNORECASE,
)
_ERREICHT = re.compile(
    r"welche[ns]? (?:\w+) (?P<verb>erreicht|erzielt|hat|erreichte|erzielte) (?P<subject>.+?) "
    r"(?P<rest>(?:bei|in|im|auf) .+)",
    re.IGNORECASE,
)
_PAST = {
    "get": "got",
    "have": "had",
    "cost": "cost",
    "pay": "paid",
    "spend": "spent",
    "do": "scored",
}


def statement(question: str, value: str, language: str) -> str:
    """Turn a question for one value into the sentence that gives it; empty if we cannot."""
    bare = re.sub(r"\s*[?？]\s*(?:\S.*)?$", "", question.strip())
    if re.search(r"[.;:] |\b(?:and|und)\b.*\b(?:what|how|which|was|wie)\b", bare):
        return ""
    makers = {"en": _english, "de": _german, "zh": _chinese}
    return makers.get(language, _english)(bare, value)


def _english(question: str, value: str) -> str:
    if match := _DOES.fullmatch(question):
        verb = match["verb"].lower()
        if match["aux"].lower() == "did":
            verb = _PAST.get(verb, verb + ("d" if verb.endswith("e") else "ed"))
        elif match["aux"].lower() == "does":
            verb = {"have": "has", "do": "scores", "reach": "reaches"}.get(verb, verb + "s")
        rest = re.sub(r"^ (?:as|for)\b(?= \w+$)", "", match["rest"])
        return f"{_capital(match['subject'])} {verb} {value}{rest}."
    if match := _IS.fullmatch(question):
        return f"{_capital(match['subject'])} {match['aux'].lower()} {value}."
    return ""


def _german(question: str, value: str) -> str:
    if match := _ERREICHT.fullmatch(question):
        return f"{match['subject']} {match['verb'].lower()} {match['rest']} {value}."
    if match := _WAS.fullmatch(question):
        return f"{_capital(match['subject'])} {match['aux'].lower()} {value}."
    return ""


def _chinese(question: str, value: str) -> str:
    bare = re.sub(r"^(?:请问|请告诉我)", "", question)
    replaced = re.sub(r"(?:是|为|达到?|有)?(?:多少|什么|几)$", f"为 {value}", bare)
    return f"{replaced}。" if replaced != bare else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
