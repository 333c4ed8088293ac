"""Workbooks: staging what they say, naming who is meant, applying it to the record in one transaction."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.timezone import localdate

from cases.actions.applying import Hand
from cases.actions.rows import save
from cases.imports import workbook
from cases.imports.lists import LISTS, columns_of, read_row
from cases.imports.names import plain_name
from cases.imports.plans import ChildPlan, plan_children, restored
from cases.models import Import, ImportHeader, ImportName, ImportRow, NameKind, RowState
from cases.permissions import check_can_import
from teams.models import Authority, Person, Team
from teams.refusals import Gap, Refused, refuse_if

BATCH = 1000
NO_CASE = "Nothing is open for this child: no case is made."


@transaction.atomic
def receive_workbook(
    *, authority: Authority, filename: str, content: BinaryIO, by: Person | None, at: datetime
) -> Import:
    """Take a workbook in. What cannot be used is refused here, and leaves no trace. A small one is read at once; a
    large one waits, as "being read", for a worker."""
    check_can_import(by, authority)
    size = content.seek(0, io.SEEK_END)
    workbook.check_file(filename, size, content)
    workbook.check_lists(content)
    content.seek(0)
    data = content.read()
    imported = Import(
        authority=authority, filename=filename[-200:], digest=hashlib.sha256(data).hexdigest(), content=data,
        uploaded_at=at, uploaded_by=by,
    )  # fmt: skip
    save(imported, by)
    if size < workbook.LARGE:
        sheets = workbook.read_sheets(io.BytesIO(data), own_headers(authority))
        _stage(imported, sheets, by, at)
    return imported


@transaction.atomic
def read_workbook(*, imported: Import, by: Person | None, at: datetime) -> Import:
    """Read one that was waiting. Reading it twice changes nothing."""
    imported = _lock(imported)
    if imported.blockers("stage"):
        return imported
    try:
        sheets = workbook.read_sheets(io.BytesIO(bytes(imported.content or b"")), own_headers(imported.authority))
    except Refused as refused:
        imported.refuse()
        imported.content, imported.why_refused = None, " ".join(refused.sentences)
        return save(imported, by)
    return _stage(imported, sheets, by, at)


def own_headers(authority: Authority) -> dict[tuple[int, str], str]:
    rows = ImportHeader.objects.filter(authority=authority).values_list("list_number", "field", "header")
    return {(number, field): header for number, field, header in rows}


def _stage(imported: Import, sheets: list[workbook.Sheet], by: Person | None, at: datetime) -> Import:
    rows = [_staged(imported, sheet, line, at) for sheet, line in workbook.rows_of(sheets)]
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    ImportName.objects.bulk_create(_names(imported, rows))
    imported.sheets = [
        {
            "name": one.name,
            "list": one.list_number,
            "rows": len(one.lines),
            "problem": one.problem,
            "unread": one.unread,
        }
        for one in sheets
    ]
    imported.content = None
    imported.stage()
    return save(imported, by)


def _staged(imported: Import, sheet: workbook.Sheet, line: workbook.Line, at: datetime) -> ImportRow:
    row, child, problems = read_row(sheet.list_number, line.cells, localdate(at))
    return ImportRow(
        of=imported, list_number=sheet.list_number, sheet=sheet.name[:40], row_number=line.number, child_number=child,
        data=row.model_dump(mode="json") if row else {}, problems=problems,
        state=RowState.READY if row else RowState.REJECTED,
    )  # fmt: skip


def _names(imported: Import, rows: list[ImportRow]) -> list[ImportName]:
    """Every team and worker that the rows name, once however it is spelled, with how many rows do."""
    counted: Counter[tuple[str, str]] = Counter()
    spelled: dict[tuple[str, str], str] = {}
    for row in rows:
        for kind in NameKind if row.state == RowState.READY else ():
            written = row.data.get(kind.value)
            if written is None or (not written and (kind == NameKind.WORKER or not _may_open(row))):
                continue
            key = (kind.value, plain_name(written))
            counted[key] += 1
            spelled.setdefault(key, written)
    return [
        ImportName(of=imported, kind=kind, plain=plain, written=spelled[kind, plain], rows=count)
        for (kind, plain), count in sorted(counted.items())
    ]


def _may_open(row: ImportRow) -> bool:
    """Whether a row without a team would leave a case without one."""
    return row.list_number in (6, 9)


@transaction.atomic
def match_names(
    *, imported: Import, choices: Mapping[ImportName, Team | Person | None], by: Person | None, at: datetime
) -> Import:
    """A person says who each name is, or that it is nobody here (None)."""
    imported = _lock(imported)
    check_can_import(by, imported.authority)
    refuse_if(imported.blockers("start_applying"))
    refuse_if(_matching_gaps(imported, choices))
    for name, chosen in choices.items():
        name.team = chosen if isinstance(chosen, Team) else None
        name.person = chosen if isinstance(chosen, Person) else None
        name.leave_out = chosen is None
        name.confirmed_at, name.confirmed_by = at, by
        name.save()
    return imported


def _matching_gaps(imported: Import, choices: Mapping[ImportName, Team | Person | None]) -> list[Gap]:
    gaps = []
    for name, chosen in choices.items():
        if name.of_id != imported.pk:
            gaps.append(Gap(f"{name} is not in this workbook."))
        if chosen and chosen.authority_id != imported.authority_id:
            gaps.append(Gap(f"{chosen.name} belongs to another authority."))
        if isinstance(chosen, Team) and not chosen.is_in_use:
            gaps.append(Gap(f"{chosen.name} is no longer in use."))
        if chosen and isinstance(chosen, Team) != (name.kind == NameKind.TEAM):
            gaps.append(Gap(f"{name} must be matched with a {name.get_kind_display().lower()}."))
    return gaps


@transaction.atomic
def start_applying(*, imported: Import, by: Person | None, at: datetime) -> Import:
    """Somebody has looked at it and wants it in the record. Every name must have been matched or left out."""
    imported = _lock(imported)
    check_can_import(by, imported.authority)
    refuse_if([*imported.blockers("start_applying"), *applying_gaps(imported)])
    imported.start_applying()
    imported.applied_by, imported.applied_at = by, at
    return save(imported, by)


def applying_gaps(imported: Import) -> list[Gap]:
    open_names = imported.names.filter(confirmed_at=None).count()
    gaps = [Gap(f"{open_names} names of teams and workers have not been matched yet.")] if open_names else []
    if not imported.rows.ready().exists():
        gaps.append(Gap("No row of this workbook can be used."))
    return gaps


@transaction.atomic
def apply_import(
    *, imported: Import, by: Person | None, at: datetime, progress: Callable[[int, int], object] = lambda done, of: None
) -> Import:
    """Everything that the rows say goes into the record, all of it or none. What the record already says is left as
    it is; where the two differ, the record stays and the difference is reported."""
    imported = _lock(imported)
    refuse_if(imported.blockers("finish"))
    rows = {row.pk: row for row in imported.rows.ready()}
    plans = plan_children(
        ((pk, row.list_number, restored(row.list_number, row.data)) for pk, row in rows.items()), localdate(at)
    )
    hand = Hand.of(imported, plans, by, at)
    for done, plan in enumerate(plans, 1):
        state, words = _applied(hand, plan)
        for pk in plan.rows:
            rows[pk].state, rows[pk].outcome = state, " ".join(words)[:500]
            rows[pk].problems = words if state == RowState.LEFT_OUT else []
        progress(done, len(plans))
    ImportRow.objects.bulk_update(rows.values(), ["state", "outcome", "problems"], batch_size=BATCH)
    imported.finish()
    imported.applied_at, imported.applied_by = at, by
    return save(imported, by)


def _applied(hand: Hand, plan: ChildPlan) -> tuple[RowState, list[str]]:
    if plan.problems:
        return RowState.LEFT_OUT, plan.problems
    try:
        with transaction.atomic():
            done = hand.put(plan) if plan.cases else [NO_CASE]
            return RowState.DONE, done + hand.desk.put(plan, hand.children.get(plan.number)) + plan.notes
    except Refused as refused:
        return RowState.LEFT_OUT, refused.sentences


@transaction.atomic
def give_back_import(*, imported: Import, by: Person | None, at: datetime) -> Import:
    """Applying broke off: nothing was changed, and it can be tried again."""
    imported = _lock(imported)
    refuse_if(imported.blockers("give_back"))
    imported.give_back()
    imported.applied_at, imported.applied_by = None, None
    return save(imported, by)


@transaction.atomic
def discard_import(*, imported: Import, by: Person | None, at: datetime) -> Import:
    """What was read is deleted; that there was an import stays known."""
    imported = _lock(imported)
    check_can_import(by, imported.authority)
    refuse_if(imported.blockers("discard"))
    imported.rows.all().delete()
    imported.names.all().delete()
    imported.discard()
    return save(imported, by)


@transaction.atomic
def name_header(
    *, authority: Authority, list_number: int, field: str, header: str, by: Person | None, at: datetime
) -> ImportHeader | None:
    """Say what a council calls a column. An empty header takes that back."""
    check_can_import(by, authority)
    if list_number not in LISTS or field not in columns_of(list_number):
        raise Refused([Gap("Choose a column of one of the lists.", field="column")])
    known = ImportHeader.objects.select_for_update().filter(authority=authority, list_number=list_number, field=field)
    row = known.first() or ImportHeader(authority=authority, list_number=list_number, field=field)
    if header.strip():
        row.header = header.strip()[:200]
        return save(row, by)
    known.delete()
    return None


def _lock(imported: Import) -> Import:
    return Import.objects.select_for_update(of=("self",), no_key=True).select_related("authority").get(pk=imported.pk)
