"""A worker is away: whoever has their cases meanwhile hears it on the first day, once, and each case tells it."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate

from cases import words
from cases.actions.deadlines import ask_to_recalculate
from cases.actions.outbox import queue_notices
from cases.models import Case, Involvement, JournalEntry, Notice
from cases.notices import Recipient, clause_of, in_place_of, started_by, who_owe
from casetransfer.protocols import Pack, pack_for
from casetransfer.protocols.rows import Timer
from teams.models import Absence, Team

AWAY = "WORKER-AWAY"


def tell_of_absences(*, at: datetime) -> int:
    """Every absence that has begun and of which nobody has been told. Answers how many. Safe to run twice."""
    today = localdate(at)
    occasion = Concat(Value("absence "), Cast(OuterRef("pk"), CharField()))
    told = Notice.objects.filter(subject="ABSENCE", code=AWAY, occasion=occasion)
    lines = Involvement.objects.allocated().current().filter(person=OuterRef("person"))
    begun = Absence.objects.current(today).filter(Exists(lines), ~Exists(told), person__is_active=True)
    begun = begun.select_related("person__authority", "deputy").order_by("pk")
    return sum(_tell(absence, at) for absence in begun)


@transaction.atomic
def _tell(absence: Absence, at: datetime) -> int:
    """In the notice nobody's name and no child's: whoever may know more opens the link. Besides whoever stands in, the
    protocol may want somebody to see that the work is done."""
    lines = list(Involvement.objects.allocated().current().filter(person=absence.person).select_related("case", "team"))
    pack, number = pack_for(absence.person.authority.pack), Counter(line.team for line in lines)
    owed = started_by(pack, "worker_absent")
    held: dict[str, tuple[Recipient, int]] = {}
    for team, cases in number.items():
        for one in _instead(absence, pack, owed, team, at):
            held[one.key] = (one, held.get(one.key, (one, 0))[1] + cases)
    until, clause = words.day(absence.ends_on), clause_of(owed)
    for recipient, cases in held.values():
        queue_notices(
            authority=absence.person.authority_id, code=AWAY, subject="ABSENCE", occasion=f"absence {absence.pk}",
            title=f"A colleague is away until {until}: you have {words.plural(cases, 'case')} of theirs",
            lines=["What is due in them stands on your first page.", *(f"{row.what}." for row in owed)],
            to=[recipient], at=at, link="/", must_act=True, pack=pack.authority, version=pack.identity.version,
            clause=clause,
        )  # fmt: skip
    _write_down([line.case for line in lines], absence, [one for one, _ in held.values()], clause, at)
    return bool(held)


def _instead(absence: Absence, pack: Pack, owed: list[Timer], team: Team, at: datetime) -> list[Recipient]:
    today = localdate(at)
    found = in_place_of(absence.person, team, today)
    found += [one for row in owed for one in who_owe(pack, row.owed_by, team, today)]
    return list({one.key: one for one in found}.values())


def _write_down(cases: list[Case], absence: Absence, held: list[Recipient], clause: str, at: datetime) -> None:
    """In the journal of every case at once, however many they are."""
    who = ", ".join(one.person.name for one in held if one.person) or "the team"
    says = f"{absence.person.name} is away until {words.day(absence.ends_on)}. What is due goes to {who}."[:500]
    JournalEntry.objects.bulk_create([
        JournalEntry(
            case=case, kind="worker_absent", says=says, at=at, recorded_at=at, pack=case.pack,
            version=case.pack_version, clause=clause, detail={"absence": absence.pk},
        )
        for case in cases
    ])  # fmt: skip
    ask_to_recalculate([case.pk for case in cases], at=at)
