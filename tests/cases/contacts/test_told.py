"""Whom the protocol wants told of a contact: that it came in, how it is rated, what was decided; each once."""

from datetime import date

import pytest

from cases import actions
from cases.models import Notice
from teams import actions as team_actions
from teams.roles import Role
from tests.cases.contacts.conftest import HOUR
from tests.cases.walkers import a_child, open_case
from tests.cast import NOON, a_person
from tests.factories import AuthorityFactory, TeamFactory


def told(code):
    return list(Notice.objects.filter(code=code).order_by("pk"))


def test_a_letter_that_ends_a_contact_is_a_task_for_somebody_with_its_clause(contact_for, triage):
    """HAV-N8: the letter goes to the referrer and the family; there is no case."""
    contact = actions.rate_contact(contact=contact_for(by=triage), colour="green", by=triage, at=NOON)

    actions.decide_contact(
        contact=contact, outcome="letter", decision="Enough.", route="HAV-TMASH-CLOSE-LETTER", by=triage, at=NOON + HOUR
    )  # fmt: skip

    letters = told("HAV-N8")
    assert {letter.party for letter in letters} == {"referrer", "family"}
    assert {(letter.case, letter.subject, letter.clause) for letter in letters} == {
        (None, contact.reference, "HAV-EH-4c")
    }


def test_another_outcome_calls_for_no_letter(contact_for, triage):
    contact = actions.rate_contact(contact=contact_for(by=triage), colour="green", by=triage, at=NOON)

    actions.decide_contact(
        contact=contact, outcome="no_further_action", decision="So.", by=triage, at=NOON + HOUR
    )  # fmt: skip

    assert told("HAV-N8") == []


@pytest.fixture
def shire(db):
    """Shropshire's protocol: its front door, with somebody there."""
    council = AuthorityFactory(code="shire", pack="shropshire")
    door = TeamFactory(authority=council, code="compass", name="Compass", kind="front_door")
    holder = TeamFactory(authority=council, code="assessment", name="Assessment", kind="cases")
    return a_person("Fay Door", door, Role.FRONT_DOOR), door, holder, a_person("Tess Manager", holder, "team_manager")


def received(shire, **said):
    fay, door, *_ = shire
    given = {"given_name": "Sample", "channel": "written", "source": "school", "says": "Bruises.", "received_at": NOON}
    return actions.record_contact(**(given | said), team=door, by=fay, at=NOON)


def test_the_team_that_holds_an_open_case_hears_of_a_new_contact(shire):
    """SHR-N10, on the route for a contact about an open case."""
    _, _, holder, manager = shire
    child = a_child(holder)
    case = open_case(holder, child=child)

    received(shire, child=child)

    assert [(notice.person, notice.case, notice.clause) for notice in told("SHR-N10")] == [(manager, case, "SHR-3.8")]


def test_the_referrer_hears_what_was_decided_once(shire):
    """SHR-N07"""
    fay, _, holder, _ = shire
    contact = actions.rate_contact(contact=received(shire), by=fay, at=NOON)

    actions.decide_contact(
        contact=contact, outcome="assessment", decision="A bruise.", team=holder, by=fay, at=NOON + HOUR,
        route="SHR-COMPASS-ASSESS-CIN",
    )  # fmt: skip

    assert [notice.party for notice in told("SHR-N07")] == ["referrer"]


def test_what_an_import_brings_in_is_told_to_nobody(contact_for):
    actions.rate_contact(contact=contact_for(), colour="red", by=None, at=NOON)

    assert not Notice.objects.exists()


def test_a_call_about_a_case_whose_worker_is_away_is_announced_to_the_manager_who_holds_it(
    contact_for, triage, transferring_team, social_worker, transferring_manager
):
    """HAV-N37: no call is put through blindly."""
    child = a_child(transferring_team)
    open_case(transferring_team, child=child, worker=social_worker)
    ringing = {"child": child, "by": triage, "channel": "phone"}
    contact_for(**ringing)
    assert told("HAV-N37") == []
    team_actions.record_absence(
        person=social_worker, deputy=None, starts_on=NOON.date(), ends_on=date(2026, 12, 4), by=None, at=NOON
    )  # fmt: skip

    contact_for(**ringing)
    contact_for(**ringing | {"channel": "written"})

    assert [(notice.person, notice.channel, notice.clause) for notice in told("HAV-N37")] == [
        (transferring_manager, "phone", "HAV-OPN-3")
    ]
