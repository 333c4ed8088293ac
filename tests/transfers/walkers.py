"""Histories of transfers, reached by calling the real actions. Havering's protocol, where no other is named."""

from datetime import date, timedelta

from cases import actions as case_actions
from tests.cases.walkers import booked, open_case
from tests.cast import NOON
from transfers import actions
from transfers.brief import with_brief
from transfers.models import Says

CONFERENCE = "HAV-ASSESS-U12-CP"
NEED = "HAV-ASSESS-U12-CIN"
ASKED = NOON - timedelta(days=5)


def named_as_in_the_pack(team, code):
    team.code = code
    team.save(update_fields=["code"])
    return team


def a_transfer(team, receiving_team):
    """Asked for, between two teams that the pack knows."""
    case = a_case_for_conference(named_as_in_the_pack(team, "assess"))
    return requested(case, named_as_in_the_pack(receiving_team, "u12"))


def a_case_for_conference(team, worker=None, **child):
    """Section 47, and a conference booked for the day after NOON."""
    case = open_case(team, worker=worker, **child)
    case_actions.answer_question(case=case, fact="section_47", value=True, by=None, at=NOON - timedelta(days=20))
    booked(case, planned_at=NOON - timedelta(hours=1))
    return case


def a_case_in_need(team, worker=None, **child):
    """An assessment that ended with a complex need, and a first meeting booked."""
    case = open_case(team, worker=worker, **child)
    at = NOON - timedelta(days=20)
    for fact in ("further_intervention_needed", "complex_needs", "assessment_complete"):
        case_actions.answer_question(case=case, fact=fact, value=True, by=None, at=at)
    case_actions.start_spell(
        case=case, kind="status", code="child_in_need", starts_on=date(2026, 10, 20), by=None, at=at
    )
    booked(case, "child_in_need_meeting", planned_at=NOON - timedelta(hours=1))
    return case


def requested(case, team, *, route=CONFERENCE, by=None, at=ASKED, **more):
    return actions.request_transfer(case=case, route=route, receiving_team=team, by=by, at=at, **more)


def approved(transfer, *people, at=ASKED + timedelta(hours=1)):
    """Every approval that the pack asks for and that is not the receiving manager's, in the pack's order."""
    for need in with_brief(transfer, at).brief.approvals:
        by = people[need.place - 1] if len(people) >= need.place else None
        actions.give_approval(transfer=transfer, place=need.place, by=by, at=at)
    return transfer


def agreed(transfer, *, by=None, worker=None, at=NOON - timedelta(days=3), **more):
    approved(transfer)
    return actions.agree_transfer(
        transfer=transfer, receiving_worker=worker, planned_on=date(2026, 11, 23), by=by, at=at, **more
    )


EVIDENCE = {
    "tick": {},
    "date": {"dated_on": date(2026, 1, 5)},
    "link": {"link": "https://records.example.org/paper"},
    "text": {"text": "As agreed"},
    "name": {"text": "Sam Worker"},
}


def evidence_of(item):
    if item.evidence in EVIDENCE:
        return EVIDENCE[item.evidence]
    return {"text": item.options[0] if item.options else "Yes"}


def answered(
    transfer, *, by=None, at=NOON - timedelta(days=2), but=(), policies=("blocking", "waivable", "advisory"), gates=None
):
    """Every item answered with its evidence, `but` these."""
    given = []
    for state in with_brief(transfer, at).brief.items:
        item = state.item
        if state.is_answered or item.policy not in policies or item.code in but or item.gate == "after":
            continue
        if gates and item.gate not in gates:
            continue
        given.append(actions.Given(item.code, Says.YES, **evidence_of(item)))
    actions.answer_items(transfer=transfer, answers=given, by=by, at=at)
    return transfer


def conference_held(case, outcome="child_protection_plan", at=NOON - timedelta(hours=1)):
    event = case.events.planned().of_kind("initial_child_protection_conference").get()
    return case_actions.record_event_held(event=event, held_at=at, outcome=outcome, by=None, at=NOON)


def ready(team, receiving_team, **more):
    """Agreed, every paper there, the conference held with a plan."""
    case = a_case_for_conference(team, **more)
    transfer = answered(agreed(requested(case, receiving_team)))
    conference_held(case)
    return transfer
