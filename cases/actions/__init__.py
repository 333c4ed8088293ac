"""The only writes to the record, by noun. Each says who does it (`by`; nobody: an import, the seed, the clock) and
when (`at`); `effective_at` is the moment from which it counts, where that is earlier."""

from cases.actions.answers import answer_question
from cases.actions.children import (
    add_child,
    add_document,
    add_family,
    add_identifier,
    add_relationship,
    add_warning,
    change_child,
    change_relationship,
    end_warning,
    join_family,
)
from cases.actions.events import (
    cancel_event,
    correct_event,
    move_event,
    record_event,
    record_event_held,
    withdraw_event,
)
from cases.actions.involvements import (
    add_involvement,
    allocate,
    correct_holder,
    correct_move,
    end_involvement,
    hold_on_duty,
    move_responsibility,
)
from cases.actions.journal import add_journal
from cases.actions.opening import close_case, keep_open, open_case, reopen_case, start_closing, undo_closing
from cases.actions.spells import correct_spell, end_spell, start_spell

__all__ = [
    "add_child",
    "add_document",
    "add_family",
    "add_identifier",
    "add_involvement",
    "add_journal",
    "add_relationship",
    "add_warning",
    "allocate",
    "answer_question",
    "cancel_event",
    "change_child",
    "change_relationship",
    "close_case",
    "correct_event",
    "correct_holder",
    "correct_move",
    "correct_spell",
    "end_involvement",
    "end_spell",
    "end_warning",
    "hold_on_duty",
    "join_family",
    "keep_open",
    "move_event",
    "move_responsibility",
    "open_case",
    "record_event",
    "record_event_held",
    "reopen_case",
    "start_closing",
    "start_spell",
    "undo_closing",
    "withdraw_event",
]
