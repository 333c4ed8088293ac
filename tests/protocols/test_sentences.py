import re

import pytest

from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.rows import Notice, Recipient, Start
from casetransfer.protocols.sentences import (
    Conditions,
    conditions,
    lower,
    recipients,
    says_start,
    team_name,
    teams_named,
    who,
)

A_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[A-Z]{2,4}-[A-Z0-9]+-")


def test_what_all_ways_share_is_said_once(pack):
    found = conditions(pack, pack.routes["EX-OLDER-AGE"].when)

    assert found == Conditions(
        ("Age: at least 11 years 6 months",), (("Status: child in need",), ("Status: child protection",))
    )


def test_a_fact_that_is_so_is_said_in_the_words_of_the_vocabulary(pack):
    found = conditions(pack, pack.routes["EX-YOUNG-CP"].when)

    assert "The threshold for a section 47 enquiry is met" in found.every
    assert "Initial child protection conference: child protection plan" in found.every


def test_a_denial_says_that_it_is_not_so(pack):
    found = conditions(pack, ({"unborn": False, "disabled": False},))

    assert found.every[0] == "The child is born"
    assert found.every[1].startswith("Not so: a manager has decided")


def test_a_value_that_happens_to_be_a_team_code_is_not_taken_for_the_team(pack):
    found = conditions(pack, ({"contact_outcome": "assessment", "holder": "assess"},))

    assert found.every == ("Contact outcome: assessment", "The case is with: Assessment Team")


def test_no_conditions_are_no_sentences(pack):
    assert conditions(pack, ()) == Conditions()


def test_any_team_swallows_the_teams_named_beside_it(pack):
    assert teams_named(pack, ("any", "young")) == "any team that holds cases"
    assert teams_named(pack, ("young", "older")) == "Younger Children's Service or Older Children's Team"
    assert team_name(pack, "previous_team") == "the team that closed the case"


def test_people_are_roles_teams_and_sides(pack):
    assert who(pack, ("receiving", "young")) == "the receiving team or Younger Children's Service"


def test_a_recipient_is_a_person_of_a_place_or_a_party(pack):
    told = Notice(
        code="X", what="x", starts=Start(on="case_closed"),
        to=(Recipient(party="family"), Recipient(side="receiving"), Recipient(role=("manager",), team=("young",))),
    )  # fmt: skip

    assert recipients(pack, told)[:2] == ("the family", "the receiving team")
    assert recipients(pack, told)[2].endswith(", Younger Children's Service")


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (Start(on="event_held", of="looked_after_review", ordinal=1), "the first looked-after review is held"),
        (Start(on="event_planned", of="first_core_group"), "the first core group is planned for"),
        (Start(on="order_made", of="care_order"), "the care order is made"),
        (Start(on="age_reached", of="11y6m"), "the child reaches 11 years 6 months"),
        (Start(on="age_reached"), "the date of birth"),
        (Start(on="age_reached", of="gestation"), "the expected date of delivery"),
        (Start(on="contact_recorded", of="contact", value="red"), "the contact is recorded, rated red"),
        (Start(on="contact_decided", value="letter"), "the front door has decided about the contact (letter)"),
        (Start(on="fact_became", of="disabled", value=True), "this is recorded: a manager has decided that the child's disability brings them within the disability service's remit"),
        (Start(on="fact_became", of="proceedings", value="pre_proceedings"), "proceedings becomes: pre proceedings"),
        (Start(on="date_reached", of="closed_on"), "the day the case was last closed"),
        (Start(on="case_allocated", of="young"), "the case is allocated in Younger Children's Service"),
        (Start(on="cycle", of="core_group"), "each core group"),
        (Start(on="cycle"), "each time round"),
        (Start(on="person_acts", of="panel_asked"), "panel asked"),
    ],
)  # fmt: skip
def test_the_start_of_a_clock_is_said_in_words(pack, start, words):
    assert says_start(pack, start) == words


def test_a_name_keeps_its_capitals_in_the_middle_of_a_sentence():
    assert lower("The child is disabled") == "the child is disabled"
    assert lower("MASH checks are done") == "MASH checks are done"


@pytest.mark.parametrize("authority", authorities())
def test_no_code_stands_in_a_sentence_of_any_protocol(authority):
    pack = pack_for(authority)
    rows = (*pack.route, *pack.hold, *pack.timer, *pack.notice, *pack.closure, *pack.duty)
    said = [says for row in rows for says in conditions(pack, getattr(row, "when", ())).every]
    said += [says_start(pack, row.starts) for row in (*pack.timer, *pack.notice)]
    said += [to for row in pack.notice for to in recipients(pack, row)]
    said += [teams_named(pack, row.from_teams) + teams_named(pack, row.to) for row in pack.route]

    assert [says for says in said if A_CODE.search(says)] == []
