"""Words that say nothing about what is looked for, in English, German and Chinese."""

from __future__ import annotations

ENGLISH = """
a about after all also am an and any are as at be been before being between both but by can could
did do does doing done during each either else ever few for from further get give given gives had
has have having he her here him his how i if in into is it its itself just kindly let many may me
might more most much must my nor not now of off on once one only or other our ours out over own per
please same shall she should show so some such tell than that the their them then there these they
this those through to too under until up upon us very was we were what whatever when where whether
which while who whom whose why will with within without would yes you your
"""
REQUESTS = """
answer answers calculate compute describe exactly explain express expressed find following form
format list mention mentioned name note question reply respectively round rounded state stated
summarize terms write int integer float decimal decimals place places
"""
"""How the answer should look, not what it is about."""
GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis
bist bitte da dabei dadurch dafur damit dann daran darauf das dass dazu dein dem den denn der des
deren dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen
einer eines er es etwa etwas fur gab gegen gibt habe haben hat hatte hatten hier hinter ich ihr ihre
ihrem ihren ihrer im in ins ist ja je jede jedem jeden jeder jedes jetzt kann kein keine konnen
konnte man mehr mein mit nach nein nicht noch nun nur ob oder ohne sehr sein seine seinem seinen
seiner seit sich sie sind so sollen sollte sondern uber um und uns unser unter viel viele vom von
vor wahrend war waren warum was weil welche welchem welchen welcher welches wenn wer werden wessen
wie wieder wieviel wir wird wo wurde wurden zu zum zur zwar zwischen betragt betrug lautet nenne
"""
CHINESE = """
的 了 是 在 和 与 及 或 为 有 于 对 中 上 下 请 问 吗 呢 多 少 多少 什么 哪 哪些 哪个 几 如何 怎么
怎样 为什么 其 该 这 那 个 被 把 从 到 以 而 由 是多 少是 是什 么是 请问 保留 位小 小数
"""
FUNCTION_WORDS = frozenset(f"{ENGLISH} {REQUESTS} {GERMAN} {CHINESE}".split())
"""As `analysis.fold` writes them: without capitals and accents."""
