"""Each page of the report: its words, and where they stand."""

from __future__ import annotations

from dataclasses import replace

from samples.accounts import INCOME, KASSEL, RESEARCH, SEGMENTS, SITES, SUZHOU
from samples.chart import BarChart
from samples.report import LEFT, MEASURE, RIGHT, TOP, WIDTH, Report
from samples.tables import set_table
from samples.typeset import (
    AMBER,
    BODY,
    FAINT,
    INK,
    MIST,
    NOTE,
    TEAL,
    WHITE,
    Line,
    Sheet,
    Style,
    break_lines,
)

ORDERS = BarChart(
    caption="Figure 1 | Order intake 2021 to 2025 (in € millions)",
    summary="Order intake rose every year, from 262.4 in 2021 to 402.7 in 2025 (€ millions).",
    bars=(("2021", 262.4), ("2022", 288.9), ("2023", 317.5), ("2024", 351.2), ("2025", 402.7)),
    top=450,
    step=150,
)


def cover(report: Report) -> None:
    """The front page: a band of colour, four figures, what is inside."""
    sheet = report.sheet()
    sheet.fill((0, 0, WIDTH, 318), TEAL)
    _waves(sheet, 318)
    small = Style(font="hebo", size=10, colour=MIST)
    sheet.label("LARKMOOR INSTRUMENTS PLC", LEFT, 84, small)
    sheet.note("text", (LEFT, 74, RIGHT, 86), text="LARKMOOR INSTRUMENTS PLC")
    title = Style(font="tibo", size=38, colour=WHITE)
    sheet.label("Annual Report 2025", LEFT, 150, title)
    sheet.note("heading", (LEFT, 118, RIGHT, 160), level=1, text="Annual Report 2025")
    sheet.label("Extract. We measure water.", LEFT, 178, Style(font="tiit", size=15, colour=MIST))
    sheet.note("text", (LEFT, 166, RIGHT, 182), text="Extract. We measure water.")
    _key_figures(sheet, 352)
    y = sheet.heading("About this report", LEFT, 474, MEASURE)
    y = sheet.paragraph(
        "Larkmoor Instruments makes flow meters and leak sensors for water utilities and looks "
        "after them in the field. The Group works from 18 sites in 16 countries; its head office "
        "is in Galway, Ireland. This extract shows how the year went, the income statement, "
        "where we work, and reports from two of our plants in their own language. All amounts "
        "are in euro unless stated otherwise, and the financial year ends on 31 December.",
        LEFT, y, MEASURE,
    )  # fmt: skip
    _contents(sheet, y + 8)
    sheet.paragraph(
        "Larkmoor Instruments is invented. So is every name and number in this document, which "
        "exists to try out programs that read reports.",
        LEFT, 780, MEASURE, NOTE,
    )  # fmt: skip


def _waves(sheet: Sheet, floor: float) -> None:
    """Three lines of water along the lower edge of the band."""
    for number, colour in enumerate(((0.10, 0.42, 0.48), (0.20, 0.52, 0.57), (0.45, 0.68, 0.71))):
        y, reach = floor - 70 + number * 19, WIDTH / 4
        shape = sheet.page.new_shape()
        for part in range(4):
            start = part * reach
            bend = 22 if part % 2 else -22
            shape.draw_bezier(
                (start, y), (start + reach / 3, y + bend), (start + 2 * reach / 3, y + bend),
                (start + reach, y),
            )  # fmt: skip
        shape.finish(color=colour, width=2.2, closePath=False)
        shape.commit()


def _key_figures(sheet: Sheet, top: float) -> None:
    cards = (
        ("€385.8 million", "Revenue", "+12.3% on 2024"),
        ("€52.6 million", "Operating profit", "13.6% of revenue"),
        ("€402.7 million", "Order intake", "the highest so far"),
        ("2,413", "Employees", "at 18 sites"),
    )
    width, gap = 111.0, 9.0
    for number, (figure, name, remark) in enumerate(cards):
        x = LEFT + number * (width + gap)
        sheet.fill((x, top, x + width, top + 84), MIST)
        sheet.fill((x, top, x + 3, top + 84), AMBER)
        sheet.label(figure, x + 13, top + 32, Style(font="tibo", size=14, colour=TEAL))
        sheet.label(name, x + 13, top + 50, Style(font="hebo", size=8.6, colour=INK))
        sheet.label(remark, x + 13, top + 64, Style(font="helv", size=8, colour=FAINT))
        box = (x, top, x + width, top + 84)
        sheet.note("text", box, text=f"{figure} {name} {remark}")


