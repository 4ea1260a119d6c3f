"""What reports call the things that people ask for: the rows behind a ratio, and other names.

Nothing here knows a document; it is the vocabulary of financial statements in three languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from loaders.text.analyzer import is_run, pieces, terms_of

STATEMENTS = {
    "@income": (
        "consolidated statements of operations",
        "consolidated statements of earnings",
        "consolidated statements of income",
        "statement of profit or loss",
        "Gewinn- und Verlustrechnung",
        "利润表",
    ),
    "@balance": (
        "consolidated balance sheets",
        "statement of financial position",
        "Konzernbilanz",
        "资产负债表",
    ),
    "@cash": ("statements of cash flows", "Kapitalflussrechnung", "现金流量表"),
}
"""What the statements are headed by."""
CONCEPTS = """
gross margin, gross profit margin, gross profit ratio, bruttomarge, 毛利率
    = gross profit; cost of sales; cost of goods sold; cost of revenue; 毛利率; 营业收入; 营业成本;
      @income
operating margin, ebit margin, operative marge, 营业利润率
    = operating income; operating profit; total revenue; net sales; 营业利润; 营业收入; @income
net margin, net profit margin, profit margin, umsatzrendite, 净利率, 净利润率
    = net income; net earnings; total revenue; net sales; 净利润; 营业收入; @income
effective tax rate, effective tax ratio, tax rate, steuerquote, 所得税率
    = income tax expense; provision for income taxes; income before income taxes;
      earnings before income taxes; 所得税费用; 利润总额; @income
return on assets, return on total assets, roa, gesamtkapitalrendite, 总资产收益率
    = net income; net earnings; total assets; 净利润; 资产总计; @income; @balance
return on equity, return on average equity, roe, eigenkapitalrendite, 净资产收益率
    = net income; net earnings; total shareholders equity; total stockholders equity; 净利润;
      所有者权益合计; @income; @balance
return on capital employed, return on invested capital, roce, roic, invested capital
    = operating income; total assets; total current liabilities; long-term debt; total equity;
      @income; @balance
asset turnover, kapitalumschlag, 总资产周转率
    = net sales; total revenue; total assets; 营业收入; 资产总计; @income; @balance
inventory turnover, days inventory outstanding, days sales in inventory, dio, 存货周转率,
      days of inventory
    = inventories; cost of sales; cost of goods sold; 存货; 营业成本; @income; @balance
receivables turnover, days sales outstanding, dso, 应收账款周转率
    = accounts receivable; net sales; total revenue; 应收账款; 营业收入; @income; @balance
payables turnover, days payable outstanding, dpo, 应付账款周转率
    = accounts payable; cost of sales; cost of goods sold; inventories; 应付账款; 营业成本;
      @income; @balance
cash conversion cycle
    = inventories; accounts receivable; accounts payable; cost of sales; cost of goods sold;
      @income; @balance
current ratio, working capital ratio, liquidity ratio, working capital, 流动比率
    = total current assets; total current liabilities; 流动资产合计; 流动负债合计; @balance
quick ratio, acid test, 速动比率
    = total current assets; total current liabilities; inventories; cash and cash equivalents;
      流动资产合计; 流动负债合计; 存货; @balance
cash ratio, 现金比率
    = cash and cash equivalents; total current liabilities; 货币资金; 流动负债合计; @balance
debt to equity, debt ratio, leverage ratio, capitalization ratio, verschuldungsgrad, 资产负债率,
      资产负债比率
    = long-term debt; short-term debt; total liabilities; total assets; total equity; 负债合计;
      资产总计; @balance
interest coverage, interest coverage ratio, interest to debt
    = interest expense; operating income; income before income taxes; long-term debt; @income
ebitda
    = operating income; depreciation and amortization; net income; interest expense; @income; @cash
free cash flow, freier cashflow, 自由现金流
    = net cash provided by operating activities; capital expenditures;
      purchases of property and equipment; 经营活动产生的现金流量净额; @cash
capital expenditure, capital expenditures, capex, investitionen, 资本支出
    = purchases of property and equipment; additions to property plant and equipment;
      capital expenditures; 购建固定资产; @cash
dividend payout, payout ratio, retention ratio, 股利支付率
    = dividends paid; dividends declared; net income; net earnings; @cash
earnings per share, eps, ergebnis je aktie, 每股收益
    = basic earnings per share; diluted earnings per share; earnings per common share;
      基本每股收益; @income
dividend per share, dividende je aktie, 每股股利
    = dividends declared per share; dividends per common share
cash flow, cashflow, 现金流
    = net cash provided by operating activities; net cash used in investing activities;
      net cash used in financing activities; operating activities; investing activities;
      financing activities; @cash
revenue, revenues, sales, turnover, umsatz, umsatzerlöse, 营业收入, 收入
    = total revenue; total revenues; net sales; total net sales; revenue; 营业收入; @income
cost of sales, cost of goods sold, cogs, umsatzkosten, herstellungskosten, 营业成本
    = cost of sales; cost of goods sold; cost of revenue; 营业成本; @income
net income, net profit, net earnings, gewinn, jahresüberschuss, 净利润
    = net income; net earnings; net profit; net loss; 净利润; @income
operating income, operating profit, ebit, betriebsergebnis, 营业利润
    = operating income; operating profit; income from operations; 营业利润; @income
