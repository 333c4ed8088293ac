"""A case is held on duty: on the day that it is to be looked at again, whoever must do so hears it, once for each day
that was set."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate

from cases import words
from cases.actions.outbox import queue_notices
from cases.models import Involvement, Notice, Part
from cases.notices import Recipient, clause_of, started_by, who_owe
from casetransfer.protocols import Pack, pack_for
from teams.models import Team

REVIEW, UNALLOCATED = "DUTY-REVIEW", "case_unallocated"


@transaction.atomic
def tell_of_duty_reviews(*, at: datetime) -> int:
    """Every case on duty whose day has come. Answers how many. Safe to run twice."""
    today = localdate(at)
    occasion = Concat(Value("review "), Cast(OuterRef("review_on"), CharField()))
    told = Notice.objects.filter(subject=OuterRef("case__reference"), code=REVIEW, occasion=occasion)
    lines = Involvement.objects.current().filter(~Exists(told), role=Part.DUTY, review_on__lte=today)
    found = list(lines.select_related("case", "team").order_by("review_on", "pk"))
    known: dict[tuple[str, int], list[Recipient]] = {}
    for line in found:
        pack = pack_for(line.case.pack)
        key = (line.case.pack, line.team_id)
        if key not in known:
            known[key] = _who(pack, line.team, today)
        _tell(line, pack, known[key], at)
    return len(found)


def _who(pack: Pack, team: Team, today: date) -> list[Recipient]:
    return who_owe(pack, [code for row in started_by(pack, UNALLOCATED) for code in row.owed_by], team, today)


def _tell(line: Involvement, pack: Pack, to: list[Recipient], at: datetime) -> None:
    assert line.review_on is not None
    rows = started_by(pack, UNALLOCATED)
    queue_notices(
        authority=line.case.authority_id, case=line.case, code=REVIEW, subject=line.case.reference,
        occasion=f"review {line.review_on.isoformat()}", to=to, at=at, link=line.case.get_absolute_url(), must_act=True,
        title=f"{line.case.reference}: held on duty, to be looked at again on {words.day(line.review_on)}",
        lines=["Name a worker, or hold the case on duty until another day.", *(f"{row.what}." for row in rows)],
        pack=line.case.pack, version=pack.identity.version,
        clause=clause_of(rows),
    )  # fmt: skip
