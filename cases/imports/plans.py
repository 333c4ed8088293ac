"""From the rows of all lists to what the record should hold of each child. Pure: nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from cases.imports.lists import (
    LISTS,
    Assessment,
    CareLeaver,
    Contact,
    Enquiry,
    Held,
    InNeed,
    LookedAfter,
    Protection,
    Referral,
    Row,
)  # fmt: skip

BEFORE_BIRTH = timedelta(days=300)
NOT_SAID = "The workbook does not say since when: this is the start of the case."
# Whose word counts for the team and worker, where lists differ
LISTS_BY_WEIGHT = (6, 8, 7, 4, 5, 3, 9)


@dataclass(frozen=True, slots=True)
class SpellPlan:
    kind: str
    code: str
    starts_on: date
    ends_on: date | None = None
    value: str = ""
    detail: str = ""
    factors: tuple[str, ...] = ()
    since_unknown: bool = False


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One stretch of work. `opened_on` None: open now, and the workbook does not say since when."""

    opened_on: date | None
    closed_on: date | None = None
    reason: str = ""
    team: str = ""
    worker: str = ""


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """What came in on a day; a referral, or less."""

    on: date
    source: str
    is_referral: bool = False
    no_further_action: bool = False


@dataclass(slots=True)
class ChildPlan:
    """What the workbook says of one child, all lists together."""

    number: str
    rows: list[int] = field(default_factory=list)
    sex: str = "unknown"
    born: date | None = None
    given_name: str = ""
    family_name: str = ""
    cases: list[CasePlan] = field(default_factory=list)
    spells: list[SpellPlan] = field(default_factory=list)
    contacts: list[ContactPlan] = field(default_factory=list)
    conference_on: date | None = None
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def restored(list_number: int, data: dict[str, Any]) -> Row:
    """A row as it was staged, from its JSON."""
    kind = LISTS[list_number][1]
    dates = {name for name, one in kind.model_fields.items() if one.annotation == date | None}
    said: dict[str, Any] = {
        name: date.fromisoformat(value) if name in dates and value else value for name, value in data.items()
    }
    return kind.model_construct(**said)


def plan_children(rows: Iterable[tuple[int, int, Row]], today: date) -> list[ChildPlan]:
    """(row key, list number, row) of a whole workbook -> one plan for each child, in order of their numbers."""
    by_child: dict[str, list[tuple[int, int, Row]]] = defaultdict(list)
    for key, number, row in rows:
        by_child[row.number].append((key, number, row))
    return [_plan(number, by_child[number], today) for number in sorted(by_child)]


def _plan(number: str, rows: list[tuple[int, int, Row]], today: date) -> ChildPlan:
    plan = ChildPlan(number, rows=[key for key, _, _ in rows])
    lists: dict[int, list[Any]] = defaultdict(list)
    for _, list_number, row in rows:
        lists[list_number].append(row)
    _describe(plan, [row for _, _, row in rows])
    _open(plan, lists)
    plan.contacts = sorted({*_contacts(lists)}, key=lambda one: (one.on, one.is_referral, one.source))
    if plan.cases:
        _spells(plan, lists)
        _care_leaver(plan, lists, today)
    return plan


def _contacts(lists: dict[int, list[Any]]) -> Iterator[ContactPlan]:
    """Two rows that say the same count once."""
    came: list[Contact] = lists[1]
    referred: list[Referral] = lists[3]
    yield from (ContactPlan(row.on, row.source) for row in came if row.on)
    yield from (
        ContactPlan(row.on, row.source, is_referral=True, no_further_action=bool(row.no_further_action))
        for row in referred
        if row.on
    )


def _describe(plan: ChildPlan, rows: list[Row]) -> None:
    births = sorted({row.born for row in rows if row.born})
    if len(births) > 1:
        plan.problems.append(f"The lists give {len(births)} dates of birth for this child.")
    plan.born = births[0] if births else None
    sexes = {row.sex for row in rows} - {"unknown"}
    plan.sex = sexes.pop() if len(sexes) == 1 else "unknown"
    plan.given_name = next((row.given_name for row in rows if row.given_name), "")
    plan.family_name = next((row.family_name for row in rows if row.family_name), "")


def _holders(lists: dict[int, list[Any]]) -> tuple[str, str, list[str]]:
    """The team and worker by the weightiest list that names one, and what the other lists say otherwise."""
    held = [row for number in LISTS_BY_WEIGHT for row in lists[number] if isinstance(row, Held)]
    team = next((row.team for row in held if row.team), "")
    worker = next((row.worker for row in held if row.worker and (row.team == team or not row.team)), "")
    others = sorted({row.team for row in held if row.team} - {team})
    return team, worker, [f"Another list names another team: {', '.join(others)}."] if others else []


