"""Statements as companies in China print them, and what people ask of them."""

from __future__ import annotations

import pytest

from graph.draft import Draft
from graph.evidence.sources import Evidence, number_sources
from graph.offline.answer_from_tables import figures
from tests.passages import chunk

INCOME = """<table><thead><tr><th>项目</th><th>2019 年度</th><th>2018 年度</th></tr></thead><tbody>
<tr><th>其中：营业收入</th><td>1,200.00</td><td>1,000.00</td></tr>
<tr><th>研发费用</th><td>60.00</td><td>50.00</td></tr>
<tr><th colspan="3">净敞口套期收益（损失以“－”号填列）</th></tr>
<tr><th>三、营业利润（亏损以“－”号填列）</th><td>240.00</td><td>230.00</td></tr>
<tr><th>五、净利润（净亏损以“－”号填列）</th><td>120.00</td><td>150.00</td></tr>
<tr><th>1.持续经营净利润（净亏损以“－”号填列）</th><td>110.00</td><td>140.00</td></tr>
</tbody></table>"""
BALANCE = """<table><thead>
<tr><th>项目</th><th>2019 年12 月31 日</th><th>2018 年12 月31 日</th></tr></thead><tbody>
<tr><th>流动资产：</th><td></td><td></td></tr>
<tr><th>货币资金</th><td>900.00</td><td>600.00</td></tr>
<tr><th>衍生金融资产</th><td></td><td></td></tr>
<tr><th>存货</th><td>630.00</td><td>640.00</td></tr>
</tbody></table>"""
FORM = """<table><thead><tr><th>公司注册地址</th><th>南通市金通公路3888号</th></tr></thead><tbody>
<tr><th>公司注册地址的邮政编码</th><td>226371</td></tr>
<tr><th>公司办公地址</th><td>南通市金通公路3888号</td></tr>
<tr><th>公司网址</th><td>www.beispiel.test</td></tr></tbody></table>"""
STAFF = """<table><tbody><tr><th>在职员工的数量合计</th><td>1,400</td></tr>
<tr><th>公司研发人员的数量</th><td>70</td></tr></tbody></table>"""
SHARES = """<table><thead>
<tr><th>股票种类</th><th>股票简称</th><th>股票代码</th></tr></thead><tbody>
<tr><td>A股</td><td>东方仪表</td><td>600999</td></tr></tbody></table>"""


def asked(question: str) -> Draft | None:
    tables = (INCOME, BALANCE, FORM, STAFF, SHARES)
    chunks = (
        chunk(table, kind="table", page=page, source="东方仪表_2019_年度报告.pdf")
        for page, table in enumerate(tables)
    )
    return figures(Evidence(question, "zh", number_sources(list(chunks))))


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("东方仪表2019年的净利润是多少元？", "120.00"),
        ("2019年东方仪表的营业利润是多少？", "240.00"),
        ("2019年东方仪表的营业利润率是多少？保留2位小数。", "20.00%"),
        ("2019年东方仪表的货币资金增长率是多少？", "= 50%"),
        ("2019年东方仪表的企业研发经费与营业收入比值是多少？", "5.00%"),
        ("2019年东方仪表的存货为多少元？", "630.00"),
        ("东方仪表2019年的办公地址是什么？", "金通公路3888号"),
        ("东方仪表2019年注册地址在哪里？", "公司注册地址：南通市金通公路3888号"),
        ("请提供东方仪表2019年的公司网址。", "www.beispiel.test"),
        ("2019年东方仪表的职工总人数是多少？", "1,400"),
        ("2019年东方仪表的研发人员占职工人数的比例是多少？", "5.00%"),
        ("东方仪表2019年的股票代码是多少？", "600999"),
    ],
)
def test_what_is_asked_of_an_annual_report_is_found(question: str, figure: str) -> None:
    draft = asked(question)
    assert draft is not None
    assert figure in draft.text


def test_an_amount_is_no_rate() -> None:
    draft = asked("2019年东方仪表的存货周转率是多少？")
    assert draft is None or "630.00" not in draft.text.partition("：")[0]


def test_an_empty_row_heads_no_group() -> None:
    for question in ("2019年东方仪表的净利润是多少？", "2019年东方仪表的存货为多少？"):
        draft = asked(question)
        assert draft is not None
        assert not any(name in draft.text for name in ("净敞口", "衍生"))
