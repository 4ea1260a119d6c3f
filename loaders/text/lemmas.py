"""Irregular forms of verbs, led back to one: `bought` to `buy`, `stieg` to `steigen`.

The forms are folded; what is also a common word of another meaning is left out.
"""

from __future__ import annotations

_ENGLISH = """
begin began begun / break broke broken / bring brought / build built / buy bought / catch caught
choose chose chosen / come came / deal dealt / draw drew drawn / drive drove driven / eat ate eaten
fall fell fallen fallt fiel fielen gefallen
feel felt / fight fought / fly flew flown / forget forgot forgotten
freeze froze frozen / grow grew grown / hear heard / hide hid hidden / hold held / keep kept
know knew known / lead led / lend lent / lose lost / mean meant / meet met / pay paid
rise rose risen / run ran / sell sold / send sent / shrink shrank shrunk
sink sank sunk sinken sinkt sanken gesunken
speak spoke spoken / spend spent / spread spread / stand stood / steal stole stolen
strike struck / swear swore sworn / teach taught / think thought / throw threw thrown
understand understood / win won / withdraw withdrew withdrawn / write wrote written / wear wore worn
become became / overcome overcame / undertake undertook undertaken / take took taken
drink drank drunk / arise arose arisen / seek sought / forgive forgave forgiven / sing sang sung
shake shook shaken / swim swam swum / wake woke woken / foresee foresaw foreseen / leave left
tell told / sleep slept / stick stuck / outsell outsold / oversee oversaw overseen
"""
_GERMAN = """
steigen steigt stieg stiegen gestiegen / wachsen wachst wuchs wuchsen gewachsen
schliessen schliesst schloss schlossen geschlossen / beginnen beginnt begann begannen begonnen
gewinnen gewinnt gewann gewannen gewonnen / verlieren verliert verlor verloren
treffen trifft traf trafen getroffen / tragen tragt trug trugen getragen
betragen betragt betrug betrugen / liegen liegt lag lagen gelegen / bleiben bleibt blieb blieben
bringen bringt brachte brachten gebracht / denken dachte dachten gedacht
nehmen nimmt nahm nahmen genommen / geben gibt gab gaben gegeben
finden findet fand fanden gefunden
kommen kommt kam kamen gekommen / gehen geht ging gingen gegangen / stehen steht gestanden
bestehen besteht bestand bestanden / entstehen entsteht entstand entstanden
halten halt hielt hielten gehalten / erhalten erhalt erhielt erhielten
enthalten enthalt enthielt enthielten / lassen lasst liess liessen gelassen
verlassen verlasst verliess verliessen / laufen lauft lief liefen gelaufen
schreiben schreibt schrieb schrieben geschrieben / sprechen spricht sprach sprachen gesprochen
versprechen verspricht versprach versprachen versprochen / ziehen zieht zog zogen gezogen
beziehen bezieht bezog bezogen / bieten bietet bot boten geboten / leihen leiht lieh geliehen
schneiden schneidet schnitt geschnitten / vergleichen vergleicht verglich verglichen
werben wirbt warb geworben / erwerben erwirbt erwarb erwarben erworben / wissen wusste gewusst
kennen kennt kannte gekannt / nennen nennt nannte genannt / senden sendet sandte gesandt
treten tritt trat traten getreten / heissen heisst hiess hiessen / fahren fahrt fuhr gefahren
schaffen schafft schuf schufen geschaffen / beschliessen beschliesst beschloss beschlossen
brechen bricht brach gebrochen / messen misst gemessen / helfen hilft geholfen
entscheiden entscheidet entschied entschieden / unterscheiden unterscheidet unterschied
essen isst gegessen / lesen liest las lasen gelesen / sehen sieht sah sahen gesehen
gelten gilt galt galten gegolten / empfehlen empfiehlt empfahl empfohlen
"""


def _bases() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (_ENGLISH, _GERMAN):
        for verb in table.strip().replace("\n", " / ").split("/"):
            base, *forms = verb.split() or [""]
            for form in forms:
                found.setdefault(form, base)
    return found


_BASES = _bases()


def base_of(word: str) -> str:
    """The form that stands for a folded word; the word itself if it is regular."""
    return _BASES.get(word, word)
