"""The page of one transfer: where it stands, what is missing, who must act, and why the protocol says so."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.models import Attendee, Event, Standing
from cases.presenters.events import in_words
from casetransfer.protocols import explain
from casetransfer.protocols.explain import roles_in_words
from teams.models import Person
from teams.refusals import Gap
from transfers import permissions
from transfers.brief import ApprovalState, Brief
from transfers.ladder import rung_after, rung_named
from transfers.limits import last_day_of
from transfers.machine import DECIDED, FINAL, UNDER_WAY, DisputeState, State
from transfers.models import Dispute, Duty, Transfer
from transfers.presenters.choices import moves_in_words
from transfers.presenters.departures import DepartureLine, departures_during
from transfers.presenters.family import FamilyLine, family_of
from transfers.presenters.head import Head, head_of
from transfers.presenters.papers import Checklists, Issues, WaiverLine, checklists_of, issues_of, waivers_of
from transfers.presenters.people import who_in_words
from transfers.routing import acts_of, name_of

STEP_WORDS = {
    State.REQUESTED: "Asked for",
    State.LISTED: "Transfer meeting",
    State.AGREED: "Agreed",
    State.HANDOVER: "Handover",
    State.COMPLETED: "Completed",
}
COLOURS = {
    State.RETURNED: "red",
    State.DISPUTED: "red",
    State.COMPLETED: "green",
    State.AGREED: "blue",
    State.HANDOVER: "blue",
}
MOVES = [  # the main one first
    ("complete", "Complete the transfer"),
    ("request", "Ask for the transfer"),
    ("agree", "Agree to the transfer"),
    ("mend", "Ask again"),
    ("start_handover", "Start the handover"),
    ("record_point", "Record that the transfer point is reached"),
    ("name_worker", "Name the worker who takes the case"),
    ("plan_anew", "Agree another day"),
    ("change_route", "Change the route"),
    ("list_for_meeting", "Put it on the transfer meeting's list"),
    ("send_back", "Return it with what is missing"),
    ("dispute", "Dispute it"),
    ("withdraw", "Withdraw it"),
]
NEXT_BEST = {
    "agree": (State.REQUESTED, State.LISTED),
    "mend": (State.RETURNED,),
    "request": (State.ON_RADAR,),
    "complete": (State.AGREED, State.HANDOVER),
}


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class Move:
    label: str
    url: str
    gaps: tuple[Gap, ...] = ()
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    text: str
    answer: str
    colour: str
    who: str
    clauses: tuple[str, ...]
    url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True)
class DisputeLine:
    reason: str
    raised: str
    with_whom: str
    due: str
    is_late: bool
    clauses: tuple[str, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class DutyLine:
    what: str
    due: str
    timeliness: str
    colour: str
    clauses: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class TransferPage:
    transfer: Transfer
    head: Head
    title: str
    status: str
    colour: str
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    nothing: str
    facts: tuple[tuple[str, str], ...]
    checklists: Checklists
    approvals: tuple[ApprovalLine, ...]
    why: tuple[str, ...]
    story: tuple[Any, ...]
    duties: tuple[DutyLine, ...]
    returned: str
    dispute: DisputeLine | None
    issues: Issues | None
    family: tuple[FamilyLine, ...]
    attend: tuple[str, ...]
    departures: tuple[DepartureLine, ...]
    waivers: tuple[WaiverLine, ...]
    gaps: tuple[Gap, ...] = ()

    @classmethod
    def of(cls, transfer: Transfer, person: Person, at: datetime, gaps: tuple[Gap, ...] = ()) -> "TransferPage":
        brief, standing = transfer.brief, Standing.of(person)
        point = brief.found.point if brief.found else None
        is_over = transfer.state in FINAL
        dispute = _open_dispute(transfer)
        return cls(
            transfer=transfer,
            head=head_of(transfer.case, at, "" if is_over else words.capital(brief.plan.point_says)),
            title=f"Transfer {transfer.reference} to {transfer.receiver_name}",
            status=transfer.get_state_display(),
            colour=COLOURS.get(State(transfer.state), "grey"),
            steps=_steps(transfer),
            moves=()
            if is_over
            else (*_dispute_moves(transfer, dispute, person, standing), *_moves(transfer, person, standing)),
            nothing=_nothing(transfer, dispute),
            facts=_facts(transfer, moves_in_words(point, transfer.effect) if not is_over else ""),
            checklists=checklists_of(transfer, person, standing),
            approvals=tuple(_approval(transfer, need, person, standing) for need in brief.approvals),
            why=_why(brief),
            story=tuple(_story(transfer)),
            duties=_duties(transfer, person, standing),
            returned=_returned(transfer) if transfer.state == State.RETURNED else "",
            dispute=dispute_line(dispute) if dispute else None,
            issues=issues_of(transfer, person, standing),
            family=() if is_over else family_of(transfer, person, standing),
            attend=tuple(_attend(transfer)),
            departures=departures_during(transfer, at),
            waivers=waivers_of(transfer, person, standing),
            gaps=gaps,
        )


LOST = "The protocol in force no longer has this route. Change the route, or withdraw the transfer."


def _why(brief: Brief) -> tuple[str, ...]:
    return tuple(explain(brief.pack, brief.route.code).splitlines()) if brief.found else (LOST,)


def _steps(transfer: Transfer) -> tuple[Step, ...]:
    """The line of the machine's steps that this route has; a detour shows where it left the line."""
    moments = {
        State.REQUESTED: transfer.requested_at,
        State.AGREED: transfer.agreed_at,
        State.HANDOVER: transfer.handover_at,
        State.COMPLETED: transfer.finished_at if transfer.state == State.COMPLETED else None,
    }
    steps = [State(step) for step in transfer.brief.steps]
    here = steps.index(State(transfer.state)) if transfer.state in steps else -1
    found = []
    for place, step in enumerate(steps):
        moment = moments.get(step)
        if transfer.state == State.COMPLETED and moment is None:  # gone round
            continue
        state = "done" if moment and place != here else "now" if place == here else "done" if place < here else "ahead"
        if transfer.state == State.COMPLETED:
            state = "done"
        planned = f"planned {words.day(transfer.planned_on)}" if step == State.COMPLETED and transfer.planned_on else ""
        found.append(Step(STEP_WORDS[step], words.day(localdate(moment)) if moment else planned, state))
    if here < 0 and transfer.state not in (State.COMPLETED, State.ON_RADAR):
        moment = transfer.finished_at or transfer.returned_at
        found.insert(1, Step(transfer.get_state_display(), words.day(localdate(moment)) if moment else "", "now"))
    return tuple(found)


