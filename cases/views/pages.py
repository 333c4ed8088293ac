"""The pages of one case: what matters now, its journey, and everything that is recorded."""

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate, now

from cases.forms.people import HeldAtForm
from cases.loading import with_case
from cases.permissions import can_allocate, can_guard, can_record, can_rectify
from cases.presenters import events as event_pages
from cases.presenters import holding, page, timeline, told
from cases.presenters.drawing import drawn_journey
from cases.presenters.family import family_of
from cases.presenters.horizon import horizon_of
from cases.slots import CaseContext
from cases.views.asking import show
from teams.requests import SignedInRequest
from teams.roles import Permission


@with_case
def case(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    return show(request, context, "case", "cases:case", now=page.now_of(context))


@with_case
def journey(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    kind = request.GET.get("kind", "")
    lines = timeline.journey_of(context.facts.record, kind)
    drawn = None if kind else drawn_journey(context.facts.record, localdate(context.at))
    return show(request, context, "journey", "cases:journey", lines=lines, kind=kind, kinds=timeline.KINDS, drawn=drawn)


@with_case
def horizon(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    return show(request, context, "horizon", "cases:horizon", lines=horizon_of(context))


@with_case
def family(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    case, standing = context.case, context.standing
    may_record = case.is_held and can_record(context.person, case, context.reach)
    may_rectify = not case.is_held and can_rectify(context.person, case, standing)
    return show(
        request, context, "family", "cases:family", family=family_of(context), may_record=may_record,
        may_rectify=may_rectify,
    )  # fmt: skip


@with_case
def events(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    may_record = can_record(context.person, context.case, context.reach) and context.case.is_held
    rows = event_pages.events_of(context, may_record)
    return show(request, context, "events", "cases:events", rows=rows, may_record=may_record)


@with_case
def involvement(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    may_change = can_record(context.person, context.case, context.reach) and context.case.is_held
    return show(
        request, context, "involvement", "cases:involvement", may_change=may_change,
        may_allocate=can_allocate(context.person, context.case, context.reach) and context.case.is_held,
        stretches=holding.stretches_of(context.case, may_change), moves=holding.moves_of(context.case),
    )  # fmt: skip


@with_case
def held_at(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    """Who held this child at a moment, and who knew it then."""
    form, answer = HeldAtForm(request.GET or None, initial={"moment": context.at}), None
    if form.is_bound and form.is_valid():
        moment, known_at = form.cleaned_data["moment"], form.cleaned_data["known_at"] or now()
        answer = holding.held_at(context.case, moment, known_at, now())
    return show(request, context, "held_at", "cases:involvement", form=form, answer=answer)


@with_case
def documents(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    may_record = context.case.is_held and can_record(context.person, context.case, context.reach)
    return show(
        request, context, "documents", "cases:documents", documents=context.case.documents.all(), may_record=may_record
    )


@with_case
def facts(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    may_record = can_record(context.person, context.case, context.reach) and context.case.is_held
    questions = context.facts.questions(context.decision)
    return show(
        request, context, "facts", "cases:facts", rows=told.facts_table(context), may_record=may_record,
        questions=questions, others=told.other_questions(context, questions), running=told.running_of(context),
        ended=told.ended_of(context) if may_record else (),
    )  # fmt: skip


@with_case
def history(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    number = timeline.page_number(request.GET.get("page"))
    entries, has_more = timeline.history_of(context.case, number)
    looked: dict[str, Any] = {
        "guards": can_guard(context.person, context.case, context.standing),
        "audits": context.standing.allows(Permission.READ_AUDIT),
    }
    more: dict[str, Any] = {"entries": entries, "page": number, "has_more": has_more}
    return show(request, context, "history", "cases:history", **more, **looked)
