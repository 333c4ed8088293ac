"""Who is told by this room: the people behind a word of the pack, of the teams that the transfer is between."""

from datetime import date

from cases.notices import Recipient, in_role, managers_of
from casetransfer.protocols import pack_for
from teams.models import Membership, Team
from teams.roles import Role
from transfers.models import Transfer

ABOVE = {Role.TEAM_MANAGER: Role.GROUP_MANAGER, Role.GROUP_MANAGER: Role.SERVICE_MANAGER}
IN_A_TEAM = {Role.SOCIAL_WORKER, Role.SENIOR, Role.TEAM_MANAGER}


def people_behind(codes: tuple[str, ...], side: str, transfer: Transfer, on: date) -> list[Recipient]:
    """Everybody whom the pack means by these codes, on that side; the managers of both where it means nobody here."""
    pack, found = pack_for(transfer.pack), list[Recipient]()
    for code in codes:
        if code in pack.teams:
            teams = Team.objects.in_use().filter(authority=transfer.case.authority_id)
            found += [one for team in teams if pack.is_within(team.code, code) for one in managers_of(team, on)]
        elif code in pack.roles:
            found += _in_role(pack.roles[code].acts_as, side, transfer, on)
    return found or [one for team in transfer.side_of("both") for one in managers_of(team, on)]


def people_above(codes: tuple[str, ...], side: str, transfer: Transfer, on: date) -> list[Recipient]:
    """One step up the ladder from those who should have answered."""
    pack = pack_for(transfer.pack)
    roles = {
        Role(pack.roles[code].acts_as) for code in codes if code in pack.roles and pack.roles[code].acts_as in ABOVE
    }
    above = {ABOVE[role] for role in roles or {Role.TEAM_MANAGER}}
    return [one for role in sorted(above) for one in _in_role(role, side, transfer, on)]


def _in_role(role: str, side: str, transfer: Transfer, on: date) -> list[Recipient]:
    if role in IN_A_TEAM:
        return [one for team in transfer.side_of(side) for one in in_role(team, {role}, on)]
    held = Membership.objects.current(on).filter(
        team__authority=transfer.case.authority_id, role=role, person__is_active=True
    )
    return [Recipient(person=one.person) for one in held.select_related("person")]
