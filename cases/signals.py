"""The one signal of the house.

`case_event_recorded` is sent inside the transaction of every action that changes a case, after the change and its
journal entry are written. `sender` is JournalEntry; `entry` is the journal entry (case, kind, at, by); `subject` is
the row that changed (an event, a spell, an involvement, an answer ...) or None. A receiver that raises undoes the
whole action.
"""

from django.dispatch import Signal

case_event_recorded = Signal()
