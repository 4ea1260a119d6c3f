"""A question for one value turned into the sentence that gives it."""

from __future__ import annotations

import re

_DOES = re.compile(
    r"(?:what|how|which \w+)(?P<noun>(?: \w+){1,3}?)?? (?P<aux>does|did|do) (?P<subject>.+?) "
    r"(?P<verb>score|reach|achieve|get|obtain|report|have|cost|record|earn|pay|spend|generate|make"
    r"|invest|produce|sell|lose|employ|do)(?P<rest>(?: .*)?)",
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
_MANY = re.compile(r"how many (?P<noun>(?!more\b|fewer\b|times\b).+)", re.IGNORECASE)
_INVERTED = re.compile(
    r"(?P<noun>.+?) (?P<aux>does|did|do) (?P<subject>.+?) "
    r"(?P<verb>have|employ|own|operate|run|use|report|sell|make|produce)(?P<rest>(?: .*)?)",
    re.IGNORECASE,
)
_MUCH = re.compile(
    r"how much (?P<aux>is|was) (?P<done>\w+(?:ed|nt|id|ld|st|de|ade|ught)) (?P<rest>.+)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"(?:which|what|welche[rsnm]?) (?:\S+ ){1,5}?(?P<rest>(?:has|had|have|is|was|are|were|made"
    r"|achieved|achieves|scored|scores|reported|recorded|hat|hatte|haben|ist|war|erzielt|erzielte"
    r"|erreicht|erreichte) (?:the |die |den |das |am )?"
    r"(?:most|fewest|least|high|low|larg|small|great|best|worst|big|long|short|top|max|min"
    r"|meist|wenigst|höchst|niedrigst|größt|kleinst|best).*)",
    re.IGNORECASE,
)
_PAST = {
    "make": "made",
    "sell": "sold",
    "lose": "lost",
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


def superlative(question: str, label: str, value: str) -> str:
    """Answer `Which site has the most employees?`: `Galway has the most employees: 412`."""
    bare = re.split(r"\s*[?？]|,? (?:and|und) (?:how|what|which|wie|was)\b", question.strip())[0]
    match = _SUPERLATIVE.fullmatch(bare)
    return f"{_capital(label)} {match['rest']}: {value}." if match else ""


def _counted(question: str, value: str) -> str:
    """`How many employees work in Kassel?`: the subject is what is counted."""
    if match := _MANY.fullmatch(question):
        if inner := _INVERTED.fullmatch(match["noun"]):
            verb = _conjugated(inner["verb"].lower(), inner["aux"].lower())
            return f"{_capital(inner['subject'])} {verb} {value} {inner['noun']}{inner['rest']}."
        if not re.search(r"\b(?:do|does|did|are there|were there|is|was)\b", match["noun"]):
            return f"{value} {match['noun']}."
    return ""


def _conjugated(verb: str, aux: str) -> str:
    if aux == "did":
        return _PAST.get(verb, verb + ("d" if verb.endswith("e") else "ed"))
    if aux == "does":
        return {"have": "has", "do": "scores", "reach": "reaches"}.get(verb, verb + "s")
    return verb


def _english(question: str, value: str) -> str:
    if text := _counted(question, value):
        return text
    if match := _MUCH.fullmatch(question):
        return f"{value} {match['aux'].lower()} {match['done']} {match['rest']}."
    if match := _DOES.fullmatch(question):
        verb = _conjugated(match["verb"].lower(), match["aux"].lower())
        rest = re.sub(r"^ (?:as|for)\b(?= \w+$)", "", match["rest"])
        noun = f" in {noun.strip()}" if _is_measure(noun := match["noun"] or "") else ""
        return f"{_capital(match['subject'])} {verb} {value}{noun}{rest}."
    if match := _IS.fullmatch(question):
        return f"{_capital(match['subject'])} {match['aux'].lower()} {value}."
    return ""


def _is_measure(noun: str) -> bool:
    """Whether the value needs its noun: `revenue`, but not the `score` of what is scored."""
    return bool(noun.strip()) and not re.search(
        r"\b(?:scores?|value|result|much|many|number)\b", noun, re.IGNORECASE
    )


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
