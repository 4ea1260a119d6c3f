"""Pages with a table whose truth is known, made by chance from a seed, before any producer sets it.

`samples.producers` prints them in several ways; `python -m tests.benchmarks.reading` reads them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

STYLES = ("ruled", "head-ruled", "plain", "banded")
FEATURES = ("none", "marks", "signs", "two-lines")
RAISED = dict(zip("123ab", "¹²³ᵃᵇ", strict=True))

WORDS = {
    "en": (
        "The council met four times and heard the officers of both harbours. It agreed to the "
        "budget and asked the harbour master to report on the state of the quay before winter.",
        ["Harbour dues", "Crane hire", "Pilotage", "Ice clearing", "Mooring", "Water supply"],
        ["Item", "Volume", "Income", "Share"],
    ),
    "de": (
        "Der Rat trat viermal zusammen und hörte die Leiter beider Häfen. Er stimmte dem Haushalt "
        "zu und bat den Hafenmeister, vor dem Winter über den Zustand des Kais zu berichten.",
        ["Hafengebühren", "Kranmiete", "Lotsendienst", "Eisräumung", "Liegeplätze", "Wasser"],
        ["Posten", "Menge", "Ertrag", "Anteil"],
    ),
    "fr": (
        "Le conseil s'est réuni quatre fois et a entendu les chefs des deux ports. Il a adopté le "
        "budget et demandé au capitaine du port un rapport sur l'état du quai avant l'hiver.",
        ["Droits de port", "Grues", "Pilotage", "Déglaçage", "Amarrage", "Eau"],
        ["Poste", "Volume", "Recettes", "Part"],
    ),
    "es": (
        "El consejo se reunió cuatro veces y escuchó a los jefes de ambos puertos. Aprobó el "
        "presupuesto y pidió al capitán un informe sobre el estado del muelle antes del invierno.",
        ["Tasas de puerto", "Grúas", "Practicaje", "Deshielo", "Amarre", "Agua"],
        ["Partida", "Volumen", "Ingresos", "Parte"],
    ),
}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text and the marks that are raised after it."""

    text: str
    mark: str = ""

    @property
    def read(self) -> str:
        """The cell as a reader hands it on."""
        return self.text + "".join(RAISED.get(sign, sign) for sign in self.mark)


@dataclass(frozen=True)
class TablePage:
    """A heading, prose, a table, prose."""

    seed: int
    style: str
    feature: str
    language: str
    heading: str
    prose: str
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def truth(self) -> list[list[str]]:
        return [[cell.read for cell in row] for row in self.rows]


def table_page(seed: int) -> TablePage:
    """The page of this seed: styles, features and languages come in turn."""
    chance = random.Random(seed)
    language = list(WORDS)[seed % len(WORDS)]
    prose, labels, heads = WORDS[language]
    style, feature = STYLES[seed // 4 % 4], FEATURES[(seed + seed // 4) % 4]
    head = [Cell(heads[0]), *(Cell(text) for text in heads[1:])]
    if feature == "marks":
        head[chance.randint(1, 3)] = Cell(
            heads[chance.randint(1, 3)] + " 2025", chance.choice("ab")
        )
    rows = [head]
    for label in chance.sample(labels, chance.randint(4, 6)):
        name = f"{label} {chance.choice(['North', 'South'])}" if feature == "two-lines" else label
        mark = chance.choice(["", "", "1", "2"]) if feature == "marks" else ""
        rows.append([Cell(name, mark), *(number(chance, feature) for _ in heads[1:])])
    return TablePage(seed, style, feature, language, f"{heads[0]} {2020 + seed % 7}", prose, rows)


def number(chance: random.Random, feature: str) -> Cell:
    """A grouped number; with `signs` some are losses, with `marks` some have notes."""
    text = f"{chance.randint(1, 10 ** chance.randint(2, 6)):,}"
    if feature == "signs":
        text = chance.choice([text, f"({text})", f"-{text}", f"{text} %", "-"])
    mark = chance.choice(["", "", "", "1", "3"]) if feature == "marks" else ""
    return Cell(text, mark)