def _moves(transfer: Transfer, person: Person, standing: Standing) -> tuple[Move, ...]:
    """What this person may do: what can be done now before what cannot yet, each with every reason."""
    found = []
    for verb, label in MOVES:
        if not permissions.can(person, verb, transfer, standing) or not _is_offered(transfer, verb):
            continue
        gaps = (
            tuple(permissions.gaps_against(verb, transfer, person, standing)) if hasattr(type(transfer), verb) else ()
        )
        found.append((verb, Move(label, url_of(transfer, verb), gaps)))
    if transfer.brief.next_approval and permissions.can_approve(
        person, transfer, transfer.brief.next_approval, standing
    ):
        need = transfer.brief.next_approval
        url = reverse("transfers:approve", kwargs={"ref": transfer.reference, "place": need.place})
        by_agreeing = "agree" in dict(found) and permissions.own_need(transfer, person, standing) == need
        if transfer.state in (State.REQUESTED, State.LISTED) and not by_agreeing:
            found.insert(0, ("approve", Move(f"Approve: {need.what or need.by_in_words}", url)))
    left = _left_to_answer(transfer) if permissions.can(person, "answer", transfer, standing) else 0
    main = [move for verb, move in found if verb == "approve" or transfer.state in NEXT_BEST.get(verb, ())]
    if left:
        main.append(Move(f"Fill in the checklist: {left} to do", url_of(transfer, "checklist")))
    main += _waivers_to_sign(transfer, person, standing)
    others = [move for _, move in found if move not in main]
    return (*(replace(move, is_main=True) for move in main), *others)


def _waivers_to_sign(transfer: Transfer, person: Person, standing: Standing) -> list[Move]:
    waiting = [one for one in transfer.brief.items if one.waiver and not one.waiver.signed_at and not one.is_answered]
    found = []
    for state in waiting:
        assert state.waiver is not None
        state.waiver.transfer = transfer
        if permissions.can_sign(person, state.waiver, standing):
            url = reverse("transfers:sign", kwargs={"ref": transfer.reference, "code": state.item.code})
            found.append(Move(f"Sign the waiver: {state.item.what}", url))
    return found


