"""A random life of a case, checked at every step against a plain list of who held it: allocations, moves, closings,
reopenings, corrections, a clock that jumps, and raw SQL that would break the ledger."""

import os
from datetime import timedelta
from typing import Any, ClassVar, NamedTuple

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cases import actions
from cases.models import Involvement, Part
from teams.models import Person, Team
from teams.refusals import Refused
from tests.cases.walkers import OPENED, a_child
from tests.cast import a_person
from tests.factories import AuthorityFactory, TeamFactory

STEPS = int(os.environ.get("LEDGER_STEPS", "1000"))
STEPS_OF_ONE_LIFE = 100
SEEDS = range(4)  # so that several workers share the steps
TEAMS = WORKERS = 4
WORKS = (Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY)
LEDGER = (
    "SELECT id, role, team_id, person_id, period, recorded FROM cases_involvement WHERE case_id = %s "
    "ORDER BY period, recorded"
)
MINUTES = st.integers(min_value=0, max_value=3 * 24 * 60)
ATTACKS = [
    "UPDATE cases_involvement SET recorded = tstzrange(lower(recorded), '2030-01-01') "
    "WHERE role = 'responsible_team' AND upper_inf(recorded)",
    "INSERT INTO cases_involvement (case_id, role, team_id, period, recorded, reason, delay_reason) "
    "SELECT case_id, role, team_id, period, recorded, reason, '' FROM cases_involvement "
    "WHERE role = 'responsible_team' AND upper_inf(recorded)",
    "UPDATE cases_involvement SET period = tstzrange(lower(period), lower(period) + interval '1 second')",
    "UPDATE cases_opening SET period = tstzrange(lower(period) - interval '1 hour', upper(period))",
    "UPDATE cases_case SET opened_at = opened_at - interval '1 hour'",
    "UPDATE cases_case SET closed_at = '2030-01-01', state = 'closed', closure_reason = 'RC7' WHERE closed_at IS NULL; "
    "UPDATE cases_case SET closed_at = closed_at + interval '1 hour'",
    "DELETE FROM cases_involvement",
    "DELETE FROM cases_opening",
]


class Line(NamedTuple):
    """A row of the ledger."""

    pk: int
    role: str
    team: int
    person: int | None
    period: Any
    recorded: Any

    @property
    def is_current(self):
        return self.period.upper is None and self.recorded.upper is None


