"""Writing the radar: what may come is looked up again, and the receiving teams are told once."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from cases.actions import ask_to_recalculate, queue_notices
from cases.facts import facts_of_many
from cases.models import Case, Delivery, Involvement, Notice
from cases.notices import managers_of
from casetransfer.calendars import in_words
from casetransfer.protocols import pack_for
from teams.models import Team
from transfers.elsewhere import from_elsewhere
from transfers.models import Transfer
from transfers.models.radar import RadarEntry, RadarSlice
from transfers.radar import Expected, Places, expected_moves, radar_notice_of, surest

Thing = TypeVar("Thing")
CHANGES = [
    "certainty", "expected_on", "was_expected_on", "reason", "changed_at", "gone_at", "told_at", "transferring_team",
    "clause",
]  # fmt: skip


A_SLICE, AT_ONCE, LEFT = 100, 500, timedelta(hours=1)


@transaction.atomic
def ask_for_radar(*, at: datetime) -> int:
    """Have every open case looked through, in slices that workers share. What another worker has begun goes on."""
    RadarSlice.objects.filter(asked_at__lt=at - LEFT).delete()
    if not RadarSlice.objects.exists():
        pks = Case.objects.held().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
        for slices in batched(_slices(pks, at), AT_ONCE):
            RadarSlice.objects.bulk_create(slices, ignore_conflicts=True)
    return RadarSlice.objects.count()


def _slices(pks: Iterable[int], at: datetime) -> Iterator[RadarSlice]:
    for together in batched(pks, A_SLICE):
        yield RadarSlice(first=together[0], last=together[-1], asked_at=at)


@transaction.atomic
def look_through_a_slice(*, at: datetime) -> bool:
    """One slice that no other worker has in hand. False when there is none."""
    piece = RadarSlice.objects.select_for_update(skip_locked=True).first()
    if piece is None:
        return False
    held = Case.objects.held().filter(pk__range=(piece.first, piece.last))
    look_ahead(cases=held.values_list("pk", flat=True), at=at)
    piece.delete()
    return True


def tell_radars(*, at: datetime) -> int:
    """Tell every team what is news to it, once all is looked through: whoever did the last slice finds none left."""
    if RadarSlice.objects.exists():
        return 0
    return sum(
        tell_radar(team=team, at=at) for team in Team.objects.in_use().select_related("authority").order_by("pk")
    )


def batched(things: Iterable[Thing], number: int) -> Iterator[list[Thing]]:
    left = iter(things)
    while together := list(islice(left, number)):
        yield together


@transaction.atomic
def look_ahead(*, cases: Iterable[int], at: datetime) -> int:
    """Look up again what may move in these cases. Answers how many entries changed. Safe to run twice, or late."""
    found = list(Case.objects.filter(pk__in=cases).select_related("child").order_by("pk"))
    before: dict[int, dict[tuple[str, int], RadarEntry]] = {}
    standing = (
        RadarEntry.objects.expected().filter(case__in=found).select_for_update(of=("self",), no_key=True).order_by("pk")
    )
    for entry in standing:
        before.setdefault(entry.case_id, {})[entry.route, entry.receiving_team_id] = entry
    changed: list[RadarEntry] = []
    new: list[RadarEntry] = []
    for case, holder, moves in _moves(found, at):
        mine = before.get(case.pk, {})
        for move in moves:
            known = mine.pop(move.key, None)
            if known is None:
                new.append(_entry(case, holder, move, at))
            elif _change(known, holder, move, at):
                changed.append(known)
        for gone in mine.values():
            gone.gone_at = at
            if gone.receiving_team_id == holder:  # it has come: that is no news
                gone.told_at = at
            changed.append(gone)
    RadarEntry.objects.bulk_update(changed, CHANGES)
    RadarEntry.objects.bulk_create(new, ignore_conflicts=True)
    ask_to_recalculate({entry.case_id for entry in (*changed, *new)}, at=at)
    return len(changed) + len(new)


def _moves(cases: list[Case], at: datetime) -> Iterable[tuple[Case, int, list[Expected]]]:
    held = [case for case in cases if case.is_held]
    lines = Involvement.objects.current().responsible().filter(case__in=held)
    holders = dict(lines.values_list("case", "team"))
    asked: dict[int, dict[str, int]] = {}
    under_way = Transfer.objects.under_way().filter(case__in=held, receiving_team__isnull=False)
    for case, route, team in under_way.values_list("case", "route", "receiving_team"):
        asked.setdefault(case, {})[route] = team
    places = _places({case.authority_id for case in held})
    facts = facts_of_many(held, at)
    for case in cases:
        holder = holders.get(case.pk)
        if holder is None:
            yield case, 0, []
        else:
            decision, chosen = from_elsewhere(facts[case.pk]).decide(why_not=False), asked.get(case.pk, {})
            yield case, holder, surest(expected_moves(decision, places[case.authority_id], holder, chosen), chosen)


def _places(authorities: set[int]) -> dict[int, Places]:
    teams: dict[int, list[Team]] = {authority: [] for authority in authorities}
    for team in Team.objects.in_use().filter(authority__in=authorities):
        teams[team.authority_id].append(team)
    return {authority: Places.of(found) for authority, found in teams.items()}


def _entry(case: Case, holder: int, move: Expected, at: datetime) -> RadarEntry:
    return RadarEntry(
        authority_id=case.authority_id, case=case, route=move.route, name=move.name, effect=move.effect,
        clause=move.clause, transferring_team_id=holder, receiving_team_id=move.receiving_team,
        certainty=move.certainty, expected_on=move.expected_on, reason=move.reason, first_seen_at=at, changed_at=at,
    )  # fmt: skip


def _change(entry: RadarEntry, holder: int, move: Expected, at: datetime) -> bool:
    """Another date or another certainty is news for the team; other words of the reason are only written down."""
    is_news = (entry.expected_on, entry.certainty) != (move.expected_on, move.certainty)
    is_same = (entry.reason, entry.clause, entry.transferring_team_id) == (move.reason, move.clause, holder)
    if entry.expected_on != move.expected_on:
        entry.was_expected_on, entry.expected_on = entry.expected_on, move.expected_on
    entry.certainty, entry.reason, entry.clause, entry.transferring_team_id = (
        move.certainty, move.reason, move.clause, holder,
    )  # fmt: skip
    if is_news:
        entry.changed_at = at
    return is_news or not is_same


@transaction.atomic
def tell_radar(*, team: Team, at: datetime) -> int:
    """Tell a team's managers what is new, has moved or is gone since they last heard. The telling and the e-mail are
    one: a worker that is killed leaves neither, and whoever runs next tells it."""
    _take_back_what_waited(team, at)
    news = list(
        RadarEntry.objects.untold()
        .filter(receiving_team=team)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    if not news:
        return 0
    pack = pack_for(team.authority.pack)
    row = radar_notice_of(pack)
    expected = list(RadarEntry.objects.expected().filter(receiving_team=team))
    queue_notices(
        authority=team.authority_id, code=row.code if row else "RADAR", subject=f"TEAM-{team.pk}",
        occasion=f"radar {at.isoformat()}", title=_title(team, expected), lines=_lines(news, expected, localdate(at)),
        link="/radar/", to=managers_of(team, localdate(at)), at=at, pack=team.authority.pack,
        version=pack.identity.version, clause=", ".join(row.clauses)[:200] if row else "",
        on_behalf_of=" or ".join(pack.roles[code].name for code in row.sender if code in pack.roles) if row else "",
    )  # fmt: skip
    pks = [entry.pk for entry in news]
    RadarEntry.objects.filter(pk__in=pks).update(told_at=at)
    RadarEntry.objects.filter(pk__in=pks, first_told_at=None).update(first_told_at=at)
    ask_to_recalculate({entry.case_id for entry in news}, at=at)
    return len(news)


def _take_back_what_waited(team: Team, at: datetime) -> None:
    """A radar that could not be sent for a day would tell of days gone by: its news goes into today's."""
    old = Notice.objects.filter(
        authority=team.authority_id, subject=f"TEAM-{team.pk}", link="/radar/", delivery=Delivery.WAITING,
        queued_at__lt=at - timedelta(hours=20),
    )  # fmt: skip
    if moments := set(old.values_list("queued_at", flat=True)):
        told = RadarEntry.objects.filter(receiving_team=team, told_at__in=moments)
        told.filter(first_told_at=F("told_at")).update(told_at=None, first_told_at=None)
        old.update(delivery=Delivery.CANCELLED, trouble="It waited so long that a later radar took its place.")


def _title(team: Team, expected: list[RadarEntry]) -> str:
    number = len({entry.case_id for entry in expected})
    cases = "1 case" if number == 1 else f"{number} cases"
    return f"Radar: {cases} may come to {team.name}"


def _lines(news: list[RadarEntry], expected: list[RadarEntry], today: date) -> list[str]:
    counts = [(len({entry.case_id for entry in news if entry.news() == kind}), words) for kind, words in _NEWS.items()]
    lines = [f"{number} {words}" for number, words in counts if number]
    dates = sorted(entry.expected_on for entry in expected if entry.expected_on and entry.expected_on >= today)
    if dates:
        lines.append(f"The next is expected on {in_words(dates[0])}")
    return lines


_NEWS = {
    "new": "new since the last radar",
    "moved": "with another date or certainty than before",
    "gone": "no longer expected",
}
