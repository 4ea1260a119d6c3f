"""Figures that reports seldom print and people ask for: how they follow from printed lines.

A formula is written as people write it: `(revenue - cost of sales) / revenue`; a question may bring
its own ("DPO is defined as: 365 * (average accounts payable …) / …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from loaders.text.tokenizer import fold, stem

LINES: tuple[tuple[str, ...], ...] = (
    ("revenue", "total net sales", "net sales", "total revenues", "total revenue", "revenues",
     "net revenue", "net revenues", "total net revenue", "sales", "turnover", "umsatzerlose",
     "umsatz"),
    ("cost of sales", "cost of goods sold", "total cost of sales", "cost of revenue", "cogs",
     "total cost of goods sold", "cost of products sold", "cost of revenues",
     "total cost of revenue",
     "total costs and expenses", "umsatzkosten", "herstellungskosten"),
    ("gross profit", "total gross profit", "gross margin", "bruttoergebnis"),
    ("operating income", "income from operations", "operating profit", "operating earnings",
     "earnings from operations", "loss from operations", "operating income (loss)",
     "betriebsergebnis"),
    ("net income", "net earnings", "net profit", "net income (loss)", "net loss",
     "net earnings (loss)", "profit for the year", "consolidated net income", "jahresuberschuss",
     "konzernergebnis"),
    ("pretax income", "income before income taxes", "income before provision for income taxes",
     "earnings before income taxes", "earnings before income tax expense",
     "earnings before income tax expense and equity in income of affiliates",
     "income (loss) before income taxes", "loss before income taxes", "earnings before taxes",
     "income before taxes", "ergebnis vor steuern"),
    ("income tax expense", "provision for income taxes", "income taxes", "income tax provision",
     "provision (benefit) for income taxes", "income tax (expense) benefit", "ertragsteuern"),
    ("interest expense", "interest and debt expense", "zinsaufwand"),
    ("depreciation and amortization", "depreciation & amortization",
     "depreciation and amortization expense", "depreciation of property and equipment",
     "depreciation amortization and other", "depreciation depletion and amortization",
     "abschreibungen"),
    ("total assets", "bilanzsumme"),
    ("total liabilities", "summe schulden"),
    ("total equity", "total stockholders' equity", "total shareholders' equity",
     "stockholders' equity", "shareholders' equity", "equity", "total shareowners' equity",
     "eigenkapital"),
    ("total current assets", "current assets"),
    ("total current liabilities", "current liabilities"),
    ("cash and cash equivalents", "cash balance", "cash"),
    ("inventory", "inventories", "inventories net", "merchandise inventories", "vorrate"),
    ("accounts receivable", "accounts receivable net", "receivables", "receivables net",
     "trade receivables", "trade receivables net",
     "accounts receivable net and other"),
    ("accounts payable", "trade payables", "trade accounts payable"),
    ("property plant and equipment", "property and equipment net",
     "property plant and equipment net",
     "net property and equipment", "pp&e"),
    ("capital expenditures", "capital expenditure", "capex", "purchases of property and equipment",
     "purchases of property plant and equipment", "additions to property and equipment",
     "additions to property plant and equipment", "payments for property and equipment"),
    ("operating cash flow", "cash from operations", "net cash provided by operating activities",
     "net cash provided by (used in) operating activities", "cash flow from operations",
     "total cash provided by operating activities", "net cash used in operating activities",
     "cash flow from operating activities", "cash flows from operating activities",
     "total cash provided by (used in) operating activities", "cash provided by operations"),
    ("financing cash flow", "cash flow from financing activities",
     "cash used in financing activities", "cash used for financing activities",
     "net cash used in financing activities", "net cash provided by financing activities",
     "net cash provided by (used in) financing activities",
     "net cash (used in) provided by financing activities",
     "total cash used in financing activities",
     "net cash (used)/provided by financing activities"),
    ("investing cash flow", "cash flow from investing activities",
     "cash used in investing activities", "cash used for investing activities",
     "net cash used in investing activities", "net cash provided by (used in) investing activities",
     "net cash (used in) provided by investing activities",
     "total cash used in investing activities"),
    ("share repurchases", "repurchase of common stock", "repurchases of common stock",
     "common stock repurchased", "common shares repurchased", "stock repurchases",
     "share buybacks", "purchases of treasury stock", "purchase of treasury stock",
     "treasury stock purchases"),
    ("long-term debt", "long term debt"),
    ("selling, general and administrative expenses", "sg&a expenses", "sg&a",
     "selling, general and administrative", "selling, general & administrative expenses",
     "total selling, general and administrative expenses",
     "selling, general and administrative expense"),
    ("营业收入", "营业总收入", "其中：营业收入"), ("营业成本", "其中：营业成本"), ("净利润",),
    ("营业利润",), ("利润总额",), ("资产总计", "总资产", "资产总额"),
    ("负债合计", "总负债", "负债总额"), ("流动资产合计", "流动资产"), ("流动负债合计", "流动负债"),
    ("非流动负债合计", "非流动负债"), ("存货",), ("货币资金", "现金"), ("销售费用",), ("管理费用",),
    ("财务费用",), ("研发费用", "研发投入合计"), ("投资收益",), ("固定资产",), ("无形资产",),
    ("所有者权益合计", "股东权益合计", "所有者权益（或股东权益）合计", "净资产"),
    ("研发人员的数量", "研发人员数量", "公司研发人员的数量"),
    ("在职员工的数量合计", "职工人数", "职工总数", "员工总数",
     "职工总人数", "员工总人数", "员工人数"),
)  # fmt: skip
"""Names of the same printed line; the first is the one that formulas use."""

_STOCKS = frozenset((
    "total assets", "total liabilities", "total equity", "total current assets",
    "total current liabilities", "cash and cash equivalents", "inventory",
    "accounts receivable", "accounts payable", "property plant and equipment",
    "long-term debt", "资产总计", "负债合计", "流动资产合计", "流动负债合计", "非流动负债合计",
    "存货", "货币资金", "固定资产", "无形资产", "所有者权益合计",
))  # fmt: skip
_COSTS = frozenset(("cost of sales", "营业成本"))
_FORMULAS: tuple[tuple[str, str, bool], ...] = (
    (r"gross (?:profit )?margins?|bruttomarge", "(revenue - cost of sales) / revenue", True),
    (r"operating (?:profit |income )?margins?|operating profit ratio",
     "operating income / revenue", True),
    (r"net (?:profit |income )?margins?|profit margin|nettomarge", "net income / revenue", True),
    (r"effective (?:income )?tax (?:rate|ratio)|effektive\w* steuersatz",
     "income tax expense / pretax income", True),
    (r"return on (?:total )?assets?|\broa\b", "net income / total assets", True),
    (r"return on (?:average )?(?:total )?(?:stockholders'? |shareholders'? )?equity|\broe\b",
     "net income / total equity", True),
    (r"current ratio|(?:net )?working capital ratio",
     "total current assets / total current liabilities", False),
    (r"quick ratio", "(total current assets - inventory) / total current liabilities", False),
    (r"cash ratio", "cash and cash equivalents / total current liabilities", False),
    (r"(?:net )?working capital(?! ratio)",
     "total current assets - total current liabilities", False),
    (r"debt[- ]to[- ]equity", "total liabilities / total equity", False),
    (r"debt ratio|debt[- ]to[- ]assets?", "total liabilities / total assets", True),
    (r"total asset turnover|asset turnover", "revenue / average total assets", False),
    (r"fixed asset turnover", "revenue / average property plant and equipment", False),
    (r"inventory turnover", "cost of sales / average inventory", False),
    (r"(?:accounts )?receivables? turnover", "revenue / average accounts receivable", False),
    (r"days payables? outstanding|\bdpo\b",
     "365 * average accounts payable / cost of sales", False),
    (r"days (?:sales|receivables?) outstanding|\bdso\b",
     "365 * average accounts receivable / revenue", False),
    (r"days inventory outstanding|\bdio\b", "365 * average inventory / cost of sales", False),
    (r"interest coverage", "(pretax income + interest expense) / interest expense", False),
    (r"free cash flow|\bfcf\b", "operating cash flow - capital expenditures", False),
    (r"(?:unadjusted )?ebitda (?:% |percent(?:age)? )?margin",
     "(operating income + depreciation and amortization) / revenue", True),
    (r"(?:unadjusted )?ebitda\b", "operating income + depreciation and amortization", False),
    (r"capital intensity|capex (?:as a |to )(?:%|percent(?:age)? of )?revenue",
     "capital expenditures / revenue", True),
    (r"equity ratio|eigenkapitalquote", "total equity / total assets", True),
    (r"毛利率", "(营业收入 - 营业成本) / 营业收入", True),
    (r"净利润?率", "净利润 / 营业收入", True),
    (r"营业利润率", "营业利润 / 营业收入", True),
    (r"营业成本率", "营业成本 / 营业收入", True),
    (r"资产负债(?:率|比率)", "负债合计 / 资产总计", True),
    (r"非流动负债比(?:率|例)", "非流动负债合计 / 负债合计", True),
    (r"流动负债比(?:率|例)", "流动负债合计 / 负债合计", True),
    (r"流动比率", "流动资产合计 / 流动负债合计", False),
    (r"速动比率", "(流动资产合计 - 存货) / 流动负债合计", False),
    (r"现金比率", "货币资金 / 流动负债合计", True),
    (r"(?:净资产收益率|股东权益报酬率)", "净利润 / 所有者权益合计", True),
    (r"三费(?:比重|占比)", "(销售费用 + 管理费用 + 财务费用) / 营业收入", True),
    (r"管理费用率", "管理费用 / 营业收入", True),
    (r"财务费用率", "财务费用 / 营业收入", True),
    (r"销售费用率", "销售费用 / 营业收入", True),
    (r"投资收益占营业收入", "投资收益 / 营业收入", True),
    (r"研发(?:经费|费用)(?:与|占)营业收入|研发费用率", "研发费用 / 营业收入", True),
    (r"研发(?:经费|费用)与利润", "研发费用 / 净利润", True),
    (r"研发人员占职工", "研发人员的数量 / 在职员工的数量合计", True),
)  # fmt: skip

_INSTEAD = {
    "total liabilities": "total assets - total equity",
    "gross profit": "revenue - cost of sales",
}

_OF_TWO_YEARS = re.compile(
    r"\s+(?:between|over|across|of|for|in|from) the (?:last|past|latest) two (?:fiscal )?years\b"
)
"""What an average is of, unless a question says otherwise."""
_DEFINED = re.compile(
    r"\b(?:defined as|calculated as|computed as|definiert als"
    r"|berechnet als)\s*:?\s*(?P<formula>[^?]+?)"
    r"(?:\.\s+[A-Z]|\.?\s*$|\?)"
)
_TO_RATIO = re.compile(
    r"(?:(?<=fy)\d{4} |\b(?:is|was|the"
    r"|'s) (?:fy ?\d{4} )?)(?P<top>[a-z][a-z &-]{3,40}?) to (?P<bottom>[a-z][a-z &-]{3,40}?) ratio"
    r"|ratio of (?P<over>[a-z][a-z &-]{3,40}?) to (?P<under>[a-z][a-z &-]{3,40}?)"
    r"(?= for\b| in\b| as\b|[?,.]|$)"
)
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+(?:fy\s?|fiscal )?(?:19|20)\d\d\s+(?:and|to|-)\s+(?:fy\s?"
    r"|fiscal )?(?:19|20)\d\d"
)
_YEAR = re.compile(r"(?:\bfy\s?|\bfiscal (?:year )?)?\b((?:19|20)\d\d)\b|\bfy((?:19|20)\d\d)\b")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\d\w])|(?P<sign>[-+*/()×÷])"
    r"|(?P<phrase>[^-+*/()×÷]+(?:-(?=\w)[^-+*/()×÷]+)*))"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its value in a year, the average with the year before, or the change."""

    name: str
    mode: Literal["value", "average", "change"] = "value"
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An operation on two nodes."""

    sign: str
    left: Node
    right: Node


Node = Decimal | Line | Step


@dataclass(frozen=True, slots=True)
class Formula:
    """What to compute, and whether people give it in percent."""

    name: str
    node: Node
    percent: bool


def formula_of(question: str) -> Formula | None:
    """The formula that a question defines or names."""
    text = fold(question)
    if match := _DEFINED.search(question):
        node = parse(_OF_TWO_YEARS.sub("", fold(match["formula"])))
        if node is not None:
            return Formula("", node, percent=False)
    if match := _TO_RATIO.search(text):
        top, bottom = match["top"] or match["over"], match["bottom"] or match["under"]
        node = parse(f"{top} / {bottom}")
        if node is not None:
            return Formula(f"{top} / {bottom}", node, percent=False)
    for pattern, formula, percent in _FORMULAS:
        if match := re.search(pattern, text):
            parsed = parse(fold(formula))
            averaged = re.search(
                r"\baverage (?:total )?(?:assets?|equity|stockholders|shareholders)", text
            )
            if parsed is not None:
                return Formula(match[0], _averaged(parsed) if averaged else parsed, percent)
    return None


def synonyms(name: str) -> tuple[str, ...]:
    """Every name of a printed line, the given one first."""
    bare = _stemmed(name)
    return (name, *(one for one in _group_of(name) if _stemmed(one) != bare))


def is_stock(name: str) -> bool:
    """Whether a line stands in a balance sheet: what there is at a day, not what came in a year."""
    return _group_of(name)[0] in _STOCKS


def is_cost(name: str) -> bool:
    """Whether some statements print a line as what is taken off, in brackets."""
    return _group_of(name)[0] in _COSTS


def _group_of(name: str) -> tuple[str, ...]:
    """The names of the line, the one that formulas use first."""
    bare = _stemmed(name)
    return next((group for group in LINES if bare in map(_stemmed, group)), (name,))


def _stemmed(name: str) -> str:
    return " ".join(stem(word) for word in fold(name).split())


def instead_of(name: str) -> Node | None:
    """How a line that a report does not print follows from two that it does."""
    group = {_stemmed(one) for one in synonyms(name)}
    return next(
        (parse(formula) for line, formula in _INSTEAD.items() if _stemmed(line) in group), None
    )


_CASH_FLOW = re.compile(
    r"\bcash (?:flows? )?(?:was |were )?(?:used|provided|generated|spent|paid)\b[^.?!]{0,60}?"
    r"\b(operating|investing|financing) activities"
)


def line_in(question: str) -> str:
    """The longest name of a printed line that a question holds; empty if it holds none."""
    text = f" {fold(question)} "
    if flow := _CASH_FLOW.search(text):
        return f"{flow[1]} cash flow"
    names = [name for group in LINES for name in group if _holds(text, fold(name))]
    return max(names, key=len, default="")


def _holds(text: str, name: str) -> bool:
    if name not in text:
        return False
    return not name.isascii() or bool(re.search(rf"\b{re.escape(name)}\b", text))


def lines_of(node: Node) -> Iterator[Line]:
    """The printed lines that a formula needs."""
    if isinstance(node, Line):
        yield node
    elif isinstance(node, Step):
        yield from lines_of(node.left)
        yield from lines_of(node.right)


def parse(formula: str) -> Node | None:
    """Read a formula; None if it is none."""
    tokens = [match for match in _TOKEN.finditer(formula.strip()) if match.group().strip()]
    reader = _Reader(tokens)
    try:
        node = reader.sum()
    except (IndexError, ValueError):
        return None
    return node if reader.place == len(tokens) and isinstance(node, Step) else None


class _Reader:
    """Recursive descent over sums, products and atoms."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens, self.place = tokens, 0

    def sum(self) -> Node:
        node = self.product()
        while self._sign() in {"+", "-"}:
            sign = self._next()["sign"]
            node = Step(sign, node, self.product())
        return node

    def product(self) -> Node:
        node = self.atom()
        while self._sign() in {"*", "/", "×", "÷"}:
            sign = "*" if self._next()["sign"] in "*×" else "/"
            node = Step(sign, node, self.atom())
        return node

    def atom(self) -> Node:
        token = self._next()
        if token["number"]:
            return Decimal(token["number"])
        if token["phrase"]:
            return _line(token["phrase"])
        if token["sign"] == "(":
            node = self.sum()
            if self._next()["sign"] == ")":
                return node
        raise ValueError(token.group())

    def _next(self) -> re.Match[str]:
        self.place += 1
        return self.tokens[self.place - 1]

    def _sign(self) -> str | None:
        return self.tokens[self.place]["sign"] if self.place < len(self.tokens) else None


def _line(phrase: str) -> Line:
    years = [int(a or b) for a, b in _YEAR.findall(phrase)]
    bare = _YEAR.sub(" ", _BETWEEN.sub(" ", phrase)).strip(" ,.;:")
    mode: Literal["value", "average", "change"] = "value"
    if match := re.match(r"average (?:of )?", bare):
        bare, mode = bare[match.end() :], "average"
    elif match := re.match(r"(?:the )?change in ", bare):
        bare, mode = bare[match.end() :], "change"
    bare = re.sub(r"^(?:total )?(?:the |of )+", "", " ".join(bare.split()))
    if not bare:
        raise ValueError(phrase)
    return Line(bare, mode, max(years, default=None))


def _averaged(node: Node) -> Node:
    """The denominator as the average of two years."""
    if isinstance(node, Step) and node.sign == "/" and isinstance(node.right, Line):
        return Step("/", node.left, Line(node.right.name, "average", node.right.year))
    return node
