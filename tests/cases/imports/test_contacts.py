"""Lists 1 and 3 of a workbook go to the front door: what came in, from whom, and what the workbook says became of it."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.imports import values
from cases.models import Case, Child, Contact, Notice, Spell
from teams.models import Team
from teams.refusals import Refused
from teams.roles import Role
from tests.cases.imports.conftest import TODAY
from tests.cast import NOON, a_person
from tests.factories import TeamFactory

OPENED = date(2026, 10, 5)
SOURCES = {"q) 6: Police": "police", "POLICE": "police", "School": "school", "s) 8: Other": "other",
           "j) 3D: Health services": "health", "a) 1A: Individual - Family member": "family", "5C": "local_authority",
           "10": "other", "#N/A": "other", "Neighbour": "individual"}  # fmt: skip


@pytest.fixture(autouse=True)
def _names(cast_of_workbook):
    """The workbook names them."""


@pytest.fixture
def door(authority):
    return TeamFactory(authority=authority, code="tmash", name="Triage", kind=Team.Kind.FRONT_DOOR)


def contact(sample, number, on, source="q) 6: Police"):
    return sample.add(1, number, cells={"Date of Contact": on, "Contact Source": source})


def referral(sample, number, on, nfa="No", source="2A"):
    cells = {"Date of referral": on, "Referral Source": source, "Referral NFA?": nfa, "Allocated Team": "Assessment",
             "Allocated Worker": "Sam Worker"}  # fmt: skip
    return sample.add(3, number, cells=cells)


@pytest.mark.parametrize("written", SOURCES)
def test_who_made_it_is_read_however_it_is_written(written):
    assert values.contact_source(written) == SOURCES[written]


def test_a_contact_about_a_child_without_a_case_is_put_down_with_the_childs_number(applied, sample, door):
    applied(contact(sample, 77, OPENED))

    one = Contact.objects.get()
    assert (one.name, one.source, one.state, one.child, one.team) == ("Child 77", "police", "closed", None, door)
    assert one.decision == "The workbook does not say what was decided."
    assert not Child.objects.exists()


def test_a_referral_is_put_down_with_the_case_that_it_became(applied, sample, door):
    applied(referral(sample.in_need(77, OPENED), 77, OPENED))

    one = Contact.objects.get()
    assert (one.state, one.source, one.case) == ("referred", "school", Case.objects.get())


def test_a_later_contact_went_to_the_holder_of_the_open_case_and_nobody_is_told_again(applied, sample, door):
    applied(contact(sample.in_need(77, OPENED), 77, OPENED + timedelta(days=9)))

    one = Contact.objects.get()
    assert (one.state, one.case) == ("passed_on", Case.objects.get())
    assert not Notice.objects.filter(code="CONTACT-PASSED-ON").exists()


def test_a_referral_without_further_action_says_so(applied, sample, door):
    applied(referral(sample, 77, OPENED, nfa="Yes"))

    assert Contact.objects.get().outcome == "no_further_action"


def test_the_same_workbook_a_second_time_adds_none(applied, sample, door):
    contact(referral(sample.in_need(77, OPENED), 77, OPENED), 77, OPENED)
    applied(sample)
    applied(sample, at=NOON + timedelta(days=1))

    assert Contact.objects.count() == 2


def test_without_a_front_door_they_are_left_out_and_the_report_says_why(applied, sample):
    imported = applied(contact(sample, 77, OPENED))

    assert not Contact.objects.exists()
    assert "There is no front door team here, so its contacts were not taken." in imported.rows.get().outcome


def test_a_closed_case_takes_no_contact_in(applied, sample, door):
    first = sample.in_need(77, OPENED, status="e) Closed episode", closed=TODAY - timedelta(days=1), reason="RC8")
    applied(contact(first, 77, OPENED + timedelta(days=3)))

    one = Contact.objects.get()
    assert (one.state, one.case) == ("closed", None)


def test_factors_that_a_council_adds_to_list_4_come_with_the_assessment(applied, sample, door):
    sample.in_need(77, OPENED).add(4, 77, cells={
        "Continuous Assessment Start Date": OPENED, "Continuous Assessment Date of Authorisation": TODAY - timedelta(days=3),
        "Assessment Factors": "16A; 2B", "Allocated Team": "Assessment",
    })  # fmt: skip

    applied(sample)

    assert Spell.objects.get(code="assessment").factors == ["2B", "16A"]


def test_a_factor_that_is_not_in_the_list_is_told(receive, sample, door):
    sample.add(4, 77, cells={
        "Continuous Assessment Start Date": OPENED, "Assessment Factors": "2B, 18A", "Allocated Team": "Assessment",
    })  # fmt: skip

    assert receive(sample).rows.get().problems == ["Assessment Factors has a factor that is not in the list: 18A."]


def test_a_person_says_how_a_contact_came_in(door):
    fay = a_person("Fay Door", door, Role.FRONT_DOOR)
    with pytest.raises(Refused, match="Choose how it came in"):
        actions.record_contact(
            team=door, given_name="Testcase", channel="not_said", source="school", says="Seen.", received_at=NOON,
            by=fay, at=NOON,
        )  # fmt: skip
