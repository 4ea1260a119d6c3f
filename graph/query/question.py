"""Whether a question wants figures."""

from __future__ import annotations

import re

from loaders.text.tokenizer import fold

_FIGURES = re.compile(
    r"""\d | \b(?:
    how\ (?:many|much|high|large|big|often|long|far|does\ .*\ (?:do|fare|perform))
    | scores? | rat(?:e|io|ing)s?
    | number | amount | percent\w* | proportion | share | average | mean | median | total
    | sum | differen\w+
    | change[sd]? | growth | grew | increase\w* | decrease\w* | gap | margin | compar\w+
    | versus | vs
    | high\w* | low\w* | larg\w+ | small\w* | most | least | best | worst | rank\w* | top
    | more | less | fewer
    | revenues? | sales | income | profit | loss | expenses? | costs? | price | cash
    | debt | assets?
    | liabilit\w+ | equity | earnings | tax\w* | dividend\w* | value | quarters? | years?
    | temperature | count
    | wie\ (?:viel|viele|hoch|gross|lange|oft) | wieviel\w* | anzahl | hochste\w*
    | niedrigste\w* | meisten
    | prozent | anteil | summe | durchschnitt\w* | unterschied | differenz | umsatz\w*
    | gewinn\w* | kosten
    | kostet | wert\w* | punkt\w* | besser\w* | schlechter\w* | veranderung | wachstum
    | vergleich\w*
    )\b
    | 多少 | 几 | 最 | 平均 | 总 | 比 | 差 | 率 | 额 | 数 | 增长 | 收入
    | 利润 | 成本 | 费用 | 资产 | 负债
    """,
    re.VERBOSE,
)


def wants_figures(question: str) -> bool:
    """Whether figures, comparisons, rankings or counts are asked for."""
    return bool(_FIGURES.search(fold(question)))
