from __future__ import annotations

import pytest
from pydantic import ValidationError

from pagewise.web.api_models import JobStatus, State, TablePlace


@pytest.mark.parametrize(
    ("state", "is_over"),
    [
        ("waiting", False),
        ("reading", False),
        ("done", True),
        ("incomplete", True),
        ("failed", True),
    ],
)
def test_an_upload_is_over_when_nothing_more_will_change(state: State, is_over: bool) -> None:
    assert JobStatus(id="1", state=state, names=[]).is_over is is_over


def test_jobs_share_no_lists() -> None:
    one, other = (JobStatus(id=name, state="waiting", names=[]) for name in "ab")
    one.failures.append("x")
    assert other.failures == []


def test_a_state_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        JobStatus.model_validate({"id": "1", "state": "asleep", "names": []})


def test_a_place_without_a_box_is_one() -> None:
    assert TablePlace(page=1, caption="").box is None
    assert TablePlace.model_validate({"page": 1, "caption": "", "box": [1, 2, 3, 4]}).box == (
        1,
        2,
        3,
        4,
    )
