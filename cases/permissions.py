"""Who may do what to a case: the role gives the verb, the teams that are involved give the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.models import BrokenGlass, Case, Contact, Involvement, Notice, Part, Standing
from teams.models import Authority, Person, Team
from teams.roles import NotAllowed, Permission


@dataclass(frozen=True, slots=True)
class Reach:
    """A person's roles, and everybody who has a part in a case now."""

    standing: Standing
    lines: Sequence[Involvement]

    @classmethod
    def of(cls, person: Person, case: Case, standing: Standing | None = None) -> "Reach":
        return cls(standing or Standing.of(person), list(case.involvements.current()))


def may(
    person: Person, permission: Permission, case: Case, reach: Reach | Standing | None = None, *, holder: bool = False
) -> bool:
    """A role allows it in a team that is involved now (with `holder`: that is responsible), or in the whole authority
    for those who see all of it. `reach` is what has been read already of person and case."""
    if person.authority_id != case.authority_id:
        return False
    if not isinstance(reach, Reach):
        reach = Reach.of(person, case, reach)
    teams = reach.standing.teams_with(permission)
    involved = {line.team_id for line in reach.lines if not holder or line.role == Part.RESPONSIBLE_TEAM}
    return bool(teams & (involved | reach.standing.teams_with(Permission.SEE_ALL_CASES)))


def can_record(person: Person, case: Case, reach: Reach | None = None) -> bool:
    return may(person, Permission.RECORD_EVENT, case, reach)


DEALS = {Permission.RECORD_EVENT, Permission.RECORD_CONTACT, Permission.COMPLETE_CLOSURE, Permission.ADVISE}


def can_deal_with(person: Person, notice: Notice) -> bool:
    """Whoever it is for, or somebody who sees it and has work to do in cases: an auditor only reads."""
    return notice.person_id == person.pk or bool(DEALS & person.permissions())


def check_can_deal_with(person: Person, notice: Notice) -> None:
    if not can_deal_with(person, notice):
        raise NotAllowed(f"{person.name} may read this notice, and only whoever works with the case may answer it.")


def check_can_record(person: Person | None, case: Case) -> None:
    """Nobody (an import, the seed, the clock) may do anything."""
    if person is not None and not can_record(person, case):
        raise NotAllowed(f"{person.name} may not record anything in case {case.reference}.")


def can_allocate(person: Person, case: Case, reach: Reach | None = None) -> bool:
    return may(person, Permission.ALLOCATE_CASE, case, reach, holder=True)


def check_can_allocate(person: Person | None, case: Case) -> None:
    if person is not None and not can_allocate(person, case):
        raise NotAllowed(f"{person.name} may not name the worker of case {case.reference}.")


def held_last(case: Case) -> Involvement | None:
    """The team that held a closed case last; of an open one, the team that holds it."""
    held = case.involvements.standing().responsible().select_related("team")
    return held.filter(period__endswith=case.closed_at).first() if case.closed_at else case.holding


def may_of_last(person: Person, permission: Permission, case: Case, standing: Standing | None = None) -> bool:
    """After the closing nobody is involved any more: a role allows it in the team that held the case last, or in the
    whole authority."""
    if person.authority_id != case.authority_id:
        return False
    standing = standing or Standing.of(person)
    teams, last = standing.teams_with(permission), held_last(case)
    everywhere = standing.teams_with(Permission.SEE_ALL_CASES)
    return bool(teams & everywhere) or (last is not None and last.team_id in teams)


def can_rectify(person: Person, case: Case, standing: Standing | None = None) -> bool:
    """A manager of the team that held the closed case last, or of the whole authority, who may see the record."""
    standing = standing or Standing.of(person)
    if case.is_held or not may_of_last(person, Permission.RECTIFY_RECORD, case, standing):
        return False
    return Case.objects.visible_to(person, standing).filter(pk=case.pk).exists()


