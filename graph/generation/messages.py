"""Sentences of the embedded default, in English, German and Chinese."""

from __future__ import annotations

from collections.abc import Sequence

_TEXT = {
    "en": {
        "not_found": "The documents do not say this.",
        "missing": "The documents do not mention {what}.",
        "empty": "The table has no value for {what}: the cell says “{mark}”. [{marker}]",
        "nearest": "What comes nearest: {what} [{marker}]",
        "cell": "{label}: {value}.",
        "and": " and ",
        "computed": "{label}: {expression} = {result}.",
        "steps": "{label}: {steps}.",
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
        "points": " percentage points",
    },
    "de": {
        "not_found": "Das sagen die Dokumente nicht.",
        "missing": "Die Dokumente erwähnen {what} nicht.",
        "empty": "Die Tabelle hat keinen Wert für {what}: In der Zelle steht „{mark}“. [{marker}]",
        "nearest": "Am nächsten kommt: {what} [{marker}]",
        "cell": "{label}: {value}.",
        "and": " und ",
        "computed": "{label}: {expression} = {result}.",
        "steps": "{label}: {steps}.",
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
        "points": " Prozentpunkte",
    },
    "zh": {
        "not_found": "文档中没有说明这一点。",
        "missing": "文档中没有提到{what}。",
        "empty": "表格中没有{what}的数值，该单元格为“{mark}”。[{marker}]",
        "nearest": "最接近的内容：{what} [{marker}]",
        "cell": "{label}：{value}。",
        "and": "和",
        "computed": "{label}：{expression} = {result}。",
        "steps": "{label}：{steps}。",
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
        "points": "个百分点",
    },
}

_SYMBOL = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CNY": "RMB ", "CHF": "CHF "}
_SCALE = {
    "en": {"1000": " thousand", "1000000": " million", "1000000000": " billion"},
    "de": {"1000": " Tausend", "1000000": " Millionen", "1000000000": " Milliarden"},
    "zh": {"1000": "千", "1000000": "百万", "1000000000": "十亿"},
}
_CHINESE_SCALE = {"10000": "万", "100000000": "亿"}
_CHINESE_MONEY = {
    "EUR": "欧元",
    "USD": "美元",
    "GBP": "英镑",
    "JPY": "日元",
    "CNY": "元",
    "CHF": "瑞士法郎",
}


def say(phrase: str, language: str, **values: object) -> str:
    """A sentence in the language, English if we have none in it."""
    template = _TEXT.get(language, _TEXT["en"])[phrase]
    assert isinstance(template, str)
    return template.format(**values)


def amount(number: str, currency: str, scale: str, language: str) -> str:
    """A printed number with its currency and scale as people say them: `-€7.9 million`."""
    scales = _SCALE.get(language, _SCALE["en"]) | _CHINESE_SCALE
    scaled = scales.get(scale, "")
    if language == "zh":
        return f"{number}{scaled}{_CHINESE_MONEY.get(currency, '')}"
    symbol = _SYMBOL.get(currency, "")
    if language == "de":
        return f"{number}{scaled} {symbol}".strip()
    if symbol and number[0] in "+-":
        return f"{number[0]}{symbol}{number[1:]}{scaled}"
    return f"{symbol}{number}{scaled}"


def listed(items: Sequence[str], language: str) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    comma = "、" if language == "zh" else ", "
    return comma.join(items[:-1]) + say("and", language) + items[-1]
