"""Writing down what a person says has happened: whoever the protocol names hears it."""

from datetime import datetime

from django.db import transaction

from cases import guards
from cases.actions.journal import add_journal
from cases.actions.ledger import lock
from cases.acts import ON, acts_of
from cases.models import Case, JournalEntry
from cases.permissions import check_can_record
from casetransfer.protocols import pack_for
from teams.models import Person
from teams.refusals import Gap, refuse_if


@transaction.atomic
def record_act(*, case: Case, act: str, by: Person | None, at: datetime, note: str = "") -> JournalEntry:
    """It has happened now, and the notices and clocks that the protocol starts with it begin."""
    case = lock(case)
    check_can_record(by, case)
    found = next((one for one in acts_of(pack_for(case.pack)) if one.code == act), None)
    gaps = [] if found else [Gap("Choose what has happened.", field="act")]
    refuse_if(guards.open_gaps(case) + gaps)
    assert found is not None
    says = f"{found.says}. {note.strip()}".strip()
    clause = ", ".join(found.clauses)[:200]
    return add_journal(case, ON, says[:500], by=by, at=at, clause=clause, of=found.code)
