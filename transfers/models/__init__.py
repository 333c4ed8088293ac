"""Moving a case: one file per noun."""

from transfers.models.approval import Approval
from transfers.models.checklist import ChecklistAnswer, PracticeIssue, Says, Waiver
from transfers.models.departure import Departure
from transfers.models.dispute import Dispute, Outcome, Rung
from transfers.models.duty import DUTY_LATE, Duty
from transfers.models.meeting import MeetingItem, MeetingSays, TransferMeeting
from transfers.models.radar import Certainty, RadarEntry, RadarSlice
from transfers.models.transfer import Effect, Side, Transfer

__all__ = [
    "DUTY_LATE",
    "Approval",
    "Certainty",
    "ChecklistAnswer",
    "Departure",
    "Dispute",
    "Duty",
    "Effect",
    "MeetingItem",
    "MeetingSays",
    "Outcome",
    "PracticeIssue",
    "RadarEntry",
    "RadarSlice",
    "Rung",
    "Says",
    "Side",
    "Transfer",
    "TransferMeeting",
    "Waiver",
]
