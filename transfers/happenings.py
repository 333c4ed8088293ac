"""What the radar adds to a case's clocks: the day a move is expected, and that the receiving team was told."""

from datetime import datetime, time

from django.utils.timezone import make_aware

from cases.happenings import Contribution, Happening, contribute
from cases.models import Case
from casetransfer.protocols import pack_for
from transfers.models import RadarEntry
from transfers.radar import radar_notice_of


@contribute
def of_radar(cases: list[Case], at: datetime) -> Contribution:
    found: Contribution = {}
    rows = {case.pk: radar_notice_of(pack_for(case.pack)) for case in cases}
    radar_notices = {case: row.code for case, row in rows.items() if row}
    for entry in RadarEntry.objects.expected().filter(case__in=cases, expected_on__isnull=False):
        assert entry.expected_on is not None
        expected = make_aware(datetime.combine(entry.expected_on, time()))
        mine = found.setdefault(entry.case_id, [])
        mine.append(Happening("transfer_expected", expected, f"radar:{entry.pk}", route=entry.route))
        code = radar_notices.get(entry.case_id)
        if code and entry.first_told_at:
            mine.append(Happening("notice_sent", entry.first_told_at, f"told:{entry.pk}", code, route=entry.route))
    return found
