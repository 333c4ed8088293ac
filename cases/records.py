"""Everything the record holds of some cases, read in a fixed number of queries however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from cases.models import Answer, Case, Child, Event, Involvement, JournalEntry, Relationship, Spell


@dataclass(frozen=True, slots=True)
class Sibling:
    """A brother or sister, and the team that holds their open case at that moment, if any."""

    child_pk: int
    team_code: str
    team_name: str
    since: datetime | None


@dataclass(slots=True)
class Record:
    """One case with what stands in the record of it; what was corrected or cancelled is kept apart. `lines` are those
    of every case of the child. `siblings` is None where nobody has said who the family is."""

    case: Case
    spells: list[Spell] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    lines: list[Involvement] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    siblings: list[Sibling] | None = None
    acts: set[str] = field(default_factory=set)
    wrong_spells: list[Spell] = field(default_factory=list)
    other_events: list[Event] = field(default_factory=list)

    @property
    def child(self) -> Child:
        return self.case.child

    @property
    def current_lines(self) -> list[Involvement]:
        """Everybody who has a part in the case now."""
        return [line for line in self.lines if line.case_id == self.case.pk and line.is_current]


def read_records(cases: Iterable[Case], at: datetime) -> list[Record]:
    """The records of these cases at that moment, in the same order. The children come with `select_related`."""
    records = [Record(case) for case in cases]
    by_case = {record.case.pk: record for record in records}
    by_child: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        by_child[record.case.child_id].append(record)
    _read_rows(by_case, at)
    _read_ledger(by_child)
    _read_family(records, by_child, at)
    return records


def _read_rows(by_case: dict[int, Record], at: datetime) -> None:
    mine: dict[str, Any] = {"case__in": by_case.keys()}
    for spell in Spell.objects.filter(**mine).select_related("recorded_by"):
        record = by_case[spell.case_id]
        (record.wrong_spells if spell.withdrawn_at else record.spells).append(spell)
    for event in Event.objects.filter(**mine):
        record = by_case[event.case_id]
        (record.other_events if event.withdrawn_at or event.cancelled_at else record.events).append(event)
    said = Answer.objects.filter(**mine, answered_at__lte=at)
    for answer in said.latest_of_each().select_related("answered_by"):
        by_case[answer.case_id].answers.append(answer)
    since = {pk: record.case.opened_at for pk, record in by_case.items()}
    done = JournalEntry.objects.filter(**mine, at__lte=at).values_list("case", "kind", "at")
    for case, kind, done_at in done.order_by():
        if done_at >= since[case]:
            by_case[case].acts.add(kind)


def _read_ledger(by_child: dict[int, list[Record]]) -> None:
    """Of every case the child ever had: an earlier one says who held the child before."""
    theirs: dict[str, Any] = {"case__child__in": by_child.keys()}
    lines = Involvement.objects.standing().filter(**theirs)
    for line in lines.select_related("case", "team", "person").order_by("period"):
        for record in by_child[line.case.child_id]:
            record.lines.append(line)


def _read_family(records: list[Record], by_child: dict[int, list[Record]], at: datetime) -> None:
    for person in Relationship.objects.filter(child__in=by_child.keys(), ended_at=None).order_by("pk"):
        for record in by_child[person.child_id]:
            record.relationships.append(person)
    by_family: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        if record.child.family_id:
            by_family[record.child.family_id].append(record)
            record.siblings = []
    if not by_family:
        return
    held = Involvement.objects.standing().responsible().at(at).filter(case__child=OuterRef("pk")).order_by("period")
    found = {name: Subquery(held.values(path)[:1]) for name, path in HOLDER.items()}
    children = Child.objects.filter(family__in=by_family.keys()).order_by("pk").annotate(**found)
    for family, pk, code, team, period in children.values_list("family", "pk", *HOLDER):
        sibling = Sibling(pk, code or "", team or "", period.lower if period else None)
        for record in by_family[family]:
            if record.siblings is not None and pk != record.case.child_id:
                record.siblings.append(sibling)


HOLDER = {"code": "team__code", "team": "team__name", "held": "period"}
