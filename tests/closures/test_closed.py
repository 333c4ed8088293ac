"""No sequence of moves closes a case that owes something to the child."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoTestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cases.models import Case, Deadline
from casetransfer.protocols import pack_for
from closures import actions
from closures.models import Closure
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cast import NOON, a_person
from tests.closures.walkers import a_case, moved

LATER = NOON + timedelta(hours=3)


class Closing(RuleBasedStateMachine):
    """Any order of the moves of a closing, by anybody, while a duty to another team may come and go."""

    def __init__(self):
        super().__init__()
        self.case = a_case()
        self.team = self.case.holding.team
        self.people = [
            a_person(f"Per {role} {number} {self.case.pk}", self.team, role)
            for role in (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.ADMIN, Role.GROUP_MANAGER)
            for number in (1, 2)
        ]
        self.moment = NOON
        self.broken = False

    @property
    def closure(self):
        return Closure.objects.filter(case=self.case).order_by("-pk").first()

    def tried(self, act):
        self.moment += timedelta(minutes=1)
        owed = self.case.deadlines.open().owed().exists()
        try:
            act(self.moment)
        except (Refused, NotAllowed):
            return
        self.broken = self.broken or (owed and not Case.objects.get(pk=self.case.pk).is_held)

    @rule(who=st.integers(0, 7))
    def start(self, who):
        self.tried(
            lambda at: actions.start_closure(case=self.case, way="HAV-CLO-CASE", by=self.people[who], at=at)
        )  # fmt: skip

    @rule(who=st.integers(0, 7))
    def move(self, who):
        if self.closure:
            self.tried(lambda at: moved(self.closure, by=self.people[who], at=at))

    @rule(who=st.integers(0, 7))
    def send_back(self, who):
        if self.closure:
            self.tried(
                lambda at: actions.send_back(closure=self.closure, because="Thin", by=self.people[who], at=at)
            )  # fmt: skip

    @rule(who=st.integers(0, 7))
    def withdraw(self, who):
        if self.closure:
            self.tried(lambda at: actions.withdraw(closure=self.closure, because="No", by=self.people[who], at=at))

    @rule(who=st.integers(0, 7))
    def undo(self, who):
        if self.closure:
            self.tried(
                lambda at: actions.undo_closing(closure=self.closure, because="No", by=self.people[who], at=at)
            )  # fmt: skip

    @rule()
    def owe(self):
        if Case.objects.get(pk=self.case.pk).is_held:
            timer = next(duty.timer for duty in pack_for(self.case.pack).duty if duty.timer)
            Deadline.objects.create(
                case=self.case, timer=timer, what="Chair the core group.", pack=self.case.pack,
                occasion=str(self.moment), starts_at=self.moment, due_at=self.moment + timedelta(days=5),
                computed_at=self.moment,
            )  # fmt: skip
            self.moment += timedelta(minutes=1)

    @rule()
    def do_the_duty(self):
        self.case.deadlines.open().update(met_at=self.moment, met_known_at=self.moment)

    @invariant()
    def a_case_with_a_duty_is_held(self):
        assert not self.broken
        case = Case.objects.get(pk=self.case.pk)
        assert case.is_held or not case.deadlines.open().owed().exists()

    @invariant()
    def no_two_hands_are_one_person(self):
        for closure in Closure.objects.filter(case=self.case):
            done = list(closure.turns_done.filter(returned_at=None).values_list("done_by", flat=True))
            assert len(done) == len(set(done))


class NoSequenceClosesACaseThatOwesSomething(Closing.TestCase, DjangoTestCase):
    settings = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
