"""After the closing, and what a manager decides about it: undoing, opening again, departing, stepping down."""

from datetime import date, datetime

from django.db import transaction

from cases import actions as case_actions
from cases import words
from cases.actions import add_journal
from cases.actions.ledger import lock as lock_case
from cases.actions.rows import save
from cases.models import Case
from closures.actions.rows import lock
from closures.models import Closure, Departure, StepDown
from closures.net import owed_to_child
from closures.permissions import check_can_depart, check_can_reopen, check_can_take, check_can_undo
from teams.models import Person, Team
from teams.refusals import Gap, refuse_if


@transaction.atomic
def undo_closing(*, closure: Closure, because: str, by: Person, at: datetime) -> Closure:
    """The case was closed by mistake: it has been open all along, with the team and worker it had. Within 72 hours;
    after that it is opened again."""
    closure = lock(closure)
    check_can_undo(by, closure)
    gaps = closure.blockers("undo")
    if closure.undo_until and at > closure.undo_until:
        until = words.moment(closure.undo_until)
        gaps.append(Gap(f"A closing can be undone until {until}: open the case again instead."))
    if closure.case.closed_at != closure.closed_at:
        gaps.append(Gap("The case has been opened again since."))
    refuse_if(gaps + ([] if because.strip() else [Gap("Say why the closing is undone.", field="because")]))
    closure.undo()
    closure.undone_at, closure.undone_by, closure.ended_because = at, by, because.strip()
    save(closure, by)
    closure.case = case_actions.undo_closing(case=closure.case, by=by, at=at, why=because.strip())
    return closure


@transaction.atomic
def reopen_case(
    *, case: Case, team: Team, because: str, by: Person, at: datetime, worker: Person | None = None
) -> Case:  # fmt: skip
    """A closed case is opened again in a team. The time between stays closed."""
    case = lock_case(case)
    check_can_reopen(by, case)
    refuse_if([] if because.strip() else [Gap("Say why the case is opened again.", field="because")])
    return case_actions.reopen_case(case=case, team=team, by=by, at=at, why=because.strip(), worker=worker)


@transaction.atomic
def decide_otherwise(*, closure: Closure, condition: str, because: str, by: Person, at: datetime) -> Departure:
    """A group or service manager lets the case close although a condition stands. It is shown for ever."""
    closure = lock(closure)
    check_can_depart(by, closure)
    owed = next((one for one in owed_to_child(closure, at) if one.code == condition), None)
    gaps = [] if closure.is_under_way else [Gap("This closing is over.")]
    if owed is None:
        gaps.append(Gap("This does not stand in the way of the closing."))
    elif not owed.departable:
        gaps.append(Gap(f"Nobody can decide otherwise about this: {owed.gap.sentence}"))
    refuse_if(gaps + ([] if because.strip() else [Gap("Say why.", field="because")]))
    assert owed is not None
    departure = Departure(
        closure=closure, condition=condition, because=because.strip(), decided_at=at, decided_by=by
    )  # fmt: skip
    save(departure, by)
    says = f"{by.name} decided that the case may close although: {owed.gap.sentence} {because.strip()}"
    add_journal(closure.case, "closure_departure", says[:500], by=by, at=at, subject=departure)
    return departure


@transaction.atomic
def record_step_down(
    *, closure: Closure, service: str, by: Person, at: datetime, lead_professional: str = "",
    lead_organisation: str = "", sought_by: str = "", consent_of: str = "", consent_on: date | None = None,
    handover_on: date | None = None,
) -> StepDown:  # fmt: skip
    """Who goes on with the family, and with whose consent."""
    closure = lock(closure)
    check_can_take(by, closure)
    gaps = [] if closure.plan.is_step_down else [Gap("This way of closing is not a step-down.")]
    if service not in closure.plan.row.to:
        gaps.append(Gap("Choose the service that goes on with the family.", field="service"))
    if lead_professional and sought_by:
        gaps.append(Gap("Either a lead professional is named or somebody keeps looking, not both.", field="sought_by"))
    if bool(consent_of) != bool(consent_on):
        gaps.append(Gap("Say who agreed and on which day.", field="consent_of"))
    refuse_if(gaps)
    step_down = StepDown.objects.filter(closure=closure).first() or StepDown(closure=closure)
    step_down.service, step_down.recorded_at, step_down.recorded_by = service, at, by
    step_down.lead_professional, step_down.lead_organisation = lead_professional.strip(), lead_organisation.strip()
    step_down.sought_by, step_down.handover_on = sought_by.strip(), handover_on
    step_down.consent_of, step_down.consent_on = consent_of.strip(), consent_on
    save(step_down, by)
    name = closure.plan.service_name(service)
    add_journal(closure.case, "step_down_recorded", f"Stepping down to {name}.", by=by, at=at, subject=step_down)
    return step_down
