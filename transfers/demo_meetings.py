"""Transfer meetings of the demo: one with its minutes, one whose day has come, one to come."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from cases.models import Case
from teams.refusals import Refused
from teams.roles import NotAllowed
from transfers import actions
from transfers.demo_council import Council, Unsuited
from transfers.models import Transfer
from transfers.presenters.people import workers_of


def meeting_held(council: Council, case: Case) -> set[int]:
    """A meeting of last week with its minutes: agreed, put off, not agreed."""
    listed = _listed(council, case, 3, days=19)
    meeting = listed[0].listings.get().meeting
    at = meeting.planned_at + timedelta(minutes=30)
    for transfer, says in zip(listed, ["agreed", "deferred", "not_agreed"], strict=False):
        if says == "agreed":
            council.answer(transfer, at)
            council.approve(transfer, at)
        actions.decide_item(
            item=transfer.listings.get(), says=says, by=council.keeper, at=at, minutes=MINUTES[says],
            agreed_by=council.may("agree", transfer) if says == "agreed" else None,
            receiving_worker=workers_of(transfer, localdate(at)).last() if says == "agreed" else None,
            planned_on=council.ahead(4).date() if says == "agreed" else None,
        )  # fmt: skip
    minutes = "All were there but the school. The next list is open."
    actions.close_minutes(meeting=meeting, minutes=minutes, by=council.keeper, at=at + timedelta(hours=1))
    return {transfer.case_id for transfer in listed}


MINUTES = {
    "agreed": "The worker meets the family on the day of the move.",
    "deferred": "The assessment is signed next week.",
    "not_agreed": "The threshold is not met. The sending team steps the case down.",
}


def meeting_ahead(council: Council, case: Case) -> set[int]:
    """A list for the next meeting, all ready to be decided."""
    return {transfer.case_id for transfer in _listed(council, case, 3, days=0)}


def meeting_now(council: Council, case: Case) -> set[int]:
    """A meeting whose day has come, and nothing is decided yet."""
    return {transfer.case_id for transfer in _listed(council, case, 2, days=12)}


def _listed(council: Council, case: Case, wanted: int, *, days: int) -> list[Transfer]:
    """This case and others that the same desk takes, on one list."""
    listed: list[Transfer] = []
    since = council.ago(days)
    near = [one for one in council.left if one.pk > case.pk and council.held_since[one.pk] < since]
    for other in [case, *near[:NEAR]]:
        with suppress(Refused, NotAllowed, Unsuited), transaction.atomic():
            listed.append(_list(council, other, days, listed))
        if len(listed) == wanted or not listed:
            break
    if len(listed) < min(wanted, 2):
        raise Unsuited
    return listed


NEAR = 12


def _list(council: Council, case: Case, days: int, listed: list[Transfer]) -> Transfer:
    choice = next(iter(council.routes_of(case, "listed")), None)
    if choice is None:
        raise Unsuited
    transfer = council.asked(case, days, choice=choice)
    at = council.ago(days, 12)
    council.answer(transfer, at)
    meets_at = council.ago(days - 4, 10) if days else council.ahead(4)
    item = actions.list_for_meeting(transfer=transfer, by=council.keeper, at=at, meets_at=meets_at)
    if listed and item.meeting_id != listed[0].listings.get().meeting_id:
        raise Unsuited
    return transfer
