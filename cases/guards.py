"""Why not yet: each function names every reason at once, in plain sentences. The protocol's own checks before a
transfer or a closing are the rooms' above."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from cases import words
from cases.factors import Factor
from casetransfer.protocols import pack_for
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.vocabulary import Fact, event_kinds
from teams.refusals import Gap


def closing_gaps(case: Any) -> list[Gap]:
    looked_after = case.spells.standing().open_ended().filter(kind="status", code="looked_after").first()
    if looked_after is None:
        return []
    since = words.day(looked_after.starts_on)
    return [Gap(f"The child has been looked after since {since}: record first when that ended.")]


def reopening_gaps(case: Any) -> list[Gap]:
    gaps = [Gap("The child has died.")] if case.child.died_on else []
    other = case.child.cases.held().exclude(pk=case.pk).first()
    if other:
        gaps.append(Gap(f"The child has another open case, {other.reference}."))
    return gaps


def open_gaps(case: Any) -> list[Gap]:
    """Why nothing can be changed in a case: nobody holds it."""
    return [] if case.is_held else [Gap(f"Case {case.reference} is closed.")]


def moment_gaps(case: Any, moment: datetime, at: datetime, field: str, what: str) -> list[Gap]:
    """A moment must lie within the present opening of the case and not in the future."""
    if moment > at:
        return [Gap(f"{what} cannot be in the future: {words.moment(moment)}.", field=field)]
    if moment < case.opened_at:
        opened = words.moment(case.opened_at)
        return [Gap(f"{what} cannot be before the case was opened, {opened}.", field=field)]
    return []


def holder_gaps(holding: Any, transferring_team: Any) -> list[Gap]:
    """The team that was thought to hold the case must still hold it."""
    if holding.team == transferring_team:
        return []
    since = words.moment(holding.started_at)
    return [Gap(f"{transferring_team.name} no longer holds this case: {holding.team.name} has held it since {since}.")]


def receiving_gaps(team: Any, case: Any, field: str = "team") -> list[Gap]:
    gaps = []
    if team.authority_id != case.authority_id:
        gaps.append(Gap("A case cannot move to a team of another authority.", field=field))
    if not team.is_in_use:
        gaps.append(Gap(f"{team.name} is no longer in use.", field=field))
    return gaps


def worker_gaps(person: Any, team: Any, on: date, field: str = "worker") -> list[Gap]:
    """A worker must be in post, and in that team on that day."""
    if not person.is_active:
        return [Gap(f"{person.name} has left.", field=field)]
    if not person.memberships.current(on).filter(team=team).exists():
        return [Gap(f"{person.name} does not work in {team.name} on {words.day(on)}.", field=field)]
    return []


def birth_gaps(child: Any, today: date) -> list[Gap]:
    """Dates of a life that cannot be."""
    gaps = []
    born, expected = child.date_of_birth, child.expected_delivery_date
    if born and born > today:
        gaps.append(
            Gap("Date of birth cannot be in the future: give the expected delivery date.", field="date_of_birth")
        )
    if born and (today - born).days > 27 * 366:
        gaps.append(Gap("Date of birth is too long ago for a child or care leaver.", field="date_of_birth"))
    if not born and expected and not -60 <= (expected - today).days <= 300:
        gaps.append(
            Gap("Expected delivery date must be within ten months, or not long past.", field="expected_delivery_date")
        )
    if child.died_on and child.died_on > today:
        gaps.append(Gap("Date of death cannot be in the future.", field="died_on"))
    if child.died_on and born and child.died_on < born:
        gaps.append(Gap("Date of death cannot be before the date of birth.", field="died_on"))
    return gaps


def still_planned_gaps(event: Any) -> list[Gap]:
    if event.withdrawn_at:
        return [Gap("This event was corrected: look at the one that took its place.")]
    if event.cancelled_at:
        return [Gap(f"This event was cancelled on {words.moment(event.cancelled_at)}.")]
    if event.held_at:
        return [Gap(f"This event is recorded as held on {words.moment(event.held_at)}: correct it instead.")]
    return []


def series(case: Any, kind: str, moment: datetime | None) -> list[Any]:
    """The events of this kind that are counted together: since the present plan or period of care began, or since the
    case was opened. Adjourned ones are not counted."""
    since = _series_start(case, kind, moment)
    found = case.events.standing().of_kind(kind).exclude(outcome="adjourned")
    return [event for event in found if localdate(event.when) >= since]


STATUS_OF_SERIES = {
    "looked_after_review": "looked_after",
    "review_child_protection_conference": "child_protection",
    "core_group": "child_protection",
}


def _series_start(case: Any, kind: str, moment: datetime | None) -> date:
    opened = localdate(case.opened_at)
    status = STATUS_OF_SERIES.get(kind)
    spells = case.spells.standing().filter(kind="status", code=status) if status else []
    day = localdate(moment) if moment else opened
    return max((spell.starts_on for spell in spells if spell.starts_on <= day), default=opened)


def next_ordinal(case: Any, kind: str, moment: datetime | None) -> int | None:
    """Which of its kind the next one is; nothing for kinds that are not counted."""
    known = event_kinds().get(kind)
    if known is None or not known.numbered:
        return None
    return 1 + max((event.ordinal or 0 for event in series(case, kind, moment)), default=0)


def event_gaps(event: Any, case: Any, at: datetime, *, earlier_elsewhere: bool = False) -> list[Gap]:
    """What cannot be true of an event: kind, dates, outcome, number."""
    known = event_kinds().get(event.kind)
    if known is None:
        return [Gap("Choose what kind of event this is.", field="kind")]
    gaps = _planned_gaps(event, case) + (_held_gaps(event, case, known, at) if event.held_at else [])
    if not event.planned_at and not event.held_at:
        gaps.append(Gap("Say when it is planned.", field="planned_at"))
    return gaps + _number_gaps(event, case, known, earlier_elsewhere)


def _planned_gaps(event: Any, case: Any) -> list[Gap]:
    if event.planned_at and event.planned_at < case.opened_at:
        opened = words.moment(case.opened_at)
        return [Gap(f"Planned date cannot be before the case was opened, {opened}.", field="planned_at")]
    return []


def _held_gaps(event: Any, case: Any, known: Any, at: datetime) -> list[Gap]:
    gaps = moment_gaps(case, event.held_at, at, "held_at", "Date held")
    booked_ahead = event.pk and event.planned_at and event.planned_at > event.recorded_at
    if booked_ahead and event.held_at < event.recorded_at.replace(second=0, microsecond=0):  # people say no seconds
        booked = words.moment(event.recorded_at)
        gaps.append(Gap(f"Date held cannot be before the event was booked, {booked}.", field="held_at"))
    if known.outcomes and not event.outcome:
        gaps.append(Gap(f"Choose the outcome of the {known.says}.", field="outcome"))
    if event.outcome and event.outcome not in known.outcomes:
        choices = ", ".join(words.label(one) for one in known.outcomes)
        gaps.append(Gap(f"The {known.says} cannot have this outcome. Choose one of: {choices}.", field="outcome"))
    return gaps


def _number_gaps(event: Any, case: Any, known: Any, earlier_elsewhere: bool) -> list[Gap]:
    if not known.numbered or not event.ordinal or event.outcome == "adjourned":
        return []
    others = {one.ordinal: one for one in series(case, event.kind, event.when) if one.pk != event.pk and one.ordinal}
    same, before = others.get(event.ordinal), others.get(event.ordinal - 1)
    name = words.event(event.kind, event.ordinal)
    if same:
        return [Gap(f"The {name} is already recorded, for {words.moment(same.when)}.", field="ordinal")]
    if before and event.when <= before.when:
        earlier = words.event(event.kind, before.ordinal)
        return [Gap(f"The {name} must be after the {earlier}, {words.moment(before.when)}.", field="held_at")]
    if event.ordinal > 1 and not before and not earlier_elsewhere:
        earlier = words.event(event.kind, event.ordinal - 1)
        return [Gap(f"The {name} cannot be recorded before the {earlier}.", field="ordinal")]
    return []


CHOICES_OF_KIND = {
    "status": "status",
    "legal": "legal_status",
    "plan": "plan",
    "placement": "placement",
    "proceedings": "proceedings",
}
NOT_RECORDED = {"none", "closed"}
KIND_WORDS = {"legal": "order or legal basis", "proceedings": "stage of proceedings"}


def spell_gaps(spell: Any, case: Any, today: date) -> list[Gap]:
    """What cannot be true of a spell: words, dates, overlaps."""
    gaps = _word_gaps(spell, vocabulary_of(pack_for(case.pack)))
    if gaps:
        return gaps
    child, name = case.child, words.capital(words.label(spell.code))
    if spell.starts_on > today:
        gaps.append(Gap("Start date cannot be in the future.", field="starts_on"))
    if spell.ends_on and spell.ends_on > today:
        gaps.append(Gap("End date cannot be in the future.", field="ends_on"))
    if spell.ends_on and spell.ends_on < spell.starts_on:
        gaps.append(Gap("End date cannot be before the start date.", field="ends_on"))
    if spell.kind in ("legal", "placement") and child.date_of_birth and spell.starts_on < child.date_of_birth:
        born = words.day(child.date_of_birth)
        gaps.append(Gap(f"{name} cannot start before the child was born, {born}.", field="starts_on"))
    if spell.kind in ("legal", "placement") and child.is_unborn:
        gaps.append(Gap(f"{name} cannot start before the child is born.", field="starts_on"))
    return gaps + _factor_gaps(spell) + _overlap_gaps(spell, case)


def _word_gaps(spell: Any, known: Mapping[str, Fact]) -> list[Gap]:
    if spell.kind == "circumstance":
        fact = known.get(spell.code)
        if fact is None or fact.type not in ("flag", "choice") or fact.derived:
            return [Gap("Choose which circumstance this is.", field="code")]
        values = ("yes", "no") if fact.type == "flag" else fact.values
        return [] if spell.value in values else [Gap(f"Choose one of: {', '.join(values)}.", field="value")]
    allowed = known[CHOICES_OF_KIND[spell.kind]].values if spell.kind in CHOICES_OF_KIND else ()
    if spell.code not in allowed or spell.code in NOT_RECORDED:
        return [Gap(f"Choose the {KIND_WORDS.get(spell.kind, spell.kind)} from the list.", field="code")]
    return []


def _factor_gaps(spell: Any) -> list[Gap]:
    """What an assessment found when it ended: of the statutory list, each once, and "none" beside no other."""
    if not spell.factors:
        return []
    if not (spell.is_assessment and spell.ends_on):
        return [Gap("Factors are those that an assessment found when it ended.", field="factors")]
    if not set(spell.factors) <= set(Factor.values):
        return [Gap("Choose the factors from the list.", field="factors")]
    if Factor.NONE in spell.factors and len(spell.factors) > 1:
        return [Gap("Either factors were identified or none was, not both.", field="factors")]
    return []


def _overlap_gaps(spell: Any, case: Any) -> list[Gap]:
    """One order on a child at a time where the law knows one; one plan, one placement, one stage of proceedings."""
    gaps = []
    for other in case.spells.standing().filter(kind=spell.kind).exclude(pk=spell.pk):
        if other.pk == spell.replaces_id or not other.shares_track_with(spell):
            continue
        if (other.ends_on is None or other.ends_on > spell.starts_on) and (
            spell.ends_on is None or spell.ends_on > other.starts_on
        ):
            until = f" until {words.day(other.ends_on)}" if other.ends_on else ", and has not ended"
            says = (
                f"{words.capital(words.label(other.code))} runs from {words.day(other.starts_on)}{until}: end it first."
            )
            gaps.append(Gap(says, field="starts_on"))
    return gaps
