"""The papers of a transfer: its checklist, each line of it, and what was missing when the case moved."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from cases.models import Standing
from teams.requests import SignedInRequest
from transfers import actions, forms, permissions
from transfers.brief import ItemState
from transfers.checklist_forms import AnswerLine, ChecklistForm
from transfers.loading import with_transfer
from transfers.models import Transfer
from transfers.presenters.head import head_of
from transfers.presenters.papers import GATES, LOST_ITEM, Line, issues_left, line_of
from transfers.views import about, ask, data


@with_transfer
def checklist(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    """What is filled in is saved, however much is left."""
    permissions.check_can(request.user, "answer", transfer)
    form = ChecklistForm(data(request), states=to_answer(transfer))
    head = head_of(transfer.case, transfer.brief.at)
    more: dict[str, Any] = {"transfer": transfer, "head": head, "groups": groups_of(transfer, form)}
    act = partial(actions.answer_items, transfer=transfer)
    return ask(request, "checklist", form, act, "Your answers are saved.", then=transfer.get_absolute_url(), **more)


def to_answer(transfer: Transfer) -> list[ItemState]:
    """Before the move all but what comes after it; after the move only that."""
    is_over = transfer.finished_at is not None
    gates = {
        gate for gate in GATES if (gate == "after") == is_over and (gate != "closure" or transfer.effect == "ends")
    }
    return [state for state in transfer.brief.items if state.item.gate in gates]


def groups_of(transfer: Transfer, form: ChecklistForm) -> list[tuple[str, list[tuple[AnswerLine, Line]]]]:
    asked = {line.code: line for line in form.lines()}
    groups: dict[str, list[tuple[AnswerLine, Line]]] = {}
    for state in form.states:
        shown = line_of(transfer.brief, state, False)
        groups.setdefault(state.item.gate, []).append((asked[state.item.code], shown))
    return [(words, groups[gate]) for gate, words in GATES.items() if gate in groups]


def item_of(transfer: Transfer, code: str) -> ItemState:
    for state in transfer.brief.items:
        if state.item.code == code:
            return state
    raise Http404


def about_item(
    request: SignedInRequest, transfer: Transfer, verb: str, code: str, form: Any, act: Callable[..., Any], said: str
) -> HttpResponse:
    state = item_of(transfer, code)
    standing = Standing.of(request.user)
    more = {
        "state": state,
        "line": line_of(transfer.brief, state, False),
        "may_waive": state.stops and state.item.policy == "waivable"
        and permissions.can(request.user, "waive", transfer, standing),
        "may_sign": state.waiver is not None and state.waiver.signed_at is None
        and permissions.can_sign(request.user, state.waiver, standing),
        "may_check": state.answer is not None and permissions.can(request.user, "check", transfer, standing),
    }  # fmt: skip
    return about(request, transfer, verb, form, partial(act, item=code), said, **more)


@with_transfer
def item(request: SignedInRequest, transfer: Transfer, code: str) -> HttpResponse:
    state = item_of(transfer, code)
    answer = state.answer
    initial = (
        {"says": answer.says, "dated_on": answer.dated_on, "link": answer.link, "text": answer.text} if answer else {}
    )
    form = forms.ItemForm(data(request), initial=initial, evidence=state.item.evidence, options=state.item.options)
    return about_item(request, transfer, "answer", code, form, actions.answer_item, "The answer is saved.")


@with_transfer
def check(request: SignedInRequest, transfer: Transfer, code: str) -> HttpResponse:
    form = forms.CheckForm(data(request))
    return about_item(request, transfer, "check", code, form, actions.check_item, "The check is saved.")


@with_transfer
def waive(request: SignedInRequest, transfer: Transfer, code: str) -> HttpResponse:
    form = forms.WaiveForm(data(request))
    return about_item(
        request, transfer, "waive", code, form, actions.waive_item, "The waiver waits for a second manager's name."
    )


@with_transfer
def sign(request: SignedInRequest, transfer: Transfer, code: str) -> HttpResponse:
    waiver = item_of(transfer, code).waiver
    if waiver is None:
        raise Http404
    waiver.transfer = transfer
    permissions.check_can_sign(request.user, waiver)
    form = forms.ConfirmForm(data(request))
    state, head = item_of(transfer, code), head_of(transfer.case, transfer.brief.at)
    act = partial(actions.sign_waiver, waiver=waiver)
    return ask(
        request, "sign", form, act, "The waiver is signed.", transfer=transfer, head=head, state=state, waiver=waiver
    )


@with_transfer
def end_waiver(request: SignedInRequest, transfer: Transfer, code: str) -> HttpResponse:
    permissions.check_can(request.user, "waive", transfer)
    waiver = get_object_or_404(transfer.waivers.select_related("asked_by"), item=code, ended_at=None)
    waiver.transfer = transfer
    states = {state.item.code: state.item.what for state in transfer.brief.items}
    context: dict[str, Any] = {"head": head_of(transfer.case, transfer.brief.at), "waiver": waiver}
    act, form = partial(actions.end_waiver, waiver=waiver), forms.WhyForm(data(request))
    what = states.get(code, LOST_ITEM)
    return ask(request, "end_waiver", form, act, "The waiver is ended.", transfer=transfer, what=what, **context)


@with_transfer
def issues(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    """What was missing when the case moved, and how it was sorted out."""
    permissions.check_can(request.user, "check", transfer)
    form = forms.IssuesForm(data(request), missing=issues_left(transfer))
    head = head_of(transfer.case, transfer.brief.at)
    act, said = partial(actions.close_practice_issues, transfer=transfer), "It is written down."
    return ask(request, "issues", form, act, said, then=transfer.get_absolute_url(), transfer=transfer, head=head)
