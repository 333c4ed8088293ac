"""Everything the record holds of some cases, read at once however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from django.db.models import OuterRef, Q, Subquery

from cases.models import Answer, Case, Child, Event, Involvement, JournalEntry, Relationship, Spell
from cases.together import read_together
from casetransfer.protocols.rows import Happening
from teams.models import Person, Team

ACTS = frozenset(get_args(Happening))
"""The journal's words for what was done that are the packs' words too."""


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
    of every case of the child. `acts` are the journal's words for all that was done since the opening; `journal` holds
    the entries that start or end a clock. `siblings` is None where nobody has said who the family is."""

    case: Case
    spells: list[Spell] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    lines: list[Involvement] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    siblings: list[Sibling] | None = None
    acts: set[str] = field(default_factory=set)
    journal: list[JournalEntry] = field(default_factory=list)
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
    """The records of these cases at that moment, in the same order, by one statement. The children come with
    `select_related`."""
    records = [Record(case) for case in cases]
    by_case = {record.case.pk: record for record in records}
    by_child: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        by_child[record.case.child_id].append(record)
    mine: dict[str, Any] = {"case__in": by_case.keys()}
    theirs = Involvement.objects.standing().filter(case__child__in=by_child.keys())
    spells = Spell.objects.filter(**mine)
    said = Answer.objects.filter(**mine, answered_at__lte=at)
    named = Q(pk__in=spells.values("recorded_by")) | Q(pk__in=said.values("answered_by"))
    people = Person.objects.filter(named | Q(pk__in=theirs.values("person")))
    done = JournalEntry.objects.filter(**mine, at__lte=at)
    rows = read_together(
        spells, Event.objects.filter(**mine), said.latest_of_each(), done.filter(kind__in=ACTS).order_by("at", "pk"),
        done.order_by("case_id", "kind", "-at").distinct("case_id", "kind"),
        theirs.order_by("period"), Case.objects.filter(child__in=by_child.keys()).exclude(pk__in=by_case.keys()),
        Team.objects.filter(pk__in=theirs.values("team")), people.order_by(),
        Relationship.objects.filter(child__in=by_child.keys(), ended_at=None).order_by("pk"),
    )  # fmt: skip
    _sort_rows(by_case, by_child, rows)
    _read_family(records, at)
    return records


def _sort_rows(by_case: dict[int, Record], by_child: dict[int, list[Record]], rows: list[list[Any]]) -> None:
    """Each row to the records it belongs to, with the people and teams it names."""
    spells, events, answers, journal, acts, lines, cases, teams, people, relationships = rows
    person = {None: None} | {one.pk: one for one in people}
    team = {one.pk: one for one in teams}
    case = {one.pk: one for one in cases} | {pk: record.case for pk, record in by_case.items()}
    for spell in spells:
        spell.recorded_by = person[spell.recorded_by_id]
        record = by_case[spell.case_id]
        (record.wrong_spells if spell.withdrawn_at else record.spells).append(spell)
    for event in events:
        record = by_case[event.case_id]
        (record.other_events if event.withdrawn_at or event.cancelled_at else record.events).append(event)
    for answer in answers:
        answer.answered_by = person[answer.answered_by_id]
        by_case[answer.case_id].answers.append(answer)
    for entry in journal:
        if entry.at >= by_case[entry.case_id].case.opened_at:
            by_case[entry.case_id].journal.append(entry)
    for entry in acts:
        if entry.at >= by_case[entry.case_id].case.opened_at:
            by_case[entry.case_id].acts.add(entry.kind)
    for line in lines:
        line.case, line.team, line.person = case[line.case_id], team[line.team_id], person[line.person_id]
        for record in by_child[line.case.child_id]:
            record.lines.append(line)
    for one in relationships:
        for record in by_child[one.child_id]:
            record.relationships.append(one)


def _read_family(records: list[Record], at: datetime) -> None:
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
