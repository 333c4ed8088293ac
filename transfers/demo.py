"""Invented transfers for the demo, in the stages that stand on a manager's desk: asked for, agreed, given back."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import cycle

from django.db import transaction
from django.utils.timezone import localdate, now

from cases.models import Case
from teams.models import Authority, Team
from teams.refusals import Refused
from transfers import actions
from transfers.brief import with_brief
from transfers.models import Transfer
from transfers.presenters.choices import options_for
from transfers.presenters.people import workers_of

EACH = 8  # in each council

Stage = Callable[[Transfer, datetime], object]


def seed(say: Callable[[str], object]) -> None:
    at = now()
    for authority in Authority.objects.order_by("code"):
        if authority.teams.filter(kind=Team.Kind.CASES).exists():
            say(f"{_transfers_of(authority, at)} invented transfers of {authority.name}")


def _transfers_of(authority: Authority, at: datetime) -> int:
    """Spread over the days before; a stage that the protocol does not let a case reach is left out."""
    stages: Iterator[Stage] = cycle([_asked, _agreed, _asked, _approved, _returned])
    made = 0
    cases = Case.objects.filter(authority=authority, state="open", child__restricted=False).select_related("child")
    for case in cases.order_by("pk"):
        if made == EACH:
            break
        with suppress(Refused), transaction.atomic():
            transfer = _request(case, at - timedelta(hours=30 * (made + 1)))
            if transfer:
                made += 1
                with suppress(Refused), transaction.atomic():
                    next(stages)(transfer, at)
    return made


def _request(case: Case, at: datetime) -> Transfer | None:
    """Along the first route that the protocol leads to another team of the council."""
    options = options_for(case, case.responsible_team, at)
    for choice in (*options.recommended, *sorted(options.possible, key=lambda one: len(one.needs))):
        route, _, team = choice.value.partition("|")
        if team and choice.moves.startswith("Moves"):
            receiving = Team.objects.get(pk=team)
            worker = case.allocated_social_worker
            return actions.request_transfer(case=case, route=route, receiving_team=receiving, by=worker, at=at)
    return None


def _asked(transfer: Transfer, at: datetime) -> None:
    """Waits for the other side's manager."""


def _approved(transfer: Transfer, at: datetime) -> None:
    for need in with_brief(transfer, at).brief.approvals:
        actions.give_approval(transfer=transfer, place=need.place, by=None, at=at - timedelta(hours=3))


def _agreed(transfer: Transfer, at: datetime) -> None:
    _approved(transfer, at)
    today = localdate(at)
    worker = workers_of(transfer, today).first()
    planned_on = today + timedelta(days=7 - today.weekday() + 3)  # a Thursday: nothing moves on a Sunday
    note = "As soon as the worker is free."
    actions.agree_transfer(transfer=transfer, receiving_worker=worker, planned_on=planned_on, note=note, by=None, at=at)


def _returned(transfer: Transfer, at: datetime) -> None:
    actions.return_transfer(transfer=transfer, gaps_found="The chronology ends in spring.", by=None, at=at)
