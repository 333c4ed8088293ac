"""What this room puts on the pages of a case: the moves that can be asked for, and the transfers there are."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from cases import slots, words
from cases.machine import State as CaseState
from cases.models import Case
from cases.search import JUMPS
from cases.slots import CaseContext, Coming, Move, Panel
from casetransfer.protocols import Decision, Found
from teams.models import Person, Team
from transfers import permissions
from transfers.elsewhere import decided_from
from transfers.machine import DECIDED, UNDER_WAY, WAITING, State
from transfers.models import Effect, Transfer
from transfers.models.transfer import MOVING
from transfers.presenters.choices import moves_in_words
from transfers.presenters.departures import DepartureLine, departures_of


@dataclass(frozen=True, slots=True)
class TransferLine:
    text: str
    url: str
    status: str
    detail: str


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route that the protocol recommends, or would if more were known."""

    name: str
    moves: str
    needs: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    transfers: tuple[TransferLine, ...]
    recommended: tuple[RouteLine, ...]
    possible: tuple[RouteLine, ...]
    holds: tuple[str, ...]
    departures: tuple[DepartureLine, ...]
    ask: str


def jump(person: Person, reference: str) -> str:
    """Where the search leads when the number of a transfer is typed."""
    found = Transfer.objects.visible_to(person).filter(reference=reference).first()
    return found.get_absolute_url() if found else ""


JUMPS["TR"] = jump


def transfers_of(context: CaseContext) -> list[Transfer]:
    if "transfers" not in context.read:
        found = context.case.transfers.select_related("transferring_team", "receiving_team")
        context.read["transfers"] = list(found.order_by("-requested_at", "-pk")[:10])
    return list(context.read["transfers"])


def decision_of(context: CaseContext) -> Decision:
    if "decision" not in context.read:
        context.read["decision"] = decided_from(context.facts, context.decision)
    found: Decision = context.read["decision"]
    return found


def is_under_way(context: CaseContext) -> bool:
    return any(one.state in UNDER_WAY for one in transfers_of(context))


@slots.moves
def ask_for_one(context: CaseContext) -> list[Move]:
    """Ask for a transfer, where the protocol recommends one, none is under way and the case is not being closed."""
    if not decision_of(context).recommended or is_closing(context) or not may_ask(context) or is_under_way(context):
        return []
    url = reverse("transfers:start", kwargs={"ref": context.case.reference})
    return [Move("Ask for a transfer", url, rank=20)]


def is_closing(context: CaseContext) -> bool:
    return context.case.state == CaseState.CLOSING


@slots.moves
def go_on_with_one(context: CaseContext) -> list[Move]:
    """What waits for this person in the transfer under way: to put right what came back, or to answer it."""
    found = []
    for transfer in transfers_of(context):
        if transfer.state == State.RETURNED and permissions.can(context.person, "mend", transfer, context.standing):
            label = f"Put right what {transfer.answering_team.name} sent back"
        elif transfer.state in WAITING and permissions.can(context.person, "agree", transfer, context.standing):
            label = f"Answer {transfer.asking_team.name}, which asked for the transfer"
        else:
            continue
        found.append(Move(label, transfer.get_absolute_url(), rank=12))
    return found


@slots.next_points
def agreed_point(context: CaseContext) -> str:
    """Where and when the case moves, once that is agreed."""
    found = next((one for one in transfers_of(context) if one.state in DECIDED and one.effect in MOVING), None)
    return f"{words.capital(_goes(found))}" if found else ""


@slots.comings
def moves_to_come(cases: list[Case], at: datetime) -> list[Coming]:
    """For the caseload of a worker: what came back, and what moves when."""
    teams = ("transferring_team", "receiving_team")
    found = Transfer.objects.under_way().filter(case__in=cases).select_related(*teams).order_by("pk")
    return [Coming(one.case_id, *said) for one in found if (said := _coming(one))]


