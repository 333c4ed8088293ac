"""The front door: what comes in, how urgent it is, what is decided."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases import actions
from cases.contacts.knowledge import decision_on, facts_of_contact, rereferral
from cases.contacts.machine import ContactState
from cases.models import Case, Child, Notice
from cases.models.contact import Contact, ContactOutcome
from teams.refusals import Refused
from teams.roles import NotAllowed
from tests.cases.contacts.conftest import HOUR
from tests.cases.walkers import a_child, closed_case, open_case
from tests.cast import NOON


def codes(found) -> set[str]:
    return {one.code for one in found}


def rated(contact, colour="amber", **more):
    return actions.rate_contact(contact=contact, colour=colour, by=None, at=NOON, **more)


def decided(contact, outcome="no_further_action", **more):
    return actions.decide_contact(
        contact=contact, outcome=outcome, decision="Because.", by=None, at=NOON + HOUR, **more
    )


@pytest.mark.parametrize(("colour", "hours"), [("red", 4), ("amber", 24), ("green", 72)])
def test_a_rating_sets_the_clock_that_its_scale_states(contact_for, colour, hours):
    contact = rated(contact_for(), colour)

    assert (contact.scale, contact.colour) == ("contact", colour)
    assert contact.due_at == NOON + timedelta(hours=hours)


def test_a_protocol_without_a_scale_has_no_rating_and_no_clock(contact_for, authority):
    authority.pack = "durham"
    authority.save()
    contact = contact_for()

    with pytest.raises(Refused, match="has no rating for contacts"):
        rated(contact, "red")

    taken_up = actions.rate_contact(contact=contact, by=None, at=NOON)
    assert (taken_up.state, taken_up.colour, taken_up.due_at) == (ContactState.RATED, "", None)


def test_a_colour_that_is_not_on_the_scale_is_refused(contact_for):
    with pytest.raises(Refused, match="Choose a rating"):
        rated(contact_for(), "purple")


def test_a_contact_that_must_be_rated_cannot_be_decided_before(contact_for):
    with pytest.raises(Refused, match="Rate this contact first"):
        decided(contact_for())


def test_a_contact_that_becomes_a_referral_opens_a_case(contact_for, transferring_team, social_worker):
    contact = decided(rated(contact_for()), "assessment", team=transferring_team, worker=social_worker)

    assert contact.state == ContactState.REFERRED
    case = Case.objects.get()
    assert (contact.case, contact.child) == (case, case.child)
    assert case.child.name == "Sample Rowan"
    assert case.responsible_team == transferring_team
    assert case.allocated_social_worker == social_worker
    assert [spell.code for spell in case.spells.all()] == ["referral"]
    assert {"contact_became_referral", "contact_decided"} <= set(case.journal.values_list("kind", flat=True))


def test_a_referral_needs_a_team_and_a_reason(contact_for):
    contact = rated(contact_for())

    with pytest.raises(Refused) as refused:
        actions.decide_contact(contact=contact, outcome="assessment", decision=" ", by=None, at=NOON)

    assert refused.value.sentences == ["Say why this is decided.", "Choose the team that takes the child on."]


@pytest.mark.parametrize("outcome", sorted(set(ContactOutcome.values) - {"assessment"}))
def test_whatever_else_is_decided_opens_no_case(contact_for, outcome):
    contact = decided(rated(contact_for()), outcome)

    assert contact.state == ContactState.CLOSED
    assert not Child.objects.exists()


@pytest.mark.parametrize("state", [ContactState.PASSED_ON, ContactState.REFERRED, ContactState.CLOSED])
def test_what_is_decided_is_not_rated_or_decided_again(contact_for, transferring_team, state):
    if state == ContactState.PASSED_ON:
        contact = contact_for(child=open_case(transferring_team).child)
    else:
        outcome = "assessment" if state == ContactState.REFERRED else "letter"
        contact = decided(rated(contact_for()), outcome, team=transferring_team)
    assert contact.state == state

    with pytest.raises(Refused, match="This contact is"):
        rated(contact)
    with pytest.raises(Refused, match="This contact is"):
        decided(contact)


def test_a_contact_on_an_open_case_goes_to_the_holder_at_once(contact_for, transferring_team, social_worker):
    case = open_case(transferring_team, worker=social_worker)

    contact = contact_for(child=case.child)

    assert (contact.state, contact.case) == (ContactState.PASSED_ON, case)
    notice = Notice.objects.get(code="CONTACT-PASSED-ON")
    assert notice.person == social_worker
    assert case.child.family_name not in notice.title
    assert case.journal.filter(kind="contact_forwarded").exists()


def test_without_a_worker_the_team_is_told(contact_for, transferring_team):
    contact_for(child=open_case(transferring_team).child)

    assert Notice.objects.get(code="CONTACT-PASSED-ON").team == transferring_team


def test_finding_out_who_the_child_is_passes_the_contact_on(contact_for, transferring_team):
    case = open_case(transferring_team)

    contact = actions.know_child(contact=contact_for(), child=case.child, by=None, at=NOON)

    assert contact.case == case


def test_information_from_the_agencies_is_passed_on_to_the_case(contact_for, transferring_team):
    contact = decided(rated(contact_for()), "assessment", team=transferring_team)

    actions.pass_on_information(contact=contact, information="Health: nothing known.", by=None, at=NOON + 2 * HOUR)

    assert contact.case.journal.filter(kind="information_passed_on").exists()
    assert Notice.objects.filter(code="CONTACT-PASSED-ON", team=transferring_team).count() == 1


def test_information_has_nowhere_to_go_without_a_case(contact_for):
    with pytest.raises(Refused, match="no case to pass this on to"):
        actions.pass_on_information(contact=contact_for(), information="x", by=None, at=NOON)


CLOSED = datetime(2026, 8, 15, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "within"),
    [(datetime(2026, 11, 15, 12, 0, tzinfo=UTC), True), (datetime(2026, 11, 16, 9, 0, tzinfo=UTC), False)],
)
def test_a_child_who_comes_back_within_the_window_is_seen_with_the_reason_then(
    contact_for, transferring_team, came, within
):
    """HAV-RR-1: three calendar months, and the last day counts."""
    case = closed_case(transferring_team, opened_at=CLOSED - timedelta(days=60), closed_at=CLOSED)

    found = rereferral(contact_for(child=case.child, received_at=came, at=NOON), NOON)

    assert (found.case, found.team, found.closed_on) == (case, transferring_team.name, date(2026, 8, 15))
    assert found.reason == "Any other reason, including no longer in need"
    assert [(one.last_day, one.is_open_on(found.came_on)) for one in found.windows] == [(date(2026, 11, 15), within)]


def test_a_child_never_known_is_no_rereferral(contact_for, transferring_team):
    assert rereferral(contact_for(), NOON) is None
    assert rereferral(contact_for(child=a_child(transferring_team)), NOON) is None


def test_the_engine_is_asked_with_what_the_contact_says(contact_for):
    contact = contact_for(tier="4", date_of_birth=date(2018, 1, 2))

    facts = facts_of_contact(contact, NOON)

    assert facts["contact_at"] == "tmash"
    assert (facts["tier"], facts["contact_channel"], facts["holder"]) == ("4", "phone", "none")
    assert decision_on(contact, NOON).recommended + decision_on(contact, NOON).possible


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"given_name": " "}, "Give the child's name"), ({"says": ""}, "Say what the contact is about"),
        ({"channel": "pigeon"}, "Choose how it came in"), ({"source": "nobody"}, "Choose who made the contact"),
        ({"received_at": NOON + HOUR}, "cannot have come in later than now"),
        ({"date_of_birth": date(2030, 1, 1)}, "Date of birth cannot be in the future"),
    ],
)  # fmt: skip
def test_an_impossible_contact_is_refused_with_a_sentence(contact_for, said, sentence):
    with pytest.raises(Refused, match=sentence):
        contact_for(**said)


def test_only_the_front_door_decides_its_contacts(contact_for, triage, social_worker, charlie):
    contact = contact_for(by=social_worker)

    for person in (social_worker, charlie):
        with pytest.raises(NotAllowed):
            actions.rate_contact(contact=contact, colour="red", by=person, at=NOON)
    assert actions.rate_contact(contact=contact, colour="red", by=triage, at=NOON).rated_by == triage


def test_a_contact_is_seen_by_its_team_by_whoever_recorded_it_and_by_the_holder(
    contact_for, triage, social_worker, receiving_manager, transferring_team, charlie
):
    recorded = contact_for(by=social_worker)
    passed_on = contact_for(child=open_case(transferring_team).child)

    seen = {
        person: set(Contact.objects.visible_to(person))
        for person in (triage, social_worker, receiving_manager, charlie)
    }

    assert seen == {
        triage: {recorded, passed_on},
        social_worker: {recorded, passed_on},
        receiving_manager: set(),
        charlie: set(),
    }


def test_a_contact_about_a_restricted_child_is_for_those_who_see_the_case(contact_for, triage, transferring_team):
    contact_for(child=a_child(transferring_team, restricted=True))

    assert not Contact.objects.visible_to(triage).exists()
