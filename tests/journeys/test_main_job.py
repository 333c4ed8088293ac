"""The main job, from a workbook to a closed case, in the hands of the people whose work it is."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import localdate, localtime, make_aware

from cases.models import Case, Part
from teams.models import Team
from teams.roles import Role
from tests.cases.imports.sample import Sample
from tests.cast import a_person
from tests.closures.walkers import LINK
from tests.factories import AuthorityFactory, TeamFactory
from tests.journeys.desk import DESKTOP, PHONE
from transfers.models import Transfer

CHILD = "Child 4101"
CONFERENCE = "Initial child protection conference"


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
        rows.in_need(number, opened - timedelta(days=number % 7), born=ten + timedelta(days=number))
    file = tmp_path / "annex-a.xlsx"
    file.write_bytes(rows.bytes())
    return file


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_child_comes_from_a_workbook_is_transferred_at_the_conference_and_the_case_is_closed(
    desk, people, workbook, size
):
    """HAV-AST-3c, HAV-CP-1 to HAV-CP-11, HAV-CLS-1 to HAV-CLS-5"""
    sam, ravi, ada = desk(people.sam, size), desk(people.ravi, size), desk(people.ada, size)
    wide = size[0]

    bring_in(ada, workbook)
    sam.open("/cases/").sees(CHILD, "Assessment", "Sam Worker").picture(f"job-caseload-{wide}")
    sam.follow(CHILD).picture(f"job-case-imported-{wide}")
    case = Case.objects.get(child__family_name="4101")