class LifeOfACase(RuleBasedStateMachine):
    """`held` is what the ledger must say now: stretches of (start, end, team). `known` is what it said before. The
    teams and workers are there before, and outlive every life."""

    steps = 0
    teams: ClassVar[list[Team]] = []
    workers: ClassVar[list[list[Person]]] = []

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = OPENED
        self.case = actions.open_case(child=a_child(self.teams[0]), team=self.teams[0], by=None, at=OPENED)
        self.held = [(OPENED, None, self.teams[0])]
        self.known = []
        self.remember()

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # What is known of the case here, apart from the database

    @property
    def holder(self):
        return self.held[-1][2] if self.held[-1][1] is None else None

    def remember(self):
        """What the record says from its newest line on."""
        self.known.append((max(line.recorded.lower for line in self.read()), list(self.held)))

    def read(self):
        """Every line of the ledger that was ever written, once the database has looked at what it would commit."""
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; {LEDGER}", [self.case.pk])
            self.lines = [Line(*row) for row in cursor.fetchall()]
        return self.lines

    def tries(self, action, **given):
        """True if it was done; a refusal must leave everything as it was."""
        try:
            action(**given, by=None, at=self.now)
        except Refused:
            return False
        return True

    def back(self, minutes):
        return self.now - timedelta(minutes=minutes)

    # The rules

    @rule(minutes=MINUTES)
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.integers(min_value=1, max_value=180))
    def the_clock_is_set_back(self, minutes):
        self.now -= timedelta(minutes=minutes)

    @rule(number=st.integers(0, TEAMS - 1), minutes=st.one_of(st.just(0), MINUTES), with_worker=st.booleans())
    def the_case_moves(self, number, minutes, with_worker):
        team, at = self.teams[number], self.back(minutes)
        given = {"worker": self.workers[number][0]} if with_worker else {}
        if self.holder and self.tries(
            actions.move_responsibility, case=self.case, transferring_team=self.holder, team=team, effective_at=at,
            **given,
        ):  # fmt: skip
            start, _, before = self.held.pop()
            self.held += [(start, at, before)] if start < at else []
            self.held.append((at, None, team))
            self.remember()

    @precondition(lambda self: self.holder)
    @rule(number=st.integers(0, TEAMS - 1))
    def somebody_moves_it_who_does_not_know_where_it_is(self, number):
        team = self.teams[number]
        if team != self.holder:
            assert not self.tries(
                actions.move_responsibility, case=self.case, transferring_team=team, team=self.teams[number - 1]
            )

    @precondition(lambda self: self.holder)
    @rule(number=st.integers(0, WORKERS - 1), minutes=st.one_of(st.just(0), MINUTES), any_team=st.integers(0, 9))
    def a_worker_is_named(self, number, minutes, any_team):
        place = self.teams.index(self.holder) if any_team < TEAMS * 2 else any_team % TEAMS
        worker = self.workers[place][number]
        if self.tries(actions.allocate, case=self.case, worker=worker, effective_at=self.back(minutes)):
            assert worker in self.workers[self.teams.index(self.holder)]
            assert [line.person for line in self.read() if line.is_current and line.role in WORKS] == [worker.pk]

    @precondition(lambda self: self.holder)
    @rule()
    def it_is_held_on_duty(self):
        review = (self.now + timedelta(days=5)).date()
        self.tries(actions.hold_on_duty, case=self.case, delay_reason="Nobody is free.", review_on=review)

    @precondition(lambda self: self.holder)
    @rule(number=st.integers(0, TEAMS - 1))
    def a_team_works_alongside(self, number):
        self.tries(actions.add_involvement, case=self.case, role=Part.SUPPORTING_TEAM, team=self.teams[number])

    @rule(place=st.integers(0, 5))
    def a_part_ends(self, place):
        lines = [line for line in self.lines if line.is_current]
        if place < len(lines):
            part = Involvement(pk=lines[place].pk, case=self.case, role=lines[place].role)
            done = self.tries(actions.end_involvement, involvement=part)
            assert not (done and part.role == Part.RESPONSIBLE_TEAM)

    @precondition(lambda self: self.holder)
    @rule(minutes=st.one_of(st.just(0), MINUTES))
    def it_is_closed(self, minutes):
        at = self.back(minutes)
        if self.tries(actions.close_case, case=self.case, reason="RC7", effective_at=at):
            start, _, team = self.held.pop()
            self.held.append((start, at, team))

    @precondition(lambda self: not self.holder)
    @rule(number=st.integers(0, TEAMS - 1))
    def it_is_reopened(self, number):
        if self.tries(actions.reopen_case, case=self.case, team=self.teams[number], why="Again."):
            self.held.append((self.now, None, self.teams[number]))
            self.remember()

    @precondition(lambda self: not self.holder)
    @rule()
    def the_closing_is_undone(self):
        if self.tries(actions.undo_closing, case=self.case, why="By mistake."):
            start, _, team = self.held.pop()
            self.held.append((start, None, team))
            self.remember()

    @precondition(lambda self: len(self.held) > 1)
    @rule(place=st.integers(1, 20), minutes=st.integers(-600, 600))
    def a_move_is_corrected(self, place, minutes):
        place = place % (len(self.held) - 1) + 1
        before, after = self.held[place - 1], self.held[place]
        really_at = after[0] + timedelta(minutes=minutes)
        if self.tries(
            actions.correct_move, case=self.case, moved_at=after[0], really_at=really_at, why="It was later."
        ):
            self.held[place - 1 : place + 1] = [(before[0], really_at, before[2]), (really_at, after[1], after[2])]
            self.remember()

    @rule(place=st.integers(0, 20), number=st.integers(0, TEAMS - 1))
    def a_holder_is_corrected(self, place, number):
        place %= len(self.held)
        start, end, _ = self.held[place]
        line = next(line for line in self.standing() if line.period.lower == start)
        held = Involvement(pk=line.pk, case=self.case)
        if self.tries(actions.correct_holder, involvement=held, team=self.teams[number], why="Another team."):
            self.held[place] = (start, end, self.teams[number])
            self.remember()

    @rule(sql=st.sampled_from(ATTACKS))
    def somebody_writes_raw_sql(self, sql):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")

    # What must be true after every step

    @invariant()
    def the_database_would_commit_and_the_ledger_says_who_held_it_when(self):
        type(self).steps += 1
        self.read()
        assert self.told(self.standing()) == self.held

    @invariant()
    def what_was_known_before_is_still_to_be_read(self):
        for known_at, held in (self.known[len(self.known) // 2], self.known[-1]):
            then = [line for line in self.lines if line.role == Part.RESPONSIBLE_TEAM and known_at in line.recorded]
            assert self.told(then) == held

    @invariant()
    def whoever_works_it_is_of_the_team_that_holds_it(self):
        working = [line.team for line in self.lines if line.is_current and line.role in WORKS]
        assert working in ([], [self.holder and self.holder.pk])

    def standing(self):
        return [line for line in self.lines if line.role == Part.RESPONSIBLE_TEAM and line.recorded.upper is None]

    def told(self, lines):
        teams = {team.pk: team for team in self.teams}
        return [(line.period.lower, line.period.upper, teams[line.team]) for line in lines]


@pytest.fixture
def life(db):
    authority = AuthorityFactory()
    LifeOfACase.teams = [TeamFactory(authority=authority, name=f"Team {number}") for number in range(TEAMS)]
    LifeOfACase.workers = [
        [a_person(f"Worker {number} of {team.name}", team, "social_worker") for number in range(WORKERS)]
        for team in LifeOfACase.teams
    ]
    LifeOfACase.steps = 0
    return LifeOfACase


@pytest.mark.parametrize("number", SEEDS)
def test_no_open_case_is_ever_unheld_or_doubly_held(life, number):
    """LEDGER_STEPS says how long; CI asks for 20,000."""
    steps = STEPS // len(SEEDS)
    while life.steps < steps:  # a life may end early, where no rule is left that it could follow
        run_state_machine_as_test(
            seed(f"{number} after {life.steps}")(life),
            settings=settings(
                max_examples=(steps - life.steps) // STEPS_OF_ONE_LIFE + 1,
                stateful_step_count=STEPS_OF_ONE_LIFE,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
                phases=[Phase.generate],
            ),
        )
