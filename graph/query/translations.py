"""Words that German and Chinese questions ask for, as English tables head their rows and columns.

The forms are folded and stemmed; a Chinese word is named by its first two signs.
"""

from __future__ import annotations

from functools import cache

from loaders.text.tokenizer import fold, keys

_WORDS = """
deutschland 德国 = germany / frankreich 法国 = france / italien 意大利 = italy
spanien 西班牙 = spain / portugal 葡萄牙 = portugal / polen 波兰 = poland
osterreich 奥地利 = austria / schweiz 瑞士 = switzerland / niederlande 荷兰 = netherlands
belgien 比利时 = belgium / griechenland 希腊 = greece / ungarn 匈牙利 = hungary
rumanien 罗马尼亚 = romania / bulgarien 保加利亚 = bulgaria / tschechien 捷克 = czech
slowakei 斯洛伐克 = slovakia / slowenien = slovenia / kroatien = croatia / irland 爱尔兰 = ireland
schweden 瑞典 = sweden / norwegen 挪威 = norway / danemark 丹麦 = denmark / finnland 芬兰 = finland
grossbritannien 英国 = uk kingdom britain / usa 美国 = us states united american
russland 俄罗斯 = russia russian / turkei 土耳其 = turkey / zypern = cyprus / lettland = latvia
litauen = lithuania / estland = estonia / luxemburg = luxembourg / 中国 = china / 日本 = japan
indien 印度 = india / brasilien 巴西 = brazil / mexiko 墨西哥 = mexico / kanada 加拿大 = canada
australien 澳大利亚 = australia / sudafrika = africa / europa 欧洲 = europe / asien 亚洲 = asia
afrika 非洲 = africa / nordamerika 北美 = north america / welt 世界 = world
anteil prozentsatz 比例 占比 = share percentage percent proportion / anzahl zahl 数量 = number count
summe gesamt insgesamt 合计 总计 总额 = total / durchschnitt mittelwert 平均 = average mean
falle fallen 病例 = case / land lander staat staaten 国家 = country state / jahr = year
alter 年龄 = age
personen menschen leute 人数 = people person / frauen weiblich 女性 = women female
manner mannlich 男性 = men male / kinder 儿童 = child children / schuler 学生 = student pupil
studenten studierende = student / lehrer 教师 = teacher / schulen 学校 = school
mitarbeiter beschaftigte angestellte 员工 = employee staff / kunden 客户 = customer
umsatz umsatze umsatzerlose 收入 = revenue sale turnover / gewinn 利润 = profit income earning
verlust 亏损 = loss / kosten 成本 = cost expense / aufwand aufwendungen ausgaben 费用 = expense
einkommen = income / gehalt = salary / preis 价格 = price / vermogen 资产 = asset
schulden verbindlichkeiten 负债 = debt liability / eigenkapital = equity / steuern 税 = tax
auftragsbestand = backlog / fond fonds 基金 = fund / kohasionsfond = cohesion fund
produktion 产量 = production / kapazitat 产能 = capacity / flache 面积 = area
geld betrag hohe 金额 = amount value
gewicht 重量 = weight / grosse = size / lange = length / temperatur 温度 = temperature
geschwindigkeit 速度 = speed / entfernung = distance / dauer = duration / ruckenschmerz = back pain
krankheit 疾病 = illness disease / behandlung 治疗 = treatment / medikament = medication
arbeitslosenquote 失业率 = unemployment rate / bevolkerung 人口 = population / haushalt = household
schwelle schwellenwert 阈值 = threshold / wasser 水 = water / luft 空气 = air
gesamtbetrag gesamtsumme = total amount
marktanteil 市场份额 = market share / filialen laden = store shop / flugzeuge = aircraft airplane
genauigkeit 准确率 = accuracy / parameter 参数 = parameter / datensatz 数据集 = dataset
verwaltung = administration / forschung 研发 = research / bildung 教育 = education
unfalle = accident / vorfalle = incident / verletzte = injured / tote = death
"""


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in _WORDS.strip().replace("\n", " / ").split(" / "):
        foreign, _, english = entry.partition(" = ")
        meant = frozenset(key for word in english.split() for key in keys(word))
        for word in foreign.split():
            key = next(iter(keys(fold(word))), "")
            found[key] = found.get(key, frozenset()) | meant
    return found


def english_for(key: str) -> frozenset[str]:
    """What a folded word of a question is called in English tables; nothing if none is known."""
    return _table().get(key, frozenset())
