"""The audit as pages: found by those who may search it, taken out safely, and unusual reading shown to supervisors."""

from datetime import timedelta

import pytest

from teams.actions import record_audit
from teams.audit_presenters import unusual_reading
from teams.csv_files import as_words
from teams.models import AuditEntry
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.factories import TeamFactory

Kind = AuditEntry.Kind


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def auditor(authority):
    return a_person("Aud Itor", TeamFactory(authority=authority, code="council"), Role.AUDITOR)


def reads(person, *, days_ago=0, records=1, hour=12, kind=Kind.READ):
    at = (NOON - timedelta(days=days_ago)).replace(hour=hour)
    for number in range(records):
        record_audit(kind=kind, by=person, at=at, subject=f"CT-{number}", page="cases:case", status=200)


def test_an_auditor_finds_who_read_a_record(signed_in, auditor, transferring_manager, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    signed_in(social_worker).get(f"/cases/{case.reference}/")
    record_audit(kind=Kind.READ, by=transferring_manager, at=NOON, subject="CT-99999", page="cases:case")

    page = signed_in(auditor).get("/audit/", {"subject": case.reference.lower(), "kind": "read"}).text

    assert "1 entry" in page
    assert "Sam Worker</td>" in page
    looked = page.split("Who looked at")[1].split("</table>")[0]
    assert "Sam Worker" in looked
    assert "Tess Manager" not in looked

    since = {"since-day": "1", "since-month": "3", "since-year": "2031", "subject": case.reference}
    assert f"Nobody looked at {case.reference} on these days." in signed_in(auditor).get("/audit/", since).text
    assert "Case</td>" in page
    assert case.child.family_name not in page


def test_nothing_of_another_council_is_found(signed_in, auditor, charlie):
    reads(charlie, records=3)

    assert "Charlie" not in signed_in(auditor).get("/audit/").text


def test_the_file_says_what_the_page_says_and_is_in_the_audit_itself(signed_in, auditor, social_worker):
    reads(social_worker)

    answer = signed_in(auditor).get("/audit/file/", {"kind": "read"})

    assert "Sam Worker,Read,CT-0" in answer.content.decode()
    assert AuditEntry.objects.filter(kind=Kind.EXPORTED, by=auditor, page="teams:audit_file").exists()


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =1"])
def test_no_cell_of_a_file_is_a_formula(words):
    assert as_words(words) == f"'{words}"


def test_words_that_are_no_formula_stay_as_they_are():
    assert as_words("CT-10234 = read") == "CT-10234 = read"


def test_a_supervisor_is_shown_who_reads_far_more_than_usual(
    signed_in, transferring_manager, receiving_manager, social_worker
):
    for days_ago in (10, 11, 12):
        reads(social_worker, days_ago=days_ago, records=4)
    reads(social_worker, days_ago=1, records=31)

    assert "Read 31 records; usually 4." in signed_in(transferring_manager).get("/audit/unusual/").text
    assert unusual_reading(receiving_manager, NOON) == []


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"records": 5, "hour": 23}, "Read 5 pages between 10 in the evening and 6 in the morning."),
        ({"records": 10, "kind": Kind.REFUSED}, "Was refused 10 times."),
        ({"records": 3, "kind": Kind.EXPORTED}, "Took out 3 files."),
    ],
)
def test_reading_by_night_refusals_and_files_are_unusual(auditor, social_worker, what, why):
    reads(social_worker, days_ago=2, **what)

    assert [one.whys for one in unusual_reading(auditor, NOON)] == [(why,)]


def test_ordinary_work_is_not_shown(auditor, social_worker):
    for days_ago in range(20):
        reads(social_worker, days_ago=days_ago, records=29)

    assert unusual_reading(auditor, NOON) == []


def test_no_page_of_somebody_who_signed_in_stays_in_a_browser(signed_in, social_worker, client):
    assert signed_in(social_worker).get("/")["Cache-Control"] == "no-store"
    assert "no-cache" in client.get("/sign-in/")["Cache-Control"]


def test_the_record_itself_leads_to_who_looked_at_it_for_those_who_may_know(
    signed_in, transferring_team, transferring_manager, social_worker, auditor
):
    case = open_case(transferring_team, worker=social_worker)
    history, who, audit = (f"/cases/{case.reference}/history/", f"/restricted/{case.reference}/", "/audit/?subject=")

    assert who not in signed_in(social_worker).get(history).text
    assert audit in signed_in(auditor).get(history).text
    assert who in signed_in(transferring_manager).get(history).text
    page = signed_in(transferring_manager).get(who).text
    assert "Sam Worker: read" in page
    assert "Aud Itor: read" in page
