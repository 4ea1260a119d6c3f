"""What a source proves wrong clause by clause: exchanged things, negations turned round."""

from __future__ import annotations

import pytest

from graph.verification.checks.clause_check import clause_faults
from tests.passages import stated

COUNCIL = (
    "The treasurer is Professor Ines Calder; the clerk is Dr Paul Okoro. The keeper starts urgent "
    "repairs within two working days of notice and other repairs within 20 working days. The boats "
    "are not insured against frost. Open fires are not permitted on the jetty; gas stoves are "
    "permitted. Dr Okoro chairs the works committee; Professor Calder chairs the senate. "
    "Overtime is not permitted unless the clerk agrees in writing. The harbour did not reach its "
    "target of 90 berths."
)


def faults(text: str, source: str = COUNCIL) -> list[str]:
    [one] = stated(text, "?", source)
    return [fault.what for fault in clause_faults(one)]


@pytest.mark.parametrize(
    "text",
    [
        "Professor Ines Calder is the treasurer and Dr Paul Okoro is the clerk.",
        "Treasurer: Ines Calder; clerk: Paul Okoro.",
        "Urgent repairs begin within 2 working days of notice, other repairs within 20.",
        "The boats have no insurance against frost.",
        "The boats are not insured against frost.",
        "Gas stoves are permitted, open fires are not.",
        "Professor Calder chairs the senate.",
        "Overtime is only permitted if the clerk agrees in writing.",
        "Rule No. 4 says that gas stoves are permitted.",
    ],
)
def test_what_the_source_says_in_another_order_stands(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Dr Paul Okoro is the treasurer and Professor Ines Calder is the clerk.", "subject"),
        ("Dr Okoro chairs the senate.", "subject"),
        ("Urgent repairs begin within 20 working days, other repairs within two.", "subject"),
        ("The boats are insured against frost.", "negation"),
        ("Yes, open fires are permitted on the jetty.", "negation"),
        ("No, gas stoves are not permitted.", "negation"),
        ("The harbour reached its target of 90 berths.", "negation"),
    ],
)
def test_what_has_changed_places_or_lost_its_not_is_told(text: str, what: str) -> None:
    assert faults(text) == [what]
