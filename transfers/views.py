"""The pages of a transfer: asking for one, one transfer, one page per move."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from cases import words
from cases.models import Case, Standing
from teams.listing import file_of, listing_of, remember
from teams.loading import needs
from teams.models import Person
from teams.refusals import Gap, Refused
from teams.requests import SignedInRequest
from transfers import actions, forms, permissions
from transfers.brief import desk_of
from transfers.guards import AT_COMPLETION
from transfers.ladder import next_meeting, rung_named
from transfers.loading import (
    asked_together,
    cases_among,
    cases_to_ask_for,
    seen_now,
    with_open_case,
    with_transfer,
)
from transfers.machine import State
from transfers.models import Dispute, Transfer
from transfers.presenters.choices import Options, options_for, options_otherwise
from transfers.presenters.family import choices_for
from transfers.presenters.head import head_of
from transfers.presenters.lists import TRANSFERS, transfers_for, transfers_in_a_file, transfers_page
from transfers.presenters.owed import DUTIES, duties_for, duties_in_a_file, duties_page
from transfers.presenters.people import workers_of
from transfers.presenters.transfer import TransferPage, dispute_line
from transfers.presenters.weighing import weighing_of
from transfers.routing import acts_of, name_of

manager = needs(permissions.P.DECIDE_TRANSFER)


def data(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def ask(
    request: SignedInRequest, page: str, form: Any, act: Callable[..., Any], said: str | Callable[[Any], str],
    then: str = "", fresh: Callable[[], dict[str, Any]] = dict, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; once it is in order, act, say so and go to the transfer (or `then`, or back to the list that it was
    done from). Every reason of a refusal is shown, beside the box it is about where there is one. `fresh`: what the
    page shows as it is after the act, whoever acted."""
    gaps: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = act(**form.cleaned_data, by=request.user, at=now())
        except Refused as refused:
            for gap in refused.gaps:
                form.add_error(gap.field, with_clauses(gap)) if gap.field in form.fields else gaps.append(gap)
        else:
            messages.success(request, said if isinstance(said, str) else said(done))
            if request.GET.get("back") == "home":
                return redirect("home")
            return redirect(then or getattr(done, "transfer", done))
    context = {"form": form, "gaps": gaps, **more, **fresh()}
    return render(request, f"transfers/{page}.jinja", context, status=422 if form.errors or gaps else 200)


def with_clauses(gap: Gap) -> str:
    return f"{gap.sentence} ({', '.join(gap.clauses)})" if gap.clauses else gap.sentence


WAITS = {"request", "list_for_meeting", "agree", "mend", "start_handover"}
"""What waits until nothing stands against it. Completing may lead another way, and changing the route is one."""


def about(
    request: SignedInRequest, transfer: Transfer, verb: str, form: Any, act: Callable[..., Any],
    said: str | Callable[[Any], str], **more: Any,
) -> HttpResponse:  # fmt: skip
    """One move of one transfer."""
    permissions.check_can(request.user, verb, transfer)
    head = head_of(transfer.case, transfer.brief.at, words.capital(transfer.brief.plan.point_says))
    is_move = hasattr(getattr(type(transfer), verb, None), "_django_fsm")  # Django's own models know a `check` too
    blockers = permissions.gaps_against(verb, transfer, request.user) if is_move and request.method == "GET" else []
    waits = bool(blockers) and verb in WAITS
    context: dict[str, Any] = {"transfer": transfer, "head": head, "blockers": blockers, "waits": waits} | more
    act = as_seen(request, transfer, partial(act, transfer=transfer))
    return ask(request, verb, form, act, said, fresh=partial(seen_now, transfer, verb), **context)


def as_seen(request: SignedInRequest, transfer: Transfer, act: Callable[..., Any]) -> Callable[..., Any]:
    """The act of somebody who sees on this page what the transfer was when it was drawn."""
    seen = request.POST.get("seen", "")
    if not (seen.isdecimal() and len(seen) < 19):
        return act
    return partial(actions.act_as_seen, transfer=transfer, seen=int(seen), does=act)


