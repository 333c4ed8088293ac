"""The main job, from a workbook to a closed case, in the hands of the people whose work it is."""

import re
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.utils.timezone import localdate, localtime, now

from cases.models import Case, Involvement
from teams.models import Team
from teams.roles import Role
from tests.cases.imports.sample import Sample
from tests.cast import a_person
from tests.factories import AuthorityFactory, TeamFactory
from tests.journeys.desk import PHONE
from tests.journeys.scenes import all_is_told
from transfers import actions
from transfers.models import Duty, Transfer

CHILD = "Child 4101"
CONFERENCE = "Initial child protection conference"
NEXT = "12+ told of the intended transfer when the child reaches 11 years and 6 months"
POINT = "The transfer point is not recorded as reached: the initial child protection conference."
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


def test_a_child_comes_from_a_workbook_moves_at_the_conference_and_is_closed(desk, people, workbook):
    """HAV-AST-3c, HAV-CP-1 to HAV-CP-11, HAV-GP-13, HAV-CLS-1 to HAV-CLS-5. The social worker is on a phone."""
    sam, ravi, ada = desk(people.sam, PHONE), desk(people.ravi), desk(people.ada)

    bring_in(ada, workbook)
    case = asks_for_the_transfer(sam)
    transfer = Transfer.objects.get(case=case)
    hears_of_it(ravi)
    desk(people.tess).open(f"{transfer.get_absolute_url()}approve/1/").press("Approve").sees("The approval is given.")
    desk(people.vera).open(f"{transfer.get_absolute_url()}approve/2/").press("Approve").sees("The approval is given.")
    agrees(ravi)
    fills_in_the_checklist(sam, case)

    ravi.open(f"{transfer.get_absolute_url()}complete/").press("Complete").sees("This was not done, because")
    ravi.sees(POINT, "HAV-AST-3c").picture("job-refused")
    assert case.responsible_team.name == "Assessment"

    records_the_conference(sam, case)
    fills_in_the_checklist(sam, case)  # now that there is a plan, its papers are asked for
    ravi.open("/").follow(CHILD).follow("Complete the transfer").picture("job-complete").press("Complete")
    ravi.sees("The transfer is complete: Under 12 holds the case.").picture("job-completed")
    the_ledger_says(case, "Assessment", "Under 12")

    nia = desk(people.nia, PHONE)
    sees_the_next_deadlines(nia)
    ends_the_plan(nia, case)
    nothing_is_owed(case, people.nia)
    proposes_closing(nia)
    ravi.open("/closures/").follow(CHILD).press("Authorise closing")
    ravi.tick_every_line().fill("Comment", "Agreed. Please close.").press("Authorise closing").sees("waits for: Admin")
    ada.open("/closures/").picture("job-closing-queue").follow(CHILD).press("Close the case")
    ada.tick_every_line().picture("job-closing-checklist").press("Close the case").sees("The case is closed.")
    assert Case.objects.get(pk=case.pk).state == "closed"
    the_ledger_says(case, "Assessment", "Under 12", still_held=False)


def bring_in(ada, workbook):
    ada.open("/settings/imports/upload/").page.get_by_label("Annex A workbook").set_input_files(workbook)
    ada.press("Read the workbook").press("Match the names").press("Confirm these names")
    ada.press("Apply to the record").press("Apply to the record").sees("The workbook is in the record.")


def asks_for_the_transfer(sam):
    """The threshold is met at a strategy discussion, the conference booked, the transfer asked for."""
    sam.open("/cases/").sees(CHILD, "4 cases").picture("job-caseload").follow(CHILD).sees("10 years")
    sam.picture("job-case-imported").follow("record one that was held").select("What is it?", "Strategy discussion")
    at(sam, "When was it held?", now() - timedelta(hours=1)).select(
        "What was decided? (optional)", "Section 47 enquiry"
    )
    sam.press("Continue").sees("Is the section 47 threshold met? Yes.").picture("job-discussion")
    sam.press("Save").sees("It is recorded.").follow("What matters now")
    sam.follow("Book a meeting or hearing").select("What is it?", CONFERENCE)
    at(sam, "When is it planned?", now() + timedelta(days=1)).press("Continue").sees("This may come, on", ROUTE)
    sam.picture("job-booking").press("Save").sees("It is booked.").follow("What matters now")
    sam.sees(f"Next is the {CONFERENCE.lower()}", "On time").picture("job-case")
    sam.follow("Ask for a transfer").choose(ROUTE).picture("job-ask").press("Ask for it").sees(
        "The transfer is asked for."
    )
    return Case.objects.get(child__family_name="4101")


