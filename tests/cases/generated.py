"""Generated children: each is made by the real actions, and its maker declares the facts that the record then holds."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cases import actions
from cases.fact_sources import PARENT_FACTS
from cases.models import Case, Family
from casetransfer.protocols import pack_for
from casetransfer.protocols.facts import vocabulary_of
from tests.cases.walkers import a_child
from tests.cast import NOON

TODAY = NOON.date()
OPENED = NOON - timedelta(days=200)
YESTERDAY = NOON - timedelta(days=1)


@dataclass
class Made:
    """A case under construction: the case, and the facts declared so far."""

    case: Case
    dice: random.Random
    declared: dict[str, Any] = field(default_factory=dict)

    def says(self, **facts: Any) -> None:
        self.declared |= facts

    def day(self, first: int = 190, last: int = 5) -> date:
        """A day between so many days ago and so many."""
        return TODAY - timedelta(days=self.dice.randint(last, first))

    def spell(self, kind: str, code: str, starts_on: date, **more: Any) -> None:
        actions.start_spell(case=self.case, kind=kind, code=code, starts_on=starts_on, by=None, at=YESTERDAY, **more)


def a_generated_case(team, number: int) -> Made:
    """The same number makes the same child."""
    dice = random.Random(number)
    unborn = dice.random() < 0.1
    born = None if unborn else TODAY - timedelta(days=dice.randint(400, 17 * 365))
    expected = TODAY + timedelta(days=dice.randint(10, 150)) if unborn else None
    family = Family.objects.create(authority=team.authority) if dice.random() < 0.5 else None
    assessed = TODAY if born and dice.random() < 0.1 else None
    finishes = TODAY + timedelta(days=200) if dice.random() < 0.2 else None
    child = a_child(
        team, date_of_birth=born, expected_delivery_date=expected, family=family, age_assessed_on=assessed,
        year_11_ends_on=finishes,
    )  # fmt: skip
    made = Made(actions.open_case(child=child, team=team, by=None, at=OPENED), dice)
    made.says(holder=team.code, previous_team="none", known_before=False, acts_done=["case_opened"])
    made.says(**({"date_of_birth": born} if born else {"expected_delivery_date": expected}))
    made.says(**({"age_disputed": False} if assessed else {}), **({"year_11_ends_on": finishes} if finishes else {}))
    if dice.random() < 0.1:
        _came_back(made, team)
    if family:
        _siblings(made, family, team)
    for part in (_parents, _status, _circumstances, _answers):
        part(made)
    _one_more(made, number)
    _events(made)
    acts = {entry.kind for entry in made.case.journal.all() if entry.at >= made.case.opened_at}
    made.says(acts_done=sorted(acts))
    return made


def _came_back(made: Made, team) -> None:
    """Closed on the day after its opening, and opened again the day after that."""
    closed, again = OPENED + timedelta(days=1), OPENED + timedelta(days=2)
    actions.close_case(case=made.case, reason="RC7", by=None, at=closed)
    made.case = actions.reopen_case(case=made.case, team=team, by=None, at=again, why="Invented.")
    made.says(previous_team=team.code, known_before=True, closed_on=closed.date())


def _siblings(made: Made, family: Family, team) -> None:
    open_ones = made.dice.randint(0, 2)
    for _ in range(open_ones):
        actions.open_case(child=a_child(team, family=family), team=team, by=None, at=OPENED)
    made.says(sibling_group=open_ones > 0, sibling_open=open_ones > 0)
    if open_ones:
        made.says(sibling_holder=team.code)


def _parents(made: Made) -> None:
    parents = [
        {name: made.dice.choice([True, False, None]) for name in PARENT_FACTS.values()}
        for _ in range(made.dice.randint(0, 2))
    ]
    for known in parents:
        actions.add_relationship(
            child=made.case.child, kind="parent", name="Invented Parent", by=None, at=OPENED, **known
        )
    for fact, name in PARENT_FACTS.items():
        said = [known[name] for known in parents]
        if True in said:
            made.says(**{fact: True})
        elif said and None not in said:
            made.says(**{fact: False})


def _status(made: Made) -> None:
    """One of the lives a case may have."""
    life = made.dice.choice([_none, _assessment, _in_need, _on_a_plan] + ([_looked_after] * 2 if _born(made) else []))
    life(made)


def _born(made: Made) -> bool:
    return made.case.child.date_of_birth is not None


def _none(made: Made) -> None:
    made.says(legal_status=["none"], former_legal_status=["none"], proceedings="none")


def _assessment(made: Made) -> None:
    _none(made)
    start = made.day(150, 60)
    done = made.dice.random() < 0.5
    made.spell("status", "assessment", start, ends_on=start + timedelta(days=30) if done else None)
    made.says(assessment_complete=done, **({} if done else {"status": "assessment"}))


def _in_need(made: Made) -> None:
    _assessment(made)
    made.spell("status", "child_in_need", made.day())
    made.says(status="child_in_need")


def _on_a_plan(made: Made) -> None:
    _none(made)
    since = made.day()
    made.spell("status", "child_protection", since)
    made.says(status="child_protection", child_protection_plan_from=since)
    if made.dice.random() < 0.5:
        issued = made.day()
        made.spell("proceedings", "issued", issued)
        made.says(proceedings="issued")
        if made.dice.random() < 0.5:
            made.spell("proceedings", "concluded", TODAY - timedelta(days=2), ends_running=True)
            made.says(proceedings="concluded", proceedings_ended_on=TODAY - timedelta(days=2))


def _looked_after(made: Made) -> None:
    since = made.day(180, 60)
    made.spell("status", "looked_after", since)
    made.says(status="looked_after", looked_after_from=since, proceedings="none")
    made.spell("legal", "section_20", since)
    if made.dice.random() < 0.5:
        made_on = since + timedelta(days=made.dice.randint(1, 40))
        made.spell("legal", "interim_care_order", made_on, ends_running=True)
        made.says(legal_status=["interim_care_order"], former_legal_status=["section_20"], order_made_on=made_on)
    else:
        made.says(legal_status=["section_20"], former_legal_status=["none"])
    made.spell("placement", "foster_care", since)
    made.says(placement="foster_care")
    if made.dice.random() < 0.3:
        home = since + timedelta(days=50)
        made.spell("placement", "home_with_parents", home, ends_running=True)
        made.says(placement="home_with_parents", returned_home_on=home)
    plan = made.dice.choice(["long_term_fostering", "adoption", "return_home"])
    made.spell("plan", plan, since)
    made.says(plan=plan)


def _circumstances(made: Made) -> None:
    for fact in ("uasc", "homeless", "relinquished"):
        value = made.dice.choice(["yes", "no", None, None])
        if value:
            made.spell("circumstance", fact, made.day(), value=value)
            made.says(**{fact: value == "yes"})
    if made.dice.random() < 0.3:
        planned = TODAY + timedelta(days=30)
        made.spell("circumstance", "return_home_plan", made.day(), value="likely", planned_on=planned)
        made.says(return_home_plan="likely", return_home_planned_on=planned)


def _answers(made: Made) -> None:
    for fact in ("disabled", "section_47", "complex_needs"):
        value = made.dice.choice([True, False, None])
        if value is not None:
            actions.answer_question(case=made.case, fact=fact, value=value, by=None, at=YESTERDAY)
            made.says(**{fact: value})


def _one_more(made: Made, number: int) -> None:
    """Whatever else the vocabulary has and a person can say, one fact to each child in turn."""
    spoken = sayable()
    turn = number % len(spoken)
    fact = next(fact for fact in [*spoken[turn:], *spoken] if fact.name not in made.declared)
    value = made.dice.choice(fact.values) if fact.values else {"date": "2026-10-01", "team": "u12"}.get(fact.type, True)
    actions.answer_question(case=made.case, fact=fact.name, value=value, by=None, at=YESTERDAY)
    made.says(**{fact.name: value})


def sayable() -> list[Any]:
    return [
        fact for fact in vocabulary_of(pack_for("havering")).values()
        if not fact.derived and fact.type in ("flag", "choice", "date", "team")
        and fact.name not in ("date_of_birth", "expected_delivery_date", "holder", "previous_team", "closed_on", "status")
    ]  # fmt: skip


def _events(made: Made) -> None:
    events = []
    if made.dice.random() < 0.6:
        moment = NOON + timedelta(days=made.dice.randint(1, 20))
        actions.record_event(case=made.case, kind="legal_planning_meeting", planned_at=moment, by=None, at=YESTERDAY)
        events.append(("legal_planning_meeting", moment, None, "", None))
    for ordinal in range(1, made.dice.randint(1, 4)):
        moment = OPENED + timedelta(days=10 * ordinal)
        actions.record_event(
            case=made.case, kind="strategy_discussion", held_at=moment, outcome="no_further_action", by=None,
            at=YESTERDAY,
        )  # fmt: skip
        events.append(("strategy_discussion", moment, moment, "no_further_action", ordinal))
        made.declared.setdefault("section_47", False)  # what the discussion settled, where nobody answered
    names = ("kind", "planned", "held", "outcome", "ordinal")
    made.says(events=[dict(zip(names, event, strict=True)) for event in events])
