"""Councils, teams, people, and what was done by whom."""

from teams.models.audit import AuditEntry, AuditLink
from teams.models.directory import DirectoryGroup, Identity, Tenant
from teams.models.draft import Draft
from teams.models.house import (
    Absence,
    Authority,
    ClosureDay,
    Membership,
    MembershipQuerySet,
    Person,
    Team,
    days,
    in_order,
)
from teams.models.listing import LeftOut, SavedView

__all__ = [
    "Absence",
    "AuditEntry",
    "AuditLink",
    "Authority",
    "ClosureDay",
    "DirectoryGroup",
    "Draft",
    "Identity",
    "LeftOut",
    "Membership",
    "MembershipQuerySet",
    "Person",
    "SavedView",
    "Team",
    "Tenant",
    "days",
    "in_order",
]
