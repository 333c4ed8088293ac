"""Asking for a transfer, asking again, changing its route, taking it back."""

from datetime import date, datetime

from django.db import transaction

from cases import words
from cases.actions import add_involvement, end_involvement
from cases.actions.ledger import lock as lock_case
from cases.models import Case, Part, Reason
from casetransfer.protocols import Pack, pack_for, rows
from teams.models import Person, Team
from teams.refusals import Gap, refuse_if
from transfers.actions.rows import lock, save, tell
from transfers.brief import with_brief
from transfers.guards import holder_gaps, route_gaps
from transfers.models import Side, Transfer
from transfers.models.transfer import MOVING
from transfers.permissions import check_can, check_can_request
from transfers.routing import clauses_of, receiver_of, receivers_of, takes


@transaction.atomic
def request_transfer(
    *, case: Case, route: str, by: Person | None, at: datetime, receiving_team: Team | None = None,
    asked_by_side: str = Side.TRANSFERRING, planned_on: date | None = None, note: str = "", receiver: str = "",
    reason: str = Reason.STANDARD_TRANSFER,
) -> Transfer:  # fmt: skip
    """One side asks for the case to move along a route of its protocol. Where papers must be there before anybody may
    ask, it waits on the radar until they are."""
    case = lock_case(case)
    pack = pack_for(case.pack)
    holder = case.responsible_team
    row = pack.routes.get(route)
    refuse_if(_asking_gaps(case, pack, row, holder, receiving_team, receiver))
    assert row is not None
    assert holder is not None
    transfer = Transfer(
        case=case, route=route, pack=case.pack, version=case.pack_version, effect=row.effect,
        clause=clauses_of(row), asked_by_side=asked_by_side, transferring_team=holder, receiving_team=receiving_team,
        receiver=receiver.strip() or receiver_of(pack, row, receiving_team), planned_on=planned_on, note=note.strip(),
        reason=reason, requested_at=at, requested_by=by,
    )  # fmt: skip
    check_can_request(by, transfer)
    save(transfer, by)
    transfer.reference = Transfer.objects.values_list("reference", flat=True).get(pk=transfer.pk)
    with_brief(transfer, at)
    refuse_if([*holder_gaps(transfer.brief), *route_gaps(transfer.brief, settled=False)])
    if papers := transfer.blockers("request"):
        transfer.requested_at, transfer.requested_by = None, None
        save(transfer, by)
        says = f"To be asked for once these are there: {'; '.join(gap.sentence for gap in papers)}"
        tell(transfer, "transfer_expected", says, by=by, at=at)
        return transfer
    return _ask(transfer, by, at)


@transaction.atomic
def ask_transfer(*, transfer: Transfer, by: Person | None, at: datetime) -> Transfer:
    """What had to be there first is there: now it is asked for."""
    transfer = lock(transfer, at)
    check_can(by, "request", transfer)
    others = _open_gaps(transfer.case, transfer.brief.route, transfer)
    refuse_if([*others, *transfer.blockers("request")])
    return _ask(transfer, by, at)


def _ask(transfer: Transfer, by: Person | None, at: datetime) -> Transfer:
    transfer.request()
    transfer.requested_at, transfer.requested_by = at, by
    save(transfer, by)
    if transfer.receiving_team and not transfer.is_pull:
        let_in(transfer, by, at)
    name = transfer.brief.route.name
    says = f"{transfer.asking_team.name} asked for the transfer to {transfer.receiver_name}: {name}."
    tell(transfer, "transfer_requested", says, by=by, at=at)
    return transfer


def let_in(transfer: Transfer, by: Person | None, at: datetime) -> None:
    """The receiving team may read the record from now on, so that it can prepare."""
    team = transfer.receiving_team
    assert team is not None
    if not transfer.case.involvements.current().filter(role=Part.RECEIVING_TEAM, team=team).exists():
        add_involvement(
            case=transfer.case, role=Part.RECEIVING_TEAM, team=team, by=by, at=at, route=transfer.route,
            clause=transfer.clause,
        )  # fmt: skip


def let_out(transfer: Transfer, at: datetime) -> None:
    """What was opened for the receiving team is closed again."""
    for line in transfer.case.involvements.current().filter(role=Part.RECEIVING_TEAM, team=transfer.receiving_team):
        if line.started_at < at:
            end_involvement(involvement=line, by=None, at=at)


@transaction.atomic
def mend_transfer(*, transfer: Transfer, by: Person | None, at: datetime, note: str = "") -> Transfer:
    """The gaps are mended, and it is asked for again."""
    transfer = lock(transfer, at)
    check_can(by, "mend", transfer)
    refuse_if(transfer.blockers("mend"))
    transfer.mend()
    transfer.due_at, transfer.escalated_at = None, None
    transfer.requested_at, transfer.requested_by = at, by
    save(transfer, by)
    says = f"Asked for again, with the gaps put right. {note.strip()}".strip()
    tell(transfer, "transfer_requested", says, by=by, at=at)
    return transfer


@transaction.atomic
def change_route(
    *, transfer: Transfer, route: str, why: str, by: Person | None, at: datetime, receiving_team: Team | None = None,
    receiver: str = "",
) -> Transfer:  # fmt: skip
    """What was decided (a conference's outcome, say) leads along another route. Where the same team receives the case
    on the same effect, its agreement stands; otherwise everybody is asked again."""
    transfer = lock(transfer, at)
    check_can(by, "change_route", transfer)
    return reroute(transfer, route, why, by, at, receiving_team, receiver)


