"""The tables of Larkmoor Instruments, a company that does not exist."""

from __future__ import annotations

from samples.tables import Cell, Row, Table, row
from samples.typeset import Style

SEGMENTS = Table(
    caption="Table 1 | Revenue and operating profit by segment (in € millions)",
    widths=(135, 56, 56, 56, 56, 56, 56),
    aligns="lrrrrrr",
    rows=[
        row(
            Cell("Segment", rows=2),
            Cell("2025", columns=3, align="centre"),
            Cell("2024", columns=3, align="centre"),
            kind="head",
        ),
        row(
            "Revenue", "Operating\nprofit", "Margin\n(%)",
            "Revenue", "Operating\nprofit", "Margin\n(%)",
            kind="head",
        ),
        row("Flow meters", "214.8", "38.2", "17.8", "198.3", "33.1", "16.7"),
        row("Leak sensors", "96.4", "12.9", "13.4", "81.7", "6.4", "7.8"),
        row("Services", "72.5", "15.6", "21.5", "64.9^1^", "13.8", "21.3"),
        row("Hydrogen metering^2^", "8.3", "(4.7)", "(56.6)", "3.6", "(5.9)", "(163.9)"),
        row("Corporate and eliminations", "(6.2)", "(9.4)", "–", "(5.1)", "(8.6)", "–"),
        row("Group", "385.8", "52.6", "13.6", "343.4", "38.8", "11.3", kind="total"),
    ],
)  # fmt: skip

INCOME = Table(
    caption="Table 2 | Consolidated income statement (in € millions, except per share)",
    widths=(271, 40, 80, 80),
    aligns="lcrr",
    rows=[
        row("Year ended 31 December", "Note", "2025", "2024", kind="head"),
        row("Revenue", "3", "385.8", "343.4"),
        row("Cost of sales", "4", "(221.9)", "(204.1)"),
        row("Gross profit", "", "163.9", "139.3", kind="sum"),
        row("Research and development", "5", "(31.9)", "(28.7)"),
        row("Selling and distribution", "", "(52.3)", "(48.2)"),
        row("Administrative expenses", "", "(25.8)", "(23.9)"),
        row("Other operating income", "6", "3.1", "2.8"),
        row("Other operating expenses", "6", "(4.4)", "(2.5)"),
        row("Operating profit", "", "52.6", "38.8", kind="sum"),
        row("Finance income", "", "1.2", "0.7"),
        row("Finance costs", "7", "(7.9)", "(9.1)"),
        row("Share of results of associates", "", "(0.3)", "0.4"),
        row("Profit before tax", "", "45.6", "30.8", kind="sum"),
        row("Income tax", "8", "(11.2)", "(8.0)"),
        row("Profit for the year", "", "34.4", "22.8", kind="total"),
        row("Attributable to shareholders", "", "33.1", "22.1"),
        row("Attributable to non-controlling interests", "", "1.3", "0.7"),
        row("Basic earnings per share (in €)", "9", "0.83", "0.55"),
    ],
    row_height=14.2,
)


def _region(name: str) -> Row:
    return row(Cell(name, columns=6), kind="section")


SITES = Table(
    caption="Table 3 | Sites, employees and capacity at 31 December 2025",
    widths=(76, 82, 128, 60, 75, 50),
    aligns="lllrrr",
    rows=[
        row(
            "Site", "Country", "Main activity", "Employees", "Capacity (’000\nmeters a year)",
            "Opened", kind="head",
        ),
        _region("Europe"),
        row("Galway", "Ireland", "Head office, flow meters", "412", "620", "1974"),
        row("Limerick", "Ireland", "Electronics", "138", "–", "1996"),
        row("Kassel", "Germany", "Leak sensors", "286", "340", "1988"),
        row("Dresden", "Germany", "Calibration laboratory", "47", "–", "2011"),
        row("Porto", "Portugal", "Flow meters", "203", "410", "2004"),
        row("Gdynia", "Poland", "Service centre", "94", "–", "2009"),
        row("Turku", "Finland", "Research", "38", "–", "2017"),
        row("Lyon", "France", "Sales and service", "61", "–", "2001"),
        row("Bergamo", "Italy", "Brass casting", "129", "–", "1999"),
        row("Europe, total", "", "", "1,408", "1,370", "", kind="sum"),
        _region("Asia-Pacific"),
        row("Suzhou", "China", "Flow meters", "318", "750", "2008"),
        row("Pune", "India", "Software", "156", "–", "2013"),
        row("Osaka", "Japan", "Sales", "22", "–", "2015"),
        row("Perth", "Australia", "Service centre", "41", "–", "2012"),
        row("Hanoi", "Vietnam", "Assembly", "87", "120", "2021"),
        row("Asia-Pacific, total", "", "", "624", "870", "", kind="sum"),
        _region("Americas"),
        row("Monterrey", "Mexico", "Flow meters", "174", "280", "2010"),
        row("Halifax", "Canada", "Leak sensors", "66", "90", "2016"),
        row("Tulsa", "United States", "Sales and service", "83", "–", "2006"),
        row("Curitiba", "Brazil", "Assembly", "58", "60", "2019"),
        row("Americas, total", "", "", "381", "430", "", kind="sum"),
        row("Group", "", "", "2,413", "2,670", "", kind="total"),
    ],
)  # fmt: skip

