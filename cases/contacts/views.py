"""Contacts: the board of the front door, one contact, and what is decided about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from cases import actions
from cases.contacts import forms, presenters
from cases.models import Contact
from cases.slots import contact_links
from teams.filters import words_for
from teams.listing import file_of, listing_of, remember
from teams.loading import needs, with_one
from teams.refusals import Refused
from teams.requests import SignedInRequest
from teams.roles import Permission

read_contacts = needs(Permission.RECORD_CONTACT, Permission.DECIDE_CONTACT, Permission.SEE_ALL_CASES)
decide_contacts = needs(Permission.DECIDE_CONTACT)


@read_contacts
def board(request: SignedInRequest) -> HttpResponse:
    remember(request, "Contacts")
    shown = {"columns": presenters.board(request.user, now()), "links": contact_links.gather(request.user)}
    return render(request, "contacts/board.jinja", shown)


@read_contacts
def contact_list(request: SignedInRequest) -> HttpResponse:
    """What is looked for is a name: it comes in the body and is kept in the session, never in an address."""
    q = words_for(request, "contacts")
    if request.method == "POST":
        return redirect(request.get_full_path())
    form, at = forms.ContactFilters(request.GET), now()
    found = presenters.contacts_found(request.user, q, form.chosen(), at)
    if "file" in request.GET:
        return file_of(presenters.CONTACTS, presenters.contacts_in_a_file(found, at), request.user)
    remember(request, "All contacts")
    page = presenters.contacts_page(found, at, request.GET.get("page"))
    shown = listing_of(presenters.CONTACTS, page, form.chosen(), request.user)
    return render(request, "contacts/list.jinja", {"list": shown, "form": form, "q": q})


@needs(Permission.RECORD_CONTACT)
def record(request: SignedInRequest) -> HttpResponse:
    teams = presenters.front_doors(request.user)
    start = presenters.first_answers(request.user, now())
    form = forms.ContactForm(request.POST if request.method == "POST" else None, teams=teams, initial=start)
    if form.is_valid():
        try:
            contact = actions.record_contact(**form.cleaned_data, by=request.user, at=now())
        except Refused as refused:
            _show(form, refused)
        else:
            messages.success(request, f"Contact {contact.reference} is recorded.")
            may_decide = Permission.DECIDE_CONTACT in request.user.permissions()
            return redirect("contacts:known" if may_decide else "contacts:detail", contact.reference)
    return render(request, "contacts/record.jinja", {"form": form}, status=422 if form.errors else 200)


@read_contacts
@with_one(Contact, key="reference")
def detail(request: SignedInRequest, contact: Contact) -> HttpResponse:
    page = presenters.ContactPage.of(contact, request.user, now())
    return render(request, "contacts/detail.jinja", {"page": page})


def ask(
    request: SignedInRequest, page: str, form: Any, contact: Contact, act: Callable[..., Any], said: str
) -> HttpResponse:
    """One question about a contact: show it, act on the answer, and say what stands in the way."""
    if form.is_valid():
        try:
            act(contact=contact, **form.cleaned_data, by=request.user, at=now())
        except Refused as refused:
            _show(form, refused)
        else:
            messages.success(request, said)
            return redirect(contact)
    return render(
        request, f"contacts/{page}.jinja",
        {"form": form, "page": presenters.ContactPage.of(contact, request.user, now())},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _show(form: Any, refused: Refused) -> None:
    for gap in refused.gaps:
        form.add_error(gap.field if gap.field in form.fields else None, gap.sentence)


@decide_contacts
@with_one(Contact, key="reference")
def rate(request: SignedInRequest, contact: Contact) -> HttpResponse:
    known = presenters.rereferral(contact, now()) is not None
    answers = request.POST if request.method == "POST" else None
    first = {"colour": contact.colour, "tier": contact.tier, "reasons": contact.reasons}
    form = forms.RatingForm(answers, scale=contact.rating_scale, known_before=known, initial=first)
    return ask(request, "rate", form, contact, actions.rate_contact, "The contact is being looked into.")


@decide_contacts
@with_one(Contact, key="reference")
def decide(request: SignedInRequest, contact: Contact) -> HttpResponse:
    named, others = presenters.teams_to_choose(contact, now())
    form = forms.DecisionForm(
        request.POST if request.method == "POST" else None,
        ways=presenters.ways_of(contact, now()), named=named, others=others,
    )  # fmt: skip
    return ask(request, "decide", form, contact, actions.decide_contact, "The decision is recorded.")


@decide_contacts
@with_one(Contact, key="reference")
def information(request: SignedInRequest, contact: Contact) -> HttpResponse:
    form = forms.InformationForm(request.POST if request.method == "POST" else None)
    return ask(request, "information", form, contact, actions.pass_on_information, "The information is passed on.")


@decide_contacts
@with_one(Contact, key="reference")
def known(request: SignedInRequest, contact: Contact) -> HttpResponse:
    choices = presenters.known_children(contact, request.user)
    form = forms.KnownForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "GET" and (len(choices) == 1 or not contact.is_undecided or contact.child_id):
        return redirect(contact)
    if form.is_valid():
        child = presenters.child_chosen(contact, request.user, form.cleaned_data["child"])
        if child is None:
            return redirect(contact)
        form.cleaned_data["child"] = child
    return ask(request, "known", form, contact, actions.know_child, "The contact belongs to this child.")
