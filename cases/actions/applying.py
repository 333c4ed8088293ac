"""The hand that puts one child's plan into the record, through the record's own actions. What is already there is not
written again, and nothing is overwritten: where record and workbook differ, the record stays."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.timezone import localdate, make_aware

from cases import words
from cases.actions.children import add_child, add_identifier, change_child
from cases.actions.events import record_event
from cases.actions.imported_contacts import Desk
from cases.actions.involvements import allocate
from cases.actions.journal import add_journal
from cases.actions.opening import close_case, open_case
from cases.actions.spells import end_spell, start_spell
from cases.imports.names import plain_name
from cases.imports.plans import CasePlan, ChildPlan, SpellPlan
from cases.models import Case, Child, Identifier, IdentifierKind, Import, NameKind, Reason
from teams.models import Membership, Person, Team
from teams.refusals import Gap, Refused

SOURCE = "Annex A workbook"
CONFERENCE = "initial_child_protection_conference"
CLOSING_TIME = time(17)


@dataclass(slots=True)
class Hand:
    """Knows whom the workbook's names mean and which children are on record; writes in nobody's name (an import may do
    anything), and the journal says who applied it."""

    imported: Import
    by: Person | None
    at: datetime
    teams: dict[str, Team | None] = field(default_factory=dict)
    people: dict[str, Person | None] = field(default_factory=dict)
    since: dict[tuple[int, int], date] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk.of(self.imported.authority, self.at)

    @classmethod
    def of(cls, imported: Import, plans: Iterable[ChildPlan], by: Person | None, at: datetime) -> "Hand":
        hand = cls(imported, by, at)
        for name in imported.names.select_related("team", "person"):
            if name.kind == NameKind.TEAM:
                hand.teams[name.plain] = name.team
            else:
                hand.people[name.plain] = name.person
        current = Membership.objects.current(localdate(at)).filter(team__authority=imported.authority_id)
        for person, team, starts_on in current.values_list("person", "team", "starts_on"):
            known = hand.since.get((person, team), starts_on)
            hand.since[person, team] = min(known, starts_on)
        numbers = Identifier.objects.filter(
            authority=imported.authority_id, kind=IdentifierKind.LOCAL_ID, value__in=[plan.number for plan in plans]
        )
        hand.children = {one.value: one.child for one in numbers.select_related("child__authority")}
        return hand

    def put(self, plan: ChildPlan) -> list[str]:
        """All of one child, and what was done, in sentences."""
        child = self.children.get(plan.number)
        is_known = child is not None
        said: list[str] = []
        if child is None:
            team_of(self, plan.cases[-1])  # nobody comes on record whom no team here holds
            child, said = self._add(plan), ["Child added."]
        for one in plan.cases:
            said += self._case(child, one, plan)
        if is_known and child.cases.held().exists():  # a closed record takes nothing in
            said += self._complete(child, plan)
        return said or ["Nothing new."]

    def _add(self, plan: ChildPlan) -> Child:
        first = plan.cases[0].opened_on
        unborn = plan.born is not None and plan.born > localdate(self.at)
        before_birth = plan.born is not None and first is not None and first < plan.born
        named = bool(plan.given_name or plan.family_name)
        child = add_child(
            authority=self.imported.authority, by=None, at=self.at, sex=plan.sex,
            given_name=(plan.given_name or "Child")[:100],
            family_name=(plan.family_name if named else plan.number)[:100],
            date_of_birth=None if unborn else plan.born,
            expected_delivery_date=plan.born if unborn or before_birth else None,
        )  # fmt: skip
        add_identifier(child=child, kind=IdentifierKind.LOCAL_ID, value=plan.number, source=SOURCE, by=None, at=self.at)
        self.children[plan.number] = child
        return child

    def _complete(self, child: Child, plan: ChildPlan) -> list[str]:
        """What the record does not know of a child and the workbook does. A birth that was expected has happened."""
        changes: dict[str, object] = {}
        if plan.born and child.date_of_birth is None and plan.born <= localdate(self.at):
            changes["date_of_birth"] = plan.born
        if child.sex == "unknown" and plan.sex != "unknown":
            changes["sex"] = plan.sex
        if not changes:
            return []
        change_child(child=child, by=None, at=self.at, **changes)
        return [f"{words.capital(' and '.join(words.label(name) for name in changes))} added."]

    def _case(self, child: Child, wanted: CasePlan, plan: ChildPlan) -> list[str]:
        spells = [one for one in plan.spells if _belongs(one, plan.cases) is wanted]
        case = self._existing(child, wanted)
        said: list[str] = []
        if case is None:
            conflict = _conflict(child, wanted)
            if conflict:
                return [conflict]
            case = self._opened(child, wanted)
            said.append(f"Case {case.reference} opened.")
        if case.is_held:
            said += [words_said for spell in spells for words_said in self._spell(case, spell)]
            if wanted is plan.cases[-1] and plan.conference_on:
                said += self._conference(case, plan.conference_on)
            if wanted.closed_on and localdate(case.opened_at) == wanted.opened_on:
                said += self._closed(case, wanted)
        return said

    def _existing(self, child: Child, wanted: CasePlan) -> Case | None:
        """The case that this is about: opened on that day, or else the one that is open now."""
        known = list(child.cases.prefetch_related("openings"))
        for case in known:
            if wanted.opened_on in {localdate(opening.period.lower) for opening in case.openings.all()}:
                return case
        return None if wanted.closed_on else next((case for case in known if case.is_held), None)

    def _opened(self, child: Child, wanted: CasePlan) -> Case:
        team = team_of(self, wanted)
        opened_at = _start_of(wanted.opened_on) if wanted.opened_on else self.at
        case = open_case(child=child, team=team, by=None, at=self.at, opened_at=opened_at, reason=Reason.OTHER)
        who = f" by {self.by.name}" if self.by else ""
        says = f"Brought in{who} from {self.imported.filename}. It names the present team and worker, not since when."
        add_journal(case, "case_imported", says, by=self.by, at=self.at, imported=self.imported.pk)
        worker = self.people.get(plain_name(wanted.worker)) if wanted.worker else None
        since = self.since.get((worker.pk, team.pk)) if worker else None
        if worker and since and worker.is_active and not wanted.closed_on:
            effective_at = max(case.opened_at, _start_of(since))
            allocate(case=case, worker=worker, by=None, at=self.at, effective_at=effective_at, reason=Reason.OTHER)
        return case

    def _closed(self, case: Case, wanted: CasePlan) -> list[str]:
        assert wanted.closed_on is not None
        closed_at = min(make_aware(datetime.combine(wanted.closed_on, CLOSING_TIME)), self.at)
        close_case(case=case, reason=wanted.reason, by=None, at=self.at, effective_at=closed_at)
        return [f"Case {case.reference} closed."]

    def _spell(self, case: Case, wanted: SpellPlan) -> list[str]:
        """Begin it, end it, or leave it as it is. One that the record cannot hold is told, and the rest goes on."""
        known = case.spells.standing().filter(kind=wanted.kind, code=wanted.code)
        same = known.open_ended().first() if wanted.since_unknown else known.filter(starts_on=wanted.starts_on).first()
        name = words.capital(words.label(wanted.code))
        try:
            if same is None:
                start_spell(
                    case=case, kind=wanted.kind, code=wanted.code, value=wanted.value, starts_on=wanted.starts_on,
                    ends_on=wanted.ends_on, detail=wanted.detail, factors=wanted.factors, by=None, at=self.at,
                )  # fmt: skip
                return [f"{name} recorded."]
            if wanted.ends_on and same.ends_on is None:
                end_spell(spell=same, ends_on=wanted.ends_on, factors=wanted.factors, by=None, at=self.at)
                return [f"{name} ended."]
        except Refused as refused:
            return [f"{name} was not taken: {' '.join(refused.sentences)}"]
        return []

    def _conference(self, case: Case, on: date) -> list[str]:
        held_at = make_aware(datetime.combine(on, time(12)))
        there = case.events.standing().filter(kind=CONFERENCE, held_at__date=on).exists()
        if there or held_at < case.opened_at or held_at > self.at:
            return []
        try:
            record_event(
                case=case, kind=CONFERENCE, held_at=held_at, outcome="child_protection_plan", by=None, at=self.at
            )
        except Refused as refused:
            return [f"The initial conference was not taken: {' '.join(refused.sentences)}"]
        return ["Initial conference recorded."]


def team_of(hand: Hand, wanted: CasePlan) -> Team:
    team = hand.teams.get(plain_name(wanted.team))
    if team is None:
        who = f'"{wanted.team}"' if wanted.team else "no team given"
        raise Refused([Gap(f"No team here is matched with {who}, so nobody would hold the case.")])
    return team


def _belongs(spell: SpellPlan, cases: list[CasePlan]) -> CasePlan:
    """The stretch of work in which a spell began."""
    begun = [one for one in cases if one.opened_on is None or one.opened_on <= spell.starts_on]
    return begun[-1] if begun else cases[0]


def _conflict(child: Child, wanted: CasePlan) -> str:
    """Why a case is not opened beside what the record holds."""
    held = child.cases.held().first()
    if held:
        return f"The record has case {held.reference} open; the episode from the workbook was not added."
    last = child.cases.closed().order_by("-closed_at").first()
    if last and last.closed_at and (wanted.opened_on is None or _start_of(wanted.opened_on) < last.closed_at):
        return f"The record closed case {last.reference} later than this episode began; it was not opened again."
    return ""


def _start_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(0)))
