"""What starts a notice or a clock of a protocol is really told of by the code: whoever does the thing, or the clock that
finds it, is heard. Each start of each pack is done, by the real action, and looked for."""

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from cases import actions
from cases.actions.protocol_notices import FOUND_BY_THE_CLOCK
from cases.deadlines import all_happenings, calendar_with, clocks_of
from cases.happenings import Happening, contributed, of_contact, of_notices, of_record
from cases.models import Channel, Deadline, Delivery, JournalEntry, Notice
from cases.protocol_notices import codes_that_follow, ends_of, happenings_of, timers_that_tell
from cases.records import read_records
from cases.signals import case_event_recorded
from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.facts import vocabulary_of
from casetransfer.protocols.pack import ById
from casetransfer.protocols.vocabulary import event_kinds
from teams import actions as team_actions
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.factories import AuthorityFactory, TeamFactory
from tests.house.source import nodes, python_files

pytestmark = pytest.mark.django_db
DAY, TODAY = timedelta(days=1), NOON.date()
ABOVE = {
    "transfer_expected", "transfer_decided", "transfer_requested", "transfer_listed", "transfer_agreed",
    "transfer_completed", "transfer_returned", "transfer_delayed", "transfer_disputed", "dispute_escalated",
    "dispute_decided", "closure_proposed", "closure_authorised", "step_down_agreed",
}  # fmt: skip
"""Told by the rooms above in one way for every protocol, of nothing in particular."""
NO_CHILDS = {"cycle"}  # of a team's week, not of a case
OF_NO_CHILD = {"May 2019"}  # when the protocol itself is looked at again


def starts_of(row):
    return [row.starts, *(other.starts for other in getattr(row, "or_from", ()))]


def all_starts(pack) -> Iterator[tuple[str, object, bool]]:
    """(code, start, whether somebody is told), each once."""
    for rows, told in ((pack.notice, True), (pack.timer, False)):
        for row in rows:
            for start in starts_of(row):
                if start.on not in ABOVE | NO_CHILDS and start.of not in OF_NO_CHILD:
                    yield row, start, told


@cache
def told_in_code() -> set[str]:
    """Every word with which the code writes a journal entry, or tells of a happening; constants are looked up."""
    names, found = {}, set()
    trees = [(path, list(nodes(path))) for path in python_files() if "protocols" not in path.parts]
    for _, tree in trees:
        for node in tree:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
                names[node.targets[0].id] = {one.value for one in values if isinstance(one, ast.Constant)}
    for _, tree in trees:
        for call in tree:
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {
                "Happening",
                "add_journal",
                "tell",
                "_tell",
            }:
                for given in call.args[:2]:
                    given = given.value if isinstance(given, ast.Subscript) else given
                    if isinstance(given, ast.Constant):
                        found.add(given.value)
                    elif isinstance(given, ast.Name):
                        found |= names.get(given.id, set())
    return found


@pytest.mark.parametrize("authority", authorities())
def test_what_the_rooms_above_tell_of_is_of_nothing_in_particular_and_written_there(authority):
    pack = pack_for(authority)
    rows = [(row, start) for row in (*pack.notice, *pack.timer) for start in starts_of(row) if start.on in ABOVE]

    assert [row.code for row, start in rows if start.of or start.value is not None] == []
    assert {start.on for _, start in rows} <= told_in_code()
    assert told_in_code() >= FOUND_BY_THE_CLOCK


class World:
    """A council with this protocol: a team that holds cases, its people, the front door; and what was told."""

    def __init__(self, authority):
        self.pack = pack_for(authority)
        self.council = AuthorityFactory(code=authority.replace("_", "-"), pack=authority)
        self.told, self.teams = [], {}

    def case(self, code=""):
        codes = [team.code for team in self.pack.team if team.holds_cases and not team.outside]
        if (code or codes[0]) not in self.teams:
            self.teams[code or codes[0]] = self._staffed(code or codes[0])
        self.team, self.worker, self.manager, self.other = self.teams[code or codes[0]]
        self.held = open_case(self.team, worker=self.worker)
        return self.held

    def _staffed(self, code):
        team = TeamFactory(authority=self.council, code=code, email=f"{code}@example.org")
        people = (("Sam", Role.SOCIAL_WORKER), ("Tess", Role.TEAM_MANAGER), ("Olu", Role.SOCIAL_WORKER))
        return team, *(a_person(f"{name} {code}", team, role) for name, role in people)

    def heard(self, sender, entry, subject=None, **kwargs):
        self.told += happenings_of(entry, subject)

    def on_record(self):
        record = read_records([self.held], NOON)[0]
        given = Notice.objects.given_by(NOON).filter(case=self.held)
        return all_happenings(
            of_record(record), of_notices(given), contributed([self.held], NOON).get(self.held.pk, [])
        )


