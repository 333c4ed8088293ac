"""Brothers and sisters, the people around the child as they change, and the numbers a child is known by."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from cases import actions
from cases.forms import people as forms
from cases.loading import with_case
from cases.models import Relationship
from cases.presenters.family import child_found, children_found
from cases.slots import CaseContext
from cases.views.asking import Act, ask, check_may_record, form_of
from teams.requests import SignedInRequest

FAMILY = "cases:family"
PERSON = (
    "kind", "name", "address", "parental_responsibility", "lives_with_child", "learning_disability", "care_leaver",
    "looked_after", "earlier_child_removed",
)  # fmt: skip


@with_case
def add_sibling(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    """First who is meant, by number or name; then who that is, to be confirmed. What is typed goes into no address."""
    check_may_record(context)
    words = request.POST.get("words", "").strip()
    found = children_found(context, words)
    if not found:
        return _whom(request, context, words)
    answers = request.POST if "asked" in request.POST else None
    form = forms.WhichChildForm(answers, found=found, initial={"words": words})

    def act(form: Any) -> Act:
        sibling = child_found(context, form.cleaned_data["child"])
        return partial(actions.add_sibling, child=context.case.child, sibling=sibling, by=context.person, at=context.at)

    return ask(
        request, context, "which_child", form, act, said="They are brother and sister in the record.", then=FAMILY,
        title="Add a brother or sister", button="They are brother and sister",
    )  # fmt: skip


def _whom(request: SignedInRequest, context: CaseContext, words: str) -> HttpResponse:
    form = form_of(request, forms.SiblingForm, {"words": context.case.child.family_name})
    if words and form.is_valid():
        form.add_error("words", "No other child whose case you may see is found: try another spelling, or the number")
    return ask(
        request, context, "ask", form, lambda form: lambda: None, said="", then=FAMILY,
        title="Add a brother or sister", button="Continue",
    )  # fmt: skip


@with_case
def leave_family(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    child = context.case.child
    return ask(
        request, context, "ask", form_of(request, forms.LeaveFamilyForm),
        partial(_act, context, actions.leave_family, child=child), said="The child is taken out of the family.",
        then=FAMILY, button="Take the child out",
        title=f"Not brother and sister after all: take {child.name} out of the family",
    )  # fmt: skip


@with_case
def change_relationship(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    person = _person(context, pk)
    form = form_of(request, forms.RelationshipForm, {name: _typed(getattr(person, name)) for name in PERSON})
    return ask(
        request, context, "ask", form, partial(_act, context, actions.change_relationship, relationship=person),
        said="What is known of them is changed.", then=FAMILY, title=f"Change what is known of {person.name}",
        button="Save",
    )  # fmt: skip


@with_case
def end_relationship(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    person = _person(context, pk)
    form = form_of(request, forms.EndRelationshipForm)
    return ask(
        request, context, "ask", form, partial(_act, context, actions.end_relationship, relationship=person),
        said="Nothing goes to them any more.", then=FAMILY, title=f"No longer around the child: {person.name}",
        button="End it",
    )  # fmt: skip


@with_case
def add_identifier(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    check_may_record(context)
    form = form_of(request, forms.IdentifierForm)
    return ask(
        request, context, "ask", form, partial(_act, context, actions.add_identifier, child=context.case.child),
        said="The number is added.", then=FAMILY, title="Add a number the child is known by", button="Add",
    )  # fmt: skip


def _act(context: CaseContext, action: Any, form: Any, **about: Any) -> Act:
    return partial(action, **about, **form.cleaned_data, by=context.person, at=context.at)


def _person(context: CaseContext, pk: int) -> Relationship:
    check_may_record(context)
    return get_object_or_404(context.case.child.relationships.filter(ended_at=None), pk=pk)


def _typed(value: Any) -> Any:
    """Yes, no and not known as the boxes have them."""
    return {True: "yes", False: "no", None: ""}.get(value, value)
