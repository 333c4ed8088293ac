"""The decorator of every view about one transfer."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from cases.models import Case
from cases.models.scope import must_not_see
from teams.models import Person
from teams.requests import SignedInRequest
from transfers.brief import with_brief
from transfers.machine import UNDER_WAY, WAITING, State
from transfers.models import Transfer

View = Callable[..., HttpResponse]


def with_transfer(view: View) -> View:
    """The transfer that the address names by `ref`, out of those this person may see (404 if it is not), with what
    the protocol asks of it now."""

    @wraps(view)
    def loaded(request: SignedInRequest, ref: str, **kwargs: Any) -> HttpResponse:
        key = get_object_or_404(Transfer.objects.visible_to(request.user).values_list("pk", flat=True), reference=ref)
        return view(request, with_brief(Transfer.objects.with_people().get(pk=key), now()), **kwargs)

    return loaded


def cases_to_ask_for(person: Person) -> QuerySet[Case]:
    """The open cases of the authority that a manager may ask for. A restricted one only by those who may open it."""
    visible = Case.objects.visible_to(person).values("pk")
    rows = Case.objects.held().filter(authority=person.authority_id).exclude(child__in=must_not_see(person))
    return rows.filter(Q(child__restricted=False) | Q(pk__in=visible)).select_related("child", "authority")


def cases_among(person: Person, keys: Iterable[str]) -> list[Case]:
    """Those of these cases that this person may open."""
    return list(Case.objects.visible_to(person).filter(pk__in=[key for key in keys if key.isdigit()]))


def asked_together(person: Person, transfer: Transfer) -> list[Transfer]:
    """The brothers and sisters of the same decision that still wait for an answer."""
    waiting = Transfer.objects.together_with(transfer).filter(state__in=WAITING)
    asked = list(waiting.values_list("pk", flat=True))
    return Transfer.objects.visible_to(person).filter(pk__in=asked).order_by("pk").read() if asked else []


def seen_now(transfer: Transfer, verb: str = "", place: int = 0) -> dict[str, Any]:
    """What a page about one act shows of the transfer as it is now: the newest line of its story, and, where the act
    has no place any more, who was first."""
    last = transfer.story().order_by().aggregate(last=Max("pk"))["last"]
    return {"seen": last or 0, "was_first": _was_first(transfer, verb, place)}


def _was_first(transfer: Transfer, verb: str, place: int) -> str:
    now_is = Transfer.objects.get(pk=transfer.pk)
    if place:
        given = transfer.approvals.filter(place=place, withdrawn_at=None).select_related("given_by").first()
        return given.in_words if given else "" if now_is.state in UNDER_WAY else now_is.stands
    if verb in ("decide", "pass_on"):
        return "" if now_is.state == State.DISPUTED else now_is.stands
    move = getattr(Transfer, verb, None)
    machine = getattr(move, "_django_fsm", None)
    return "" if machine is None or machine.get_transition(now_is.state) else now_is.stands


def with_open_case(view: View) -> View:
    @wraps(view)
    def loaded(request: SignedInRequest, ref: str, **kwargs: Any) -> HttpResponse:
        rows = Case.objects.visible_to(request.user).held().select_related("child", "authority")
        return view(request, get_object_or_404(rows, reference=ref), **kwargs)

    return loaded
