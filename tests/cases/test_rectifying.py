"""A closed record is changed in one way only: a manager puts right who the child is, beside what the record said."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.models import Child, Rectification
from teams.models import AuditEntry
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cases.walkers import closed_case, open_case
from tests.cast import NOON, a_person

LATER = NOON + timedelta(days=40)


@pytest.fixture
def case(transferring_team):
    return closed_case(transferring_team, given_name="Testcase", family_name="Mapel")


def put_right(case, by, because="The birth certificate, seen today.", **details):
    return actions.rectify_child(case=case, because=because, by=by, at=LATER, **(details or {"family_name": "Maple"}))


def test_the_old_value_stays_beside_the_new_one_with_who_and_why(case, transferring_manager):
    put_right(case, transferring_manager, family_name="Maple", date_of_birth=date(2015, 5, 4))

    child = Child.objects.get(pk=case.child_id)
    assert (child.family_name, child.date_of_birth) == ("Maple", date(2015, 5, 4))
    told = {one.detail: (one.was, one.now_is, one.rectified_by, one.because) for one in Rectification.objects.all()}
    assert told["family_name"] == ("Mapel", "Maple", transferring_manager, "The birth certificate, seen today.")
    assert told["date_of_birth"][:2] == ("4 May 2016", "4 May 2015")


def test_it_is_journalled_audited_and_kept_in_the_history(case, transferring_manager):
    put_right(case, transferring_manager)

    entry = case.journal.get(kind="identity_put_right")
    assert entry.says == "Family name put right in the closed record: The birth certificate, seen today."
    assert (entry.by, "Mapel" in str(entry.detail)) == (transferring_manager, False)
    assert AuditEntry.objects.filter(subject=case.reference, page="rectified", by=transferring_manager).exists()
    assert list(Child.history.filter(id=case.child_id).values_list("family_name", flat=True))[:2] == ["Maple", "Mapel"]


REFUSED = {
    "without what shows it": ({"because": " "}, "because", "Say what shows what is right."),
    "with nothing different": ({"family_name": "Mapel"}, "", "Nothing is different from what the record says."),
    "an address": ({"address": "1 Hill"}, "", "Only who the child is can be put right in a closed record."),
    "a death": ({"died_on": date(2026, 1, 5)}, "", "Only who the child is can be put right in a closed record."),
    "a name taken out": ({"given_name": ""}, "given_name", "Give the child's name."),
    "a birthday taken out": ({"date_of_birth": None}, "date_of_birth", "Give the date of birth: a closed record does not lose it."),
    "a birthday to come": (
        {"date_of_birth": date(2027, 6, 1)}, "date_of_birth",
        "Date of birth cannot be in the future: give the expected delivery date.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_an_identity_put_right_is_refused(case, transferring_manager, name):
    given, field, says = REFUSED[name]

    with pytest.raises(Refused) as refused:
        put_right(case, transferring_manager, **given)

    assert (field, says) in [(gap.field, gap.sentence) for gap in refused.value.gaps]
    assert not Rectification.objects.exists()


def test_an_open_case_is_changed_as_always(transferring_team, transferring_manager):
    with pytest.raises(Refused, match="is open: change the child's details there"):
        put_right(open_case(transferring_team), transferring_manager)


def test_nor_while_another_case_of_the_child_is_open(case, transferring_team, transferring_manager):
    other = actions.open_case(child=case.child, team=transferring_team, by=None, at=LATER)

    with pytest.raises(Refused, match=f"The child has an open case, {other.reference}"):
        put_right(case, transferring_manager)


def test_only_a_manager_of_the_team_that_held_it_last_or_of_the_whole_council(
    case, transferring_manager, receiving_manager, social_worker, charlie, receiving_team
):
    for person in (receiving_manager, social_worker, charlie):
        with pytest.raises(NotAllowed):
            put_right(case, person)

    assert put_right(case, a_person("Gro Up", receiving_team, Role.GROUP_MANAGER))


@pytest.mark.parametrize("do", [
    lambda child: actions.change_child(child=child, family_name="Maple", by=None, at=LATER),
    lambda child: actions.add_warning(child=child, says="A dog.", review_on=date(2027, 5, 4), by=None, at=LATER),
    lambda child: actions.add_identifier(child=child, kind="upn", value="A1", by=None, at=LATER),
    lambda child: actions.join_family(child=child, family=None, by=None, at=LATER),
])  # fmt: skip
def test_every_other_change_of_the_child_is_refused(case, do):
    with pytest.raises(Refused, match=f"Case {case.reference} is closed"):
        do(case.child)


def test_the_page_shows_the_old_value_beside_the_new_one(client, case, transferring_manager, social_worker):
    client.force_login(transferring_manager, backend="django.contrib.auth.backends.ModelBackend")
    assert "put a name or date of birth right" in client.get(f"/cases/{case.reference}/family/").text

    client.post(f"/cases/{case.reference}/put-right/", {
        "given_name": "Testcase", "family_name": "Maple", "date_of_birth-day": "4", "date_of_birth-month": "5",
        "date_of_birth-year": "2016", "sex": "unknown", "because": "The birth certificate.",
    })  # fmt: skip

    shown = client.get(f"/cases/{case.reference}/family/").text
    assert "Put right after the case was closed" in shown
    assert "Mapel" in shown
    client.force_login(social_worker, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(f"/cases/{case.reference}/family/").text
    assert "put a name or date of birth right" not in shown
    assert "Change the child" not in shown
    assert client.get(f"/cases/{case.reference}/put-right/").status_code == 403