def _contents(sheet: Sheet, top: float) -> None:
    y = sheet.heading("Inside", LEFT, top, MEASURE)
    style = Style(font="helv", size=9, leading=17)
    start, items = y, []
    for page, name in CONTENTS:
        sheet.label(name, LEFT, y + 11, style)
        sheet.label(str(page), LEFT + 300, y + 11, replace(style, align="right", font="hebo"))
        sheet.rule(LEFT, y + 16, LEFT + 300, 0.3, FAINT)
        items.append(f"{name} {page}")
        y += style.leading
    sheet.note("list", (LEFT, start, LEFT + 300, y), items=items)


CONTENTS = (
    (2, "To our shareholders"),
    (3, "How the year went"),
    (4, "Income statement"),
    (5, "Where we work, what we research"),
    (6, "Standort Kassel"),
    (7, "苏州工厂"),
    (8, "Calibration certificate"),
)

LETTER = (
    "Dear shareholders, 2025 was the year in which water util­i­ties stopped treating leaks as "
    "weather. Across the cities we serve, one litre in four still dis­ap­pears between the "
    "treatment plant and the tap. What changed is that it is now counted, reported and, in "
    "eleven of our sixteen coun­tries, fined. Demand for our acoustic leak sensors rose "
    "ac­cord­ing­ly: revenue of the segment grew to €96.4 million, and its operating profit "
    "doubled.",
    "Flow meters remain the heart of the company. We delivered 3.1 million of them, and for the "
    "first time more than half were ultra­sonic. The brass prices that hurt us in 2024 eased, and "
    "the new casting line in Bergamo used a fifth less en­er­gy per body than the one it "
    "replaced.",
    "Services grew by 11.7%. We now look after 6.2 million meters under con­tract, and a "
    "tech­ni­cian of ours reaches a site 26 hours after the call on average; two years ago it "
    "took 41. Supply has calmed down as well: chips that took 50 weeks in 2023 arrive within 16. "
    "We used the time to halve the number of circuit boards in our range, from 22 to 11.",
    "**Not everything worked.** Hydro­gen metering is a bet on the next decade. It lost "
    "€4.7 million, less than the year before, and we have told the team that the pilot "
    "with the port of Rotter­dam must show a paying customer by the end of 2026. If it does not, "
    "we shall stop. The launch of the field app was late by five months because we "
    "under­es­ti­mated how poorly mobile networks reach a manhole.",
    "Our balance sheet is stronger. Net debt fell from €96.0 million to €78.5 million, and the "
    "ratio of net debt to operating profit before de­pre­ci­a­tion^1^ from 1.7 to 1.1. In "
    "Septem­ber we renewed the credit facility of €150 million until 2030, at a lower "
    "margin. The Board therefore proposes a dividend of €0.26 per share, after €0.20 a year ago.",
    "In May we bought Vesikaiku Oy of Turku, a company of 38 people that listens to pipes better "
    "than anyone we know. The price was €14.2 million in cash. Its software already runs in the "
    "networks of Tampere and Gdansk.",
    "Emissions of our own plants fell by 9% to 18,400 tonnes of carbon dioxide. Since July, all "
    "Euro­pean sites have been buying their elec­tric­i­ty from wind and water alone.",
    "231 col­leagues joined us during the year and 164 left. Women hold 31% of the positions in "
    "man­age­ment, after 28% a year ago. Galway and Kassel now train 44 young people between "
    "them, and every one of those who finished in 2025 was offered a contract.",
    "Safety comes before all of this. There were 9 accidents with lost time, after 14 in the "
    "year before, and none with lasting harm. The aim is none at all.",
)

OUTLOOK = (
    "revenue between €405 million and €420 million;",
    "an operating margin of at least 14%;",
    "capital expenditure of about €30 million, mostly for the second hall in Suzhou;",
    "a decision on hydrogen metering in the fourth quarter.",
)