def _is_offered(transfer: Transfer, verb: str) -> bool:
    """A move that is open in this state; its reasons against it are then worth reading."""
    if verb == "record_point":
        return transfer.state in (State.AGREED, State.HANDOVER, State.REQUESTED, State.LISTED) and bool(
            _open_acts(transfer)
        )
    if verb == "plan_anew":
        return transfer.state in DECIDED
    if verb == "name_worker":
        return transfer.agreed_at is not None and transfer.receiving_team_id is not None
    if {"start_handover": "handover", "list_for_meeting": "listed"}.get(verb, "requested") not in transfer.brief.steps:
        return False
    if verb == "complete" and "agreed" in transfer.brief.steps and transfer.state in (State.REQUESTED, State.LISTED):
        return False
    move = getattr(type(transfer), verb)._django_fsm
    return move.get_transition(transfer.state) is not None


def _left_to_answer(transfer: Transfer) -> int:
    later = {"after"} if transfer.effect == "ends" else {"after", "closure"}
    return sum(1 for state in transfer.brief.items if state.item.gate not in later and not state.is_answered)


def _open_acts(transfer: Transfer) -> list[str]:
    done = transfer.brief.decision.facts.values.get("acts_done", ())
    return [name_of(point) for point in acts_of(transfer.brief.route) if name_of(point) not in done]


def _open_dispute(transfer: Transfer) -> Dispute | None:
    if transfer.state != State.DISPUTED:
        return None
    found = transfer.disputes.filter(state=DisputeState.OPEN).select_related("raised_by").first()
    if found:
        found.transfer = transfer
    return found


def _dispute_moves(
    transfer: Transfer, dispute: Dispute | None, person: Person, standing: Standing
) -> tuple[Move, ...]:  # fmt: skip
    if dispute is None:
        return ()
    step, found = rung_named(transfer.brief.pack, dispute.rung.step), []
    if permissions.can_decide_dispute(person, transfer, step, standing):
        found.append(Move("Decide the dispute", url_of(transfer, "decide"), is_main=True))
    if rung_after(transfer.brief.pack, step.code) and permissions.can(person, "dispute", transfer, standing):
        found.append(Move("Pass the dispute on, where it cannot be settled", url_of(transfer, "pass_on")))
    return tuple(found)


def _attend(transfer: Transfer) -> list[str]:
    """Who must be at which meeting, in the protocol's words; and who was, once it is recorded as held."""
    brief = transfer.brief
    meetings = {row.code: row for row in brief.pack.meeting}
    found = []
    for row in brief.plan.asks.attend:
        meeting = meetings.get(row.at)
        at = f" at the {words.label(meeting.name)[:1].lower()}{meeting.name[1:]}" if meeting else ""
        of = {"transferring": " of the transferring team", "receiving": " of the receiving team"}.get(row.side, "")
        verb = {"must": "must be", "should": "should be"}.get(row.strength, "may be")
        found.append(f"{words.capital(roles_in_words(brief.pack, row.role))}{of} {verb}{at or ' there'}.")
    kinds = {meetings[row.at].event for row in brief.plan.asks.attend if row.at in meetings}
    return [*dict.fromkeys(found), *_attended(transfer, kinds)]


def _attended(transfer: Transfer, kinds: set[str]) -> list[str]:
    came = Attendee.objects.filter(
        event__case=transfer.case_id, event__kind__in=kinds, event__held_at__gte=transfer.case.opened_at,
        event__withdrawn_at=None,
    )  # fmt: skip
    found: dict[Event, list[Attendee]] = {}
    for one in came.select_related("event").order_by("event__held_at", "name") if kinds else ():
        found.setdefault(one.event, []).append(one)
    return [
        f"{words.occasion(event)}, {words.moment(event.when)}. {in_words(attendees)}."
        for event, attendees in found.items()
    ]


URL_NAMES = {"send_back": "return"}


def url_of(transfer: Transfer, verb: str) -> str:
    return reverse(f"transfers:{URL_NAMES.get(verb, verb)}", kwargs={"ref": transfer.reference})


def _nothing(transfer: Transfer, dispute: Dispute | None) -> str:
    if transfer.state in FINAL:
        return transfer.stands
    waits = {
        State.REQUESTED: f"{transfer.answering_team.name} has to answer.",
        State.LISTED: f"{transfer.answering_team.name} has to answer at the transfer meeting.",
        State.RETURNED: f"{transfer.asking_team.name} has to put right what is missing and ask again.",
        State.DISPUTED: f"{_decider(dispute)} has to settle it. The case stays where it is and the work goes on.",
    }
    return waits.get(State(transfer.state), f"{transfer.receiver_name} completes it at the transfer point.")


def _decider(dispute: Dispute | None) -> str:
    return words.capital(dispute_line(dispute).with_whom) if dispute else "Somebody"


