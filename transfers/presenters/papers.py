"""The papers of one transfer: its checklists, and what was missing when the case moved."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.models import Standing
from casetransfer.protocols.explain import roles_in_words
from teams.models import Person
from transfers import permissions
from transfers.brief import Brief, ItemState
from transfers.machine import State
from transfers.models import Says, Transfer, Waiver

STRICT = {
    "blocking": "Must",
    "waivable": "Must, or be waived",
    "advisory": "Should",
    "practice_issue": "Never delays",
}
GATES = {
    "request": "Before it is asked for",
    "listing": "Before it is listed",
    "agreement": "Before it is agreed",
    "meeting": "Before the meeting",
    "acceptance": "When the case is taken",
    "contact": "With the contact",
    "record_move": "When the electronic record moves",
    "completion": "Before the case moves",
    "after": "After the move",
    "closure": "Before it is closed",
}
LOST_ITEM = "A paper that the protocol in force no longer asks for"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a checklist, as `components/checklist.jinja` takes it."""

    code: str
    text: str
    strength: str
    answer: str
    colour: str
    clauses: tuple[str, ...]
    who: str
    url: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Issues:
    """Practice issues with their count. lines: (what was missing, how it was sorted out, by whom)."""

    says: str
    lines: tuple[tuple[str, str, str], ...]
    is_open: bool
    url: str


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A paper that the move goes on without; `url` ends that."""

    what: str
    says: str
    url: str


@dataclass(frozen=True, slots=True)
class Checklists:
    """The checklists by the moment they are for. `past`: what nobody fills in any more, with its count."""

    open: tuple[tuple[str, tuple[Line, ...]], ...]
    past: tuple[tuple[str, tuple[Line, ...]], ...]
    past_says: str


def checklists_of(transfer: Transfer, person: Person, standing: Standing) -> Checklists:
    """Once the case has moved, only what the protocol wants afterwards is still filled in."""
    may = permissions.can(person, "answer", transfer, standing)
    groups: dict[str, list[Line]] = {}
    for state in transfer.brief.items:
        gate = state.item.gate
        if gate != "closure" or transfer.effect == "ends":
            groups.setdefault(gate, []).append(line_of(transfer.brief, state, may and _is_open(transfer, gate)))
    shown = {gate: (_caption(GATES[gate], groups[gate]), _open_first(groups[gate])) for gate in GATES if gate in groups}
    past = {gate: group for gate, group in shown.items() if not _is_open(transfer, gate)}
    lines = [line for _, group in past.values() for line in group]
    missing = sum(line.is_open for line in lines)
    return Checklists(
        open=tuple(group for gate, group in shown.items() if gate not in past),
        past=tuple(past.values()),
        past_says=f"The checklist as it was: {len(lines) - missing} done, {missing} not",
    )


def _is_open(transfer: Transfer, gate: str) -> bool:
    return transfer.finished_at is None or (transfer.state == State.COMPLETED and gate == "after")


def _open_first(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def _caption(when: str, lines: list[Line]) -> str:
    left = sum(1 for line in lines if line.is_open)
    return f"{when}: {left} of {len(lines)} to do" if left else f"{when}: all {len(lines)} done"


def line_of(brief: Brief, state: ItemState, may_answer: bool) -> Line:
    answer, colour = _answer(state)
    who = roles_in_words(brief.pack, state.item.who)
    ref = brief.transfer.reference
    return Line(
        code=state.item.code,
        text=state.item.what,
        strength=STRICT[state.item.policy],
        answer=answer,
        colour=colour,
        clauses=state.item.clauses,
        who=_who_said(state) or who,
        url=reverse("transfers:item", kwargs={"ref": ref, "code": state.item.code}) if may_answer else "",
        is_open=not state.is_answered and not state.waived,
    )


def _answer(state: ItemState) -> tuple[str, str]:
    if state.answer and state.answer.found_wanting:
        return "Not in order", "red"
    if state.answer:
        colour = {"yes": "green", "not_applicable": "grey", "no": "red"}[state.answer.says]
        return (
            ("Waived", "amber")
            if state.waived and state.answer.says == Says.NO
            else (Says(state.answer.says).label, colour)
        )
    if state.recorded:
        return "In the record", "green"
    if state.waived:
        return "Waived", "amber"
    if state.waiver and not state.waiver.signed_at:
        return "Waiver to be signed", "amber"
    return "Not answered", "red" if state.stops else "grey"


def _who_said(state: ItemState) -> str:
    answer = state.answer
    if state.waiver and not state.is_answered:
        return _who_waives(state.waiver)
    if answer is None:
        return ""
    by = answer.answered_by.name if answer.answered_by else "The system"
    checked = f"; checked by {answer.checked_by.name}" if answer.checked_by else ""
    checked += f": {answer.found_wanting}" if answer.found_wanting else ""
    said = answer.text or ("linked" if answer.link else "") or (words.day(answer.dated_on) if answer.dated_on else "")
    return f"{said + ', ' if said else ''}{by}, {words.day(localdate(answer.answered_at))}{checked}"


def waivers_of(transfer: Transfer, person: Person, standing: Standing) -> tuple[WaiverLine, ...]:
    """What the move goes on without, after it too: a waiver stands in the way of closing until it ends."""
    may = transfer.case.is_held and permissions.can(person, "waive", transfer, standing)
    found = [(state.item, state.waiver) for state in transfer.brief.items if state.waiver and state.waiver.signed_at]
    return tuple(
        WaiverLine(
            item.what,
            f"Until {words.day(waiver.expires_on)}. {waiver.reason}",
            reverse("transfers:end_waiver", kwargs={"ref": transfer.reference, "code": item.code}) if may else "",
        )
        for item, waiver in found
    )


def _who_waives(waiver: Waiver) -> str:
    names = [one.name for one in (waiver.asked_by, waiver.signed_by) if one]
    return f"{' and '.join(names) or 'The system'}, until {words.day(waiver.expires_on)}: {waiver.reason}"


def issues_of(transfer: Transfer, person: Person, standing: Standing) -> Issues | None:
    """Practice issues: what was missing when the case moved."""
    found = list(transfer.practice_issues.select_related("closed_by"))
    if not found:
        return None
    items = {state.item.code: state.item.what for state in transfer.brief.items}
    left = [issue for issue in found if issue.closed_at is None]
    may = left and permissions.can(person, "check", transfer, standing)
    return Issues(
        says=f"{len(left)} of {len(found)} still to be sorted out" if left else f"All {len(found)} are sorted out",
        lines=tuple(
            (items.get(issue.item, LOST_ITEM), issue.outcome, issue.closed_by.name if issue.closed_by else "")
            for issue in sorted(found, key=lambda issue: issue.closed_at is not None)
        ),
        is_open=bool(left),
        url=reverse("transfers:issues", kwargs={"ref": transfer.reference}) if may else "",
    )


def issues_left(transfer: Transfer) -> list[tuple[str, str]]:
    items = {state.item.code: state.item.what for state in transfer.brief.items}
    return [(issue.item, items.get(issue.item, LOST_ITEM)) for issue in transfer.practice_issues.filter(closed_at=None)]
