"""Moving a case: one file per noun."""

from transfers.models.approval import Approval
from transfers.models.checklist import ChecklistAnswer, PracticeIssue, Says, Waiver
from transfers.models.radar import Certainty, RadarEntry
from transfers.models.transfer import Effect, Side, Transfer

__all__ = [
    "Approval",
    "Certainty",
    "ChecklistAnswer",
    "Effect",
    "PracticeIssue",
    "RadarEntry",
    "Says",
    "Side",
    "Transfer",
    "Waiver",
]
