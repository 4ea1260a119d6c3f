"""Made reports, handbooks and lists, as the reader writes them: what keyless answers are from."""

from __future__ import annotations

from html import escape

from langchain_core.documents import Document

from tests.passages import chunk


def table(caption: str, *lines: str, head: int = 1) -> str:
    """A chunk with one table: a line a row, cells parted by a bar, the first `head` lines above.

    A line of one cell heads the group of rows below it.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    width = max(map(len, rows))
    above = "".join(_row(row, "th", width) for row in rows[:head])
    below = "".join(_row(row, "td", width) for row in rows[head:])
    return f"{caption}\n<table><thead>{above}</thead><tbody>{below}</tbody></table>"


def _row(cells: list[str], tag: str, width: int) -> str:
    span = f' colspan="{width}"' if len(cells) == 1 < width else ""
    return "<tr>" + "".join(f"<{tag}{span}>{escape(one)}</{tag}>" for one in cells) + "</tr>"


def document(name: str, *texts: str) -> list[Document]:
    """A document of a chunk a page."""
    return [chunk(text, page=page, source=name) for page, text in enumerate(texts)]


SEGMENTS = table(
    "Revenue by segment (EUR million)",
    "Segment|2023|2024",
    "Dairy|120.4|131.0",
    "Bakery|80.2|84.5",
    "Group|200.6|215.5",
)
KEY_FIGURES = table(
    "Key figures of the group (EUR million)",
    "|2023|2024",
    "Revenue|200.6|215.5",
    "Operating profit|20.1|23.7",
    "Net debt|88.0|79.5",
    "Free cash flow²|14.0|15.2",
    "Headcount|1,210|1,260",
)
COUNTRIES = table(
    "Revenue by country (€ million)",
    "Country|2022|2023|2024",
    "Denmark|40.0|41.0|44.5",
    "Norway|30.0|33.0|35.1",
    "Total|70.0|74.0|79.6",
)
REPORT = (SEGMENTS, KEY_FIGURES, COUNTRIES)

INCOME = table(
    "Income statement (£ million)",
    "|2024|2025",
    "Revenue|196.3|212.6",
    "Cost of sales|(150.0)|(160.0)",
    "Operating profit|20.0|25.0",
    "Depreciation and amortisation|(8.0)|(9.0)",
    "Net profit|12.0|15.5",
    "Diluted earnings per share (pence)|10.2|12.9",
    "Dividend per share² (pence)|4.0|4.5",
)
PINS = table(
    "Electrical characteristics",
    "Parameter|Min|Typ|Max|Unit",
    "Supply voltage|2.7|3.3|3.6|V",
    "Supply current|1.1||4.8|mA",
    "Start-up time|-|12|20|ms",
)
QUARTERS = table(
    "Sales (USD million)",
    "Product|Q1|Q2|Q3|Q4|Year",
    "Pumps|10|11|12|13|46",
    "Valves|5|5.5|6|7|23.5",
)
BENCHMARK = table(
    "Benchmark results",
    "Model|MMLU|MMLU-Pro|MMLU-Redux",
    "Orion|80.1|60.2|75.5",
    "Lyra|82.0|64.8|77.1",
    "Lyra-Mini|70.0|50.5|66.6",
)
INCIDENTS = table(
    "incidents",
    "Date|Site|Severity|Hours lost",
    "2025-01-03|Leeds|high|4",
    "2025-01-09|York|low|2",
    "2025-02-11|Leeds|low|3.5",
    "2025-03-01|Hull|high|8",
    "2025-03-09|Hull|high|",
)
STOCK = table(
    "stock",
    "Item|Stock|Price (EUR)|Status",
    "Hammer|12|9.50|available",
    "Saw|0|14.20|out of stock",
    "Nails|800|3.10|available",
    "Glue|0|4.75|out of stock",
)
BUDGET = table(
    "Budget of the town (in EUR)",
    "Department|Budget|Staff",
    "Roads|400|4",
    "Parks|300|3",
    "Schools|900|9",
    "Town|1,600|16",
)
INVESTMENTS = table(
    "Investments",
    "Project|Cost",
    "Bridge|€ 1.2 million",
    "Road|€ 800 thousand",
    "Tower|$ 2.0 million",
)
HANDBOOK = (
    "Employees have 28 days of annual leave. Travel by train is reimbursed in full. Taxis and "
    "private cars are not reimbursed. The head office of Larkby plc is in Malmö. Anna Berg is "
    "chief executive of Larkby plc. The pilot was stopped because the supplier went bankrupt. "
    "The notice period is three months."
)
COUNTRIES_IN = {
    "de": table(
        "Umsatz nach Ländern (Mio. €)", "Land|2023|2024", "Polen|12,566|13,800", "Ungarn|8,1|7,9"
    ),
    "fr": table(
        "Chiffre d'affaires par pays (millions d'euros)",
        "Pays|2023|2024",
        "Pologne|12,566|13,800",
        "Hongrie|8,1|7,9",
    ),
    "es": table(
        "Ingresos por país (millones de euros)",
        "País|2023|2024",
        "Polonia|12,566|13,800",
        "Hungría|8,1|7,9",
    ),
    "zh": table("各国营业收入（万元）", "国家|2023年|2024年", "波兰|1,250|1,400", "匈牙利|810|790"),
}

ACCOUNTS = table(
    "Accounts (£ thousand)",
    "|2024|2023",
    "Income||",
    "Tickets|3,100|2,900",
    "Grants|1,217|1,100",
    "Subtotal|4,317|4,000",
    "Reserves|900|850",
    "Expenditure||",
    "Productions|4,026|3,877",
    "Orchestra|1,895|1,810",
    "Result|378|219",
)
