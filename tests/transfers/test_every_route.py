"""Every route of every pack, driven from request to completion through the actions on a real record; and before that
its twin, in which the point is not reached or something is missing, refused with the clause."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.models import Answer
from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.vocabulary import event_kinds
from teams.refusals import Refused
from teams.roles import Role
from tests.cast import a_person
from tests.transfers.situations import hold, on_record, situations
from tests.transfers.walkers import evidence_of
from transfers import actions
from transfers.brief import with_brief
from transfers.machine import State
from transfers.models import Says
from transfers.routing import acts_of, name_of

LONDON = ZoneInfo("Europe/London")
ROUTES = [(authority, code) for authority in authorities() for code in pack_for(authority).routes]


@pytest.mark.parametrize(("authority", "code"), ROUTES, ids=[code for _, code in ROUTES])
def test_a_route_is_driven_from_request_to_completion_and_its_twin_is_refused(db, authority, code):
    case, team, at = on_record(situations(authority)[code])
    before = case.responsible_team
    transfer = asked_for(case, code, team, at)

    if asks_for_nothing(transfer.brief):
        assert transfer.effect in ("refers", "stays", "joins")
    else:
        gaps = refused(transfer, at) if is_missing_something(transfer) else refused_without_its_event(transfer, at)
        assert any(gap.clauses for gap in gaps), [gap.sentence for gap in gaps]
        assert case.responsible_team == before

    transfer, at = made_ready(transfer, at)
    done = actions.complete_transfer(transfer=transfer, by=None, at=at, missing_because="Not kept here.")

    assert done.state == State.COMPLETED
    assert case.responsible_team == (team if done.effect == "moves" and team else before)
    assert case.journal.filter(kind="transfer_completed", route=code).exclude(clause="").exists()


def asked_for(case, code, team, at):
    transfer = actions.request_transfer(case=case, route=code, receiving_team=team, by=None, at=at)
    if transfer.state == State.ON_RADAR:
        answer_what_stops(transfer, at, gates=("request",))
        transfer = actions.ask_transfer(transfer=transfer, by=None, at=at)
    return transfer


def asks_for_nothing(brief):
    """The protocol states no moment, no paper and no approval on this route: then nothing can be missing."""
    kinds = {point.kind for point in points_of(brief.route)}
    is_silent = kinds <= {"none"} and not any(need.is_missing for need in brief.approvals)
    return is_silent and not any(state.stops for state in brief.items) and "agreed" not in brief.steps


def points_of(route):
    return [*route.points, *(point for stage in route.stages for point in stage.points)]


def is_missing_something(transfer):
    transfer.brief = replace(transfer.brief, missing_because="")
    return bool(transfer.blockers("complete"))


def refused_without_its_event(transfer, at):
    """Everything is in the record already: the twin is the same case before its event was held, or its decision
    recorded."""
    points = transfer.brief.route.points
    events = transfer.case.events.filter(kind__in={point.event for point in points})
    decisions = {point.fact for point in points if point.kind == "decision" and point.fact}
    events.update(withdrawn_at=at, withdrawn_reason="Not held yet.")
    decided(transfer.case, decisions, False, at)
    gaps = refused(transfer, at)
    events.update(withdrawn_at=None, withdrawn_reason="")
    decided(transfer.case, decisions, True, at)
    return gaps


def decided(case, facts, value, at):
    Answer.objects.bulk_create(Answer(case=case, fact=fact, value=value, answered_at=at) for fact in facts)


def refused(transfer, at):
    """The twin: nothing is answered, approved, agreed or recorded yet."""
    with pytest.raises(Refused) as refusal:
        actions.complete_transfer(transfer=transfer, by=None, at=at, missing_because="")
    return refusal.value.gaps


def made_ready(transfer, at):
    """Approved, answered, agreed, and at the point: what is asked for only is left out, and said why."""
    at += timedelta(minutes=1)
    for need in transfer.brief.approvals:
        actions.give_approval(transfer=transfer, place=need.place, by=None, at=at)
    answer_what_stops(transfer, at)
    if "agreed" in transfer.brief.steps:
        transfer = actions.agree_transfer(
            transfer=transfer,
            planned_on=at.astimezone(LONDON).date(),
            receiving_worker=named(transfer),
            note="As soon as it can be.",
            by=None,
            at=at,
        )
    for _ in range(4):
        found = with_brief(transfer, at).brief.found
        if found.point and not found.point.reached:
            at = reach(transfer, found, at)
        elif found.gaps and found.earliest:
            at = noon(found.earliest)
        else:
            break
    answer_what_stops(transfer, at)
    return transfer, at


def named(transfer):
    """The receiving worker, where that is what the route waits for."""
    if all(point.act != "case_allocated" for point in points_of(transfer.brief.route)):
        return None
    return a_person("Rena Worker", transfer.receiving_team, Role.SOCIAL_WORKER)


def answer_what_stops(transfer, at, gates=()):
    """What the protocol insists on, each with the evidence that it wants."""
    given = [
        actions.Given(state.item.code, Says.YES, **evidence_of(state.item))
        for state in transfer.brief.items
        if state.stops and state.item.gate != "after" and (not gates or state.item.gate in gates)
    ]
    if given:
        actions.answer_items(transfer=transfer, answers=given, by=None, at=at)


def reach(transfer, found, at):
    """Record what the route waits for; where only time can reach it, wait."""
    row = found.plan.route
    at += timedelta(minutes=1)
    for point in acts_of(row):
        actions.record_point(transfer=transfer, act=name_of(point), happened_at=at, by=None, at=at)
    for point in points_of(row):
        if point.event:
            outcome = next(iter(point.outcome), "") or next(
                (one for one in event_kinds()[point.event].outcomes if one != "adjourned"), ""
            )
            hold(transfer.case, point.event, at, at, outcome, point.ordinal)
    waits = with_brief(transfer, at).brief.found
    if waits.point and not waits.point.reached and waits.point.on:
        return noon(waits.point.on)
    return at


def noon(day):
    return datetime.combine(day, time(12), LONDON)
