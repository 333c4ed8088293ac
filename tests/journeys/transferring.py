"""What the journeys of transfers share: two teams of a council with their people, and the steps that each story takes.
What had happened before the story is arranged by the actions; only the story's own moves are made in the browser."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localdate, localtime, now

from cases import actions as case_actions
from cases.models import Case
from casetransfer.protocols import pack_for
from teams.models import Person, Team
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import a_person
from tests.factories import AuthorityFactory, TeamFactory
from tests.transfers.walkers import answered, approved
from transfers import actions
from transfers.models import Transfer


@dataclass(frozen=True)
class Council:
    """Sam and Tess hold the case; Rena and Ravi take it; Sol stands above both."""

    here: Team
    there: Team
    sam: Person
    tess: Person
    rena: Person
    ravi: Person
    sol: Person

    def opened(self, days: int = 60, **child) -> Case:
        """Sam's own case."""
        opened_at = now() - timedelta(days=days)
        return open_case(self.here, worker=self.sam, opened_at=opened_at, **{"given_name": "Testcase"} | child)


def a_council(pack: str, here: str, there: str) -> Council:
    """The two teams are called what their protocol calls them."""
    council, named = AuthorityFactory(code=pack.replace("_", "-"), pack=pack), pack_for(pack).teams
    first = TeamFactory(authority=council, code=here, name=named[here].name)
    second = TeamFactory(authority=council, code=there, name=named[there].name)
    return Council(
        first, second,
        sam=a_person("Sam Worker", first, Role.SOCIAL_WORKER), tess=a_person("Tess Manager", first, Role.TEAM_MANAGER),
        rena=a_person("Rena Worker", second, Role.SOCIAL_WORKER),
        ravi=a_person("Ravi Manager", second, Role.TEAM_MANAGER),
        sol=a_person("Sol Service", first, Role.SERVICE_MANAGER),
    )  # fmt: skip


def said(case: Case, **answers) -> None:
    for fact, value in answers.items():
        case_actions.answer_question(case=case, fact=fact, value=value, by=None, at=now())


def lasting(case: Case, days: int = 10, **spells: str) -> None:
    """Spells by kind, begun some days ago."""
    for kind, code in spells.items():
        began = localdate() - timedelta(days=days)
        case_actions.start_spell(
            case=case, kind=kind, code=code, starts_on=began, ends_running=True, by=None, at=now()
        )  # fmt: skip


def held(case: Case, kind: str, outcome: str) -> None:
    """Booked two days ago for five minutes ago, and held then."""
    earlier, moment = now() - timedelta(days=2), now() - timedelta(minutes=5)
    event = case_actions.record_event(case=case, kind=kind, planned_at=moment, by=None, at=earlier)
    case_actions.record_event_held(event=event, held_at=moment, outcome=outcome, by=None, at=now())


def holder(case: Case) -> Team | None:
    return Case.objects.get(pk=case.pk).responsible_team


def asked_before(case: Case, team: Team, route: str, days: int) -> Transfer:
    at = now() - timedelta(days=days)
    return actions.request_transfer(case=case, route=route, receiving_team=team, by=None, at=at)


def papers_of(transfer: Transfer) -> None:
    """What has been tried box by box elsewhere."""
    answered(transfer, at=now())


def approvals_of(transfer: Transfer, *people: Person) -> None:
    approved(transfer, *people, at=now())


# --- in the browser ---


def at(at_desk, question: str, moment):
    """A date and a time of day in their boxes."""
    local = localtime(moment)
    at_desk.fill_date(question, local.date())
    at_desk.page.get_by_role("group", name=question).get_by_label("Time", exact=True).fill(f"{local:%H:%M}")
    return at_desk


def records(at_desk, case: Case, kind: str, outcome: str):
    """A meeting or hearing that was held just now: what it will do is shown, and then it is saved."""
    at_desk.open(f"{case.get_absolute_url()}events/record/").select("What is it?", kind)
    at(at_desk, "When was it held?", now()).select("What was decided? (optional)", outcome)
    return at_desk.press("Continue").press("Save").sees("It is recorded.")


def asks_for(at_desk, case: Case, route: str) -> Transfer:
    at_desk.open(f"/transfers/start/{case.reference}/").choose(route).press("Ask for it")
    return Transfer.objects.get(case=case)


def approves(at_desk, transfer: Transfer, place: int):
    at_desk.open(f"/transfers/{transfer.reference}/approve/{place}/").press("Approve")
    return at_desk.sees("The approval is given.")


def agrees(at_desk, transfer: Transfer, worker: Person):
    at_desk.open(f"/transfers/{transfer.reference}/agree/").select("Who takes the case (optional)", worker.name)
    return at_desk.press("Agree").sees("The transfer is agreed.")


def completes(at_desk, transfer: Transfer, team: Team):
    at_desk.open(f"/transfers/{transfer.reference}/complete/")
    reasons = at_desk.page.get_by_label("Why are they missing? (optional)")
    if reasons.count():
        reasons.fill("Not kept in this council.")
    return at_desk.press("Complete").sees("The transfer is complete", f"{team.name} holds the case")