@pytest.fixture
def world(request):
    made = World(request.param)
    case_event_recorded.connect(made.heard)
    yield made
    case_event_recorded.disconnect(made.heard)


def spell(case, kind, code, **more):
    return actions.start_spell(case=case, kind=kind, code=code, starts_on=TODAY - 9 * DAY, by=None, at=NOON, **more)


def event(world, start, row):
    case = world.case()
    numbered, outcome = event_kinds()[start.of].numbered, next(iter(event_kinds()[start.of].outcomes), "")
    for number in range(1, (start.ordinal or 1) if numbered else 1):
        past = NOON - (20 - number) * DAY
        actions.record_event(case=case, kind=start.of, held_at=past, outcome=outcome, by=None, at=NOON)
    if start.on == "event_held":
        actions.record_event(
            case=case, kind=start.of, held_at=NOON - DAY, outcome=start.value or outcome, by=None, at=NOON
        )  # fmt: skip
    else:
        actions.record_event(case=case, kind=start.of, planned_at=NOON + DAY, by=None, at=NOON)


def order(world, start, row):
    spell(world.case(), "legal", start.of or "care_order")


def status(world, start, row):
    code = {"looked": "looked_after", "assess": "assessment"}[start.on.partition("_")[0].removesuffix("ment")]
    begun = spell(world.case(), "status", code)
    if start.on in ("looked_after_ended", "assessment_completed"):
        factors = ["1A"] if code == "assessment" else []
        actions.end_spell(spell=begun, ends_on=TODAY, by=None, at=NOON, factors=factors)


def plan(world, start, row):
    spell(world.case(), "status", start.of.removesuffix("_plan"))


def placement(world, start, row):
    spell(world.case(), "placement", start.of or "foster_care")


def proceedings(world, start, row):
    spell(world.case(), "proceedings", {"proceedings_issued": "issued", "proceedings_ended": "concluded"}[start.on])


def fact(world, start, row):
    case, known = world.case(), vocabulary_of(world.pack)[start.of]
    if start.of in ("plan", "proceedings"):
        spell(case, start.of, start.value or {"plan": "return_home", "proceedings": "issued"}[start.of])
    else:
        value = start.value if start.value is not None else known.values[0] if known.values else True
        actions.answer_question(case=case, fact=start.of, value=value, by=None, at=NOON)


def day(world, start, row):
    case = world.case()
    if start.of not in ("year_11_end", "agreed_transfer_date"):
        actions.answer_question(case=case, fact=start.of, value=date(2026, 12, 1), by=None, at=NOON)
    if start.of == "agreed_transfer_date":
        agreed_transfer(world)


def agreed_transfer(world):
    """As the room above keeps it."""
    from transfers.models import Transfer

    Transfer.objects.create(
        case=world.held, route="X", pack=world.held.pack, version="1", effect="moves", transferring_team=world.team,
        receiver="Elsewhere", state="agreed", requested_at=NOON, agreed_at=NOON, planned_on=TODAY + 9 * DAY,
    )  # fmt: skip


def age(world, start, row):
    world.held = open_case(TeamFactory(authority=world.council), expected_delivery_date=date(2016, 5, 4))
    if row in world.pack.notice:
        deadline = Deadline(case=world.held, timer=row.timer, occasion="birth", due_at=NOON)
        world.told += ends_of(deadline, world.pack) if row.timer in timers_that_tell(world.pack) else []


def timer(world, start, row):
    clocks = clocks_of(ById(world.pack), calendar_with(frozenset()))
    counted = {timer.code for timers in clocks.by_start.values() for timer, _ in timers}
    assert start.of in counted, f"{row.code} waits for {start.of}, which is never worked out"
    case = world.case()
    if row in world.pack.notice:
        deadline = Deadline(case=case, timer=start.of, occasion="once", due_at=NOON)
        world.told += ends_of(deadline, world.pack) if start.of in timers_that_tell(world.pack) else []


