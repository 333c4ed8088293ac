"""What the journeys about the pages stand on: a council, its people, and a little of everything, at the present hour."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

from django.db import transaction
from django.utils.timezone import localdate, localtime, now

from cases import actions as cases
from cases.models import Case, Delivery
from cases.models.notice import NoticeQuerySet
from teams.models import Team
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import a_person
from tests.factories import AuthorityFactory, TeamFactory
from transfers import actions as transfers
from transfers.brief import with_brief
from transfers.models import Transfer

CONFERENCE = "initial_child_protection_conference"
ROUTE = "HAV-ASSESS-U12-CP"


def a_council(pack: str = "havering", code: str = "assess") -> SimpleNamespace:
    council = AuthorityFactory(code="upper-marsh", pack=pack)
    assessment = TeamFactory(authority=council, code=code, name="Assessment")
    under_12 = TeamFactory(authority=council, code="u12", name="Under 12")
    door = TeamFactory(authority=council, code="tmash", name="Front door", kind=Team.Kind.FRONT_DOOR)
    whole = TeamFactory(authority=council, code="council", name="Business support", kind=Team.Kind.SUPPORT)
    return SimpleNamespace(
        council=council, assessment=assessment, under_12=under_12, door=door, whole=whole,
        sam=a_person("Sam Worker", assessment, Role.SOCIAL_WORKER),
        tess=a_person("Tess Manager", assessment, Role.TEAM_MANAGER),
        ravi=a_person("Ravi Manager", under_12, Role.TEAM_MANAGER),
        nia=a_person("Nia Receiver", under_12, Role.SOCIAL_WORKER),
        vera=a_person("Vera Service", whole, Role.SERVICE_MANAGER),
        ada=a_person("Ada Support", whole, Role.ADMIN),
        fay=a_person("Fay Door", door, Role.FRONT_DOOR),
        otto=a_person("Otto Auditor", whole, Role.AUDITOR),
        sys=a_person("Sys Admin", whole, Role.SYSTEM_ADMINISTRATOR),
    )  # fmt: skip


def a_case_to_move(people, family_name="Maple", **child) -> Case:
    """Section 47, and a conference booked for tomorrow."""
    case = open_case(
        people.assessment, worker=people.sam, opened_at=now() - timedelta(days=40), given_name="Testcase",
        family_name=family_name, date_of_birth=date(localdate().year - 10, 1, 15), **child,
    )  # fmt: skip
    cases.start_spell(
        case=case, kind="status", code="assessment", starts_on=localdate() - timedelta(days=39), by=None, at=now()
    )
    cases.answer_question(case=case, fact="section_47", value=True, by=None, at=now() - timedelta(days=20))
    cases.record_event(case=case, kind=CONFERENCE, planned_at=working_morning(1), by=None, at=now())
    return case


def working_morning(step: int) -> datetime:
    """Half past nine on the next day that is no weekend, or with -1 on the last one."""
    morning = localtime(now() + timedelta(days=step)).replace(hour=9, minute=30, second=0, microsecond=0)
    while morning.weekday() > 4:
        morning += timedelta(days=step)
    return morning


def after_its_conference(case: Case) -> Case:
    """The same a day on: a plan has been made, so that the protocol leads the case to another team."""
    event, held_at = case.events.get(), working_morning(-1)
    cases.move_event(
        event=event, planned_at=held_at, reason="Brought forward.", by=None, at=held_at - timedelta(days=5)
    )
    cases.record_event_held(event=event, held_at=held_at, outcome="child_protection_plan", by=None, at=now())
    return case


def asked_for(people, case: Case) -> Transfer:
    """Asked for two days ago, with every approval but the receiving manager's."""
    at = now() - timedelta(days=2)
    transfer = transfers.request_transfer(case=case, route=ROUTE, receiving_team=people.under_12, by=people.sam, at=at)
    for need in with_brief(transfer, at).brief.approvals:
        transfers.give_approval(transfer=transfer, place=need.place, by=None, at=at)
    return transfer


def contacts(people) -> list:
    """One of each colour, and one that nobody has rated."""
    found, at = [], now()
    for number, colour in enumerate(("red", "amber", "green", "")):
        contact = cases.record_contact(
            team=people.door, given_name="Sample", family_name=f"Rowan{number}", channel="phone", source="school",
            says="Worried about what the child said.", received_at=at - timedelta(hours=5), by=None, at=at,
        )  # fmt: skip
        found.append(cases.rate_contact(contact=contact, colour=colour, by=None, at=at) if colour else contact)
    return found


@transaction.atomic
def all_is_told(notices: NoticeQuerySet, by) -> None:
    """Everything is posted, said or sent. Locked first: the running worker may be about to send one of them, and what
    it has sent is not marked again."""
    for notice in notices.exclude(delivery=Delivery.SENT).select_for_update(of=("self",), no_key=True):
        cases.mark_done_by_hand(notice=notice, by=by, at=now())
