"""Who may do what to a transfer: a role gives the verb, the side gives the transfer. One table for actions and pages.

The four-eyes rules are here too: whoever asked never agrees or approves, and nobody gives two of the approvals."""

from dataclasses import dataclass

from cases.models import Case, Standing
from casetransfer.protocols import Pack, pack_for, rows
from casetransfer.protocols.explain import roles_in_words
from teams.models import Person, Team
from teams.refusals import Gap
from teams.roles import NotAllowed, Permission, Role
from transfers.brief import ApprovalState
from transfers.guards import approval_gap
from transfers.models import Approval, Duty, Transfer, Waiver

P = Permission


@dataclass(frozen=True, slots=True)
class Rule:
    """Which permission, in the team of which side: asking, answering, transferring, receiving, either."""

    permission: Permission
    side: str
    not_asker: bool = False


RULES = {
    "request": Rule(P.REQUEST_TRANSFER, "asking"),
    "list_for_meeting": Rule(P.KEEP_MEETING_LIST, "either"),
    "take_off_list": Rule(P.KEEP_MEETING_LIST, "either"),
    "agree": Rule(P.DECIDE_TRANSFER, "answering", not_asker=True),
    "start_handover": Rule(P.DECIDE_TRANSFER, "either"),
    "complete": Rule(P.DECIDE_TRANSFER, "receiving"),
    "send_back": Rule(P.DECIDE_TRANSFER, "answering", not_asker=True),
    "mend": Rule(P.REQUEST_TRANSFER, "asking"),
    "change_route": Rule(P.REQUEST_TRANSFER, "transferring"),
    "withdraw": Rule(P.REQUEST_TRANSFER, "asking"),
    "dispute": Rule(P.RAISE_DISPUTE, "either"),
    "answer": Rule(P.COMPLETE_CHECKLIST, "either"),
    "check": Rule(P.DECIDE_TRANSFER, "receiving"),
    "record_point": Rule(P.RECORD_EVENT, "either"),
    "waive": Rule(P.WAIVE_ITEM, "either"),
    "name_worker": Rule(P.ALLOCATE_CASE, "receiving"),
    "plan_anew": Rule(P.DECIDE_TRANSFER, "either"),
}
WORDS = {
    "request": "ask for this transfer",
    "list_for_meeting": "put this transfer on a meeting's list",
    "take_off_list": "take this transfer off a meeting's list",
    "agree": "agree to this transfer",
    "start_handover": "start the handover",
    "complete": "complete this transfer",
    "send_back": "return this transfer",
    "mend": "ask for this transfer again",
    "change_route": "change the route of this transfer",
    "withdraw": "withdraw this transfer",
    "dispute": "dispute this transfer",
    "answer": "answer this checklist",
    "check": "check this checklist for the receiving team",
    "record_point": "record that the transfer point is reached",
    "waive": "waive this item",
    "name_worker": "name the receiving worker",
    "plan_anew": "agree another day for this transfer",
}


def teams_of_side(transfer: Transfer, side: str) -> set[int]:
    """Where nobody of ours receives, the team that lets go does both parts."""
    receiving = transfer.receiving_team_id or transfer.transferring_team_id
    sides = {
        "asking": {transfer.asking_team.pk},
        "answering": {transfer.answering_team.pk},
        "transferring": {transfer.transferring_team_id},
        "receiving": {receiving},
    }
    return sides.get(side, {transfer.transferring_team_id, receiving})


def can(person: Person, verb: str, transfer: Transfer, standing: Standing | None = None) -> bool:
    rule = RULES[verb]
    if person.authority_id != transfer.case.authority_id or (rule.not_asker and transfer.requested_by_id == person.pk):
        return False
    standing = standing or Standing.of(person)
    teams = standing.teams_with(rule.permission)
    if rule.permission == P.KEEP_MEETING_LIST:  # business support keeps the lists of the whole authority
        return bool(teams)
    return bool(teams & (teams_of_side(transfer, rule.side) | standing.teams_with(P.SEE_ALL_CASES)))


def check_can(person: Person | None, verb: str, transfer: Transfer) -> None:
    """Nobody (the clock, the seed) may do anything."""
    if person is None or can(person, verb, transfer):
        return
    if RULES[verb].not_asker and transfer.requested_by_id == person.pk:
        raise NotAllowed(
            f"{person.name} asked for this transfer, so somebody else must {WORDS[verb].split(' this')[0]}."
        )
    raise NotAllowed(f"{person.name} may not {WORDS[verb]}.")


