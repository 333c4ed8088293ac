"""What the workbook says beside what the record holds, child by child. Read after applying, and again at any time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cases import words
from cases.imports.names import plain_name
from cases.imports.plans import ChildPlan, SpellPlan, plan_children, restored
from cases.models import (
    Case,
    Identifier,
    IdentifierKind,
    Import,
    Involvement,
    NameKind,
    Opening,
    Part,
    RowState,
    Spell,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which workbook and record do not agree."""

    child_number: str
    case: str
    about: str
    workbook: str
    record: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    children: int
    with_case: int
    agreeing: int
    left_out: int
    differences: tuple[Difference, ...]


@dataclass(slots=True)
class _Held:
    """What the record holds of one child."""

    born: date | None
    cases: list[Case]
    opened: dict[int, set[date]]
    team: dict[int, str]
    worker: dict[int, str]
    spells: dict[int, dict[tuple[str, str], Spell]]


def reconcile(imported: Import, at: datetime) -> Reconciliation:
    rows = list(imported.rows.filter(state__in=[RowState.READY, RowState.DONE, RowState.LEFT_OUT]))
    plans = plan_children(
        ((row.pk, row.list_number, restored(row.list_number, row.data)) for row in rows if row.data), localdate(at)
    )
    left_out = {row.child_number for row in rows if row.state == RowState.LEFT_OUT}
    wanted = [plan for plan in plans if plan.cases and plan.number not in left_out]
    held, meant = _read(imported, [plan.number for plan in wanted]), _meant(imported)
    found = [_of_one(plan, held.get(plan.number), meant) for plan in wanted]
    return Reconciliation(
        children=len(plans),
        with_case=len(wanted),
        agreeing=sum(not differences for differences in found),
        left_out=len(left_out),
        differences=tuple(one for differences in found for one in differences),
    )


def _meant(imported: Import) -> dict[tuple[str, str], str]:
    """Whom the workbook's names mean here."""
    names = imported.names.select_related("team", "person")
    return {(name.kind, name.plain): str(name.team or name.person or "") for name in names}


def _read(imported: Import, numbers: list[str]) -> dict[str, _Held]:
    known = Identifier.objects.filter(
        authority=imported.authority_id, kind=IdentifierKind.LOCAL_ID, value__in=numbers
    ).select_related("child")
    held = {one.value: _Held(one.child.date_of_birth, [], defaultdict(set), {}, {}, defaultdict(dict)) for one in known}
    of_child = {one.child_id: held[one.value] for one in known}
    by_case: dict[int, _Held] = {}
    for case in Case.objects.filter(child__in=of_child).order_by("opened_at"):
        of_child[case.child_id].cases.append(case)
        by_case[case.pk] = of_child[case.child_id]
    for opening in Opening.objects.filter(case__in=by_case):
        by_case[opening.case_id].opened[opening.case_id].add(localdate(opening.period.lower))
    for line in Involvement.objects.current().filter(case__in=by_case).select_related("team", "person"):
        if line.role == Part.RESPONSIBLE_TEAM:
            by_case[line.case_id].team[line.case_id] = line.team.name
        elif line.role == Part.ALLOCATED_SOCIAL_WORKER:
            by_case[line.case_id].worker[line.case_id] = str(line.person)
    for spell in Spell.objects.standing().filter(case__in=by_case):
        by_case[spell.case_id].spells[spell.case_id][spell.kind, spell.code] = spell
    return held


def _of_one(plan: ChildPlan, held: _Held | None, meant: dict[tuple[str, str], str]) -> list[Difference]:
    if held is None:
        return [Difference(plan.number, "", "Child", "In the workbook", "Not on record")]
    last = plan.cases[-1]
    case = next((one for one in reversed(held.cases) if last.opened_on in held.opened[one.pk]), None)
    case = case or next((one for one in held.cases if one.is_held), None)
    if case is None:
        return [Difference(plan.number, "", "Case", "Open" if not last.closed_on else "Closed", "None")]
    pairs = [
        ("Date of birth", _day(plan.born), _day(held.born)),
        ("Opened", _day(last.opened_on), _day(localdate(case.opened_at))),
        ("Closed", _day(last.closed_on) or "Open", _day(case.closed_at and localdate(case.closed_at)) or "Open"),
    ]
    if case.is_held and not last.closed_on:
        pairs += _holders(last.team, last.worker, held.team.get(case.pk, ""), held.worker.get(case.pk, ""), meant)
    pairs += [_spell(wanted, held.spells[case.pk]) for wanted in plan.spells if wanted.kind == "status"]
    said = [(about, theirs, ours) for about, theirs, ours in pairs if theirs and theirs != ours]
    return [Difference(plan.number, case.reference, about, theirs, ours or "Nothing") for about, theirs, ours in said]


def _holders(
    team: str, worker: str, our_team: str, our_worker: str, meant: dict[tuple[str, str], str]
) -> list[tuple[str, str, str]]:
    """Somebody whom nobody was matched with is shown as the workbook writes it."""
    team_here = meant.get((NameKind.TEAM, plain_name(team)), "")
    worker_here = meant.get((NameKind.WORKER, plain_name(worker)), "")
    return [("Team", team_here or team, our_team), ("Worker", worker_here or worker, our_worker)]


def _spell(wanted: SpellPlan, known: dict[tuple[str, str], Spell]) -> tuple[str, str, str]:
    spell = known.get((wanted.kind, wanted.code))
    since = wanted.since_unknown
    theirs = _stretch(None if since else wanted.starts_on, wanted.ends_on)
    ours = _stretch(None if since else spell.starts_on, spell.ends_on) if spell else ""
    return words.capital(words.label(wanted.code)), theirs, ours


def _stretch(starts_on: date | None, ends_on: date | None) -> str:
    since = f"From {words.day(starts_on)}" if starts_on else "Now"
    return f"{since} to {words.day(ends_on)}" if ends_on else since


def _day(day: date | None) -> str:
    return words.day(day) if day else ""
