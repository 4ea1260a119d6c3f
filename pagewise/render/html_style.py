"""How the page of `read --format html` looks; its hash stands in the page's security policy."""

from __future__ import annotations

_ROWS = "".join(
    f".r{rows}>.picture,.r{rows} .mark{{grid-row:1/span {rows}}}"
    for rows in (2**power for power in range(11))
)
"""The picture and the marks on it reach over the rows of all chunks, so that they stay in view."""

STYLE = (
    """
*{box-sizing:border-box}
body{margin:0;background:#eef0f2;color:#1d2129;font:15px/1.5 system-ui,sans-serif}
main{max-width:1500px;margin:0 auto;padding:16px}
h1{font-size:20px;overflow-wrap:anywhere;margin:8px 0 16px}
section{background:#fff;border:1px solid #d5d9de;border-radius:8px;
margin:0 0 20px;padding:12px 16px}
h2{font-size:16px;margin:0 0 8px}
h2 small{font-weight:400;color:#667}
h2 span{font-size:12px;padding:1px 8px;border-radius:9px;background:#fbe3e0;color:#a02018}
h2 .ok{background:#ddf1e2;color:#17652f}
h2 .blank{background:#e8eaee;color:#556}
.notes{margin:0 0 10px;padding:6px 10px 6px 28px;background:#fff7e0;border-radius:6px;
font-size:13px;
overflow-wrap:anywhere}
.trouble{background:#fbe3e0;border-radius:6px;padding:6px 10px;overflow-wrap:anywhere}
.end{color:#667;font-size:13px;overflow-wrap:anywhere;margin:0 0 32px}
.page{display:grid;grid-template-columns:minmax(0,46%) minmax(0,1fr);column-gap:20px}
.page>article{display:contents}
.page>article>.chunk{grid-column:2}
.picture,.mark{grid-column:1;align-self:start;position:sticky;top:8px;width:100%;height:auto;
max-height:calc(100vh - 16px)}
.picture{object-fit:contain;object-position:0 0;outline:1px solid #d5d9de}
.mark{pointer-events:none;overflow:visible}
article{--c:#2463c4}
article.heading{--c:#7a3fb0}
article.list{--c:#0f7b78}
article.table{--c:#c2570c}
article.figure{--c:#2c7d32}
rect{fill:var(--c);fill-opacity:.06;stroke:var(--c);stroke-width:1.2;pointer-events:all;
vector-effect:non-scaling-stroke}
text{fill:var(--c);font-family:system-ui,sans-serif;font-weight:700;paint-order:stroke;stroke:#fff;
stroke-width:2px}
.chunk{display:flex;gap:10px;border-left:3px solid var(--c);padding:2px 8px 2px 10px;margin:0 0 8px;
align-self:start}
.chunk>div{min-width:0;flex:1;overflow-wrap:anywhere}
.number{color:var(--c);font-size:12px;line-height:22px;min-width:18px;text-align:right}
.chunk p,.chunk ul{margin:0 0 4px}
.chunk ul{padding-left:18px}
h3,h4,h5,h6{font-size:15px;margin:0}
h3{font-size:17px}
article:hover>.chunk{background:color-mix(in srgb,var(--c) 12%,#fff)}
article:hover>.mark{z-index:1}
article:hover rect{fill-opacity:.26;stroke-width:2.6}
.caption{font-weight:600}
.grid{overflow-x:auto}
table{border-collapse:collapse;font-size:13px;overflow-wrap:normal}
td,th{border:1px solid #c9ced6;padding:2px 7px;text-align:left;vertical-align:top}
th{background:#f3f5f8}
mark{background:#ffd9a8;border-radius:3px;padding:0 2px}
@media (max-width:760px){.page{grid-template-columns:minmax(0,1fr)}
.page>article>.chunk{grid-column:1}.page .picture,.page .mark{grid-row:1;position:relative;top:0}}
@media print{section{break-inside:avoid-page;border:0}.picture,.mark{position:relative;top:0}}
"""
    + _ROWS
)
