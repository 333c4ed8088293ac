"""What transfers add to a case's clocks: the day a move is expected, that the receiving team was told, and the day that
both sides agreed."""

from datetime import date, datetime, time

from django.utils.timezone import make_aware

from cases.happenings import Contribution, Happening, contribute
from cases.models import Case
from cases.together import read_together
from casetransfer.protocols import pack_for
from transfers.machine import DECIDED
from transfers.models import RadarEntry, Transfer
from transfers.radar import radar_notice_of


@contribute
def of_transfers(cases: list[Case], at: datetime) -> Contribution:
    found: Contribution = {}
    rows = {case.pk: radar_notice_of(pack_for(case.pack)) for case in cases}
    radar_notices = {case: row.code for case, row in rows.items() if row}
    entries, agreed = read_together(
        RadarEntry.objects.expected().filter(case__in=cases, expected_on__isnull=False),
        Transfer.objects.filter(case__in=cases, state__in=DECIDED, planned_on__isnull=False),
    )
    for entry in entries:
        mine, expected = found.setdefault(entry.case_id, []), _midnight(entry.expected_on)
        mine.append(Happening("transfer_expected", expected, f"radar:{entry.pk}", route=entry.route))
        code = radar_notices.get(entry.case_id)
        if code and entry.first_told_at:
            mine.append(Happening("notice_sent", entry.first_told_at, f"told:{entry.pk}", code, route=entry.route))
    for transfer in agreed:
        planned, occasion = _midnight(transfer.planned_on), f"agreed:{transfer.pk}"
        one = Happening("date_reached", planned, occasion, "agreed_transfer_date", route=transfer.route)
        found.setdefault(transfer.case_id, []).append(one)
    return found


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
