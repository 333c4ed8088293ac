"""Giving an approval that the pack asks for, and taking it back."""

from functools import partial

from django.http import Http404, HttpResponse

from teams.requests import SignedInRequest
from transfers import actions, forms, permissions
from transfers.brief import ApprovalState
from transfers.loading import seen_now, with_transfer
from transfers.models import Transfer
from transfers.presenters.head import head_of
from transfers.presenters.weighing import weighing_of
from transfers.views import as_seen, ask, data


@with_transfer
def approve(request: SignedInRequest, transfer: Transfer, place: int) -> HttpResponse:
    need = _need(transfer, place)
    own = permissions.can_approve(request.user, transfer, need)
    if not own:
        permissions.check_can_approve(request.user, transfer, need, "somebody else")
    form = forms.ApproveForm(data(request), for_somebody_else=not own)
    head = head_of(transfer.case, transfer.brief.at)
    act = as_seen(request, transfer, partial(actions.give_approval, transfer=transfer, place=place))
    return ask(
        request, "approve", form, act, "The approval is given.", fresh=partial(seen_now, transfer, place=place),
        transfer=transfer, head=head, need=need, weighing=weighing_of(transfer, request.user, transfer.brief.at),
    )  # fmt: skip


@with_transfer
def withdraw_approval(request: SignedInRequest, transfer: Transfer, place: int) -> HttpResponse:
    need = _need(transfer, place)
    if need.given is None:
        raise Http404
    permissions.check_can_approve(request.user, transfer, need, need.given.on_behalf_of)
    act = as_seen(request, transfer, partial(actions.withdraw_approval, approval=need.given))
    head, form = head_of(transfer.case, transfer.brief.at), forms.WhyForm(data(request))
    said = "The approval is withdrawn."
    return ask(
        request, "withdraw_approval", form, act, said, fresh=partial(seen_now, transfer), transfer=transfer, head=head,
        need=need,
    )  # fmt: skip


def _need(transfer: Transfer, place: int) -> ApprovalState:
    for need in transfer.brief.approvals:
        if need.place == place:
            return need
    raise Http404
