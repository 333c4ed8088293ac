"""What is still owed after a move, as a list: for those of the teams that owe it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Standing
from cases.words import moment
from teams.listing import MOST_IN_A_FILE, Cell, Column, Found, Listed, Row
from teams.models import Person
from teams.roles import Permission
from transfers.models import Duty

PAGE = 50
DUTIES = Listed(
    place="duties",
    caption="Duties owed after a move",
    columns=(
        Column("child", "Child", quiet_head="Transfer"),
        Column("what", "What is owed"),
        Column("team", "By"),
        Column("due", "Due"),
    ),
    nothing="Your teams owe nothing from earlier transfers. What the protocol still asks for after a move stands here.",
)


def duties_for(person: Person, standing: Standing | None = None) -> QuerySet[Duty]:
    """Those with a time first, the soonest at the top."""
    standing = standing or Standing.of(person)
    teams = standing.teams_with(Permission.COMPLETE_CHECKLIST)
    found = Duty.objects.owed().visible_to(person, standing).filter(team__in=teams)
    return found.select_related("transfer__case__child", "team").order_by("due_at", "pk")


def duties_page(found: QuerySet[Duty], number: str | None, at: datetime) -> Found:
    page = Paginator(found, PAGE).get_page(number)
    count = page.paginator.count
    said = "1 duty" if count == 1 else f"{count} duties"
    return Found(tuple(_cells(page, at)), said, page.number, page.has_next(), count <= MOST_IN_A_FILE)


def duties_in_a_file(found: QuerySet[Duty], at: datetime) -> list[Row]:
    return list(_cells(found[:MOST_IN_A_FILE], at))


def _cells(found: Iterable[Duty], at: datetime) -> Iterable[Row]:
    for duty in found:
        url = reverse("transfers:meet_duty", kwargs={"ref": duty.transfer.reference, "pk": duty.pk})
        late = duty.due_at is not None and duty.due_at < at
        yield {
            "child": Cell(duty.transfer.case.child.name, url=url, quiet=duty.transfer.reference),
            "what": Cell(duty.what),
            "team": Cell(duty.team.name),
            "due": Cell(moment(duty.due_at) if duty.due_at else "No time is stated", flag="Late" if late else ""),
        }