def can_request(person: Person, case: Case, holder: Team | None, standing: Standing | None = None) -> bool:
    """To give the case away: somebody of the team that holds it."""
    if person.authority_id != case.authority_id:
        return False
    standing = standing or Standing.of(person)
    teams = standing.teams_with(P.REQUEST_TRANSFER)
    return bool(holder and teams & ({holder.pk} | standing.teams_with(P.SEE_ALL_CASES)))


def can_pull(person: Person, case: Case, team: Team, standing: Standing | None = None) -> bool:
    """To ask for a case: a manager of the team that would take it."""
    standing = standing or Standing.of(person)
    return case.authority_id == person.authority_id and team.pk in standing.teams_with(P.DECIDE_TRANSFER)


def check_can_request(person: Person | None, transfer: Transfer) -> None:
    if person is None:
        return
    pulls = transfer.is_pull and transfer.receiving_team
    if pulls and transfer.receiving_team and can_pull(person, transfer.case, transfer.receiving_team):
        return
    if pulls or not can_request(person, transfer.case, transfer.transferring_team):
        raise NotAllowed(f"{person.name} may not ask for this transfer.")


# --- approvals: the pack names local roles, teams and bodies ---

LADDER = [Role.SOCIAL_WORKER, Role.SENIOR, Role.TEAM_MANAGER, Role.GROUP_MANAGER, Role.SERVICE_MANAGER]
ANYWHERE = {Role.ADVISER, Role.ADMIN, Role.FRONT_DOOR}
SENIOR_ROLES = {Role.GROUP_MANAGER, Role.SERVICE_MANAGER}


def can_approve(
    person: Person, transfer: Transfer, need: ApprovalState, standing: Standing | None = None
) -> bool:  # fmt: skip
    """Somebody in one of the roles that the pack names, or above it on the same ladder, and on the side it names."""
    if transfer.requested_by_id == person.pk or person.authority_id != transfer.case.authority_id:
        return False
    standing = standing or Standing.of(person)
    return any(_stands_for(code, standing, transfer, need.wants.side) for code in need.wants.by)


def records_for(person: Person, transfer: Transfer, need: ApprovalState, standing: Standing | None = None) -> bool:
    """Where the approval is given by somebody outside this system, a manager of either side writes it down."""
    pack = pack_for(transfer.pack)
    outside = any(_is_outside(pack, code) for code in need.wants.by)
    standing = standing or Standing.of(person)
    teams = standing.teams_with(P.DECIDE_TRANSFER)
    sides = teams_of_side(transfer, "either") | standing.teams_with(P.SEE_ALL_CASES)
    return outside and transfer.requested_by_id != person.pk and bool(teams & sides)


def may_give(
    person: Person, transfer: Transfer, need: ApprovalState, given: Approval, standing: Standing | None = None
) -> bool:
    """Who may give an approval may also withdraw it; where it was written down for somebody else, who may write."""
    return can_approve(person, transfer, need, standing) or (
        bool(given.on_behalf_of) and records_for(person, transfer, need, standing)
    )


def check_can_approve(person: Person | None, transfer: Transfer, need: ApprovalState, on_behalf_of: str) -> None:
    if person is None or can_approve(person, transfer, need):
        return
    if on_behalf_of and records_for(person, transfer, need):
        return
    if transfer.requested_by_id == person.pk:
        raise NotAllowed(f"{person.name} asked for this transfer, so somebody else must approve it.")
    raise NotAllowed(f"{person.name} may not approve this: it is for {need.by_in_words}.")


def own_need(transfer: Transfer, by: Person | None, standing: Standing | None = None) -> ApprovalState | None:
    """The approval that this manager gives by agreeing, unless they gave one before."""
    brief, side = transfer.brief, "transferring" if transfer.is_pull else "receiving"
    if by is None or any(need.given and need.given.given_by_id == by.pk for need in brief.approvals):
        return None
    for need in brief.approvals:
        earlier = [one for one in brief.approvals if one.is_missing and one.wants.order < need.wants.order]
        mine = need.given is None and not earlier and need.wants.side in (side, "both")
        if mine and can_approve(by, transfer, need, standing):
            return need
    return None


def gaps_against(verb: str, transfer: Transfer, person: Person, standing: Standing | None = None) -> list[Gap]:
    """Why this person cannot make a move yet. What their agreement gives by itself is not missing."""
    gaps: list[Gap] = transfer.blockers(verb)
    own = own_need(transfer, person, standing) if verb == "agree" and gaps else None
    return [gap for gap in gaps if own is None or gap != approval_gap(own)]


