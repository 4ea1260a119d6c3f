"""Texts of three languages, drawn from sentences of our own: as long as chunks, all different."""

from __future__ import annotations

import random
from collections.abc import Iterator

SENTENCES = {
    "en": (
        "Net sales of the northern region rose to {n} million, {m} more than a year before.",
        "The board proposes a dividend of {m} cents a share for the year {y}.",
        "At the end of {y} the group employed {n} people in {m} countries.",
        "Repairs must be reported to the harbour office within {m} days.",
        "Cheese and butter | tonnes | {n} | {m} | {y}",
        "The sensor draws {m} microamperes while it sleeps; see table {m}.",
        "Patients over {m} years of age were treated with a lower dose.",
        "Both parties may end the lease at the close of a quarter.",
    ),
    "de": (
        "Der Umsatz im Norden stieg auf {n} Millionen Euro, {m} mehr als im Vorjahr.",
        "Der Vorstand schlägt für {y} eine Dividende von {m} Cent je Aktie vor.",
        "Ende {y} beschäftigte der Konzern {n} Menschen in {m} Ländern.",
        "Schäden sind dem Hafenamt innerhalb von {m} Tagen zu melden.",
        "Käse und Butter | Tonnen | {n} | {m} | {y}",
        "Im Ruhezustand nimmt der Fühler {m} Mikroampere auf; siehe Tabelle {m}.",
        "Patienten über {m} Jahre erhielten eine geringere Dosis.",
        "Beide Parteien können den Mietvertrag zum Quartalsende kündigen.",
    ),
    "zh": (
        "北部地区的净销售额增至{n}百万元，比上年增加{m}百万元。",
        "董事会建议{y}年度每股派发股息{m}分。",
        "{y}年末，集团在{m}个国家共有员工{n}人。",
        "损坏须在{m}天内向港务局报告。",
        "奶酪和黄油 | 吨 | {n} | {m} | {y}",
        "传感器休眠时的电流为{m}微安，见表{m}。",
        "{m}岁以上的患者使用较低的剂量。",
        "双方均可在季度末终止租约。",
    ),
}


def drawn_texts(count: int, *, sentences: int = 16, seed: int = 1) -> Iterator[str]:
    """Texts of about 250 tokens , the languages in turn."""
    draw = random.Random(seed)
    languages = list(SENTENCES)
    for place in range(count):
        chosen = draw.choices(SENTENCES[languages[place % len(languages)]], k=sentences)
        yield " ".join(_filled(sentence, draw) for sentence in chosen)


def _filled(sentence: str, draw: random.Random) -> str:
    numbers = {"n": f"{draw.randint(1000, 99999):,}", "m": draw.randint(2, 99)}
    return sentence.format(**numbers, y=draw.randint(1990, 2030))
