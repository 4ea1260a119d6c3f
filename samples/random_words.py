"""The words of random pages, in the languages that the program knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One language."""

    prose: str
    labels: list[str]
    heads: list[str]
    units: list[str]
    groups: list[str]
    long: list[str]
    total: str
    grouping: str


WORDS = {
    "en": Words(
        "The council met four times and heard the officers of both harbours. It agreed to the "
        "budget and asked the harbour master to report on the state of the quay before winter.",
        ["Harbour dues", "Crane hire", "Pilotage", "Ice clearing", "Mooring", "Water supply"],
        ["Item", "Volume", "Income", "Share"],
        ["t", "million EUR", "%"],
        ["North quay", "South quay"],
        [
            "Fees of ships that stay for longer than three nights at one of the inner berths",
            "Services that were ordered by the port authority and paid for by the shipping lines",
            "Only on working days, by agreement with the harbour master",
        ],
        "Total",
        ",",
    ),
    "de": Words(
        "Der Rat trat viermal zusammen und hörte die Leiter beider Häfen. Er stimmte dem Haushalt "
        "zu und bat den Hafenmeister, vor dem Winter über den Zustand des Kais zu berichten.",
        ["Hafengebühren", "Kranmiete", "Lotsendienst", "Eisräumung", "Liegeplätze", "Wasser"],
        ["Posten", "Menge", "Ertrag", "Anteil"],
        ["t", "Mio. EUR", "%"],
        ["Nordkai", "Südkai"],
        [
            "Gebühren der Schiffe, die länger als drei Nächte an einem der inneren Plätze liegen",
            "Leistungen, die von der Hafenbehörde bestellt und von den Reedereien bezahlt wurden",
            "Nur an Werktagen nach Absprache mit dem Hafenmeister",
        ],
        "Summe",
        ".",
    ),
    "fr": Words(
        "Le conseil s'est réuni quatre fois et a entendu les chefs des deux ports. Il a adopté le "
        "budget et demandé au capitaine du port un rapport sur l'état du quai avant l'hiver.",
        ["Droits de port", "Grues", "Pilotage", "Déglaçage", "Amarrage", "Eau"],
        ["Poste", "Volume", "Recettes", "Part"],
        ["t", "millions EUR", "%"],
        ["Quai nord", "Quai sud"],
        [
            "Droits des navires qui restent plus de trois nuits à l'un des postes intérieurs",
            "Services commandés par l'autorité du port et payés par les compagnies maritimes",
            "Seulement les jours ouvrables, en accord avec le capitaine du port",
        ],
        "Total",
        "\N{NO-BREAK SPACE}",
    ),
    "es": Words(
        "El consejo se reunió cuatro veces y escuchó a los jefes de ambos puertos. Aprobó el "
        "presupuesto y pidió al capitán un informe sobre el estado del muelle antes del invierno.",
        ["Tasas de puerto", "Grúas", "Practicaje", "Deshielo", "Amarre", "Agua"],
        ["Partida", "Volumen", "Ingresos", "Parte"],
        ["t", "millones EUR", "%"],
        ["Muelle norte", "Muelle sur"],
        [
            "Tasas de los barcos que quedan más de tres noches en uno de los puestos interiores",
            "Servicios pedidos por la autoridad del puerto y pagados por las líneas navieras",
            "Solo en días laborables, de acuerdo con el capitán del puerto",
        ],
        "Total",
        ".",
    ),
    "zh": Words(
        "理事会全年共召开四次会议，听取了两个港口负责人的汇报。会议通过了预算，"
        "并要求港务长在冬季之前就码头的状况提交报告。",
        ["港口费用", "起重机租金", "引航服务", "破冰作业", "泊位收入", "供水"],
        ["项目", "数量", "收入", "占比"],
        ["吨", "百万元", "%"],
        ["北码头", "南码头"],
        [
            "在内港泊位停留超过三个晚上的船舶所缴纳的全部费用",
            "由港务局订购并由航运公司支付的各项服务费用总额",
            "仅限工作日，须事先与港务长商定",
        ],
        "合计",
        ",",
    ),
}