def at(desk, question, moment):
    """A date and a time of day in their boxes."""
    local = localtime(moment)
    desk.fill_date(question, local.date())
    desk.page.get_by_role("group", name=question).get_by_label("Time", exact=True).fill(f"{local:%H:%M}")
    return desk


def hears_of_it(ravi):
    """The clock looks ahead and the outbox sends, in a second or so here."""
    for _ in range(40):
        ravi.page.goto("/mailbox/")
        if ravi.page.get_by_role("heading", name="Radar:").count():
            break
        ravi.page.wait_for_timeout(500)
    ravi.look().sees("Radar: 1 case may come to Under 12").does_not_see(CHILD).picture("job-mailbox")
    ravi.open("/radar/").sees(CHILD, "HAV-AST-3c").picture("job-radar")


def agrees(ravi):
    ravi.open("/").sees("Waiting for me: 1", "Coming: 1", CHILD).picture("job-dashboard").follow(CHILD)
    ravi.select("Who takes the case (optional)", "Nia Receiver").press("Agree").sees("The transfer is agreed.")


def fills_in_the_checklist(sam, case):
    sam.open(case.get_absolute_url()).follow("TR-").follow("Fill in the checklist").picture("job-checklist")
    sam.tick_every_line().press("Save").sees(
        "Your answers are saved.", "Under 12 completes it at the transfer point."
    ).does_not_see("to do").picture("job-transfer")


def records_the_conference(sam, case):
    sam.open(f"{case.get_absolute_url()}events/").follow("Record as held")
    at(sam, "When was it held?", now()).choose("Child protection plan").press("Continue")
    sam.sees("Child protection starts.", "The transfer point is reached").picture("job-conference").press("Save")
    sam.sees("It is recorded as held.")


def the_ledger_says(case, *teams, still_held=True):
    """One team after another, each from the moment at which the one before ends."""
    lines = list(Involvement.objects.standing().responsible().filter(case=case).order_by("period"))
    assert [line.team.name for line in lines] == list(teams)
    assert all(before.ended_at == after.started_at for before, after in pairwise(lines))
    assert (lines[-1].ended_at is None) is still_held


def sees_the_next_deadlines(nia):
    """What the worker of Celery has worked out, in the new worker's hands from the first morning."""
    nia.open("/").sees("My cases (1)", CHILD).picture("job-home").open("/cases/?worker=mine").follow(CHILD)
    nia.sees("Child protection").picture("job-case-moved").follow("All deadlines of this case").sees(NEXT, "On time")


def ends_the_plan(nia, case):
    nia.open(case.get_absolute_url()).follow("record one that was held")
    nia.select("What is it?", "Review child protection conference").select("What was decided? (optional)", "Plan ends")
    at(nia, "When was it held?", now()).press("Continue").sees("Child protection ends.").press("Save")
    nia.sees("It is recorded.").open(f"{case.get_absolute_url()}facts/").follow(re.compile("^End.*Assessment"))
    nia.press("Continue").sees("Choose the factors that the assessment found").choose("Neglect")
    nia.fill_date("On which day was it completed and authorised?", localdate()).picture("job-assessment-ends")
    nia.press("Continue").sees("with 1 factor").press("Save").sees("The end is recorded.")


def nothing_is_owed(case, by):
    """What the protocol wants done after the move, and told to others, is done: each has a page of its own."""
    for duty in Duty.objects.owed().filter(transfer__case=case):
        actions.meet_duty(duty=duty, evidence="Done at the core group", by=None, at=now())
    all_is_told(case.notices.filter(person=None, team=None), by)


def proposes_closing(nia):
    nia.open("/cases/").follow(CHILD).follow("Propose closing this case").choose("Closing a case in the record")
    nia.press("Begin")
    nia.tick_every_line().select("Reason for closure", "Any other reason, including no longer in need")
    nia.fill("Why the case can close", "The plan is achieved and the family copes.")
    nia.press("Propose closing").sees("It now waits for: Practice manager or deputy team manager.")
