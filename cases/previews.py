"""What a change would do, shown before it is made: the change is really made, looked at, and undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import slots, words
from cases.facts import BuiltFacts, Question, facts_of
from cases.models import Case, JournalEntry
from casetransfer.protocols import Decision, Found
from casetransfer.protocols.facts import vocabulary_of


@dataclass(frozen=True, slots=True)
class Preview:
    """Plain sentences. `says`: what will be written. `changes`: what becomes true or ends. `routes`: what it means for
    who holds the case."""

    says: tuple[str, ...]
    changes: tuple[str, ...]
    routes: tuple[str, ...]


class _Undone(Exception):
    pass


def preview(case: Case, at: datetime, act: Callable[[], Any]) -> Preview:
    """Make the change with `act` (which may raise Refused), see what is different, and undo it. Nothing is kept:
    what actions queue for after the commit is dropped with it."""
    facts_before, spells_before, standing_before = facts_of(case, at), _spells(case), slots.standing_now(case, at)
    last = JournalEntry.objects.filter(case=case).order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with transaction.atomic():
            act()
            entries = JournalEntry.objects.filter(case=case, pk__gt=last).order_by("pk")
            says = tuple(entry.says for entry in entries)
            fresh = Case.objects.select_related("child", "authority").get(pk=case.pk)
            facts_after, spells_after = facts_of(fresh, at), _spells(fresh)
            standing_after = slots.standing_now(fresh, at)
            raise _Undone
    except _Undone:
        spells, standing = _differences(spells_before, spells_after), _standing(standing_before, standing_after)
        changes = (*spells, *_settled(facts_before, facts_after), *standing)
        return Preview(says, changes, tuple(_routes(facts_before.decide(), facts_after.decide())))


def _spells(case: Case) -> dict[tuple[str, str], str]:
    open_ones = case.spells.standing().open_ended()
    return {(spell.kind, spell.code): words.capital(words.label(spell.code)) for spell in open_ones}


def _differences(before: dict[Any, str], after: dict[Any, str]) -> list[str]:
    starts = [f"{after[key]} starts." for key in after if key not in before]
    return [*starts, *(f"{before[key]} ends." for key in before if key not in after)]


def _settled(before: BuiltFacts, after: BuiltFacts) -> list[str]:
    """What the outcome of a meeting answers."""
    known = vocabulary_of(after.pack)
    return [
        f"{Question.about(known[name]).asks} {'Yes' if value else 'No'}."
        for name, value in after.values.items()
        if after.provenance[name].source == "outcome" and before.values.get(name) != value
    ]


def _standing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    new = [says for key, says in after.items() if before.get(key) != says]
    return [*new, *(f"No longer: {says}" for key, says in before.items() if key not in after)]


def _routes(before: Decision, after: Decision) -> list[str]:
    """Points reached, routes that begin or cease to apply, and those that only become thinkable."""
    was = {found.code: found for found in before.recommended}
    now = {found.code: found for found in after.recommended}
    lines = []
    for code, found in now.items():
        point, earlier = found.point, was.get(code)
        if point and point.reached and not (earlier and earlier.point and earlier.point.reached):
            lines.append(f"The transfer point is reached: {found.plan.route.name}.")
        elif earlier is None:
            lines.append(f"This now applies: {found.plan.route.name}.")
    lines += [f"This no longer applies: {found.plan.route.name}." for code, found in was.items() if code not in now]
    thinkable = {*was, *(found.code for found in before.possible)}
    new = [found for found in after.possible if found.code not in thinkable]
    return lines + [_may_come(found) for found in sorted(new, key=lambda found: len(found.needs))]


def _may_come(found: Found) -> str:
    on = f", on {words.weekday(found.point.on)}" if found.point and found.point.on else ""
    return f"This may come{on}: {found.plan.route.name}. {' '.join(need.says for need in found.needs)}"
