"""The main job, from a workbook to the day before the conference, in the hands of the people whose work it is."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import localdate

from cases.models import Case
from teams.models import Team
from teams.roles import Role
from tests.cases.imports.sample import Sample
from tests.cast import a_person
from tests.factories import AuthorityFactory, TeamFactory
from transfers.models import Transfer

CHILD = "Child 4101"
CONFERENCE = "Initial child protection conference"
ROUTE = "Child protection plan made at the conference after section 47: Assessment to Under 12"


@pytest.fixture
def council(site):
    return AuthorityFactory(code="havering", name="Havering")


@pytest.fixture
def people(council):
    assessment = TeamFactory(authority=council, code="assess", name="Assessment")
    under_12 = TeamFactory(authority=council, code="u12", name="Under 12")
    whole = TeamFactory(authority=council, code="council", name="Business support", kind=Team.Kind.SUPPORT)
    return SimpleNamespace(
        sam=a_person("Sam Worker", assessment, Role.SOCIAL_WORKER),
        tess=a_person("Tess Practice", assessment, Role.TEAM_MANAGER),
        vera=a_person("Vera Service", whole, Role.SERVICE_MANAGER),
        ravi=a_person("Ravi Manager", under_12, Role.TEAM_MANAGER),
        nia=a_person("Nia Receiver", under_12, Role.SOCIAL_WORKER),
        ada=a_person("Ada Support", whole, Role.ADMIN),
    )


@pytest.fixture
def workbook(tmp_path):
    """A ten-year-old under assessment, and others of the same team."""
    today = localdate()
    opened = today - timedelta(days=12)
    ten = date(today.year - 10, 1, 15)
    rows = Sample(today).in_need(4101, opened, status="d) Open assessment", born=ten)
    for number in (4102, 4103, 4104):
        rows.in_need(number, opened - timedelta(days=number % 7), born=ten - timedelta(days=number % 100))
    file = tmp_path / "annex-a.xlsx"
    file.write_bytes(rows.bytes())
    return file


def test_a_child_comes_from_a_workbook_and_does_not_move_before_the_conference_is_held(desk, people, workbook):
    """HAV-AST-3c, HAV-CP-1 to HAV-CP-5, HAV-GP-13"""
    sam, ravi = desk(people.sam), desk(people.ravi)

    bring_in(desk(people.ada), workbook)
    sam.open("/cases/").sees(CHILD, "4 cases").picture("job-caseload").follow(CHILD).sees("10 years")
    case = Case.objects.get(child__family_name="4101")
    find_threshold_met(sam, case)
    book_conference(sam, case, localdate() + timedelta(days=1))
    sam.open(case.get_absolute_url()).sees(CONFERENCE, "On time").picture("job-case")
    sam.follow("Ask for a transfer").choose(ROUTE).press("Ask for it").sees("The transfer is asked for.")
    transfer = Transfer.objects.get(case=case)

    hears_of_it(ravi)
    ravi.open("/radar/").sees(CHILD, "HAV-AST-3c").picture("job-radar")
    ravi.open("/").sees("Waiting for me: 1", CHILD).picture("job-dashboard")
    desk(people.tess).open(f"{transfer.get_absolute_url()}approve/1/").press("Approve").sees("The approval is given.")
    desk(people.vera).open(f"{transfer.get_absolute_url()}approve/2/").press("Approve").sees("The approval is given.")
    ravi.open(f"{transfer.get_absolute_url()}agree/").select("Who takes the case (optional)", "Nia Receiver")
    ravi.press("Agree").sees("The transfer is agreed.")

    ravi.open(f"{transfer.get_absolute_url()}complete/").press("Complete").sees("This was not done, because")
    ravi.sees("The transfer point is not recorded as reached: the initial child protection conference.", "HAV-AST-3c")
    ravi.picture("job-refused")
    assert case.responsible_team.name == "Assessment"


def bring_in(ada, workbook):
    ada.open("/settings/imports/upload/").page.get_by_label("Annex A workbook").set_input_files(workbook)
    ada.press("Read the workbook").press("Match the names").press("Confirm these names")
    ada.press("Apply to the record").press("Apply to the record").sees("The workbook is in the record.")


def find_threshold_met(sam, case):
    sam.open(f"{case.get_absolute_url()}questions/section_47/").choose("Yes").press("Continue")
    sam.press("Save").sees("the answer is recorded")


def book_conference(sam, case, day):
    sam.open(case.get_absolute_url()).follow("Book a meeting or hearing").select("What is it?", CONFERENCE)
    sam.fill_date("When is it planned?", day)
    sam.page.get_by_role("group", name="When is it planned?").get_by_label("Time", exact=True).fill("10:00")
    sam.press("Continue").sees("this is what it will do").press("Save").sees("It is booked.")


def hears_of_it(manager):
    """The clock looks ahead and the outbox sends, in a second or so here."""
    for _ in range(20):
        manager.open("/mailbox/")
        if manager.page.get_by_role("heading", name="Radar:").count():
            break
        manager.page.wait_for_timeout(1000)
    manager.sees("may come to Under 12").does_not_see(CHILD)
