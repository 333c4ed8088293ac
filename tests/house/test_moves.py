"""Every move of every machine, posted by hand: by the wrong person, by the right person from every state it does not
start in, and twice. Each is refused, the refusal is in the audit, and no row of the record is another than before."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.urls import reverse
from django_fsm import FSMField

from cases import actions as case_actions
from cases.models import Contact, Import
from closures import actions as closure_actions
from closures.models import Closure, Return
from teams.models import AuditEntry
from teams.roles import Role
from tests.cases.imports.sample import Sample
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.closures.walkers import at_turn, checked, the_hand
from tests.factories import TeamFactory
from tests.house.source import ROOMS
from tests.house.world import browser_of
from tests.transfers.walkers import a_case_for_conference, agreed, answered, approved, conference_held, requested
from transfers import actions as transfer_actions
from transfers.models import Dispute, Transfer

pytestmark = pytest.mark.django_db
REFUSED = {403, 404, 405, 409, 422}
TODAY = {"-day": "23", "-month": "11", "-year": "2026"}
SAID = dict.fromkeys(
    ("why", "because", "reason", "note", "decision", "gaps_found", "information", "evidence"), "As said."
)


@dataclass(frozen=True)
class Try:
    """A move: the address that asks for it, what is posted, and who may; `of` makes the thing where it is possible."""

    model: type[models.Model]
    move: str
    page: str
    of: Callable[["Scene"], Any]
    who: Callable[["Scene", Any], Any]
    said: Callable[["Scene", Any], dict[str, Any]] = lambda scene, thing: {}
    kwargs: Callable[[Any], dict[str, Any]] = lambda thing: {"ref": thing.reference}
    moved: Callable[[Any], Any] = lambda thing: thing
    """The thing whose state is set, where it is another than the one that the address names."""
    once: bool = True
    """Posted again, it is refused; otherwise a second time is another act of its own, like rating again."""

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.move}"


class Scene:
    """The house, and who does what in it."""

    def __init__(self, house):
        self.house, self.out_team, self.in_team = house, house.transferring_team, house.team
        self.worker = house.person
        self.manager_out = a_person("Mana Out", self.out_team, Role.TEAM_MANAGER)
        self.manager_in = a_person("Mana In", self.in_team, Role.TEAM_MANAGER)
        self.group = a_person("Greta Over", TeamFactory(authority=house.authority, code="council"), Role.GROUP_MANAGER)
        self.admin = a_person("Ada Imports", self.out_team, Role.ADMIN)
        far = TeamFactory(authority=house.authority, code="elsewhere", name="A team far from it")
        self.wrong = {
            "a worker of another team": a_person("Wor Ong", far, Role.SOCIAL_WORKER),
            "an auditor, who sees all": a_person("Aud Itor", far, Role.AUDITOR),
            "a manager of another council": house.neighbour,
        }

    def requested(self) -> Transfer:
        case = a_case_for_conference(self.out_team)
        return requested(case, self.in_team, by=self.worker)

    def on_radar(self) -> Transfer:
        transfer = self.requested()
        put_in(transfer, "on_radar")
        return transfer

    def agreeable(self) -> Transfer:
        return approved(self.requested())

    def agreed(self) -> Transfer:
        return agreed(self.requested())

    def ready(self) -> Transfer:
        transfer = answered(self.agreed())
        conference_held(transfer.case)
        return transfer

    def returned(self) -> Transfer:
        return transfer_actions.return_transfer(
            transfer=self.requested(), gaps_found="The genogram.", by=self.manager_in, at=NOON
        )

    def disputed(self) -> Transfer:
        transfer = self.requested()
        transfer_actions.raise_dispute(transfer=transfer, reason="The family moved.", by=self.manager_in, at=NOON)
        return Transfer.objects.get(pk=transfer.pk)

    def closure(self) -> Closure:
        return at_turn(1, case=open_case(self.out_team, worker=self.worker))

    def closure_at(self, makes: str) -> Closure:
        """Every line of the turn that makes it so is in order; only the handing on is left."""
        closure = self.closure()
        turn = next(turn for turn in closure.plan.turns if turn.makes == makes)
        return checked(at_turn(turn.number, closure))

    def closed(self) -> Closure:
        closure = self.closure()
        while closure.is_under_way:
            closure = Closure.objects.get(pk=at_next(closure).pk)
        return closure

    def contact(self, child=None) -> Contact:
        return case_actions.record_contact(
            team=self.out_team, given_name="Planted", channel="phone", source="school", says="words", child=child,
            received_at=NOON, by=None, at=NOON,
        )  # fmt: skip

    def workbook(self) -> Import:
        content = Sample(NOON.date()).in_need(77, date(2026, 6, 1)).file()
        imported = case_actions.receive_workbook(
            authority=self.house.authority, filename="annex-a.xlsx", content=content, by=None, at=NOON
        )
        choices = {name: self.out_team if name.kind == "team" else None for name in imported.names.all()}
        return case_actions.match_names(imported=imported, choices=choices, by=None, at=NOON)

    def rated(self) -> Contact:
        contact = self.contact()
        colour = contact.rating_scale.ratings[0].colour if contact.rating_scale else ""
        return case_actions.rate_contact(contact=contact, colour=colour, by=None, at=NOON)


def at_next(closure: Closure) -> Closure:
    return at_turn(closure.turn + 1, closure) if not closure.is_last_turn else _last(closure)


def _last(closure: Closure) -> Closure:
    closure = checked(closure)
    return closure_actions.take_turn(
        closure=closure, by=the_hand(closure, closure.turn), at=NOON, comment="Agreed.", reason="RC7", why="Achieved."
    )


def put_in(thing: models.Model, state: str) -> None:
    """As if it had come to that state, whatever else would then be on the row."""
    table = thing._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(f"UPDATE {table} SET state = %s WHERE id = %s", [state, thing.pk])  # noqa: S608
    thing.refresh_from_db()


@cache
def whole_record() -> str:
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in ("cases", "transfers", "closures")
    ]
    rows = "SELECT '{0}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM {0} t"
    return " UNION ALL ".join(rows.format(table) for table in tables)


def record() -> dict[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(whole_record())
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}


def refusals(person: Any, page: str) -> int:
    return AuditEntry.objects.filter(by=person, page=page, kind=AuditEntry.Kind.REFUSED).count()


def hand(scene: Scene, closure: Closure) -> Any:
    return the_hand(closure, closure.turn)


def part_said(scene: Scene, closure: Closure) -> dict[str, str]:
    """What the form of the turn would post: everything it is answered already, and handed on."""
    said = {"hand_on": "1", "reason": "RC7", "why": "The plan is achieved.", "comment": "Agreed in supervision."}
    for code, check in closure.answers.items():
        said[f"{code}-done"] = "on"
        said[f"{code}-evidence"] = check.evidence
        if len(parts := check.evidence.split("-")) == 3 and parts[0].isdecimal():
            said |= {f"{code}-evidence-{box}": part for box, part in zip(("year", "month", "day"), parts, strict=True)}
    return said


def closure_try(move: str, page: str, of, who=hand, said=lambda scene, thing: {}) -> Try:
    return Try(Closure, move, f"closures:{page}", of, who, said, kwargs=lambda thing: {"reference": thing.reference})


def contact_try(move: str, page: str, of, said, once: bool = True) -> Try:
    return Try(
        Contact, move, f"contacts:{page}", of, lambda scene, thing: scene.manager_out, said,
        kwargs=lambda thing: {"reference": thing.reference}, once=once,
    )  # fmt: skip


def transfer_try(move: str, page: str, of, who: str, said=lambda scene, thing: {}) -> Try:
    return Try(Transfer, move, f"transfers:{page}", of, lambda scene, thing: getattr(scene, who), said)


def dispute_of(transfer: Transfer) -> Dispute:
    return transfer.disputes.get()


def decided(outcome: str):
    return lambda scene, thing: {"outcome": outcome, "decision": "It is decided."}


def returned_try(move: str, answer: str, of, who: str) -> Try:
    return Try(
        Return, move, "closures:answer_return", of, lambda scene, thing: getattr(scene, who),
        lambda scene, thing: {"answer": answer, "because": "As said."}, kwargs=lambda thing: {"pk": thing.pk},
    )  # fmt: skip


TRIES = [
    transfer_try("request", "request", Scene.on_radar, "manager_out"),
    transfer_try("list_for_meeting", "list_for_meeting", Scene.requested, "manager_in"),
    transfer_try("agree", "agree", Scene.agreeable, "manager_in"),
    transfer_try("complete", "complete", Scene.ready, "manager_in", lambda scene, thing: {"missing_because": "No."}),
    transfer_try("send_back", "return", Scene.requested, "manager_in"),
    transfer_try("mend", "mend", Scene.returned, "manager_out"),
    transfer_try("dispute", "dispute", Scene.requested, "manager_in"),
    transfer_try("withdraw", "withdraw", Scene.requested, "manager_out"),
    Try(Dispute, "pass_on", "transfers:pass_on", Scene.disputed, lambda scene, thing: scene.manager_in,
        moved=dispute_of, once=False),
    *(
        Try(Transfer, move, "transfers:decide", Scene.disputed, lambda scene, thing: scene.group, decided(outcome))
        for move, outcome in (("uphold", "goes_ahead"), ("resume", "ask_again"), ("withdraw", "stays"))
    ),
    Try(Dispute, "decide", "transfers:decide", Scene.disputed, lambda scene, thing: scene.group,
        decided("goes_ahead"), moved=dispute_of),
    *(
        closure_try(move, "part", lambda scene, makes=makes: scene.closure_at(makes), said=part_said)
        for move, makes in (("propose", "proposed"), ("authorise", "authorised"), ("close", "closed"))
    ),
    closure_try("send_back", "send_back", lambda scene: at_turn(2, scene.closure())),
    closure_try("withdraw", "withdraw", Scene.closure, lambda scene, thing: scene.worker),
    closure_try("undo", "undo", Scene.closed, lambda scene, thing: thing.closed_by),
    contact_try("rate", "rate", Scene.contact, lambda scene, thing: {
        "colour": thing.rating_scale.ratings[0].colour if thing.rating_scale else ""}, once=False),
    contact_try("refer", "decide", Scene.rated, lambda scene, thing: {"outcome": "assessment", "team": scene.out_team.pk}),
    contact_try("close", "decide", Scene.rated, lambda scene, thing: {"outcome": "no_further_action"}),
    Try(Import, "discard", "imports:discard", lambda scene: scene.house.imported, lambda scene, thing: scene.admin,
        kwargs=lambda thing: {"pk": thing.pk}),
    Try(Import, "start_applying", "imports:apply", Scene.workbook, lambda scene, thing: scene.admin, kwargs=lambda thing: {"pk": thing.pk}),
    returned_try("accept", "accept", lambda scene: scene.house.came_back, "manager_out"),
    returned_try("refuse", "refuse", lambda scene: scene.house.came_back, "manager_out"),
]  # fmt: skip

# Nobody asks for these at an address of their own: each happens inside the act that is named
INSIDE = {
    ("Transfer", "take_off_list"): "the meeting's decision, transfers:decide_item, and transfers:take_off before it",
    ("Transfer", "lapse"): "the case was closed or moved",
    ("Transfer", "change_route"): "another route of the pack, tried in tests/transfers",
    ("Transfer", "start_handover"): "only on routes that name one, tried in tests/transfers",
    ("Closure", "record_checks"): "as Closure.authorise, where the protocol has one more hand before the last",
    ("Contact", "pass_on"): "contacts:known, of a child with an open case",
    ("Return", "let_go"): "closures:answer_return by the managers above",
    ("Import", "stage"): "the worker that reads", ("Import", "refuse"): "the worker that reads",
    ("Import", "finish"): "the worker that applies", ("Import", "give_back"): "the worker that applies",
    ("Case", "start_closing"): "Closure.propose", ("Case", "keep_open"): "Closure.withdraw",
    ("Case", "close"): "Closure.close", ("Case", "reopen"): "Return.accept and closures:reopen",
}  # fmt: skip


def machines() -> dict[type[models.Model], FSMField]:
    return {
        model: one
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model.__name__.startswith("Historical")
        for one in model._meta.fields
        if isinstance(one, FSMField)
    }


def wrong_states(try_: Try) -> list[str]:
    moves = getattr(try_.model, try_.move)._django_fsm
    return [state for state, _ in machines()[try_.model].choices if moves.get_transition(state) is None]


def test_every_move_of_every_machine_is_tried_or_happens_inside_another():
    every = {
        (model.__name__, transition.name)
        for model, state in machines().items()
        for transition in state.get_all_transitions(model)
    }

    assert {(one.model.__name__, one.move) for one in TRIES} | set(INSIDE) == every


@contextmanager
def savepoint():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def scene(house):
    return Scene(house)


def post(try_: Try, scene: Scene, thing: Any, person: Any):
    said = SAID | try_.said(scene, thing)
    return browser_of(person).post(reverse(try_.page, kwargs=try_.kwargs(thing)), said)


def check_refused(try_: Try, scene: Scene, thing: Any, person: Any, what: str) -> list[str]:
    """What is wrong with the refusal; nothing, if it is one."""
    before, told = record(), refusals(person, try_.page)
    response = post(try_, scene, thing, person)
    after = record()
    wrong = [] if response.status_code in REFUSED else [f"{what}: answered {response.status_code}"]
    if after != before:
        wrong.append(f"{what}: changed {sorted(table for table in after if after[table] != before[table])}")
    if refusals(person, try_.page) != told + 1:
        wrong.append(f"{what}: the refusal is not in the audit")
    return wrong


@pytest.mark.parametrize("try_", TRIES, ids=str)
def test_a_move_is_made_once_by_the_right_person_and_refused_otherwise(scene, try_):
    thing = try_.of(scene)
    person = try_.who(scene, thing)
    wrong: list[str] = []
    for who, somebody in scene.wrong.items():
        wrong += check_refused(try_, scene, thing, somebody, who)
    moved = try_.moved(thing)
    for state in wrong_states(try_):
        with savepoint():
            put_in(moved, state)
            wrong += check_refused(try_, scene, thing, person, f"from {state}")
    moved.refresh_from_db()
    before = record()
    done = post(try_, scene, thing, person)

    assert (done.status_code, record() != before) == (302, True), done.text[-3000:]
    if try_.once:
        wrong += check_refused(try_, scene, thing, person, "twice")
    assert wrong == []