total assets, bilanzsumme, 总资产, 资产总额
    = total assets; 资产总计; @balance
equity, book value, eigenkapital, 净资产, 股东权益
    = total equity; total shareholders equity; total stockholders equity; 所有者权益合计; @balance
liabilities, total liabilities, verbindlichkeiten, 总负债
    = total liabilities; total current liabilities; 负债合计; @balance
流动负债比率, 非流动负债比率
    = 流动负债合计; 非流动负债合计; 负债合计; @balance
cash balance, cash position, zahlungsmittel, 货币资金
    = cash and cash equivalents; 货币资金; @balance
goodwill, inventory, inventories, receivables, payables, current assets, 商誉, 存货
    = @balance
无形资产, 在建工程, 应收账款, 应付账款, 预付款项, 预收款项, 应付职工薪酬, 短期借款, 长期借款,
      流动资产, 流动负债
    = @balance
gross profit, interest expense, provision for income taxes, bruttogewinn
    = @income
税金及附加, 营业外收入, 营业外支出, 投资收益, 所得税费用, 利润总额, 利息收入, 利息费用
    = @income
销售费用, 管理费用, 财务费用
    = 销售费用; 管理费用; 财务费用; @income
三费, 期间费用
    = 销售费用; 管理费用; 财务费用; 营业收入; @income
营业成本率
    = 营业成本; 营业收入; @income
research and development, r&d, r&d expense, forschung und entwicklung, 研发费用, 研发投入, 研发经费
    = research and development; 研发费用; 研发投入
研发人员
    = 研发人员的数量; 研发人员数量
overhead, sg&a, sga, vertriebskosten, verwaltungskosten, selling general and administrative,
      selling and administrative
    = selling general and administrative; @income
legal battles, lawsuits, litigation, legal matters, rechtsstreitigkeiten, 诉讼
    = legal proceedings; litigation; contingencies; 诉讼
employees, staff, headcount, workforce, mitarbeiter, beschäftigte, 员工, 职工人数, 职工总人数
    = employees; number of employees; workforce; 员工; 在职员工的数量合计
email, e-mail, electronic mail, 邮箱, 电子邮箱, 邮件
    = email; 电子信箱
parameters, parameter, 参数
    = parameters; params
samples, datensätze, beispiele, 样本
    = samples
reward, belohnung, belohnungsmodell, 奖励
    = reward
fine-tuning, finetuning, feinabstimmung, 微调
    = fine-tuning; sft
property plant and equipment, property and equipment, pp&e, ppe, fixed assets, sachanlagen,
      固定资产
    = property and equipment net; property plant and equipment net; @balance
retained earnings, long-term debt, gewinnrücklagen
    = @balance
fixed asset turnover
    = net sales; total revenue; property and equipment net; property plant and equipment net;
      @income; @balance
capital-intensive, capital intensive, capital intensity, kapitalintensiv
    = capital expenditures; purchases of property and equipment; property and equipment net;
      total assets; @cash; @balance
depreciation, d&a, abschreibungen, 折旧
    = depreciation and amortization; @cash
share repurchases, stock repurchases, share buybacks, buybacks, aktienrückkauf, 回购
    = repurchases of common stock; common stock repurchased; treasury shares; @cash
auditor, auditors, wirtschaftsprüfer, abschlussprüfer, 会计师事务所
    = independent registered public accounting firm; report of independent auditors; 会计师事务所
customers, kunden, 销售客户, 主要客户
    = significant customers; concentration of customers; 前五名客户
debt securities, registered securities, securities registered
    = securities registered pursuant to section
income statement, p&l, profit and loss, statement of income, statement of operations,
      statement of earnings, gewinn- und verlustrechnung, 利润表
    = @income
balance sheet, statement of financial position, bilanz, konzernbilanz, 资产负债表
    = @balance
cash flow statement, statement of cash flows, statement of cash flow, kapitalflussrechnung,
      现金流量表
    = @cash
"""


def related(question: str) -> list[str]:
    """The phrases that documents use for what the question names."""
    return [phrase for phrase in _meant(question) if phrase not in STATEMENTS]


def statements(question: str) -> list[str]:
    """The titles of those statements in which it stands."""
    return [title for name in _meant(question) for title in STATEMENTS.get(name, ())]


@lru_cache(maxsize=256)
def _meant(question: str) -> tuple[str, ...]:
    asked = _spelt(question)
    found = (phrases for names, phrases in _table() if any(name in asked for name in names))
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _spelt(text: str) -> str:
    """Stems between blanks, so that a phrase is found at the borders of words; runs as they are."""
    spelt = " "
    for piece in pieces(text):
        found = terms_of(piece)
        spelt += piece if is_run(piece) else f"{found[0]} " if found else ""
    return spelt


@cache
def _table() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (
            tuple(
                _spelt(name).strip() if is_run(name.strip()) else _spelt(name)
                for name in names.split(",")
            ),
            tuple(phrase.strip() for phrase in phrases.split(";")),
        )
        for names, phrases in _entries()
    )


def _entries() -> Iterator[tuple[str, str]]:
    entry = ""
    for line in CONCEPTS.strip().splitlines():
        if entry and not line.startswith(" "):
            names, _, phrases = entry.partition("=")
            yield names, phrases
            entry = ""
        entry += " " + line.strip()
    names, _, phrases = entry.partition("=")
    yield names, phrases
