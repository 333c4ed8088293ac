"""The transfer meeting's desk: its list, its decisions case by case, its minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cases import words
from cases.actions.rows import remove
from casetransfer.protocols import pack_for, rows
from teams.models import Authority, Person
from teams.refusals import Gap, Refused, refuse_if
from transfers.actions.decisions import agree_transfer
from transfers.actions.rows import lock, save, tell
from transfers.brief import desk_of
from transfers.ladder import next_meeting
from transfers.models import MeetingItem, MeetingSays, Transfer, TransferMeeting
from transfers.permissions import check_can, check_keeps_meetings


@transaction.atomic
def list_for_meeting(
    *, transfer: Transfer, by: Person | None, at: datetime, meets_at: datetime | None = None,
    meeting: TransferMeeting | None = None,
) -> MeetingItem:  # fmt: skip
    """Put it on the list of this meeting, or of the next one whose list is open; where the protocol names no day,
    `meets_at` does."""
    transfer = lock(transfer, at)
    check_can(by, "list_for_meeting", transfer)
    refuse_if(transfer.blockers("list_for_meeting"))
    row = desk_of(transfer.brief.pack, transfer.brief.plan)
    assert row is not None
    refuse_if(_list_gaps(meeting, transfer, row, at) if meeting else [])
    meeting = meeting or _meeting(transfer.case.authority, row, meets_at, by, at)
    transfer.list_for_meeting()
    save(transfer, by)
    item = MeetingItem.objects.filter(meeting=meeting, transfer=transfer).first()
    item = item or MeetingItem(meeting=meeting, transfer=transfer, listed_at=at, listed_by=by)
    item.says, item.decided_at, item.decided_by = "", None, None
    save(item, by)
    says = f"Listed for the {row.name} of {words.moment(meeting.planned_at)}."
    tell(transfer, "transfer_listed", says, by=by, at=at, subject=item, clauses=row.clauses, meeting=row.code)
    return item


def _list_gaps(meeting: TransferMeeting, transfer: Transfer, row: rows.Meeting, at: datetime) -> list[Gap]:
    gaps = [] if meeting.takes_at(at) else [Gap("The list of this meeting is closed.", row.clauses)]
    if (meeting.code, meeting.authority_id) != (row.code, transfer.case.authority_id):
        gaps.append(Gap(f"The route names another meeting: {row.name}.", row.clauses))
    return gaps


@dataclass(frozen=True, slots=True)
class Filled:
    """What was put on a list at once, and what was not, with why."""

    listed: tuple[Transfer, ...]
    left: tuple[tuple[Transfer, tuple[Gap, ...]], ...]


@transaction.atomic
def fill_list(
    *, meeting: TransferMeeting, transfers: Iterable[Transfer], by: Person | None, at: datetime
) -> Filled:  # fmt: skip
    """Put these on the list of one meeting, each checked on its own."""
    check_keeps_meetings(by, meeting.authority_id)
    listed: list[Transfer] = []
    left: list[tuple[Transfer, tuple[Gap, ...]]] = []
    for transfer in transfers:
        try:
            with transaction.atomic():
                list_for_meeting(transfer=transfer, meeting=meeting, by=by, at=at)
        except Refused as refused:
            left.append((transfer, tuple(refused.gaps)))
        else:
            listed.append(transfer)
    return Filled(tuple(listed), tuple(left))


@transaction.atomic
def open_list(*, authority: Authority, code: str, by: Person | None, at: datetime) -> TransferMeeting:
    """The next meeting of this kind gets its list, so that cases can be put on it."""
    check_keeps_meetings(by, authority.pk)
    row = next((row for row in pack_for(authority.pack).meeting if row.code == code), None)
    refuse_if([] if row else [Gap("The protocol names no such meeting.")])
    assert row is not None
    return _meeting(authority, row, None, by, at)


@transaction.atomic
def take_off_list(*, item: MeetingItem, why: str, by: Person | None, at: datetime) -> Transfer:
    """Before the meeting: it is not to be talked about after all. The transfer is still asked for."""
    transfer = lock(item.transfer, at)
    item = MeetingItem.objects.select_related("meeting").get(pk=item.pk)
    check_can(by, "take_off_list", transfer)
    gaps = [] if why.strip() else [Gap("Say why it is taken off the list.", field="why")]
    gaps += [Gap("The meeting has decided on it already.")] if item.says else []
    refuse_if(gaps + transfer.blockers("take_off_list"))
    transfer.take_off_list()
    save(transfer, by)
    row = desk_of(transfer.brief.pack, transfer.brief.plan)
    name = row.name if row else "transfer meeting"
    says = f"Taken off the list of the {name} of {words.moment(item.meeting.planned_at)}: {why.strip()}"
    tell(transfer, "transfer_taken_off_list", says, by=by, at=at, clauses=row.clauses if row else ())
    remove(item, by)
    return transfer


def _meeting(
    authority: Authority, row: rows.Meeting, meets_at: datetime | None, by: Person | None, at: datetime
) -> TransferMeeting:
    following = next_meeting(row, at)
    if following is None and meets_at is None:
        refuse_if([Gap("The protocol names no day for this meeting: say when it is.", row.clauses, field="meets_at")])
    planned_at, due_at = following or (meets_at, None)
    assert planned_at is not None
    if planned_at < at:
        refuse_if([Gap("The meeting must be in the future.", field="meets_at")])
    found = TransferMeeting.objects.filter(authority=authority, code=row.code, planned_at=planned_at).first()
    return found or save(TransferMeeting(authority=authority, code=row.code, planned_at=planned_at, due_at=due_at), by)


@transaction.atomic
def decide_item(
    *, item: MeetingItem, says: str, by: Person | None, at: datetime, minutes: str = "",
    agreed_by: Person | None = None, receiving_worker: Person | None = None, planned_on: date | None = None,
) -> MeetingItem:  # fmt: skip
    """What the meeting says of one case, as it is said. Agreement is that of the answering team's manager, whom
    `agreed_by` names; what is put off goes back to be listed again."""
    transfer = lock(item.transfer, at)
    item = MeetingItem.objects.select_related("meeting", "decided_by").get(pk=item.pk)
    check_keeps_meetings(by, item.meeting.authority_id)
    gaps = [] if says in MeetingSays.values else [Gap("Choose what was decided.", field="says")]
    if item.says:
        who = item.decided_by.name if item.decided_by else "The system"
        gaps.append(Gap(f"{who} has recorded already what the meeting decided: {item.get_says_display().lower()}."))
    gaps += [Gap("The minutes of this meeting are closed.")] if item.meeting.held_at else []
    if says == MeetingSays.AGREED and by is not None and agreed_by is None:
        gaps.append(Gap("Name the manager who agreed.", field="agreed_by"))
    if says != MeetingSays.AGREED and not minutes.strip():
        gaps.append(Gap("Write down why.", field="minutes"))
    refuse_if([*gaps, *(transfer.blockers("take_off_list") if says != MeetingSays.AGREED else [])])
    item.says, item.minutes, item.decided_at, item.decided_by = says, minutes.strip(), at, by
    save(item, by)
    told = f"The meeting of {words.day(item.meeting.planned_at.date())} said: {MeetingSays(says).label.lower()}."
    tell(transfer, "transfer_decided", f"{told} {minutes.strip()}".strip(), by=by, at=at, subject=item, says_of=says)
    if says == MeetingSays.AGREED:
        agree_transfer(
            transfer=transfer, by=agreed_by, at=at, receiving_worker=receiving_worker, planned_on=planned_on,
            note=minutes,
        )  # fmt: skip
    else:
        transfer.take_off_list()
        save(transfer, by)
    return item


@transaction.atomic
def close_minutes(
    *, meeting: TransferMeeting, minutes: str, by: Person | None, at: datetime, chair: Person | None = None,
    present: str = "",
) -> TransferMeeting:  # fmt: skip
    """The meeting was held; every case on its list has its decision. What was withdrawn meanwhile needs none."""
    meeting = TransferMeeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    check_keeps_meetings(by, meeting.authority_id)
    left = [item.transfer.reference for item in meeting.items.waiting().select_related("transfer")]
    gaps = [Gap(f"Not yet decided: {', '.join(left)}.")] if left else []
    gaps += [Gap("The minutes of this meeting are closed already.")] if meeting.held_at else []
    gaps += [Gap("The meeting has not been yet.")] if at < meeting.planned_at else []
    if chair and chair.authority_id != meeting.authority_id:
        gaps.append(Gap("Choose somebody who works here.", field="chair"))
    refuse_if(gaps)
    meeting.minutes, meeting.held_at, meeting.held_by = minutes.strip(), at, by
    meeting.chair, meeting.present = chair, present.strip()
    return save(meeting, by)
