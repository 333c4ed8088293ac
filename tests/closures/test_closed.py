"""A closed case stays as it was: no action changes it, and no sequence of moves closes a case that owes something."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoTestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cases import actions as case_actions
from cases.models import Case, Deadline
from casetransfer.protocols import pack_for
from closures import actions
from closures.models import Closure
from teams.refusals import Refused
from teams.roles import NotAllowed, Role
from tests.cases.walkers import booked
from tests.cast import NOON, a_person
from tests.closures.walkers import a_case, moved
from tests.factories import TeamFactory

LATER = NOON + timedelta(hours=3)


@pytest.fixture
def ended(db):
    """A case with one of everything, closed at NOON."""
    case = a_case()
    worker = a_person("Wo Rker", case.holding.team, Role.SOCIAL_WORKER)
    case_actions.allocate(case=case, worker=worker, by=None, at=NOON - timedelta(days=20))
    case.spell = case_actions.start_spell(
        case=case, kind="status", code="child_in_need", starts_on=date(2026, 10, 5), by=None, at=NOON
    )
    case.event = booked(case, "core_group", planned_at=NOON - timedelta(days=2))
    case_actions.record_event_held(
        event=case.event, held_at=NOON - timedelta(days=2), outcome="held", by=None, at=NOON
    )  # fmt: skip
    case.line = case.involvements.allocated().current().get()
    case.worker = worker
    case.other = TeamFactory(authority=case.authority, code="u12")
    case_actions.close_case(case=case, reason="RC7", by=None, at=NOON + timedelta(hours=1))
    return case


def on(ended):
    """Every act of the record that takes a case, tried on this closed one."""
    who = {"by": None, "at": LATER}
    team = ended.other
    return {
        "allocate": lambda: case_actions.allocate(case=ended, worker=ended.worker, **who),
        "hold_on_duty": lambda: case_actions.hold_on_duty(
            case=ended, delay_reason="None", review_on=LATER.date(), **who
        ),
        "move_responsibility": lambda: case_actions.move_responsibility(
            case=ended, transferring_team=team, team=team, **who
        ),
        "add_involvement": lambda: case_actions.add_involvement(case=ended, role="supporting_team", team=team, **who),
        "end_involvement": lambda: case_actions.end_involvement(involvement=ended.line, **who),
        "correct_move": lambda: case_actions.correct_move(
            case=ended, moved_at=ended.opened_at, really_at=NOON, why="Wrong", **who
        ),
        "correct_holder": lambda: case_actions.correct_holder(
            involvement=ended.involvements.standing().responsible().get(), team=team, why="Wrong", **who
        ),
        "record_event": lambda: case_actions.record_event(
            case=ended, kind="core_group", held_at=LATER, outcome="held", **who
        ),
        "move_event": lambda: case_actions.move_event(event=ended.event, planned_at=LATER, reason="Ill", **who),
        "record_event_held": lambda: case_actions.record_event_held(
            event=ended.event, held_at=NOON, outcome="held", **who
        ),
        "cancel_event": lambda: case_actions.cancel_event(event=ended.event, reason="Ill", **who),
        "correct_event": lambda: case_actions.correct_event(
            event=ended.event, changes={"place": "Hall"}, reason="Wrong", **who
        ),
        "withdraw_event": lambda: case_actions.withdraw_event(event=ended.event, reason="Wrong child", **who),
        "start_spell": lambda: case_actions.start_spell(
            case=ended, kind="status", code="assessment", starts_on=NOON.date(), **who
        ),
        "end_spell": lambda: case_actions.end_spell(spell=ended.spell, ends_on=NOON.date(), **who),
        "correct_spell": lambda: case_actions.correct_spell(spell=ended.spell, changes={}, reason="Wrong", **who),
        "answer_question": lambda: case_actions.answer_question(case=ended, fact="section_47", value=True, **who),
        "add_document": lambda: case_actions.add_document(
            case=ended, kind="report", title="Late", link="https://records.example.org/1", dated_on=NOON.date(), **who
        ),
        "start_closing": lambda: case_actions.start_closing(case=ended, **who),
        "keep_open": lambda: case_actions.keep_open(case=ended, **who),
        "close_case": lambda: case_actions.close_case(case=ended, reason="RC7", **who),
    }


NAMES = sorted(
    "allocate hold_on_duty move_responsibility add_involvement end_involvement correct_move correct_holder record_event "
    "move_event record_event_held cancel_event correct_event withdraw_event start_spell end_spell correct_spell "
    "answer_question add_document start_closing keep_open close_case".split()
)
OF_THE_CHILD = {
    "add_child", "add_family", "add_identifier", "add_relationship", "add_warning", "change_child",
    "change_relationship", "end_warning", "join_family",
}  # fmt: skip
OPENS_AGAIN = {"reopen_case", "undo_closing", "open_case"}
WHO_MAY_LOOK = {"record_conflict", "restrict", "break_glass", "end_grant", "end_grants_of", "grant_sight"}


@pytest.mark.parametrize("name", NAMES)
def test_a_closed_case_is_not_changed(ended, name):
    told = ended.journal.count()

    with pytest.raises(Refused):
        on(ended)[name]()

    assert ended.journal.count() == told


def test_every_act_of_the_record_on_a_case_is_tried():
    import inspect

    takes_a_case = {
        name
        for name in case_actions.__all__
        if inspect.isfunction(getattr(case_actions, name))
        and {"case", "event", "spell", "involvement"} & set(inspect.signature(getattr(case_actions, name)).parameters)
    }
    in_the_background = {"add_journal", "queue_notices", "recalculate", "ask_to_recalculate"}

    tried = set(NAMES) | OF_THE_CHILD | OPENS_AGAIN | WHO_MAY_LOOK | in_the_background
    assert {name for name in takes_a_case - tried if "deadline" not in name} == set()


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
