"""The whole checklist of a transfer on one page."""

from functools import partial
from typing import Any

from django.http import HttpResponse

from teams.requests import SignedInRequest
from transfers import actions, permissions
from transfers.brief import ItemState
from transfers.checklist_forms import AnswerLine, ChecklistForm
from transfers.loading import with_transfer
from transfers.models import Transfer
from transfers.presenters.head import head_of
from transfers.presenters.transfer import GATES, Line, line_of
from transfers.views import ask, data


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