def reroute(
    transfer: Transfer, route: str, why: str, by: Person | None, at: datetime, receiving_team: Team | None,
    receiver: str = "",
) -> Transfer:  # fmt: skip
    """A transfer that is locked goes along another route from now on."""
    pack, row = transfer.brief.pack, transfer.brief.pack.routes.get(route)
    gaps = [] if why.strip() else [Gap("Say why the route changes.", field="why")]
    if route == transfer.route:
        gaps.append(Gap("This is the route it has already.", field="route"))
    holder = transfer.transferring_team
    refuse_if(gaps + _asking_gaps(transfer.case, pack, row, holder, receiving_team, receiver, transfer))
    assert row is not None
    before, was_agreed = transfer.brief.route, transfer.agreed_at
    same_team = bool(receiving_team) and (receiving_team, row.effect) == (transfer.receiving_team, transfer.effect)
    if not same_team and transfer.receiving_team:
        let_out(transfer, at)
    transfer.route, transfer.effect, transfer.clause = route, row.effect, clauses_of(row)
    transfer.receiving_team = receiving_team
    transfer.receiver = receiver.strip() or receiver_of(pack, row, receiving_team)
    with_brief(transfer, at)
    refuse_if(transfer.blockers("change_route"))
    transfer.change_route()
    transfer.requested_at, transfer.requested_by = at, by
    for approval in transfer.approvals.filter(withdrawn_at=None):
        approval.withdrawn_at, approval.withdrawn_by = at, by
        save(approval, by)
    transfer.escalated_at = None
    if not same_team:
        transfer.agreed_at, transfer.agreed_by, transfer.receiving_worker, transfer.handover_at = None, None, None, None
        transfer.handover_by = None
    save(transfer, by)
    if receiving_team and not same_team:
        let_in(transfer, by, at)
    kept = f" {transfer.answering_team.name} keeps its agreement." if same_team and was_agreed else ""
    says = f"The route changed from {before.name!r} to {row.name!r}: {why.strip()}{kept}"
    tell(transfer, "transfer_route_changed", says, by=by, at=at, before=before.code)
    return transfer


@transaction.atomic
def withdraw_transfer(*, transfer: Transfer, why: str, by: Person | None, at: datetime) -> Transfer:
    """Whoever asked takes it back."""
    transfer = lock(transfer, at)
    check_can(by, "withdraw", transfer)
    gaps = [] if why.strip() else [Gap("Say why it is withdrawn.", field="why")]
    refuse_if(gaps + transfer.blockers("withdraw"))
    transfer.withdraw()
    what = f"The transfer to {transfer.receiver_name} was withdrawn"
    close_transfer(transfer, what, why, "transfer_withdrawn", by, at)
    return transfer


@transaction.atomic
def lapse_transfer(*, transfer: Transfer, why: str, by: Person | None, at: datetime) -> Transfer:
    """There is nothing left to transfer."""
    transfer = lock(transfer, at)
    refuse_if(transfer.blockers("lapse"))
    transfer.lapse()
    close_transfer(transfer, f"The transfer to {transfer.receiver_name} lapsed", why, "transfer_lapsed", by, at)
    return transfer


def close_transfer(transfer: Transfer, what: str, why: str, kind: str, by: Person | None, at: datetime) -> None:
    transfer.finished_at, transfer.finished_by, transfer.finished_because = at, by, why.strip()
    save(transfer, by)
    if transfer.receiving_team and transfer.case.is_held:
        let_out(transfer, at)
    tell(transfer, kind, f"{what}: {why.strip()}", by=by, at=at)


def _asking_gaps(
    case: Case, pack: Pack, row: rows.Route | None, holder: Team | None, team: Team | None, receiver: str,
    besides: Transfer | None = None,
) -> list[Gap]:  # fmt: skip
    if row is None:
        return [Gap("Choose the route.", field="route")]
    if holder is None:
        return [Gap(f"Case {case.reference} is closed.")]
    gaps = [*_open_gaps(case, row, besides), *_team_gaps(pack, row, holder, team, receiver)]
    if team and team.authority_id != case.authority_id:
        gaps.append(Gap("The team belongs to another authority.", field="receiving_team"))
    if team and not team.is_in_use:
        gaps.append(Gap(f"{team.name} is no longer in use.", field="receiving_team"))
    return gaps


def _open_gaps(case: Case, row: rows.Route, besides: Transfer | None) -> list[Gap]:
    """One transfer at a time may move a case; each of the others once."""
    others = case.transfers.under_way().select_related("receiving_team")
    for other in others.exclude(pk=besides.pk) if besides else others:
        if other.route == row.code or (row.effect in MOVING and other.effect in MOVING):
            since = f" since {words.moment(other.requested_at)}" if other.requested_at else ""
            return [Gap(f"Transfer {other.reference} to {other.receiver_name} is under way{since}.")]
    return []


def _team_gaps(pack: Pack, row: rows.Route, holder: Team, team: Team | None, receiver: str) -> list[Gap]:
    """The team must be one that the route leads to; a route that leads outside names who takes over."""
    wanted = receivers_of(pack, row) and row.effect in ("moves", "joins")  # what is referred may go to the holder
    if team is None:
        return [Gap("Choose the receiving team.", field="receiving_team")] if wanted else []
    if team == holder and row.effect in MOVING:
        return [Gap(f"{team.name} already holds this case.", field="receiving_team")]
    if not takes(pack, row, team):
        return [Gap(f"This route does not lead to {team.name}.", row.clauses, field="receiving_team")]
    return []