def notice(world, start, row):
    assert start.of in world.pack.notices
    Notice.objects.create(
        authority=world.council, case=world.case(), code=start.of, subject=world.held.reference, occasion="once", title="X",
        channel=Channel.EMAIL, recipient="party:x", party="x", delivery=Delivery.SENT, queued_at=NOON - DAY,
        send_after=NOON - DAY, sent_at=NOON,
    )  # fmt: skip
    followers = codes_that_follow([world.pack])
    world.told += (
        of_notices(world.held.notices.all()) if row in world.pack.notice and row in followers[start.of] else []
    )


def contact(world, start, row):
    door = TeamFactory(authority=world.council, code="door", kind="front_door")
    came = actions.record_contact(
        team=door, given_name="Testcase", channel="phone", source="police", says="Shouting.", received_at=NOON - DAY,
        by=None, at=NOON,
    )  # fmt: skip
    scale = came.rating_scale
    colour = (start.value if start.on == "contact_rated" or start.of else "red") if scale else ""
    actions.rate_contact(contact=came, colour=colour, by=None, at=NOON)
    case = world.case()
    refers = start.on == "contact_became_referral"
    outcome = "assessment" if refers or start.of or start.value in (None, "red") else start.value
    came.refresh_from_db()
    decided = actions.decide_contact(
        contact=came, outcome=outcome, decision="So.", team=case.responsible_team, by=None, at=NOON
    )  # fmt: skip
    world.told += of_contact(decided)
    world.held = decided.case or case


def allocated(world, start, row):
    actions.allocate(case=world.case(start.of), worker=world.other, by=None, at=NOON)


def unallocated(world, start, row):
    actions.hold_on_duty(case=world.case(), delay_reason="Nobody is free.", review_on=TODAY, by=None, at=NOON)


def absent(world, start, row):
    case = world.case()
    team_actions.record_absence(
        person=world.worker, deputy=None, starts_on=TODAY, ends_on=TODAY + 9 * DAY, by=None, at=NOON
    )  # fmt: skip
    actions.tell_of_absences(at=NOON)
    if start.of:
        actions.record_contact(
            team=world.team, child=case.child, given_name="Testcase", channel="phone", source="school",
            says="Ringing.", received_at=NOON, by=world.manager, at=NOON,
        )  # fmt: skip
        assert Notice.objects.filter(code=row.code).exists()
        world.told.append(Happening(start.on, NOON, "seen above", start.of))


def left(world, start, row):
    world.case()
    world.worker.memberships.update(ends_on=TODAY - DAY)
    actions.let_leavers_go(at=NOON)


def acted(world, start, row):
    actions.record_act(case=world.case(), act=start.of, by=None, at=NOON)


def closed(world, start, row):
    actions.close_case(case=world.case(), reason="RC7", by=None, at=NOON)


DOING = {
    "event_booked": event, "event_planned": event, "event_held": event, "order_made": order, "plan_started": plan,
    "placement_started": placement, "proceedings_issued": proceedings, "proceedings_ended": proceedings,
    "looked_after_started": status, "looked_after_ended": status, "assessment_started": status,
    "assessment_completed": status, "fact_became": fact, "date_reached": day, "age_reached": age,
    "timer_ended": timer, "notice_sent": notice, "contact_recorded": contact, "contact_rated": contact,
    "contact_decided": contact, "contact_became_referral": contact, "case_allocated": allocated,
    "case_unallocated": unallocated, "worker_absent": absent, "worker_left": left, "person_acts": acted,
    "case_closed": closed,
}  # fmt: skip


@pytest.mark.parametrize("world", authorities(), indirect=True)
def test_every_notice_and_every_clock_is_started_by_what_really_happens(world):
    silent, done = [], {}
    for row, start, told in all_starts(world.pack):
        key = (start, told) if start.on not in ("age_reached", "timer_ended", "notice_sent") else (row.code, start)
        if key not in done:
            world.told = []
            DOING[start.on](world, start, row)
            done[key] = world.told if told else _of_clocks(world)
        if not any(_begins(row, start, one) for one in done[key]):
            silent.append((row.code, start))

    assert silent == []


def _of_clocks(world):
    found = world.on_record()
    contacts = [one for contact in world.council.contacts.all() for one in of_contact(contact)]
    ended = [Happening("timer_ended", NOON, "x", code) for code in world.pack.timers]
    return [*found, *contacts, *ended]


def _begins(row, start, one):
    return one.on == start.on == "age_reached" or one.is_a(start)


def test_every_notice_has_a_channel():
    """148 of them."""
    rows = [row for authority in authorities() for row in pack_for(authority).notice]

    assert len(rows) == 148
    assert {str(row.channel) for row in rows} <= set(Channel.values)
    assert not JournalEntry.objects.exists()
