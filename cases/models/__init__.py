"""The record: one file per noun."""

from cases.models.answer import Answer
from cases.models.around import Relationship, RelationshipKind, Warning
from cases.models.case import Case, CaseQuerySet, ClosureReason, Opening
from cases.models.child import Child, Family, Identifier, IdentifierKind, Sex
from cases.models.contact import Contact, ContactChannel, ContactOutcome, ContactSource, Reasons, Tier
from cases.models.deadline import ClockRun, Deadline, Recalculation
from cases.models.document import Document
from cases.models.event import ADJOURNED, Attendee, Event, EventDate
from cases.models.imported import Import, ImportHeader, ImportName, ImportRow, NameKind, RowState
from cases.models.involvement import SINGLE_PARTS, TEAM_PARTS, Involvement, Part, Reason
from cases.models.journal import JournalEntry
from cases.models.notice import Channel, Delivery, MailboxMessage, Notice
from cases.models.rectification import IdentityDetail, Rectification
from cases.models.restricted import BrokenGlass, Conflict, Grant
from cases.models.scope import Standing, must_not_see
from cases.models.spell import Spell, SpellKind

__all__ = [
    "ADJOURNED",
    "SINGLE_PARTS",
    "TEAM_PARTS",
    "Answer",
    "Attendee",
    "BrokenGlass",
    "Case",
    "CaseQuerySet",
    "Channel",
    "Child",
    "ClockRun",
    "ClosureReason",
    "Conflict",
    "Contact",
    "ContactChannel",
    "ContactOutcome",
    "ContactSource",
    "Deadline",
    "Delivery",
    "Document",
    "Event",
    "EventDate",
    "Family",
    "Grant",
    "Identifier",
    "IdentifierKind",
    "IdentityDetail",
    "Import",
    "ImportHeader",
    "ImportName",
    "ImportRow",
    "Involvement",
    "JournalEntry",
    "MailboxMessage",
    "NameKind",
    "Notice",
    "Opening",
    "Part",
    "Reason",
    "Reasons",
    "Recalculation",
    "Rectification",
    "Relationship",
    "RelationshipKind",
    "RowState",
    "Sex",
    "Spell",
    "SpellKind",
    "Standing",
    "Tier",
    "Warning",
    "must_not_see",
]