def _is_outside(pack: Pack, code: str) -> bool:
    if code in pack.teams:
        return not pack.teams[code].holds_cases
    return code not in pack.roles or pack.roles[code].acts_as in ("outside", "adviser", "admin")


def _stands_for(code: str, standing: Standing, transfer: Transfer, side: str) -> bool:
    sides = {team.pk for team in transfer.side_of(side)}
    return stands_for(code, standing, pack_for(transfer.pack), None if side == "other" else sides)


def stands_for(code: str, standing: Standing, pack: Pack, sides: set[int] | None) -> bool:
    """Whether a person is what the pack calls by this code, in one of these teams (anywhere, where none is named)."""
    if code in pack.teams:
        return bool(standing.teams_with(P.DECIDE_TRANSFER) & _teams_within(pack, code, standing.person.authority_id))
    role = pack.roles[code].acts_as if code in pack.roles else ""
    if role in ANYWHERE:
        return any(held == role for _, held, _ in standing.roles)
    if role not in LADDER:
        return False
    enough = set(LADDER[LADDER.index(Role(role)) :])
    return any(
        held in enough and (sides is None or team in sides or held in SENIOR_ROLES) for team, held, _ in standing.roles
    )  # fmt: skip


def _teams_within(pack: Pack, code: str, authority: int) -> set[int]:
    teams = Team.objects.filter(authority=authority)
    return {team.pk for team in teams if pack.is_within(team.code, code)}


# --- waivers ---


def can_sign(person: Person, waiver: Waiver, standing: Standing | None = None) -> bool:
    """The second manager: another person, of the other side where the first was of one."""
    return waiver.asked_by_id != person.pk and can(person, "waive", waiver.transfer, standing)


def check_can_sign(person: Person | None, waiver: Waiver) -> None:
    if person is None or can_sign(person, waiver):
        return
    if waiver.asked_by_id == person.pk:
        raise NotAllowed("A waiver needs the names of two managers.")
    raise NotAllowed(f"{person.name} may not {WORDS['waive']}.")


# --- disputes, departures, duties, meetings ---


def can_decide_dispute(
    person: Person, transfer: Transfer, step: rows.DisputeStep, standing: Standing | None = None
) -> bool:  # fmt: skip
    """Somebody of the rung: of either team, or above both."""
    if person.authority_id != transfer.case.authority_id:
        return False
    standing = standing or Standing.of(person)
    return any(_stands_for(code, standing, transfer, "both") for code in step.by)


def check_can_decide(person: Person | None, transfer: Transfer, step: rows.DisputeStep) -> None:
    if person is not None and not can_decide_dispute(person, transfer, step):
        who = roles_in_words(pack_for(transfer.pack), step.by)
        raise NotAllowed(f"{person.name} may not decide this dispute: it is with {who}.")


def can_depart(person: Person, case: Case, standing: Standing | None = None, holder: Team | None = None) -> bool:
    """Whom the pack allows to decide otherwise for one child, in the team that holds it or above. `holder`, where it
    has been read already."""
    if person.authority_id != case.authority_id:
        return False
    standing, pack, holder = standing or Standing.of(person), pack_for(case.pack), holder or case.responsible_team
    sides = {holder.pk} if holder else set()
    return any(stands_for(code, standing, pack, sides) for row in pack.departure for code in row.by)


def check_can_depart(person: Person | None, case: Case) -> None:
    if person is not None and not can_depart(person, case):
        raise NotAllowed(f"{person.name} may not decide otherwise than the protocol.")


def can_meet(person: Person, duty: Duty, standing: Standing | None = None) -> bool:
    standing = standing or Standing.of(person)
    teams = standing.teams_with(P.COMPLETE_CHECKLIST)
    return bool(teams & ({duty.team_id} | standing.teams_with(P.SEE_ALL_CASES))) and (
        person.authority_id == duty.team.authority_id
    )


def check_can_meet(person: Person | None, duty: Duty) -> None:
    if person is not None and not can_meet(person, duty):
        raise NotAllowed(f"{person.name} does not work in {duty.team.name}, which owes this.")


def keeps_meetings(person: Person, authority: int, standing: Standing | None = None) -> bool:
    standing = standing or Standing.of(person)
    return person.authority_id == authority and standing.allows(P.KEEP_MEETING_LIST)


def check_keeps_meetings(person: Person | None, authority: int) -> None:
    if person is not None and not keeps_meetings(person, authority):
        raise NotAllowed(f"{person.name} may not keep the list of this meeting.")
