"""Documents of two companies, a datasheet, a German and a Chinese report; all numbers by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from langchain_core.documents import Document

from graph.evidence.sources import Evidence, number_sources

_SYLLABLES = ("bra", "vel", "nor", "hal", "mar", "tis", "ken", "dor", "lin", "sta", "gro", "fen")
_ENDINGS = ("holm", "stad", "vale", "mere", "ford", "wick", "burg", "feld", "by", "ton")
_FIRST = ("Anna", "Tom", "Ines", "Karl", "Maria", "Jonas", "Lena", "Paul", "Petra", "Oskar")
_COUNTRIES = ("Poland", "Denmark", "Austria", "Spain", "Ireland", "Portugal", "Hungary", "Norway")
_IN_GERMAN = (
    "Polen",
    "Dänemark",
    "Österreich",
    "Spanien",
    "Irland",
    "Portugal",
    "Ungarn",
    "Norwegen",
)
_IN_CHINESE = ("波兰", "丹麦", "奥地利", "西班牙", "爱尔兰", "葡萄牙", "匈牙利", "挪威")
_GERMAN = dict(zip(_COUNTRIES, _IN_GERMAN, strict=True))
_CHINESE = dict(zip(_COUNTRIES, _IN_CHINESE, strict=True))
_ROWS = ("rev", "cost", "op", "net")


@dataclass(frozen=True)
class World:
    """Sources, and the values by which replies are filled in."""

    sources: Sequence[Document]
    values: dict[str, str]

    def evidence(self, question: str, language: str) -> Evidence:
        return Evidence(question, language, number_sources(self.sources))


def make_world(seed: int) -> World:
    """A world of its own for each seed; the larger value is always that of 2024."""
    random = Random(seed)
    values = {**_names(random), **_figures(random)}
    return World([_chunk(number, values) for number in range(1, 11)], values)


def _names(random: Random) -> dict[str, str]:
    names = [
        f"{random.choice(_SYLLABLES)}{random.choice(_SYLLABLES)}{ending}".capitalize()
        for ending in random.sample(_ENDINGS, 5)
    ]
    first = random.sample(_FIRST, 4)
    countries = random.sample(_COUNTRIES, 3)
    found = dict(zip(("A", "B", "C", "X", "Y"), names, strict=True))
    for key, one, last in zip(("ceo", "cfo", "ceoB", "ceoC"), first, names[1:], strict=True):
        found[key] = f"{one} {last[:-2]}er"
    for key, country in zip(("p1", "p2", "p3"), countries, strict=True):
        found |= {key: country, f"{key}_de": _GERMAN[country], f"{key}_zh": _CHINESE[country]}
    return found


_COUNTED = {
    "plants": (13, 20), "litres": (31, 89), "complaints": (4, 9), "covid": (21, 29),
    "plantsB": (21, 30), "start": (101, 400), "startmax": (401, 900), "ohm": (10, 90),
    "ohmmax": (100, 200), "volt": (3, 9), "lost": (30, 99),
}  # fmt: skip


@dataclass
class _Fresh:
    """Numbers by chance, each once."""

    random: Random
    taken: set[int]

    def __call__(self, low: int, high: int) -> int:
        value = self.random.randrange(low, high)
        while value in self.taken or value % 1000 == 0:
            value = self.random.randrange(low, high)
        self.taken.add(value)
        return value


def _figures(random: Random) -> dict[str, str]:
    found: dict[str, str] = {}
    fresh = _Fresh(random, set())
    for company in ("", "B", "C", "Z"):
        for row in _ROWS:
            low, high = fresh(11_000, 49_000), fresh(50_000, 99_000)
            _put(found, f"{row}{company}23", low)
            _put(found, f"{row}{company}24", high)
            _put(found, f"{row}{company}d", high - low)
            found[f"{row}{company}pct"] = f"{(high - low) * 100 / low:.1f}"
    _put(found, "o23", fresh(1_010, 4_900))
    _put(found, "o24", fresh(5_010, 9_900))
    for key in ("e1", "e2", "e3", "t1", "t2", "t3", "eC1", "eC2", "eZ1", "eZ2"):
        found[key] = f"{fresh(1_001, 9_999):,}"
        found[f"{key}_de"] = found[key].replace(",", ".")
    found |= {key: str(fresh(1950, 2010)) for key in ("founded", "since", "foundedB")}
    return found | {key: str(fresh(*span)) for key, span in _COUNTED.items()}


def _put(found: dict[str, str], key: str, tenths: int) -> None:
    found[key] = f"{tenths / 10:,.1f}"
    found[f"{key}_de"] = found[key].translate(str.maketrans(",.", ".,"))


def _chunk(number: int, values: dict[str, str]) -> Document:
    name, section, caption, text = _TEXTS[number]
    filled = {"text": text, "caption": caption, "name": name, "section": section}
    filled = {key: part.format(**values) for key, part in filled.items()}
    kind = "table" if "<table" in text else "text"
    return Document(
        page_content=f"{filled['caption']}\n{filled['text']}",
        metadata={
            "source": filled["name"],
            "page": number,
            "pages": [number],
            "kind": kind,
            "chunk_id": f"{number}",
            "section": filled["section"],
            "caption": filled["caption"],
            "box": [50.0, 60.0, 500.0, 300.0],
        },
    )


def _table(*rows: str) -> str:
    head, *body = (row.split("|") for row in rows)
    cells = "".join(f"<th>{cell}</th>" for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table>"


def _statement(company: str, labels: str, suffix: str = "") -> str:
    rows = [
        f"{label}|{{{row}{company}23{suffix}}}|{{{row}{company}24{suffix}}}"
        for row, label in zip(_ROWS, labels.split(", "), strict=True)
    ]
    return _table("|2023|2024", *rows)


_ENGLISH_ROWS = "Revenue, Cost of sales, Operating profit, Net profit"
_TEXTS = {
    1: (
        "{A}-annual-report.pdf",
        "Financial statements of {A}",
        "Consolidated income statement (in € million)",
        _statement("", _ENGLISH_ROWS),
    ),
    2: (
        "{A}-annual-report.pdf",
        "Countries",
        "Staff and output of {A} by country, 2024",
        _table(
            "Country|Employees|Production (tonnes)",
            "{p1}|{e1}|{t1}",
            "{p2}|{e2}|{t2}",
            "{p3}|{e3}|{t3}",
        ),
    ),
    3: (
        "{A}-annual-report.pdf",
        "About {A}",
        "",
        "{A} was founded in {founded}. {ceo} has been chief executive since {since}, and {cfo} is "
        "chief financial officer. The company runs {plants} plants and sold {litres} million "
        "litres of paint in 2024. Orders rose from €{o23} million in 2023 to €{o24} million in "
        "2024, while complaints fell by {complaints}%. Two thirds of the paint is made from "
        "recycled material. It is certified under ISO 9001, and {covid} workers were on leave "
        "because of COVID-19. The contract ends on 14 March 2027. “We will not close any plant,” "
        "the chief executive said.",
    ),
    4: (
        "{B}-annual-report.pdf",
        "Financial statements of {B}",
        "Consolidated income statement (in € million)",
        _statement("B", _ENGLISH_ROWS),
    ),
    5: (
        "{B}-annual-report.pdf",
        "About {B}",
        "",
        "{B} was founded in {foundedB}. {ceoB} is its chief executive. It runs {plantsB} plants.",
    ),
    6: (
        "{X}-datasheet.pdf",
        "Electrical characteristics",
        "{X} controller: characteristics",
        _table(
            "Parameter|Typ|Max|Unit",
            "Startup time|{start}|{startmax}|ms",
            "Input resistance|{ohm}|{ohmmax}|kΩ",
            "Supply voltage|{volt}|12|V",
        ),
    ),
    7: (
        "{C}-Jahresbericht.pdf",
        "Konzernabschluss der {C} AG",
        "Gewinn- und Verlustrechnung (in Mio. €)",
        _statement("C", "Umsatzerlöse, Umsatzkosten, Betriebsergebnis, Jahresüberschuss", "_de"),
    ),
    8: (
        "{C}-Jahresbericht.pdf",
        "Über {C}",
        "",
        "Die {C} AG beschäftigt {eC1_de} Menschen in {p1_de} und {eC2_de} in {p2_de}. "
        "Vorstandsvorsitzende ist {ceoC}. Der Auftragsbestand stieg von {o23_de} Mio. € im Jahr "
        "2023 auf {o24_de} Mio. € im Jahr 2024, und die Reklamationen gingen um {complaints} % "
        "zurück. Das Unternehmen betreibt {plants} Werke.",
    ),
    9: (
        "{Y}年度报告.pdf",
        "{Y}公司财务报表",
        "合并利润表 单位：百万元",
        _table(
            "项目|2023年|2024年",
            "营业收入|{revZ23}|{revZ24}",
            "营业成本|{costZ23}|{costZ24}",
            "营业利润|{opZ23}|{opZ24}",
            "净利润|{netZ23}|{netZ24}",
        ),
    ),
    10: (
        "{Y}年度报告.pdf",
        "{Y}公司概况",
        "",
        "公司在{p1_zh}有员工{eZ1}人，在{p2_zh}有员工{eZ2}人。公司经营{plants}家工厂。"
        "订单从2023年的{o23}百万元增长至2024年的{o24}百万元，投诉下降了{complaints}%。",
    ),
}