def _returned(transfer: Transfer) -> str:
    until = f" To be put right by {words.moment(transfer.due_at)}." if transfer.due_at else ""
    return f"{transfer.answering_team.name} returned it: {transfer.returned_for.rstrip('.')}.{until}"


def _facts(transfer: Transfer, moves: str) -> tuple[tuple[str, str], ...]:
    asked = f"{transfer.requested_by.name if transfer.requested_by else 'The system'}, {transfer.asking_team.name}"
    rows = [
        ("Route", transfer.brief.route.name),
        ("From", transfer.transferring_team.name),
        ("To", transfer.receiver_name),
        ("When", moves),
        ("Asked for by", asked if transfer.requested_at else ""),
        ("Worker who takes the case", transfer.receiving_worker.name if transfer.receiving_worker else "Not named yet"),
        ("Planned for", words.day(transfer.planned_on) if transfer.planned_on else ""),
        ("At the latest", _last_day(transfer)),
        ("Missing at the move" if transfer.state == State.COMPLETED else "Because", transfer.finished_because),
        ("Note", transfer.note),
    ]
    return tuple((name, value) for name, value in rows if value)


def _last_day(transfer: Transfer) -> str:
    last = None if transfer.finished_at else last_day_of(transfer.brief)
    return f"{words.day(last.on)} ({', '.join(last.clauses)})" if last else ""


def _approval(transfer: Transfer, need: ApprovalState, person: Person, standing: Standing) -> ApprovalLine:
    given = need.given
    is_open = given is None and transfer.finished_at is None
    may = is_open and (
        permissions.can_approve(person, transfer, need, standing)
        or permissions.records_for(person, transfer, need, standing)
    )
    who = ""
    if given:
        name = given.on_behalf_of or (given.given_by.name if given.given_by else "The system")
        who = f"{name}, {words.moment(given.given_at)}"
    url = reverse("transfers:approve", kwargs={"ref": transfer.reference, "place": need.place}) if may else ""
    text = f"{need.by_in_words}: {need.what}" if need.what else need.by_in_words
    answer, colour = ("Approved", "green") if given else ("Waited for", "red" if need.is_missing else "grey")
    withdraw = ""
    if given and transfer.state in UNDER_WAY and permissions.may_give(person, transfer, need, given, standing):
        withdraw = reverse("transfers:withdraw_approval", kwargs={"ref": transfer.reference, "place": need.place})
    return ApprovalLine(text, answer, colour, who, need.clauses, url, withdraw)


def _story(transfer: Transfer) -> list[dict[str, str]]:
    return [
        {"says": entry.says, "when": words.moment(entry.at), "by": entry.by.name if entry.by else "The system",
         "clause": entry.clause}
        for entry in transfer.story()
    ]  # fmt: skip


def dispute_line(dispute: Dispute) -> DisputeLine:
    """Where an open dispute stands on the ladder."""
    transfer, rung = dispute.transfer, dispute.rung
    pack = transfer.brief.pack
    step = rung_named(pack, rung.step)
    by = dispute.raised_by.name if dispute.raised_by else "The system"
    return DisputeLine(
        reason=dispute.reason,
        raised=f"{by}, {words.moment(dispute.raised_at)}",
        with_whom=who_in_words(pack, step.by),
        due=words.moment(rung.due_at) if rung.due_at else "",
        is_late=rung.due_at is not None and rung.due_at < transfer.brief.at,
        clauses=step.clauses,
        is_last=rung_after(pack, rung.step) is None,
    )


def _duties(transfer: Transfer, person: Person, standing: Standing) -> tuple[DutyLine, ...]:
    return tuple(_duty(transfer, duty, person, standing) for duty in transfer.duties.select_related("team"))


def _duty(transfer: Transfer, duty: Duty, person: Person, standing: Standing) -> DutyLine:
    is_late = duty.due_at is not None and duty.due_at < transfer.brief.at
    due = f"due {words.moment(duty.due_at)}" if duty.due_at else "no time is stated"
    if duty.met_at:
        due = f"{duty.evidence}, {words.day(localdate(duty.met_at))}"
    may = duty.met_at is None and permissions.can_meet(person, duty, standing)
    place = {"ref": transfer.reference, "pk": duty.pk}
    return DutyLine(
        what=f"{duty.team.name}: {duty.what}",
        due=due,
        timeliness="Done" if duty.met_at else "Overdue" if is_late else "Owed",
        colour="green" if duty.met_at else "red" if is_late else "grey",
        clauses=tuple(duty.clause.split(", ")) if duty.clause else (),
        url=reverse("transfers:meet_duty", kwargs=place) if may else "",
    )
