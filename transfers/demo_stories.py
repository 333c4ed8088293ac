"""What may have happened to an invented transfer up to now, told by the real actions of the people whose part it is.
A story gives back the keys of the cases that it used up."""

from datetime import timedelta

from django.utils.timezone import localdate

from cases import actions as case_actions
from cases.models import Case
from casetransfer.protocols.vocabulary import event_kinds
from teams.models import Team
from transfers import actions
from transfers.brief import with_brief
from transfers.demo_council import Council, Story, Unsuited
from transfers.demo_meetings import meeting_ahead, meeting_held, meeting_now
from transfers.ladder import rung_named
from transfers.models import Outcome, Transfer
from transfers.permissions import can_decide_dispute, can_depart, can_sign
from transfers.presenters.choices import Choice, routes_from
from transfers.routing import acts_of, name_of
from transfers.siblings import siblings_of


def asked(council: Council, case: Case) -> set[int]:
    """Waits for the other side's manager, with the papers there."""
    days = len(council.used) % 3
    transfer = council.asked(case, days)
    council.answer(transfer, council.ago(days))
    council.approve(transfer, council.ago(days) + timedelta(minutes=5), leaves_one=True)
    return {case.pk}


def asked_bare(council: Council, case: Case) -> set[int]:
    """Asked for in a hurry: approvals and papers are missing."""
    council.asked(case, 1)
    return {case.pk}


def pulled(council: Council, case: Case) -> set[int]:
    """The team that would take the case asks for it."""
    council.asked(case, 1, pulled=True)
    return {case.pk}


def agreed(council: Council, case: Case) -> set[int]:
    council.agree(council.asked(case, 4), 2)
    return {case.pk}


def returned(council: Council, case: Case) -> set[int]:
    """Some papers looked at and found wanting, and what is to be put right."""
    transfer = council.asked(case, 3)
    council.answer(transfer, council.ago(3))
    by, at = council.may("send_back", transfer), council.ago(1, 10)
    looked_at = [one.item.code for one in with_brief(transfer, at).brief.items if one.answer][:4]
    for place, code in enumerate(looked_at):
        found = "It ends in the spring, before the last strategy discussion." if place == 1 else ""
        actions.check_item(transfer=transfer, item=code, found_wanting=found, by=by, at=at)
    says = "The chronology ends in the spring. Please bring it up to today, and add the school's view."
    actions.return_transfer(transfer=transfer, gaps_found=says, by=by, at=at)
    return {case.pk}


def waived(council: Council, case: Case) -> set[int]:
    """Two managers do without one paper."""
    transfer = _waiver_asked(council, case)
    waiver = transfer.waivers.get()
    second = council.somebody(lambda person: can_sign(person, waiver))
    actions.sign_waiver(waiver=waiver, by=second, at=council.ago(1, 14))
    return {case.pk}


def waiver_waits(council: Council, case: Case) -> set[int]:
    """One manager asks to do without a paper, and the other has not signed."""
    _waiver_asked(council, case)
    return {case.pk}


def _waiver_asked(council: Council, case: Case) -> Transfer:
    transfer = council.asked(case, 2)
    code = council.waivable(transfer)
    council.answer(transfer, council.ago(2), but=(code,))
    actions.waive_item(
        transfer=transfer, item=code, reason="The paper is with the court and comes back next week.",
        expires_on=localdate(council.at) + timedelta(days=14), by=council.may("waive", transfer),
        at=council.ago(1, 10),
    )  # fmt: skip
    return transfer


def in_handover(council: Council, case: Case) -> set[int]:
    """Both teams work side by side."""
    choice = next(iter(council.routes_of(case, "handover")), None)
    if choice is None:
        raise Unsuited
    transfer = council.agree(council.asked(case, 6, choice=choice), 3)
    by, note = council.may("start_handover", transfer), "A joint visit is planned."
    actions.start_handover(transfer=transfer, by=by, at=council.ago(1), note=note)
    return {case.pk}


def moved(council: Council, case: Case) -> set[int]:
    """Completed a few days ago, and what is owed afterwards is owed still."""
    found = [one for one in council.routes_of(case) if len(one.needs) < 3 and council.can_come_true(one)]
    if not found:
        raise Unsuited
    choice = min(found, key=lambda one: len(one.needs))
    transfer = council.agree(council.asked(case, 4, choice=choice), 2)
    _make_ready(council, transfer, choice)
    by = council.may("complete", transfer)
    actions.complete_transfer(transfer=transfer, by=by, at=council.at, missing_because="Follows by post.")
    return {case.pk}


