"""No sequence of moves closes a case that owes something to the child."""

from contextlib import suppress
from datetime import timedelta

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
from tests.cast import NOON, a_person
from tests.closures.walkers import a_case, moved


def a_meeting(case, at):
    case_actions.record_event(case=case, kind="core_group", planned_at=at + timedelta(days=9), by=None, at=at)


def a_letter(case, at):
    case_actions.queue_notices(
        authority=case.authority, case=case, code="X-1", subject=case.reference, occasion=str(at), channel="letter",
        title="Letter to the parents", to=[case_actions.Recipient(party="parents")], at=at,
    )  # fmt: skip


def a_spell(kind, code):
    return lambda case, at: case_actions.start_spell(
        case=case, kind=kind, code=code, starts_on=at.date(), by=None, at=at
    )


OWED = {
    "meeting": a_meeting, "letter": a_letter, "assessment": a_spell("status", "assessment"),
    "order": a_spell("legal", "interim_care_order"),
}  # fmt: skip


class Closing(RuleBasedStateMachine):
    """Any order of the moves of a closing, by anybody, while what is owed to the child comes and goes."""

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

    def is_owed(self):
        """Asked of the rows themselves, not of the net that is on trial."""
        case = self.case
        events, notices = case.events.planned(), case.notices.exclude(delivery__in=["sent", "cancelled"])
        plans = case.spells.standing().open_ended().filter(code__in=["assessment", "interim_care_order"])
        outside = notices.filter(party="parents")
        return any(rows.exists() for rows in (case.deadlines.open().owed(), events, outside, plans))

    def tried(self, act):
        self.moment += timedelta(minutes=1)
        owed = self.is_owed()
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

    @rule(what=st.sampled_from(["meeting", "letter", "assessment", "order"]))
    def owe_something_else(self, what):
        case = Case.objects.get(pk=self.case.pk)
        if case.is_held and not self.is_owed():
            self.moment += timedelta(minutes=1)
            with suppress(Refused):  # it ran already on this day
                OWED[what](case, self.moment)

    @rule()
    def settle(self):
        case, self.moment = Case.objects.get(pk=self.case.pk), self.moment + timedelta(minutes=1)
        case.deadlines.open().update(met_at=self.moment, met_known_at=self.moment)
        case.notices.filter(party="parents").update(delivery="sent", sent_at=self.moment)
        for event in case.events.planned():
            case_actions.cancel_event(event=event, reason="Not needed.", by=None, at=self.moment)
        for spell in case.spells.standing().open_ended():
            case_actions.end_spell(spell=spell, ends_on=self.moment.date(), by=None, at=self.moment)

    @invariant()
    def a_case_with_a_duty_is_held(self):
        assert not self.broken
        assert Case.objects.get(pk=self.case.pk).is_held or not self.is_owed()

    @invariant()
    def no_two_hands_are_one_person(self):
        for closure in Closure.objects.filter(case=self.case):
            done = list(closure.turns_done.filter(returned_at=None).values_list("done_by", flat=True))
            assert len(done) == len(set(done))


class NoSequenceClosesACaseThatOwesSomething(Closing.TestCase, DjangoTestCase):
    settings = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
