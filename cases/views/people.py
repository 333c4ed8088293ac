"""Naming the worker, holding on duty, who takes part; the child, the family, warnings, documents."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from cases import actions, words
from cases.forms import people as forms
from cases.loading import with_case
from cases.models import IdentityDetail, Involvement, Part
from cases.permissions import check_can_rectify
from cases.presenters.holding import caseloads
from cases.slots import CaseContext
from cases.views.asking import Act, ask, check_may_allocate, check_may_record, form_of
from teams.models import Person, Team
from teams.requests import SignedInRequest
from teams.roles import NotAllowed

INVOLVEMENT, FAMILY = "cases:involvement", "cases:family"


def _act(context: CaseContext, action: Any, form: Any, **about: Any) -> Act:
    return partial(action, **about, **form.cleaned_data, by=context.person, at=context.at)


def _holder(context: CaseContext) -> Team:
    check_may_allocate(context)
    held = [line.team for line in context.reach.lines if line.role == Part.RESPONSIBLE_TEAM]
    if not held:
        raise NotAllowed(f"Nobody holds case {context.case.reference}: it is closed.")
    return held[0]


@with_case
def allocate(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    form = form_of(request, forms.AllocateForm, workers=caseloads(_holder(context), context.at))
    return ask(
        request, context, "ask", form, lambda form: _act(context, actions.allocate, form, case=context.case),
        said="The social worker is named.", then="cases:case", title="Name the social worker", button="Name the worker",
    )  # fmt: skip


@with_case
def duty(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    people = Person.objects.active().working_in(_holder(context), localdate(context.at))
    form = form_of(request, forms.DutyForm, people=people)
    return ask(
        request, context, "ask", form, lambda form: _act(context, actions.hold_on_duty, form, case=context.case),
        said="The case is held on duty.", then="cases:case", title="Hold on duty", button="Hold on duty",
    )  # fmt: skip


@with_case
def add_involvement(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    form = form_of(request, forms.AddInvolvementForm, by=context.person)
    return ask(
        request, context, "ask", form, lambda form: _act(context, actions.add_involvement, form, case=context.case),
        said="They are added.", then=INVOLVEMENT, title="Add somebody who takes part", button="Add",
    )  # fmt: skip


@with_case
def end_involvement(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    check_may_record(context)
    line: Involvement = get_object_or_404(context.case.involvements.current().select_related("team", "person"), pk=pk)
    who = line.person.name if line.person else line.team.name
    return ask(
        request, context, "ask", form_of(request, forms.EndInvolvementForm),
        lambda form: _act(context, actions.end_involvement, form, involvement=line), said="Their part has ended.",
        then=INVOLVEMENT, title=f"End the part of {who} as {line.get_role_display().lower()}", button="End it now",
    )  # fmt: skip


@with_case
def correct_move(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    """`pk` is the line that began with the move."""
    check_may_allocate(context)
    line = get_object_or_404(context.case.involvements.standing().responsible().select_related("team"), pk=pk)
    form = form_of(request, forms.CorrectMoveForm, {"really_at": line.started_at})
    return ask(
        request, context, "ask", form,
        lambda form: _act(context, actions.correct_move, form, case=context.case, moved_at=line.started_at),
        said="The move is corrected. What was recorded before stays in the ledger.", then=INVOLVEMENT, previewed=True,
        title=f"Correct the move to {line.team.name} of {words.moment(line.started_at)}", button="Continue",
    )  # fmt: skip


CHILD = (
    "given_name", "family_name", "also_known_as", "date_of_birth", "expected_delivery_date", "sex", "address",
    "school", "died_on",
)  # fmt: skip


@with_case
def change_child(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    child = context.case.child
    form = form_of(request, forms.ChildForm, {name: getattr(child, name) for name in CHILD})
    return ask(
        request, context, "ask", form, lambda form: _act(context, actions.change_child, form, child=child),
        said="The child's details are changed.", then=FAMILY, previewed=True, title="Change the child's details",
        button="Continue",
    )  # fmt: skip


@with_case
def rectify(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    """A closed case: who the child is, and nothing else."""
    check_can_rectify(context.person, context.case)
    child = context.case.child
    form = form_of(request, forms.RectifyForm, {name: getattr(child, name) for name in IdentityDetail.values})
    return ask(
        request, context, "rectify", form, lambda form: _act(context, actions.rectify_child, form, case=context.case),
        said="It is put right. What the record said before stays beside it.", then=FAMILY,
        title="Put right who the child is", button="Put it right",
    )  # fmt: skip


@with_case
def add_relationship(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    form = form_of(request, forms.RelationshipForm)
    return ask(
        request, context, "ask", form,
        lambda form: _act(context, actions.add_relationship, form, child=context.case.child), said="They are added.",
        then=FAMILY, title="Add somebody around the child", button="Add",
    )  # fmt: skip


@with_case
def add_warning(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    form = form_of(request, forms.WarningForm)
    return ask(
        request, context, "ask", form, lambda form: _act(context, actions.add_warning, form, child=context.case.child),
        said="The warning stands on every page of the case.", then=FAMILY, title="Add a warning", button="Add",
    )  # fmt: skip


@with_case
def end_warning(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    check_may_record(context)
    warning = get_object_or_404(context.case.child.warnings.filter(ended_at=None), pk=pk)
    return ask(
        request, context, "ask", form_of(request, forms.EndInvolvementForm),
        lambda form: _act(context, actions.end_warning, form, warning=warning), said="The warning has ended.",
        then=FAMILY, title=f"End the warning: {warning.says}", button="End it",
    )  # fmt: skip


@with_case
def add_document(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    form = form_of(request, forms.DocumentForm)
    return ask(
        request, context, "ask", form, lambda form: _act(context, actions.add_document, form, case=context.case),
        said="The document is added.", then="cases:documents", title="Say where a document is kept", button="Add",
    )  # fmt: skip
