"""Coming back after closing: which windows of the protocol are open for a child on a day. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from casetransfer.protocols import Facts, Pack, due
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.predicates import NO
from casetransfer.protocols.rows import ReReferral


@dataclass(frozen=True, slots=True)
class Window:
    """One window: its row, and the last day that is still within it."""

    row: ReReferral
    last_day: date

    def is_open_on(self, day: date) -> bool:
        return day <= self.last_day


def windows_after(pack: Pack, closed_at: datetime, facts: Facts, kind: str) -> list[Window]:
    """The windows of one kind (contact, court_report) that this child's closing opened, the longest first."""
    engine = engine_for(pack)
    found = []
    for row in pack.rereferral:
        if row.applies_to == kind and engine.holds_for(engine.tables(row.when))(facts) is not NO:
            last_day = due(pack, row.timer, closed_at).due_on
            if last_day:
                found.append(Window(row, last_day))
    return sorted(found, key=lambda window: window.last_day, reverse=True)