def _coming(transfer: Transfer) -> tuple[str, date | None] | None:
    if transfer.state == State.RETURNED:
        by = localdate(transfer.due_at) if transfer.due_at else None
        until = f", by {words.weekday(by)}" if by else ""
        return f"{transfer.answering_team.name} sent the transfer back: put it right{until}", by
    if transfer.state in DECIDED and transfer.planned_on:
        return words.capital(_goes(transfer)), transfer.planned_on
    return None


def _goes(transfer: Transfer) -> str:
    """ "moves to Under 12 on Thursday 26 November 2026" """
    verb = {Effect.MOVES: "moves to", Effect.ENDS: "goes to"}.get(Effect(transfer.effect), "is joined by")
    on = f" on {words.weekday(transfer.planned_on)}" if transfer.planned_on else ""
    return f"{verb} {transfer.receiver_name}{on}"


def holder_in(context: CaseContext) -> Team | None:
    lines = context.facts.record.current_lines
    return next((line.team for line in lines if line.role == "responsible_team"), None)


def may_ask(context: CaseContext) -> bool:
    holder = holder_in(context)
    is_held = context.case.is_held and holder is not None
    return is_held and permissions.can_request(context.person, context.case, holder, context.standing)


def departures_in(context: CaseContext) -> tuple[DepartureLine, ...]:
    if "departures" not in context.read:
        context.read["departures"] = departures_of(context.case)
    found: tuple[DepartureLine, ...] = context.read["departures"]
    return found


@slots.moves
def decide_otherwise(context: CaseContext) -> list[Move]:
    """Whom the pack allows it may depart from the protocol for this child, and let it lead again."""
    case, holder = context.case, holder_in(context)
    if not case.is_held or not permissions.can_depart(context.person, case, context.standing, holder):
        return []
    ways = [("depart", "Decide otherwise than the protocol")]
    if any(line.is_standing for line in departures_in(context)):
        ways.insert(0, ("end_departure", "Let the protocol lead again"))
    ref = {"ref": case.reference}
    return [Move(says, reverse(f"transfers:{name}", kwargs=ref), rank=slots.SELDOM) for name, says in ways]


@slots.panels
def where_next(context: CaseContext) -> list[Panel]:
    if not context.case.is_held:
        return []
    decision = decision_of(context)
    transfers = transfers_of(context)
    is_said = bool(decision.recommended) and not is_closing(context)  # by the move above
    may = may_ask(context) and not is_said and not is_under_way(context)
    content = Content(
        transfers=tuple(_line(one) for one in transfers),
        recommended=tuple(_route(found) for found in decision.recommended[:5]),
        possible=tuple(_route(found) for found in decision.possible[:5]),
        holds=tuple(f"Stays put: {held.hold.name}." for held in decision.holds),
        departures=departures_in(context),
        ask=reverse("transfers:start", kwargs={"ref": context.case.reference}) if may else "",
    )
    return [Panel("Transfers", "transfers/_panel.jinja", content, rank=20)]


def _line(transfer: Transfer) -> TransferLine:
    verb = "being prepared for" if transfer.state == State.ON_RADAR else "to"
    text = f"{transfer.reference}: {verb} {transfer.receiver_name}"
    return TransferLine(text, transfer.get_absolute_url(), transfer.get_state_display(), _when(transfer))


def _when(transfer: Transfer) -> str:
    if transfer.state in DECIDED:
        return f"{words.capital(_goes(transfer))}."
    if transfer.state == State.RETURNED and transfer.due_at:
        return f"To be put right by {words.weekday(localdate(transfer.due_at))}."
    if transfer.state in WAITING:
        return f"Waits for {transfer.answering_team.name}."
    if transfer.finished_at:
        return f"On {words.day(localdate(transfer.finished_at))}."
    return ""


def _route(found: Found) -> RouteLine:
    route = found.plan.route
    moves = moves_in_words(found.point, route.effect)
    return RouteLine(route.name, moves, tuple(need.says for need in found.needs), route.clauses[:3])
