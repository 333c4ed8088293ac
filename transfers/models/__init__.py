"""Moving a case: one file per noun."""

from transfers.models.approval import Approval
from transfers.models.checklist import ChecklistAnswer, PracticeIssue, Says, Waiver
from transfers.models.transfer import Effect, Side, Transfer

__all__ = ["Approval", "ChecklistAnswer", "Effect", "PracticeIssue", "Says", "Side", "Transfer", "Waiver"]