RESEARCH = Table(
    caption="Table 4 | Research and development by programme (in € millions)",
    widths=(110, 201, 80, 80),
    aligns="llrr",
    rows=[
        row("Field", "Programme", "2025", "2024", kind="head"),
        row(Cell("Metering", rows=2), "Ultrasonic meter, fourth generation", "11.6", "10.4"),
        row("Prepaid meters", "4.2", "5.1"),
        row(Cell("Sensing", rows=2), "Acoustic leak detection", "7.3", "6.4"),
        row("Pressure transients", "2.9", "2.2"),
        row(Cell("Software", rows=2), "Network twin", "3.4", "3.0"),
        row("Field app", "1.9", "1.6"),
        row(Cell("Total", columns=2), "31.9", "28.7", kind="total"),
    ],
    note="The column 2025 does not foot: its rows sum to 31.3, the total says 31.9. 2024 foots.",
)

KASSEL = Table(
    caption="Tabelle 5 | Kennzahlen des Werks Kassel (in Tausend Euro, Beschäftigte in Personen)",
    widths=(201, 90, 90, 90),
    aligns="lrrr",
    ruled=True,
    row_height=17,
    rows=[
        row("Kennzahl", "2025", "2024", "Veränderung", kind="head"),
        row("Umsatzerlöse", "61.482,5", "52.917,0", "+16,2 %"),
        row("Materialaufwand", "−23.870,4", "−21.655,8", "+10,2 %"),
        row("Personalaufwand", "−19.644,0", "−18.310,2", "+7,3 %"),
        row("Abschreibungen", "−3.215,6", "−3.048,9", "+5,5 %"),
        row("Sonstiger Aufwand", "−5.127,9", "−4.862,3", "+5,5 %"),
        row("Ergebnis vor Steuern", "9.624,6", "5.039,8", "+91,0 %", kind="total"),
        row("Beschäftigte am 31. Dezember", "286", "271", "+5,5 %"),
    ],
)

SUZHOU = Table(
    caption="表6 苏州工厂主要经营数据（金额单位：人民币万元）",
    widths=(171, 100, 100, 100),
    aligns="lrrr",
    ruled=True,
    row_height=18,
    rows=[
        row("项目", "2025年", "2024年", "同比变化", kind="head"),
        row("营业收入", "48,260", "42,915", "12.5%"),
        row("材料成本", "26,318", "24,106", "9.2%"),
        row("人工成本", "7,452", "7,038", "5.9%"),
        row("能源费用", "1,186", "1,254", "-5.4%"),
        row("其他费用", "4,870", "4,455", "9.3%"),
        row("营业利润", "8,434", "6,062", "39.1%", kind="total"),
        row("产量（万台）", "71.4", "63.8", "11.9%"),
    ],
)

CALIBRATION = Table(
    caption="",
    widths=(105, 120, 120, 80),
    aligns="rrrr",
    ruled=True,
    row_height=20,
    style=Style(font="cour", size=9.6, leading=12),
    rows=[
        row("Flow\n(m3/h)", "Reference\nvolume (L)", "Indicated\nvolume (L)", "Error\n(%)",
            kind="head"),
        row("0.025", "10.00", "10.11", "+1.1"),
        row("0.040", "20.00", "20.14", "+0.7"),
        row("2.500", "200.0", "199.4", "-0.3"),
        row("3.125", "250.0", "249.0", "-0.4"),
    ],
)  # fmt: skip

EVERY_TABLE = (SEGMENTS, INCOME, SITES, RESEARCH, KASSEL, SUZHOU, CALIBRATION)
