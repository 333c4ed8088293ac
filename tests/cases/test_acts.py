"""What only a person can say has happened is told to whoever the protocol names."""

import pytest

from cases import actions
from cases.acts import acts_of
from cases.models import Notice
from casetransfer.protocols import authorities, pack_for
from teams.refusals import Refused
from teams.roles import NotAllowed
from tests.cases.walkers import closed_case, open_case
from tests.cast import NOON

ACT = "care_plan_in_preparation"


@pytest.fixture
def case(transferring_team, social_worker, transferring_manager):
    return open_case(transferring_team, worker=social_worker)


def test_it_is_written_in_the_case_with_its_clause_and_told(case, social_worker):
    """HAV-N21: the independent reviewing officer is asked to comment on the care plan."""
    actions.record_act(case=case, act=ACT, note="Draft of today.", by=social_worker, at=NOON)

    entry = case.journal.get(kind="person_acts")
    assert (entry.says, entry.clause) == (
        "Independent reviewing officer asked to comment on the care plan. Draft of today.",
        "HAV-LGL-10",
    )
    notice = Notice.objects.get(code="HAV-N21")
    assert (notice.subject, notice.clause) == (case.reference, "HAV-LGL-10")
    assert "Draft" not in notice.title + " ".join(notice.lines)


def test_each_time_is_told_anew(case, social_worker):
    for _ in range(2):
        actions.record_act(case=case, act=ACT, by=social_worker, at=NOON)

    assert Notice.objects.filter(code="HAV-N21").count() == 2


def test_what_the_protocol_does_not_know_is_refused(case, social_worker):
    with pytest.raises(Refused, match="Choose what has happened"):
        actions.record_act(case=case, act="tea_made", by=social_worker, at=NOON)


def test_in_a_closed_case_nothing_happens(transferring_team):
    with pytest.raises(Refused, match="is closed"):
        actions.record_act(case=closed_case(transferring_team), act=ACT, by=None, at=NOON)


def test_somebody_of_another_team_tells_nothing(case, receiving_manager):
    with pytest.raises(NotAllowed):
        actions.record_act(case=case, act=ACT, by=receiving_manager, at=NOON)


@pytest.mark.parametrize("authority", authorities())
def test_every_act_has_a_name_of_its_own(authority):
    assert all(act.code and act.rows for act in acts_of(pack_for(authority)))


def test_the_page_offers_them_with_who_hears_it_and_tells(case, social_worker, signed_in):
    client = signed_in(social_worker)
    assert f"/cases/{case.reference}/happened/" in client.get(case.get_absolute_url()).text

    page = client.get(f"/cases/{case.reference}/happened/")
    assert "Independent reviewing officer asked to comment on the care plan" in page.text
    assert "Heard by: Independent reviewing officer." in page.text
    assert "HAV-LGL-10" in page.text
    client.post(f"/cases/{case.reference}/happened/", {"act": ACT, "note": ""})

    assert Notice.objects.filter(code="HAV-N21").exists()


def test_a_protocol_that_names_none_has_no_page_for_them(case, authority, social_worker, signed_in):
    case.pack = "tower_hamlets"
    case.save()

    assert signed_in(social_worker).get(f"/cases/{case.reference}/happened/").status_code == 404
