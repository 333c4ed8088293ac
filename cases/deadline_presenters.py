"""One clock of a case: how it stands, how its date was worked out, and what can be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases import words
from cases.actions import calendar_of
from cases.deadlines import Beyond, Computed
from cases.models import Deadline, Notice
from cases.notice_presenters import DeadlineLine
from cases.permissions import can_allocate, can_record
from cases.running import worked_out
from cases.slots import CaseContext, Move
from casetransfer.protocols.rows import Timer
from casetransfer.protocols.sentences import says_start
from teams.models import Person

OF_SPELLS = {
    "order_made", "placement_started", "plan_started", "status_started", "looked_after_started", "looked_after_ended",
    "assessment_started", "assessment_completed", "proceedings_issued", "proceedings_ended", "fact_became",
}  # fmt: skip
FURTHER_ON = ("transfer_", "dispute_", "closure_", "step_down_")


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """`meets`: what of the record will meet it by itself. `steps`: the arithmetic; `note` where that is not all."""

    line: DeadlineLine
    known: tuple[tuple[str, str], ...]
    meets: str
    moves: tuple[Move, ...]
    steps: tuple[str, ...]
    note: str


def deadline_page(context: CaseContext, row: Deadline) -> DeadlinePage:
    calendar = calendar_of(context.case.authority_id)
    timer = context.facts.pack.timers.get(row.timer)
    found, _ = worked_out(context.facts, _told(context), calendar)
    one = next((one for one in found if (one.timer.code, one.occasion) == (row.timer, row.occasion)), None)
    may_record = context.case.is_held and can_record(context.person, context.case, context.reach)
    return DeadlinePage(
        line=DeadlineLine.of(row, context.at, calendar, row.replaces),
        known=tuple(_known(row)),
        meets=says_start(context.facts.pack, timer.met_by) if timer and timer.met_by else "",
        moves=tuple(_moves(context, row, timer)) if may_record and row.is_open else (),
        steps=one.due.steps if one else (),
        note=_note(row, one),
    )


@dataclass(frozen=True, slots=True)
class BeyondLine:
    """What runs and cannot be worked out yet, and why."""

    what: str
    clauses: tuple[str, ...]
    why: str

    @classmethod
    def of(cls, one: Beyond) -> "BeyondLine":
        since = words.day(localdate(one.starts_at))
        return cls(one.timer.what, one.timer.clauses, f"Counted from {since}. {one.why}")


def beyond_of(context: CaseContext) -> list[BeyondLine]:
    if not context.case.is_held:
        return []
    calendar = calendar_of(context.case.authority_id)
    return [BeyondLine.of(one) for one in worked_out(context.facts, _told(context), calendar)[1]]


def _told(context: CaseContext) -> list[Notice]:
    told = Notice.objects.given_by(context.at).filter(case=context.case, sent_at__gte=context.case.opened_at)
    return list(told.order_by("sent_at", "pk"))


def _known(row: Deadline) -> Iterator[tuple[str, str]]:
    yield "Runs from", words.moment(row.starts_at)
    if row.replaces and row.replaces.due_at != row.due_at:
        yield "Was due before", words.moment(row.replaces.due_at)
    if row.met_at:
        yield "Done", _who(words.moment(row.met_at), row.met_by)
        yield "What shows it", row.evidence
    if row.stopped_at:
        yield "Does not apply since", _who(words.moment(row.stopped_at), row.stopped_by)
        yield "Why", row.stopped_reason
    if row.paused_at:
        yield "Paused", _who(words.moment(row.paused_at), row.paused_by)
        yield "Why it is paused", row.paused_reason


def _who(when: str, by: Person | None) -> str:
    return f"{when}, recorded by {by.name}" if by else when


def _note(row: Deadline, one: Computed | None) -> str:
    if row.superseded_at:
        return "What it ran from has changed since: another date took the place of this one, or it runs no more."
    if one is None:
        return "What it ran from has just changed: it is being worked out again."
    if row.put_off_by:
        days = row.put_off_by.days
        later = words.plural(days, "day") if days else "some hours"
        return f"It stood still while it was paused, so it is due {later} later than that."
    return "" if one.due.due_at == row.due_at else "The record has just changed: the date is being worked out again."


def _moves(context: CaseContext, row: Deadline, timer: Timer | None) -> Iterator[Move]:
    def to(verb: str) -> str:
        return reverse(f"cases:{verb}_deadline", kwargs={"ref": context.case.reference, "pk": row.pk})

    yield (_place(context, timer) if timer else None) or Move("It is done", to("meet"))
    yield Move("It does not apply to this child", to("stop"))
    if row.paused_at:
        yield Move("It runs on", to("resume"))
    elif timer and timer.may_pause:
        yield Move("Pause it", to("pause"))


def _place(context: CaseContext, timer: Timer) -> Move | None:
    """Where the thing is recorded that will meet it, where that can be told."""
    met_by, ref = timer.met_by, {"ref": context.case.reference}
    if met_by is None:
        return None
    if met_by.on == "event_held":
        return _event(context, met_by.of)
    if met_by.on == "event_booked":
        return Move("Book it", reverse("cases:book_event", kwargs=ref))
    if met_by.on == "case_allocated":
        may = can_allocate(context.person, context.case, context.reach)
        return Move("Name the social worker", reverse("cases:allocate" if may else "cases:involvement", kwargs=ref))
    if met_by.on == "notice_sent":
        notices = Notice.objects.visible_to(context.person, context.standing).filter(case=context.case, sent_at=None)
        notice = notices.filter(code=met_by.of).order_by("pk").first()
        return Move("Open the notice", reverse("notices:detail", kwargs={"pk": notice.pk})) if notice else None
    if met_by.on in OF_SPELLS:
        return Move("Record it", reverse("cases:facts", kwargs=ref))
    further = met_by.on.startswith(FURTHER_ON)
    return Move("Go to the page of the case, where it is done", context.case.get_absolute_url()) if further else None


def _event(context: CaseContext, kind: str) -> Move:
    ref = {"ref": context.case.reference}
    booked = sorted((one for one in context.facts.record.events if one.is_planned), key=lambda one: one.when)
    event = next((one for one in booked if one.kind == kind), None)
    if event:
        says = f"Record the {words.event(event.kind, event.ordinal)} as held"
        return Move(says, reverse("cases:hold_event", kwargs=ref | {"pk": event.pk}))
    return Move("Record that it was held", reverse("cases:record_event", kwargs=ref))
