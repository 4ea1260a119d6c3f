from __future__ import annotations

import pytest

from graph.evidence.sources import Evidence, number_sources
from graph.verification.checks.superseded import superseded_faults
from graph.verification.statements.statement import statements
from tests.passages import chunk

FIRST = "Lease HL-204. The Tenant pays a rent of £1,450 a month. Notice is three months."
FEE = "What is the rent of lease HL-204?"


def faults(
    text: str, change: str, *, named: str = "amendment_1.pdf", asked: str = FEE
) -> list[str]:
    """Of an answer from the first agreement alone, where the other document was given too."""
    chunks = [chunk(FIRST, source="lease.pdf"), chunk(change, source=named)]
    found = Evidence(asked, "en", number_sources(chunks))
    [one] = statements(text, found, found.sources[:1])
    return [check.text for check in superseded_faults(one, found.sources[:1])]


@pytest.mark.parametrize(
    "change",
    [
        "Amendment No. 1 to lease HL-204. The rent of £1,450 becomes £1,600.",
        "Amendment No. 1 to lease HL-204. In clause 4 the rent is increased to £1,600.",
        "Amendment No. 1 to lease HL-204. From May the monthly rent of the Tenant is £1,600.",
    ],
)
def test_a_value_that_an_amendment_changes_is_told(change: str) -> None:
    assert faults("The tenant pays a rent of £1,450 a month.", change) == ["1,450"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("Amendment No. 1 to lease HL-204. The Tenant may keep a dog.", "amendment_1.pdf"),
        ("Amendment No. 1 to lease HL-204. A deposit of £900 is due.", "amendment_1.pdf"),
        ("Amendment No. 1 to lease HL-204. Notice is six months.", "amendment_1.pdf"),
        ("Amendment No. 1 to lease KB-981. The rent of £1,450 becomes £1,600.", "change_kb.pdf"),
        ("Amendment No. 1 to lease HL-981. The rent of £1,450 becomes £1,600.", "lease_hl.pdf"),
        ("Lease HL-204, inventory. The rent of £1,450 becomes £1,600.", "inventory.pdf"),
    ],
    ids=[
        "no value",
        "of something else",
        "of another kind",
        "of another lease",
        "of another number",
        "no amendment",
    ],
)
def test_what_changes_another_thing_is_not(change: str, named: str) -> None:
    assert faults("The rent is £1,450 a month.", change, named=named) == []