def _make_ready(council: Council, transfer: Transfer, choice: Choice) -> None:
    """What is asked is answered, and the transfer point is recorded as reached."""
    case, at = transfer.case, council.at
    by, brief = case.allocated_social_worker, with_brief(transfer, council.at).brief
    for need in brief.found.needs if brief.found else ():
        wanted = next((table[need.fact] for table in brief.route.when if need.fact in table), True)
        value = wanted[0] if isinstance(wanted, list | tuple) else wanted
        case_actions.answer_question(case=case, fact=need.fact, value=value, by=by, at=at)
    if "recorded as reached" in choice.moves:
        return
    for act in [name_of(point) for point in acts_of(brief.route)][:1]:
        manager = council.may("record_point", transfer)
        actions.record_point(transfer=transfer, act=act, happened_at=at, by=manager, at=at)
    for point in [point for point in brief.route.points if point.kind == "event"][:1]:
        known = event_kinds()[point.event].outcomes
        outcome = next((one for one in (*point.outcome, *GOOD) if one in known), known[0] if known else "")
        booked = case.events.planned().of_kind(point.event).first()
        booked = booked or case_actions.record_event(
            case=case, kind=point.event, planned_at=at, by=by, at=at - timedelta(days=1), earlier_elsewhere=True
        )
        case_actions.record_event_held(event=booked, held_at=at, outcome=outcome, by=by, at=at)


GOOD = ("child_protection_plan", "plan_agreed", "remain_looked_after", "held")


def withdrawn(council: Council, case: Case) -> set[int]:
    transfer = council.asked(case, 3)
    why = "The family moves next month, so another route is right."
    actions.withdraw_transfer(transfer=transfer, why=why, by=council.may("withdraw", transfer), at=council.ago(1))
    return {case.pk}


def lapsed(council: Council, case: Case) -> set[int]:
    transfer = council.asked(case, 6)
    actions.lapse_transfer(transfer=transfer, why="The threshold is no longer met.", by=None, at=council.ago(1))
    return {case.pk}


def disputed(council: Council, case: Case) -> set[int]:
    """Fresh: the clock of the first rung runs."""
    _dispute_about(council, case, 0)
    return {case.pk}


def disputed_higher(council: Council, case: Case) -> set[int]:
    """The managers could not settle it."""
    _pass_on(council, _dispute_about(council, case, 1))
    return {case.pk}


def dispute_decided(council: Council, case: Case) -> set[int]:
    """Decided by whoever stands on the rung that it reached: it goes ahead."""
    transfer = _dispute_about(council, case, 2)
    _pass_on(council, transfer)
    dispute = transfer.disputes.get()
    step = rung_named(transfer.brief.pack, dispute.rung.step)
    by = council.somebody(lambda person: can_decide_dispute(person, transfer, step))
    says = "The criteria are met. The school holiday is no reason to wait."
    actions.decide_dispute(dispute=dispute, outcome=Outcome.GOES_AHEAD, decision=says, by=by, at=council.ago(0))
    return {case.pk}


def _dispute_about(council: Council, case: Case, days: int) -> Transfer:
    transfer = council.asked(case, days + 2)
    by = council.may("agree", transfer)
    reason = "We do not think that the threshold of our team is met."
    actions.raise_dispute(transfer=transfer, reason=reason, by=by, at=council.ago(days))
    return with_brief(Transfer.objects.get(pk=transfer.pk), council.at)


def _pass_on(council: Council, transfer: Transfer) -> None:
    why = "Both managers hold to their view."
    by = council.may("dispute", transfer)
    actions.pass_on_dispute(dispute=transfer.disputes.get(), why=why, by=by, at=council.ago(0) - timedelta(minutes=20))


def departed(council: Council, case: Case) -> set[int]:
    """A manager decides otherwise than the protocol for this one child."""
    by = council.somebody(lambda person: can_depart(person, case))
    route = next((code for code, _ in routes_from(case)), None)
    if route is None:
        raise Unsuited
    reason = "The child asked to keep the worker until the exams are over."
    actions.depart_from_protocol(case=case, route=route, reason=reason, by=by, at=council.ago(1))
    return {case.pk}


def family_parted(council: Council, case: Case) -> set[int]:
    """Brothers and sisters are asked for together, and one of them does not go along."""
    siblings = [one.case for one in siblings_of(case, council.at) if one.case.pk not in council.used]
    choice = next(iter(council.routes_of(case)), None)
    if not siblings or choice is None:
        raise Unsuited
    route, _, key = choice.value.partition("|")
    together = actions.request_together(
        case=case, route=route, siblings=siblings, receiving_team=Team.objects.get(pk=key),
        by=case.allocated_social_worker, at=council.ago(1),
    )  # fmt: skip
    if not together.staying:
        raise Unsuited
    council.coming[key] += 1
    return {case.pk, *(other.case_id for other in together.others)}


STORIES: list[tuple[Story, int]] = [
    (meeting_held, 1), (meeting_now, 1), (meeting_ahead, 1), (moved, 1), (in_handover, 1), (family_parted, 1),
    (waived, 1), (waiver_waits, 1), (disputed, 1), (disputed_higher, 1), (dispute_decided, 1), (returned, 2),
    (departed, 1), (pulled, 1), (withdrawn, 1), (lapsed, 1), (agreed, 1), (asked, 5), (asked_bare, 1),
]  # fmt: skip
"""The choosiest first: what comes later finds what these have left."""