def check_can_rectify(person: Person, case: Case) -> None:
    if not case.is_held and not can_rectify(person, case):
        raise NotAllowed("Only a manager of the team that held this case last may put the closed record right.")


def check_can_open(person: Person | None, authority: Authority) -> None:
    if person is None:
        return
    opens = {Permission.RECORD_EVENT, Permission.DECIDE_CONTACT, Permission.IMPORT_RECORDS}
    if person.authority_id != authority.pk or not opens & person.permissions():
        raise NotAllowed(f"{person.name} may not open a case of {authority.name}.")


def check_same_authority(person: Person | None, case: Case) -> None:
    if person is not None and person.authority_id != case.authority_id:
        raise NotAllowed(f"{person.name} does not work for the authority of case {case.reference}.")


def check_can_import(person: Person | None, authority: Authority) -> None:
    if person is not None and (
        person.authority_id != authority.pk or Permission.IMPORT_RECORDS not in person.permissions()
    ):
        raise NotAllowed(f"{person.name} may not import records of {authority.name}.")


def check_can_record_contact(person: Person | None, team: Team) -> None:
    """Whoever may record one, for any front door of their authority."""
    if person is not None and (
        person.authority_id != team.authority_id or Permission.RECORD_CONTACT not in person.permissions()
    ):
        raise NotAllowed(f"{person.name} may not record contacts for {team.name}.")


def can_decide_contact(person: Person, contact: Contact) -> bool:
    """In the team that deals with it, or everywhere for those who see all of the authority."""
    if person.authority_id != contact.authority_id:
        return False
    standing = Standing.of(person)
    teams = standing.teams_with(Permission.DECIDE_CONTACT)
    return contact.team_id in teams or bool(teams & standing.teams_with(Permission.SEE_ALL_CASES))


def check_can_decide_contact(person: Person | None, contact: Contact) -> None:
    if person is not None and not can_decide_contact(person, contact):
        raise NotAllowed(f"{person.name} may not decide contact {contact.reference}.")


def can_guard(person: Person, case: Case, standing: Standing | None = None) -> bool:
    """Who decides who sees a restricted record: a manager, in their own role, of a team involved or of the whole
    authority; and only one who may see it."""
    standing = standing or Standing.of(person)
    own = standing.teams_with(Permission.DECIDE_TRANSFER, own_only=True)
    if not Case.objects.visible_to(person, standing).filter(pk=case.pk).exists():
        return False
    everywhere = own & standing.teams_with(Permission.SEE_ALL_CASES, own_only=True)
    return bool(everywhere) or case.involvements.current().filter(team__in=own).exists()


def check_can_guard(person: Person | None, case: Case) -> None:
    if person is not None and not can_guard(person, case):
        raise NotAllowed(f"Only a manager of the case may decide who sees {case.reference}.")


def check_can_break_glass(person: Person, case: Case) -> None:
    """Whoever works with cases, in their own role; nobody with a conflict of interest."""
    own = Standing.of(person).teams_with(Permission.RECORD_EVENT, own_only=True)
    kept_out = case.child.conflicts.standing().filter(person=person).exists()
    if person.authority_id != case.authority_id or not own or kept_out:
        raise NotAllowed("You may not open this record.")


def can_review(person: Person, opening: BrokenGlass, standing: Standing | None = None) -> bool:
    """A manager or an auditor who is not the one who opened the record."""
    if person.pk == opening.opened_by_id or person.authority_id != opening.child.authority_id:
        return False
    standing = standing or Standing.of(person)
    if standing.teams_with(Permission.READ_AUDIT, own_only=True):
        return True
    return any(can_guard(person, case, standing) for case in opening.child.cases.all())


def check_can_review(person: Person, opening: BrokenGlass) -> None:
    if person.pk == opening.opened_by_id:
        raise NotAllowed("You opened this record yourself, so somebody else must review it.")
    if not can_review(person, opening):
        raise NotAllowed("Only a manager of the case or an auditor may review this.")
