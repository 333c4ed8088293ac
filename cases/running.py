"""The clocks of one case as they are to be worked out now: the action that writes them down and the page that explains
them ask the same."""

from collections.abc import Iterable
from functools import cache

from cases.deadlines import Beyond, Computed, all_happenings, clocks_of, work_out
from cases.facts import BuiltFacts
from cases.happenings import contributed, of_notices, of_record
from cases.models import Notice
from casetransfer.calendars import WorkingCalendar
from casetransfer.protocols.pack import ById


def worked_out(
    built: BuiltFacts, told: Iterable[Notice], calendar: WorkingCalendar
) -> tuple[list[Computed], list[Beyond]]:
    """Every clock with a date, and those that cannot be worked out yet. `told`: the notices that were given."""
    case, at = built.case, built.at
    happenings = all_happenings(of_record(built.record), of_notices(told), contributed([case], at).get(case.pk, []))
    clocks = clocks_of(ById(built.pack), calendar)
    return work_out(clocks, happenings, built.read(), cache(built.decide), case.opened_at)