def letter(report: Report) -> None:
    """Two columns of prose, a list and a footnote."""
    sheet = report.sheet("To our shareholders")
    y = sheet.heading("To our shareholders", LEFT, TOP, MEASURE, level=1)
    width = (MEASURE - 24) / 2
    columns = [LEFT, LEFT + width + 24]
    floor, x = 644.0, columns[0]
    start = y
    for paragraph in LETTER:
        lines = break_lines(paragraph, BODY, width)
        room = int((floor - y) // BODY.leading)
        rest = sheet.flow(lines, x, y, width, room)
        y += min(room, len(lines)) * BODY.leading
        if rest:
            x, y = columns[1], start
            sheet.flow(rest, x, y, width, len(rest))
            sheet.join()
            y += len(rest) * BODY.leading
        y += BODY.after
    y = sheet.heading("What we expect of 2026", x, y + 4, width)
    y = sheet.bullets(OUTLOOK, x, y, width)
    y = sheet.paragraph(
        "I thank the 2,413 people of Larkmoor for a year that was hard and good.", x, y, width
    )
    sheet.label("Maeve Tarrant", x, y + 20, Style(font="tiit", size=14, colour=TEAL))
    sheet.note("text", (x, y + 6, x + width, y + 24), text="Maeve Tarrant")
    sheet.label("Chief Executive, Galway, 12 March 2026", x, y + 36, replace(NOTE, size=8))
    place = "Chief Executive, Galway, 12 March 2026"
    sheet.note("text", (x, y + 28, x + width, y + 38), text=place)
    sheet.rule(LEFT, 752, LEFT + 90, 0.5, FAINT)
    sheet.paragraph(
        "^1^ Operating profit before depreciation and amortisation was €71.4 million (2024: "
        "€56.5 million). The ratio is not a measure defined by IFRS.",
        LEFT, 757, MEASURE, NOTE, kind="footnote",
    )  # fmt: skip


GROWTH = (
    "Revenue grew by 12.3% to €385.8 million. Prices contributed 3.1 percentage points, "
    "acquisitions 1.4 and currencies took away 0.6; the rest was volume. Flow meters gained most "
    "in Mexico and in Portugal, where two utilities replaced their whole stock of mechanical "
    "meters. Leak sensors grew in every region. Services won the maintenance of 410,000 "
    "meters in Pune, the largest contract in its history, which runs for seven years and brings "
    "€6.8 million a year from 2026. Orders in hand at the end of the year stood at "
    "€168.3 million and cover five months of revenue. The gross margin rose from 40.6% to 42.5% "
    "because brass became cheaper and because ultrasonic meters, which contain less of it, "
    "made up a larger share of what we sold.",
    "Not all regions grew alike. Europe added 8.7%, Asia-Pacific 19.4% and the Americas 21.0%. In "
    "Germany and France, several utilities put orders off until the subsidy for digital meters "
    "was settled in November; we expect most of them in the first half of 2026. In Brazil, a new "
    "law obliges towns of more than 50,000 people to bring their losses below 25% by 2033, and "
    "Curitiba received its first order for 36,000 sensors in October. Prices held everywhere but "
    "in India, where three new makers of mechanical meters entered the market.",
)


def performance(report: Report) -> list[Line]:
    """Two-level headers, a footnote in a cell, a chart, and a paragraph that does not end."""
    sheet = report.sheet("How the year went")
    y = sheet.heading("How the year went", LEFT, TOP, MEASURE, level=1)
    y = sheet.paragraph(
        "The Group reports four segments. Operating profit rose by more than a third, to "
        "€52.6 million: leak sensors doubled their result, flow meters earned more on every unit, "
        "and hydrogen metering lost less than in the year before. Table 1 shows the segments, "
        "Figure 1 the order intake of the last five years.",
        LEFT, y, MEASURE,
    )  # fmt: skip
    y = set_table(sheet, SEGMENTS, LEFT, y + 6)
    for text in (
        "^1^ Restated: spare parts of €2.3 million moved from Flow meters to Services.",
        "^2^ Pilot stage; the first commercial deliveries are planned for 2027.",
    ):
        y = sheet.paragraph(text, LEFT, y - 4, MEASURE, NOTE, kind="footnote") + 4
    y = ORDERS.draw(sheet, (LEFT, y + 34, RIGHT, y + 214))
    y = sheet.heading("Growth", LEFT, y + 8, MEASURE)
    y = sheet.paragraph(GROWTH[0], LEFT, y, MEASURE)
    lines = break_lines(GROWTH[1], BODY, MEASURE)
    rest = sheet.flow(lines, LEFT, y, MEASURE, int((788 - y) // BODY.leading))
    sheet.blocks[-1]["continues"] = True
    return rest


def income(report: Report, rest: list[Line]) -> int:
    """The rest of the paragraph, the income statement, the beginning of a long table."""
    sheet = report.sheet("Income statement")
    sheet.flow(rest, LEFT, TOP, MEASURE, len(rest))
    sheet.blocks[-1]["continued"] = True
    y = TOP + len(rest) * BODY.leading + 16
    y = sheet.heading("Income statement", LEFT, y, MEASURE, level=1)
    y = set_table(sheet, INCOME, LEFT, y)
    y = sheet.paragraph(
        "Income tax of €11.2 million is 24.6% of the profit before tax (2024: 26.0%). The numbers "
        "in the column Note refer to the notes to the financial statements, which this extract "
        "leaves out.",
        LEFT, y + 2, MEASURE,
    )  # fmt: skip
    y = sheet.heading("Where we work", LEFT, y + 10, MEASURE, level=1)
    fitting = int((782 - y - 17 - 26) // SITES.row_height)
    set_table(sheet, SITES.piece(0, fitting), LEFT, y, continues=True)
    return fitting


def sites(report: Report, done: int) -> None:
    """The rest of the long table, and one whose total is wrong."""
    sheet = report.sheet("Where we work, what we research")
    y = set_table(
        sheet,
        SITES.piece(done, len(SITES.rows)),
        LEFT,
        TOP,
        caption="Table 3 (continued)",
        continued=True,
    )
    y = sheet.heading("What we research", LEFT, y + 18, MEASURE, level=1)
    y = sheet.paragraph(
        "Research and development employed 214 people at the end of the year, 38 of them in Turku. "
        "Spending rose by 11.1% to €31.9 million, or 8.3% of revenue. Nothing was capitalised. The "
        "largest programme is the fourth generation of the ultrasonic meter: its battery lasts "
        "20 years instead of 15, and it contains no brass. Field trials began in June in Porto and "
        "Halifax with 1,200 units; series production is planned for the autumn of 2026.",
        LEFT, y, MEASURE,
    )  # fmt: skip
    y = set_table(sheet, RESEARCH, LEFT, y + 8)
    y = sheet.heading("Risks", LEFT, y + 12, MEASURE)
    sheet.paragraph(
        "Two suppliers provide all piezo crystals; the loss of one would stop up to a quarter of "
        "our production for about ten weeks. We hold stocks for six. A rise of the price of brass "
        "by 10% would cost €2.1 million a year, of which two thirds are hedged. Sensors send data "
        "about public infrastructure: every release is tested by an outside laboratory before it "
        "leaves the house.",
        LEFT, y, MEASURE,
    )  # fmt: skip


def kassel(report: Report) -> None:
    """A page in German: decimal commas, long words, a minus sign instead of parentheses."""
    sheet = report.sheet("Standort Kassel", "de")
    y = sheet.heading("Standort Kassel", LEFT, TOP, MEASURE, level=1)
    for text in (
        "Das Werk Kassel fertigt seit 1988 Leck­sensoren für kommunale Wasser­versorger. Im "
        "Geschäfts­jahr 2025 stieg der Umsatz um 16,2 % auf 61,5 Millionen Euro, vor allem wegen "
        "der Rahmen­verträge mit den Stadt­werken in Hannover, Graz und Basel. Am Jahres­ende "
        "waren 286 Menschen beschäftigt, darunter 19 Auszubildende.",
        "Die neue Beschichtungs­anlage ging im März in Betrieb. Sie kostete 4,3 Millionen Euro, "
        "senkt den Ausschuss von 3,8 % auf 1,9 % und kommt ohne Lösungs­mittel aus. Der "
        "Strom­bedarf je Sensor sank um 12 %; seit Juli deckt eine Photovoltaik­anlage mit einer "
        "Leistung von 850 Kilowatt rund ein Drittel davon.",
    ):
        y = sheet.paragraph(text, LEFT, y, MEASURE)
    y = set_table(sheet, KASSEL, LEFT, y + 8)
    y = sheet.heading("Qualität und Lieferzeit", LEFT, y + 12, MEASURE)
    y = sheet.paragraph(
        "Die Zahl der Reklamationen ging von 412 auf 268 zurück. Häufigste Ursache waren "
        "undichte Kabel­durchführungen, deren Werkstoff im Herbst gewechselt wurde. Die mittlere "
        "Lieferzeit betrug 17 Arbeitstage (2024: 24). Ziel für 2026 sind 12 Arbeits­tage.",
        LEFT, y, MEASURE,
    )  # fmt: skip
    y = sheet.heading("Unfälle und Krankenstand", LEFT, y + 10, MEASURE)
    y = sheet.paragraph(
        "Es gab zwei meldepflichtige Unfälle (2024: fünf). Der Krankenstand lag bei 5,4 %, um 0,7 "
        "Prozentpunkte unter dem Vorjahr. Seit Mai begleitet eine Betriebs­ärztin die Umstellung "
        "auf das neue Schicht­modell, in dem niemand mehr als zwei Nächte hintereinander arbeitet.",
        LEFT, y, MEASURE,
    )  # fmt: skip
    y = sheet.heading("Ausblick", LEFT, y + 10, MEASURE)
    y = sheet.paragraph(
        "Für 2026 erwartet die Werks­leitung einen Umsatz zwischen 66 und 69 Millionen Euro. "
        "Geplant sind drei Vorhaben:",
        LEFT, y, MEASURE,
    )  # fmt: skip
    sheet.bullets(
        (
            "eine dritte Montagelinie mit einer Kapazität von 120.000 Sensoren im Jahr;",
            "die Prüfung jedes Sensors im Wasserbad statt in Stichproben;",
            "24 neue Arbeitsplätze, davon acht in der Entwicklung.",
        ),
        LEFT, y, MEASURE,
    )  # fmt: skip


def suzhou(report: Report) -> None:
    """A page in Chinese."""
    sheet = report.sheet("苏州工厂", "zh")
    y = sheet.heading("苏州工厂年度报告摘要", LEFT, TOP, MEASURE, level=1)
    style = Style(font="helv", size=10.4, leading=17.5, after=8)
    for text in (
        "苏州工厂成立于2008年，主要生产超声波水表，是集团产能最大的生产基地。截至2025年12月31日，"
        "工厂共有员工318人，年产能为75万台。2025年，工厂实现营业收入4.83亿元，同比增长12.5%；营业利润"
        "为8,434万元，同比增长39.1%。",
        "利润增长主要来自两个方面：一是黄铜价格下降，材料成本占营业收入的比例由56.2%降至54.5%；二是"
        "屋顶光伏项目于4月投入使用，全年发电310万千瓦时，使能源费用减少68万元。",
    ):
        y = sheet.paragraph(text, LEFT, y, MEASURE, style)
    y = set_table(sheet, SUZHOU, LEFT, y + 8)
    y = sheet.heading("质量与安全", LEFT, y + 12, MEASURE)
    y = sheet.paragraph(
        "全年产品一次合格率为99.2%，比上年提高0.4个百分点。工厂连续第三年未发生重大安全事故，"
        "员工人均培训时间为46小时。",
        LEFT, y, MEASURE, style,
    )  # fmt: skip
    y = sheet.heading("客户与供应链", LEFT, y + 8, MEASURE)
    y = sheet.paragraph(
        "全年向27家自来水公司供货，前五大客户占营业收入的38.5%。与去年相比，新增客户6家，主要分布在"
        "浙江、四川和广东。本地采购比例由71%提高到78%；芯片平均交货期由24周缩短到11周。",
        LEFT, y, MEASURE, style,
    )  # fmt: skip
    y = sheet.heading("2026年计划", LEFT, y + 8, MEASURE)
    sheet.paragraph(
        "二期厂房计划于2026年9月竣工，总投资约1.6亿元，建成后年产能将提高到110万台。新厂房将安装"
        "两条全自动装配线，并新增约90个工作岗位。",
        LEFT, y, MEASURE, style,
    )  # fmt: skip
