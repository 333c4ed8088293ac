"""Every route of every pack, driven from request to completion through the actions on a real record; and before that
its twin, in which the point is not reached or something is missing, refused with the clause."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.vocabulary import event_kinds
from teams.refusals import Refused
from tests.transfers.situations import hold, on_record, situations
from tests.transfers.walkers import answered, approved
from transfers import actions
from transfers.brief import with_brief
from transfers.machine import State
from transfers.routing import acts_of, name_of

pytestmark = pytest.mark.deep

LONDON = ZoneInfo("Europe/London")
ROUTES = [(authority, code) for authority in authorities() for code in pack_for(authority).routes]
POLICIES = ("blocking", "waivable", "advisory")


@pytest.mark.parametrize(("authority", "code"), ROUTES, ids=[code for _, code in ROUTES])
def test_a_route_is_driven_from_request_to_completion_and_its_twin_is_refused(db, authority, code):
    case, team, at = on_record(situations(authority)[code])
    before = case.responsible_team
    transfer = asked_for(case, code, team, at)

    if asks_for_nothing(transfer, at):
        assert transfer.effect in ("refers", "stays", "joins")
    else:
        gaps = refused(transfer, at) if missing(transfer, at) else refused_without_its_event(transfer, at)
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
        answered(transfer, at=at, gates=("request",))
        transfer = actions.ask_transfer(transfer=transfer, by=None, at=at)
    return transfer


def asks_for_nothing(transfer, at):
    """The protocol states no moment, no paper and no approval on this route: then nothing can be missing."""
    brief = with_brief(transfer, at, missing_because="").brief
    kinds = {point.kind for point in brief.route.points} | {
        point.kind for stage in brief.route.stages for point in stage.points
    }
    is_silent = kinds <= {"none"} and not any(need.is_missing for need in brief.approvals)
    return is_silent and not any(state.stops for state in brief.items) and "agreed" not in brief.steps


def missing(transfer, at):
    with_brief(transfer, at, missing_because="")
    return transfer.blockers("complete")


def refused_without_its_event(transfer, at):
    """Everything is in the record already: the twin is the same case before its event was recorded."""
    kinds = {point.event for point in with_brief(transfer, at).brief.route.points}
    events = transfer.case.events.filter(kind__in=kinds)
    events.update(withdrawn_at=at, withdrawn_reason="Not held yet.")
    gaps = refused(transfer, at)
    events.update(withdrawn_at=None, withdrawn_reason="")
    return gaps


def refused(transfer, at):
    """The twin: nothing is answered, approved, agreed or recorded yet."""
    with pytest.raises(Refused) as refusal:
        actions.complete_transfer(transfer=transfer, by=None, at=at, missing_because="")
    return refusal.value.gaps


def made_ready(transfer, at):
    at += timedelta(minutes=1)
    approved(transfer, at=at)
    answered(transfer, at=at)
    if "agreed" in with_brief(transfer, at).brief.steps:
        actions.agree_transfer(transfer=transfer, planned_on=at.astimezone(LONDON).date(), by=None, at=at)
    for _ in range(4):
        transfer.refresh_from_db()
        found = with_brief(transfer, at).brief.found
        if found.point and not found.point.reached:
            at = reach(transfer, found, at)
        elif found.gaps and found.earliest:
            at = noon(found.earliest)
        else:
            break
    answered(transfer, at=at)
    return transfer, at


def reach(transfer, found, at):
    """Record what the route waits for; where only time can reach it, wait."""
    row = found.plan.route
    at += timedelta(minutes=1)
    points = [*row.points, *(point for stage in row.stages for point in stage.points)]
    for point in acts_of(row):
        actions.record_point(transfer=transfer, act=name_of(point), happened_at=at, by=None, at=at)
    for point in points:
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