def transfer_list(request: SignedInRequest) -> HttpResponse:
    form, standing = forms.TransferFilters(request.GET, by=request.user), Standing.of(request.user)
    request.permissions = standing.permissions  # not read again for the head of the page
    found = transfers_for(request.user, form.chosen(), now(), standing)
    if "file" in request.GET:
        return file_of(TRANSFERS, transfers_in_a_file(found), request.user)
    remember(request, "Transfers")
    shown = listing_of(TRANSFERS, transfers_page(found, request.GET.get("page")), form.chosen(), request.user)
    may = standing.allows(permissions.P.DECIDE_TRANSFER)
    return render(request, "transfers/list.jinja", {"list": shown, "form": form, "may_ask_for": may})


def duty_list(request: SignedInRequest) -> HttpResponse:
    at, found = now(), duties_for(request.user)
    if "file" in request.GET:
        return file_of(DUTIES, duties_in_a_file(found, at), request.user)
    remember(request, "Duties owed after a move")
    shown = listing_of(DUTIES, duties_page(found, request.GET.get("page"), at), {}, request.user)
    return render(request, "transfers/duties.jinja", {"list": shown})


@with_transfer
def detail(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    return render(request, "transfers/detail.jinja", {"page": TransferPage.of(transfer, request.user, now())})


@with_open_case
def start(request: SignedInRequest, case: Case) -> HttpResponse:
    """Ask for a transfer: the routes that the protocol offers this child now."""
    at, holder, standing = now(), case.responsible_team, Standing.of(request.user)
    gives = permissions.can_request(request.user, case, holder, standing)
    if not gives and not standing.teams_with(permissions.P.DECIDE_TRANSFER):
        raise permissions.NotAllowed(f"{request.user.name} may not ask for a transfer of this case.")
    options = options_for(case, holder, at)
    if not gives:
        options = options.to_teams(standing.teams_with(permissions.P.DECIDE_TRANSFER))
    siblings = choices_for(case, at, request.user)
    form = forms.RequestForm(data(request), **offered(options), siblings=siblings)
    act = partial(requested, case, "transferring" if gives else "receiving")
    context: dict[str, Any] = {"case": case, "head": head_of(case, at), "options": options}
    return ask(request, "start", form, act, asked_in_words, **context)


def asked_in_words(done: actions.Together) -> str:
    """What was asked for; whoever stays behind is said at once."""
    parts = ["The transfer is asked for."]
    if done.others:
        parts.append(f"Asked for with it: {', '.join(one.case.child.name for one in done.others)}.")
    for case, gaps in done.staying:
        parts.append(f"{case.child.name} is parted from them. {' '.join(gap.sentence for gap in gaps)}")
    return " ".join(parts)


def agreed_in_words(done: actions.Together) -> str:
    parts = ["The transfer is agreed."]
    if done.others:
        parts.append(f"Agreed with it: {', '.join(one.case.child.name for one in done.others)}.")
    for case, gaps in done.staying:
        parts.append(f"{case.child.name} waits. {' '.join(gap.sentence for gap in gaps)}")
    return " ".join(parts)


@manager
def ask_for(request: SignedInRequest) -> HttpResponse:
    """A receiving team asks for a case of another team, by its reference."""
    form = forms.PullForm(data(request))
    if request.method == "POST" and form.is_valid():
        reference = form.cleaned_data["reference"].upper()
        if cases_to_ask_for(request.user).filter(reference=reference).exists():
            return redirect("transfers:pull", ref=reference)
        form.add_error("reference", "No open case that you may ask for has this reference.")
    return render(request, "transfers/ask_for.jinja", {"form": form}, status=422 if form.errors else 200)


@manager
def pull(request: SignedInRequest, ref: str) -> HttpResponse:
    """What a team may ask for: the routes that lead this case to it. Nothing else of the record is shown."""
    case, at = get_object_or_404(cases_to_ask_for(request.user), reference=ref), now()
    teams = Standing.of(request.user).teams_with(permissions.P.DECIDE_TRANSFER)
    options = options_for(case, case.responsible_team, at).to_teams(teams)
    form = forms.RequestForm(data(request), **offered(options))
    act = partial(requested, case, "receiving")
    context: dict[str, Any] = {"case": case, "options": options, "holder": case.responsible_team}
    return ask(request, "pull", form, act, asked_in_words, **context)


def offered(options: Options) -> dict[str, Any]:
    return {
        "choices": [(one.value, one.label) for one in options.all],
        "hints": {one.value: one.hint for one in options.all},
    }


def requested(
    case: Case, side: str, *, choice: str, by: Person, siblings: Iterable[str] = (), **more: Any
) -> actions.Together:
    route, _, key = choice.partition("|")
    team, chosen = forms.team_of(key), cases_among(by, siblings)
    return actions.request_together(
        case=case, route=route, receiving_team=team, asked_by_side=side, siblings=chosen, by=by, **more
    )


@with_transfer
def request(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.ConfirmForm(data(request))
    return about(request, transfer, "request", form, actions.ask_transfer, "The transfer is asked for.")


@with_transfer
def agree(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    point = transfer.brief.found.point if transfer.brief.found else None
    initial = {"planned_on": transfer.planned_on or (point.on if point else None)}
    together = asked_together(request.user, transfer)
    named = [(str(one.pk), f"{one.case.child.name} ({one.reference})") for one in together]
    form = forms.AgreeForm(data(request), initial=initial, workers=workers_of(transfer, localdate()), together=named)
    weighing = weighing_of(transfer, request.user, transfer.brief.at)
    return about(request, transfer, "agree", form, agreed, agreed_in_words, weighing=weighing)


def agreed(*, transfer: Transfer, by: Person, together: Iterable[str] = (), **more: Any) -> actions.Together:
    others = [one for one in asked_together(by, transfer) if str(one.pk) in set(together)]
    return actions.agree_together(transfer=transfer, others=others, by=by, **more)


@with_transfer
def name_worker(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.WorkerForm(data(request), workers=workers_of(transfer, localdate()))
    return about(request, transfer, "name_worker", form, actions.name_worker, "The worker is named.")


@with_transfer
def plan_anew(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.DayForm(data(request))
    return about(request, transfer, "plan_anew", form, actions.plan_anew, "The move has a new day.")


@with_transfer
def send_back(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.ReturnForm(data(request))
    return about(request, transfer, "send_back", form, actions.return_transfer, "The transfer is returned.")


@with_transfer
def mend(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.NoteForm(data(request))
    return about(request, transfer, "mend", form, actions.mend_transfer, "The transfer is asked for again.")


@with_transfer
def withdraw(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.WhyForm(data(request))
    return about(request, transfer, "withdraw", form, actions.withdraw_transfer, "The transfer is withdrawn.")


@with_transfer
def start_handover(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.NoteForm(data(request))
    return about(request, transfer, "start_handover", form, actions.start_handover, "The handover has begun.")


@with_transfer
def record_point(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    acts = [
        (name_of(point), words.capital(point.says or words.label(name_of(point))))
        for point in acts_of(transfer.brief.route)
    ]
    form = forms.PointForm(data(request), acts=acts)
    return about(request, transfer, "record_point", form, actions.record_point, "It is recorded.")


@with_transfer
def complete(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    otherwise = options_otherwise(transfer)
    form = forms.CompleteForm(data(request), **offered(otherwise))
    missing = [state.item.what for state in transfer.brief.items if state.opens_issue and state.item.gate != "after"]
    asked_for = [
        state.item.what for state in transfer.brief.items if state.wants_reason and state.item.gate in AT_COMPLETION
    ]
    if not asked_for:
        del form.fields["missing_because"]
    return about(
        request, transfer, "complete", form, completed, completed_in_words, missing=missing, asked_for=asked_for,
        otherwise=otherwise.all,
    )  # fmt: skip


def completed(*, choice: str = "", **more: Any) -> Transfer:
    """On the route that was asked for, or on the one that what was decided leads along."""
    if not choice:
        return actions.complete_transfer(**more)
    route, _, key = choice.partition("|")
    return actions.complete_otherwise(route=route, receiving_team=forms.team_of(key), **more)


def completed_in_words(transfer: Transfer) -> str:
    if transfer.state == State.COMPLETED:
        return f"The transfer is complete: {transfer.case.responsible_team or 'nobody'} holds the case."
    return "The route is changed to what was decided. What is still missing is said on this page."


@with_transfer
def change_route(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    options = options_for(transfer.case, transfer.brief.holder, now(), transfer.brief.decision)
    form = forms.ChangeRouteForm(data(request), **offered(options))
    act = partial(rerouted, transfer=transfer)
    return about(request, transfer, "change_route", form, act, "The route is changed.", options=options, blockers=[])


def rerouted(*, transfer: Transfer, choice: str, **more: Any) -> Transfer:
    route, _, key = choice.partition("|")
    return actions.change_route(transfer=transfer, route=route, receiving_team=forms.team_of(key), **more)


# --- disputes, duties, the meeting's list ---


@with_transfer
def dispute(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    form = forms.DisputeForm(data(request))
    return about(request, transfer, "dispute", form, actions.raise_dispute, "The dispute is raised.")


def last_dispute(transfer: Transfer) -> Dispute:
    """Decided or not: whoever comes too late is told who decided it."""
    found = transfer.disputes.order_by("raised_at").last()
    if found is None:
        raise Http404
    found.transfer = transfer
    return found


@with_transfer
def pass_on(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    found = last_dispute(transfer)
    permissions.check_can(request.user, "dispute", transfer)
    return disputed(request, found, "pass_on", forms.WhyForm(data(request)), passed_on, "The dispute goes on.")


def passed_on(*, dispute: Dispute, **more: Any) -> Transfer:
    return actions.pass_on_dispute(dispute=dispute, **more).dispute.transfer


@with_transfer
def decide(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    found = last_dispute(transfer)
    permissions.check_can_decide(request.user, transfer, rung_named(transfer.brief.pack, found.rung.step))
    form = forms.DecideForm(data(request))
    return disputed(request, found, "decide", form, actions.decide_dispute, "The dispute is decided.")


def disputed(
    request: SignedInRequest, dispute: Dispute, page: str, form: Any, act: Callable[..., Any], said: str
) -> HttpResponse:
    transfer = dispute.transfer
    head, line = head_of(transfer.case, transfer.brief.at), dispute_line(dispute)
    act = as_seen(request, transfer, partial(act, dispute=dispute))
    context: dict[str, Any] = {"transfer": transfer, "head": head, "dispute": line}
    if request.method == "GET":
        context["blockers"] = dispute.blockers(page)
    return ask(request, page, form, act, said, fresh=partial(seen_now, transfer, page), **context)


@with_transfer
def list_for_meeting(request: SignedInRequest, transfer: Transfer) -> HttpResponse:
    row = desk_of(transfer.brief.pack, transfer.brief.plan)
    following = next_meeting(row, now()) if row else None
    form = forms.ListForm(data(request), has_day=following is not None or row is None)
    meets_at = words.moment(following[0]) if following else ""
    more: dict[str, Any] = {"meeting": row, "meets_at": meets_at}
    act, said = actions.list_for_meeting, "It is on the meeting's list."
    return about(request, transfer, "list_for_meeting", form, act, said, **more)


@with_transfer
def meet_duty(request: SignedInRequest, transfer: Transfer, pk: int) -> HttpResponse:
    duty = get_object_or_404(transfer.duties.select_related("team"), pk=pk)
    permissions.check_can_meet(request.user, duty)
    head = head_of(transfer.case, transfer.brief.at)
    act = partial(actions.meet_duty, duty=duty)
    form = forms.DutyForm(data(request))
    return ask(request, "meet_duty", form, act, "The duty is done.", transfer=transfer, head=head, duty=duty)
