"""Nobody stays allocated to somebody who has left: the manager of the team holds those cases at once."""

from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from cases.actions.involvements import end_involvement, hold_on_duty
from cases.actions.journal import add_journal
from cases.actions.ledger import WORKERS
from cases.actions.outbox import queue_notices
from cases.models import Involvement, Reason
from cases.notices import Recipient, clause_of, managers_of, started_by
from casetransfer.protocols import pack_for
from teams.models import Membership, Person, Team
from teams.roles import Role

LEFT = "WORKER-LEFT"
LOOKED_AT_WITHIN = timedelta(days=1)


def let_leavers_go(*, at: datetime, most: int = 200) -> int:
    """Every part in a case that somebody has who is no longer in that team. Answers how many. Safe to run twice."""
    day = localdate(at)
    there = Membership.objects.current(day).filter(person=OuterRef("person"), team=OuterRef("team"))
    left = (
        Involvement.objects.current().filter(person__isnull=False).filter(~Exists(there) | Q(person__is_active=False))
    )
    manager = cache(lambda team: _manager_of(team, at))
    lines = list(left.select_related("case", "team", "person").order_by("pk")[:most])
    for line in lines:
        _let_go(line, manager(line.team), at)
    return len(lines)


def _manager_of(team: Team, at: datetime) -> Person | None:
    held = Membership.objects.current(localdate(at)).filter(team=team, role=Role.TEAM_MANAGER, person__is_active=True)
    first = held.select_related("person").order_by("starts_on", "pk").first()
    return first.person if first else None


@transaction.atomic
def _let_go(line: Involvement, manager: Person | None, at: datetime) -> None:
    """Held on duty in the manager's name until another worker is named; any other part simply ends."""
    assert line.person is not None
    if line.role not in WORKERS:
        end_involvement(involvement=line, by=None, at=at)
        return
    hold_on_duty(
        case=line.case, manager=manager, delay_reason=f"{line.person.name} has left {line.team.name}."[:200],
        review_on=localdate(at + LOOKED_AT_WITHIN), by=None, at=at, reason=Reason.LEFT_ROLE,
    )  # fmt: skip
    pack = pack_for(line.case.pack)
    owed = started_by(pack, "worker_left")
    clause = clause_of(owed)
    says = f"{line.person.name} has left {line.team.name}: another worker is to be named."
    add_journal(line.case, "worker_left", says, by=None, at=at, clause=clause)
    to = [Recipient(person=manager)] if manager else managers_of(line.team, localdate(at))
    queue_notices(
        authority=line.case.authority_id, case=line.case, code=LEFT, subject=line.case.reference,
        occasion=f"line {line.pk}", title=f"{line.case.reference}: the worker has left, and you hold the case",
        to=to, at=at, link=line.case.get_absolute_url(), must_act=True, lines=[f"{row.what}." for row in owed],
        pack=line.case.pack, version=pack.identity.version, clause=clause,
    )  # fmt: skip
