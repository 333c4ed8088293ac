"""One child's record, taken out whole, with what tells of others marked."""

from datetime import date

from cases import actions
from cases.subject_access import MARK, record_of
from teams.models import AuditEntry
from tests.cases.walkers import booked, child_protection_case
from tests.cast import NOON


def test_the_whole_record_is_there_and_what_tells_of_others_is_marked(transferring_team):
    case = child_protection_case(transferring_team, given_name="Testcase", family_name="Maple")
    child_protection_case(transferring_team, given_name="Another", family_name="Rowan")
    actions.add_relationship(child=case.child, kind="parent", name="Mother Maple", by=None, at=NOON)
    actions.add_warning(child=case.child, says="A dog", review_on=date(2027, 1, 4), by=None, at=NOON)
    booked(case)

    text = "\n".join(record_of(case.child))

    for part in (
        "Testcase",
        "Maple",
        case.reference,
        "child_protection",
        "initial_child_protection_conference",
        "A dog",
    ):
        assert part in text
    assert f"{MARK}Mother Maple" in text
    assert "Another" not in text
    assert "Rowan" not in text


def test_only_a_manager_of_the_case_takes_it_out_and_the_audit_says_so(
    signed_in, transferring_team, transferring_manager, social_worker
):
    case = child_protection_case(transferring_team)
    address = f"/restricted/{case.reference}/record/"

    assert signed_in(social_worker).get(address).status_code == 404
    response = signed_in(transferring_manager).get(address)

    assert response.status_code == 200
    taken = AuditEntry.objects.get(kind=AuditEntry.Kind.EXPORTED)
    assert (taken.by, taken.subject) == (transferring_manager, case.reference)
