"""The whole answer, as JSON and as lines, for a few children of Exampleshire: each file beside this was read by a person.

The keys of the JSON are a contract with whoever calls `route --json`; a change here is a change for them.
"""

import json
from pathlib import Path

import pytest

from casetransfer.protocols.answers import as_dict, as_lines
from tests.protocols.conftest import conference, decided

ANSWERS = Path(__file__).with_name("answers")
ACCOMMODATED = {
    "holder": "assess", "status": "looked_after", "legal_status": "section_20",
    "looked_after_from": "2026-10-01", "date_of_birth": "2020-05-01", "disabled": False,
}  # fmt: skip
HEARING = {"kind": "court_hearing", "ordinal": 1, "planned": "2026-11-05T10:00", "held": "2026-11-05T10:00"}
CHILDREN = {
    "stays_for_a_return_home": ACCOMMODATED | {"return_home_plan": "clear_and_feasible"},
    "accommodated_and_heard": ACCOMMODATED | {"return_home_plan": "none", "events": [HEARING], "section_47": False},
    "conference_held": {
        "holder": "assess", "section_47": True, "date_of_birth": "2020-05-01", "events": [conference()]
    },
    "unborn": {
        "holder": "assess", "expected_delivery_date": "2027-05-20", "section_47": False,
        "events": [{
            "kind": "pre_birth_conference", "planned": "2026-11-20T10:00", "held": "2026-11-20T10:00",
            "outcome": "child_protection_plan",
        }],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CHILDREN)
def test_the_answer_for_a_child_is_told_whole_as_data(pack, name):
    expected = json.loads((ANSWERS / f"{name}.json").read_text())

    assert as_dict(decided(pack, **CHILDREN[name])) == expected


@pytest.mark.parametrize("name", CHILDREN)
def test_the_answer_for_a_child_is_told_whole_in_words(pack, name):
    expected = (ANSWERS / f"{name}.txt").read_text().splitlines()

    assert "\n".join(as_lines(decided(pack, **CHILDREN[name]))).splitlines() == expected