def _open(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    """Which stretches of work there were. List 6 has the open caseload; without it, what is still running opens one."""
    team, worker, notes = _holders(lists)
    in_need: list[InNeed] = sorted(lists[6], key=lambda row: row.opened_on or date.min)
    for row in in_need:
        last = row is in_need[-1]
        plan.cases.append(
            CasePlan(row.opened_on, row.closed_on, row.reason, row.team or (team if last else ""),
                     row.worker or (worker if last and row.team in ("", team) else ""))
        )  # fmt: skip
    for before, after in pairwise(in_need):
        if before.closed_on is None or after.opened_on is None or before.closed_on > after.opened_on:
            plan.problems.append("List 6 has two episodes of this child that overlap (rule 8820).")
    if not in_need:
        running = _still_running(lists)
        if running or lists[9]:
            plan.cases.append(CasePlan(min(running) if running else None, team=team, worker=worker))
    if plan.cases:
        plan.notes += notes
    first = plan.cases[0].opened_on if plan.cases else None
    if plan.born and first and plan.born - first > BEFORE_BIRTH:
        plan.problems.append("The case starts more than ten months before the child was born.")


def _still_running(lists: dict[int, list[Any]]) -> list[date]:
    """When what has not ended began."""
    referrals: list[Referral] = [row for row in lists[3] if row.no_further_action is False]
    assessments: list[Assessment] = [row for row in lists[4] if not row.authorised_on]
    plans: list[Protection] = [row for row in lists[7] if not row.ended_on]
    care: list[LookedAfter] = [row for row in lists[8] if not row.ended_on]
    found = [row.on for row in referrals] + [row.started_on for row in assessments]
    found += [row.started_on for row in plans] + [row.started_on for row in care]
    return [day for day in found if day]


def _spells(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    for source in (_assessments, _protection, _care, _in_need, _referral, _conference):
        source(plan, lists)


def _add(plan: ChildPlan, spell: SpellPlan) -> None:
    """Two rows that say the same count once; where two overlap, the first one stands and the other is told."""
    if spell in plan.spells:
        return
    for other in plan.spells:
        same = (other.kind, other.code) == (spell.kind, spell.code)
        if same and spell.starts_on < (other.ends_on or date.max) and other.starts_on < (spell.ends_on or date.max):
            plan.notes.append(f"Two rows on {spell.code.replace('_', ' ')} overlap: only the first is taken.")
            return
    plan.spells.append(spell)


def _assessments(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    for row in sorted(lists[4], key=lambda one: one.started_on):
        found = tuple(row.factors) if row.authorised_on else ()
        _add(plan, SpellPlan("status", "assessment", row.started_on, row.authorised_on, factors=found))


def _protection(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    for row in sorted(lists[7], key=lambda one: one.started_on):
        _add(plan, SpellPlan("status", "child_protection", row.started_on, row.ended_on, detail=row.category[:300]))


def _care(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    for row in sorted(lists[8], key=lambda one: one.started_on):
        _add(plan, SpellPlan("status", "looked_after", row.started_on, row.ended_on))
        if row.legal and row.legal_on and not row.ended_on:
            _add(plan, SpellPlan("legal", row.legal, row.legal_on))
        if row.placement and row.placed_on and not row.ended_on:
            _add(plan, SpellPlan("placement", row.placement, row.placed_on))
        if row.uasc:
            _add(plan, SpellPlan("circumstance", "uasc", row.started_on, value="yes"))


def _in_need(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    """Case status of List 6: what the other lists do not date begins with the case; a plan or care is not dated so."""
    for row in lists[6]:
        has = {spell.code for spell in plan.spells if spell.kind == "status" and not spell.ends_on}
        if row.closed_on or not row.status or row.status == "closed" or row.status in has:
            continue
        if row.status in ("child_in_need", "assessment") and row.opened_on:
            _add(plan, SpellPlan("status", row.status, row.opened_on, detail=NOT_SAID))
        else:
            plan.notes.append(f"List 6 says {row.status.replace('_', ' ')}; no other list says since when.")


def _referral(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    if not lists[6] and not plan.spells:
        for row in lists[3]:
            if row.no_further_action is False and row.on:
                _add(plan, SpellPlan("status", "referral", row.on))


def _care_leaver(plan: ChildPlan, lists: dict[int, list[Any]], today: date) -> None:
    if lists[9] and plan.cases and plan.cases[-1].closed_on is None:
        row: CareLeaver = lists[9][0]
        detail = f"{row.eligibility}. The workbook does not say since when: this is the day of the import."
        plan.spells.append(SpellPlan("status", "care_leaver", today, detail=detail, since_unknown=True))


def _conference(plan: ChildPlan, lists: dict[int, list[Any]]) -> None:
    rows: list[Enquiry] = lists[5]
    plan.conference_on = max((row.conference_on for row in rows if row.conference_on and row.led_to_plan), default=None)
