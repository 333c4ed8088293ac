"""What transfers add to a case's clocks: the day a move is expected, that the receiving team was told, the day that
both sides agreed, and what their checklists and duties say is done."""

from datetime import datetime

from cases.happenings import Contribution, Happening, contribute, midnight
from cases.models import Case
from cases.together import read_together
from casetransfer.protocols import pack_for
from transfers.machine import DECIDED
from transfers.models import ChecklistAnswer, Duty, RadarEntry, Transfer
from transfers.radar import radar_notice_of
from transfers.settling import settled


@contribute
def of_transfers(cases: list[Case], at: datetime) -> Contribution:
    found: Contribution = {}
    packs = {case.pk: pack_for(case.pack) for case in cases}
    radar_notices = {case: row.code for case, pack in packs.items() if (row := radar_notice_of(pack))}
    entries, transfers, answers, duties = read_together(
        RadarEntry.objects.expected().filter(case__in=cases, expected_on__isnull=False),
        Transfer.objects.filter(case__in=cases), ChecklistAnswer.objects.filter(transfer__case__in=cases),
        Duty.objects.filter(transfer__case__in=cases),
    )  # fmt: skip
    for entry in entries:
        mine, expected = found.setdefault(entry.case_id, []), midnight(entry.expected_on)
        mine.append(Happening("transfer_expected", expected, f"radar:{entry.pk}", route=entry.route))
        code = radar_notices.get(entry.case_id)
        if code and entry.first_told_at:
            mine.append(Happening("notice_sent", entry.first_told_at, f"told:{entry.pk}", code, route=entry.route))
    for transfer in transfers:
        mine = found.setdefault(transfer.case_id, [])
        if transfer.state in DECIDED and transfer.planned_on:
            planned, occasion = midnight(transfer.planned_on), f"agreed:{transfer.pk}"
            mine.append(Happening("date_reached", planned, occasion, "agreed_transfer_date", route=transfer.route))
        said, owed = ([one for one in rows if one.transfer_id == transfer.pk] for rows in (answers, duties))
        if said or owed:
            mine.extend(settled(transfer, packs[transfer.case_id], said, owed))
    return found
