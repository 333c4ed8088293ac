"""Histories, reached by calling the real actions. Everything ends at the cast's NOON, a Monday, or before it."""

from datetime import date, timedelta

from django.db import transaction

from cases import actions
from cases.models import Case, Channel, Child, Notice, Relationship
from tests.cast import NOON
from tests.factories import ChildFactory, TeamFactory

OPENED = NOON - timedelta(days=60)


def a_child(team, **fields) -> Child:
    return ChildFactory(authority=team.authority, **fields)


def open_case(team=None, *, worker=None, opened_at=OPENED, child=None, by=None, **fields) -> Case:
    """A case held by the team since sixty days before NOON. `fields` are the child's."""
    team = team or TeamFactory()
    child = child or a_child(team, **fields)
    return actions.open_case(child=child, team=team, worker=worker, by=by, at=opened_at)


def child_protection_case(team=None, *, since=date(2026, 10, 5), **kwargs) -> Case:
    """A case with a child protection plan."""
    case = open_case(team, **kwargs)
    actions.start_spell(
        case=case, kind="status", code="child_protection", starts_on=since, by=None, at=NOON - timedelta(days=1)
    )
    return case


def looked_after_case(team=None, *, since=date(2026, 10, 5), order="section_20", **kwargs) -> Case:
    """A case of a looked-after child, with the legal basis."""
    case = open_case(team, **kwargs)
    for kind, code in (("status", "looked_after"), ("legal", order)):
        actions.start_spell(case=case, kind=kind, code=code, starts_on=since, by=None, at=NOON - timedelta(days=1))
    return case


def booked(case, kind="initial_child_protection_conference", *, planned_at=NOON + timedelta(days=1), **more):
    """An event booked the week before NOON."""
    return actions.record_event(
        case=case, kind=kind, planned_at=planned_at, by=None, at=NOON - timedelta(days=7), **more
    )


def held(case, kind="initial_child_protection_conference", outcome="child_protection_plan", *, held_at=NOON, **more):
    """An event booked for a moment and held at it."""
    event = booked(case, kind, planned_at=held_at, **more)
    return actions.record_event_held(event=event, held_at=held_at, outcome=outcome, by=None, at=max(held_at, NOON))


def closed_case(team=None, *, closed_at=NOON, reason="RC7", **kwargs) -> Case:
    case = open_case(team, **kwargs)
    return actions.close_case(case=case, reason=reason, by=None, at=closed_at)


def a_letter(case, *, kind="mother", lives_with_child=True, text="We have looked at what you told us.") -> Notice:
    """A letter to a parent of the child, written and not yet sent."""
    parent = Relationship.objects.create(
        child=case.child, kind=kind, name=f"{kind.capitalize()} Testcase", lives_with_child=lives_with_child,
        recorded_at=NOON - timedelta(days=400), address="1 Testcase Lane\nTestham",
    )  # fmt: skip
    with transaction.atomic():
        actions.queue_notices(
            authority=case.authority, case=case, code="X-N1", subject=case.reference, occasion=f"{kind} once",
            title=f"{case.reference}: Letter to a parent", to=[actions.Recipient(relationship=parent)], at=NOON,
            channel=Channel.LETTER, wants_check=not lives_with_child, lines=["That the assessment is done"], text=text,
        )  # fmt: skip
    return Notice.objects.get(relationship=parent)
