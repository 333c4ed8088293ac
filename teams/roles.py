"""Who may do what: one list of permissions, one table from role to permissions. Which record it may be done to is
decided beside the record, by the team that holds it."""

from django.core.exceptions import PermissionDenied
from django.db import models


class Permission(models.TextChoices):
    SEE_OWN_CASES = "see_own_cases", "See the cases they are allocated"
    SEE_TEAM_CASES = "see_team_cases", "See the cases of their teams"
    SEE_ALL_CASES = "see_all_cases", "See every case of the authority"
    RECORD_EVENT = "record_event", "Record what happened in a case"
    ALLOCATE_CASE = "allocate_case", "Name the worker of a case"
    RECORD_CONTACT = "record_contact", "Record a contact"
    DECIDE_CONTACT = "decide_contact", "Rate a contact and decide what follows"
    REQUEST_TRANSFER = "request_transfer", "Ask for a transfer"
    COMPLETE_CHECKLIST = "complete_checklist", "Answer a transfer checklist"
    DECIDE_TRANSFER = "decide_transfer", "Send, accept or return a transfer for their team"
    WAIVE_ITEM = "waive_item", "Let a transfer go on without a paper"
    KEEP_MEETING_LIST = "keep_meeting_list", "Keep the transfer meeting's list"
    RAISE_DISPUTE = "raise_dispute", "Raise a dispute"
    DECIDE_DISPUTE = "decide_dispute", "Decide a dispute"
    DEPART_FROM_PROTOCOL = "depart_from_protocol", "Decide otherwise than the protocol for one child"
    PROPOSE_CLOSURE = "propose_closure", "Propose closing a case"
    AUTHORISE_CLOSURE = "authorise_closure", "Authorise closing a case"
    COMPLETE_CLOSURE = "complete_closure", "Complete the closing checklist"
    REOPEN_CASE = "reopen_case", "Open a closed case again"
    RECTIFY_RECORD = "rectify_record", "Put right who the child of a closed case is"
    ADVISE = "advise", "Advise on a case of another team"
    SEE_REPORTS = "see_reports", "See figures"
    READ_AUDIT = "read_audit", "Search the audit"
    DESTROY_RECORD = "destroy_record", "Destroy a record whose time is over"
    IMPORT_RECORDS = "import_records", "Import records from a workbook"
    MANAGE_TEAMS = "manage_teams", "Change teams and people"
    MANAGE_CALENDAR = "manage_calendar", "Change local closure days"


class Role(models.TextChoices):
    """The packs name each local role and which of these it acts as."""

    SOCIAL_WORKER = "social_worker", "Social worker"
    SENIOR = "senior", "Senior social worker or deputy manager"
    TEAM_MANAGER = "team_manager", "Team manager"
    GROUP_MANAGER = "group_manager", "Group or practice manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    ADMIN = "admin", "Business support"
    FRONT_DOOR = "front_door", "Front door worker"
    ADVISER = "adviser", "Adviser"
    AUDITOR = "auditor", "Auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"


_P = Permission
_WORKER = {_P.SEE_OWN_CASES, _P.SEE_TEAM_CASES, _P.RECORD_EVENT, _P.REQUEST_TRANSFER, _P.COMPLETE_CHECKLIST}
_WORKER |= {_P.PROPOSE_CLOSURE, _P.RECORD_CONTACT, _P.RAISE_DISPUTE}
_DEPUTY = _WORKER | {_P.ALLOCATE_CASE, _P.DECIDE_CONTACT}
_MANAGER = _DEPUTY | {_P.DECIDE_TRANSFER, _P.WAIVE_ITEM, _P.AUTHORISE_CLOSURE, _P.SEE_REPORTS, _P.KEEP_MEETING_LIST}
_MANAGER |= {_P.REOPEN_CASE, _P.RECTIFY_RECORD}
_GROUP_MANAGER = _MANAGER | {_P.SEE_ALL_CASES, _P.DECIDE_DISPUTE, _P.DEPART_FROM_PROTOCOL}

PERMISSIONS_OF: dict[str, frozenset[Permission]] = {
    Role.SOCIAL_WORKER: frozenset(_WORKER),
    Role.SENIOR: frozenset(_DEPUTY),
    Role.TEAM_MANAGER: frozenset(_MANAGER),
    Role.GROUP_MANAGER: frozenset(_GROUP_MANAGER),
    Role.SERVICE_MANAGER: frozenset(_GROUP_MANAGER | {_P.READ_AUDIT, _P.DESTROY_RECORD}),
    Role.ADMIN: frozenset(
        {_P.SEE_TEAM_CASES, _P.KEEP_MEETING_LIST, _P.COMPLETE_CLOSURE, _P.RECORD_CONTACT, _P.IMPORT_RECORDS}
    ),
    Role.FRONT_DOOR: frozenset({_P.SEE_TEAM_CASES, _P.RECORD_CONTACT, _P.DECIDE_CONTACT, _P.RECORD_EVENT}),
    Role.ADVISER: frozenset({_P.SEE_OWN_CASES, _P.ADVISE}),
    Role.AUDITOR: frozenset({_P.SEE_ALL_CASES, _P.SEE_REPORTS, _P.READ_AUDIT}),
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {_P.MANAGE_TEAMS, _P.MANAGE_CALENDAR, _P.IMPORT_RECORDS, _P.READ_AUDIT, _P.DESTROY_RECORD}
    ),
}


class NotAllowed(PermissionDenied):
    """A person may not do this; the message is the sentence they are shown."""
