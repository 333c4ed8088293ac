"""What is true of a child between two days: starting, ending, correcting."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from cases import guards, words
from cases.actions.journal import add_journal
from cases.actions.ledger import lock
from cases.actions.rows import save
from cases.factors import Factor, in_order
from cases.models import Case, Spell
from cases.permissions import check_can_record
from teams.models import Person
from teams.refusals import Gap, refuse_if

CORRECTABLE = ("kind", "code", "value", "starts_on", "ends_on", "planned_on", "detail", "factors")


@transaction.atomic
def start_spell(
    *, case: Case, kind: str, code: str, starts_on: date, by: Person | None, at: datetime, value: str = "",
    ends_on: date | None = None, planned_on: date | None = None, detail: str = "", factors: Iterable[str] = (),
    ends_running: bool = False,
) -> Spell:  # fmt: skip
    """Something became true of the child. `ends_running`: whatever it takes the place of ends on the day it starts."""
    case = lock(case)
    check_can_record(by, case)
    refuse_if(guards.open_gaps(case))
    spell = Spell(
        case=case, kind=kind, code=code, value=value, starts_on=starts_on, ends_on=ends_on, planned_on=planned_on,
        detail=detail, factors=_in_order(factors), recorded_at=at, recorded_by=by,
    )  # fmt: skip
    if ends_running:
        _end_running(spell, by)
    refuse_if(guards.spell_gaps(spell, case, localdate(at)))
    save(spell, by)
    says = f"{words.named(spell)} from {words.day(starts_on)}{_until(spell)}."
    add_journal(case, "spell_started", says, by=by, at=at, subject=spell, spell=spell.kind, code=code)
    return spell


@transaction.atomic
def end_spell(
    *, spell: Spell, ends_on: date, by: Person | None, at: datetime, factors: Iterable[str] = ()
) -> Spell:  # fmt: skip
    """It is no longer true of the child. An assessment ends with the factors that it found."""
    spell, case = _lock(spell)
    check_can_record(by, case)
    gaps = guards.open_gaps(case)
    gaps += [Gap("This was corrected: look at what took its place.")] if spell.withdrawn_at else []
    gaps += [Gap(f"This ended on {words.day(spell.ends_on)} already.")] if spell.ends_on else []
    spell.ends_on, spell.factors = ends_on, _in_order(factors)
    refuse_if(gaps or guards.spell_gaps(spell, case, localdate(at)))
    save(spell, by)
    says = f"{words.named(spell)} ended on {words.day(ends_on)}{_found(spell)}."
    add_journal(case, "spell_ended", says, by=by, at=at, subject=spell, spell=spell.kind, code=spell.code)
    return spell


@transaction.atomic
def correct_spell(
    *, spell: Spell, changes: Mapping[str, Any], reason: str, by: Person | None, at: datetime
) -> Spell | None:
    """It was recorded wrongly. The wrong one is withdrawn and stays to be seen; the right one replaces it. Without
    any changes it was never true at all, and nothing takes its place."""
    spell, case = _lock(spell)
    check_can_record(by, case)
    gaps = guards.open_gaps(case)
    gaps += [] if reason.strip() else [Gap("Say why this is corrected.", field="reason")]
    gaps += [Gap("This has been corrected already.")] if spell.withdrawn_at else []
    gaps += [Gap(f"{words.capital(name)} cannot be corrected.") for name in changes.keys() - set(CORRECTABLE)]
    refuse_if(gaps)
    spell.withdrawn_at, spell.withdrawn_by, spell.withdrawn_reason = at, by, reason.strip()
    save(spell, by)
    right = _replacement(spell, changes, by, at) if changes else None
    if right:
        refuse_if(guards.spell_gaps(right, case, localdate(at)))
        save(right, by)
    now_is = (
        f"it is {words.named(right)} from {words.day(right.starts_on)}{_until(right)}" if right else "it was never so"
    )
    says = (
        f"{words.named(spell)} from {words.day(spell.starts_on)}{_until(spell)} was wrong, {now_is}: {reason.strip()}"
    )
    add_journal(case, "spell_corrected", says, by=by, at=at, subject=right or spell, spell=spell.kind, code=spell.code)
    return right


def _replacement(spell: Spell, changes: Mapping[str, Any], by: Person | None, at: datetime) -> Spell:
    right = Spell(case=spell.case, replaces=spell, recorded_at=at, recorded_by=by)
    for name in CORRECTABLE:
        setattr(right, name, changes.get(name, getattr(spell, name)))
    right.factors = _in_order(right.factors)
    return right


def _end_running(spell: Spell, by: Person | None) -> None:
    for other in spell.case.spells.standing().open_ended().filter(kind=spell.kind, starts_on__lte=spell.starts_on):
        if other.shares_track_with(spell):
            other.ends_on = spell.starts_on
            save(other, by)


def _lock(spell: Spell) -> tuple[Spell, Case]:
    case = lock(spell.case)
    fresh = Spell.objects.get(pk=spell.pk)
    fresh.case = case
    return fresh, case


def _in_order(factors: Iterable[str]) -> list[str]:
    """Each once, in the order of the list; what is not in the list stays to be refused."""
    given = set(factors)
    return [*in_order(given), *sorted(given - set(Factor.values))]


def _found(spell: Spell) -> str:
    number = len(spell.factors)
    if not number:
        return ""
    return (
        ", with no factor identified" if spell.factors == [Factor.NONE] else f", with {words.plural(number, 'factor')}"
    )


def _until(spell: Spell) -> str:
    return f" to {words.day(spell.ends_on)}" if spell.ends_on else ""
