"""A closed case, and the record of its child, is changed by no address, no action, no import and no task; with one
exception, which the law wants: a manager puts right who the child is. Addresses, actions and tasks are read from the
house itself, so that a new one is tried without anybody thinking of it."""

import inspect
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases import actions as case_actions
from casetransfer.celery import app
from closures import actions as closing_actions
from closures.actions import Given
from teams.refusals import Refused
from teams.roles import NotAllowed
from tests.cases.imports.sample import Sample
from tests.closures.ended import CLOSED_AT, a_full_case, changed, print_of, said_to
from tests.house.samples import PUBLISHED, SAMPLES
from tests.house.test_tasks import our_tasks
from tests.house.test_urls import ALL, CLOSED
from transfers import actions as transfer_actions
from transfers.actions import Given as Paper

pytestmark = pytest.mark.django_db
LATER = CLOSED_AT + timedelta(hours=1)
ROOMS = {"cases": case_actions, "transfers": transfer_actions, "closures": closing_actions}


@pytest.fixture
def ended():
    return a_full_case()


def test_one_of_everything_is_on_the_case(ended):
    told = print_of(ended.case)

    assert ended.case.closed_at is not None
    assert {name for name, rows in told.items() if not rows} == {
        "cases.Attendee", "cases.Rectification", "closures.Departure", "closures.Return", "closures.StepDown", "transfers.MeetingItem",
        "transfers.PracticeIssue", "transfers.RadarEntry", "transfers.Waiver",
    }  # fmt: skip


# --- actions ---

OPENS_AGAIN = {"reopen_case", "undo_closing", "open_case", "record_return"}
"""What a closed case is for: to be opened again, or another beside it."""
THE_EXCEPTION = "cases.rectify_child"
PUT_RIGHT = ["cases.Child", "cases.JournalEntry", "cases.Rectification"]
"""Who the child is may be put right at any time: the law gives everybody that right. It changes these and no other."""
TELLS = {"act_as_seen", "add_journal", "tell_of", "queue_notices", "acknowledge", "record_acted", "record_bounce"}
"""The pen of every action, and that somebody has read what was told: no change of the record."""
WHO_MAY_LOOK = {"restrict", "grant_sight", "end_grant", "end_grants_of", "break_glass", "record_conflict"}
"""Who may look at a record goes on being decided; nothing in the record changes."""
AT_THE_END = {"propose_destruction", "destroy_record"}
"""Refused until the longest rule of keeping has run out: test_destruction."""
WITHOUT_A_CASE = {
    "add_child", "add_family", "apply_import", "calendar_of", "close_minutes", "conflict_gaps", "decide_item",
    "discard_import", "give_back_import", "keep_in_mailbox", "let_leavers_go", "match_names", "name_header", "read_workbook",
    "receive_workbook", "review_opening", "send_waiting", "sign_waiver", "start_applying", "sweep", "tell_radar",
    "accept_return", "refuse_return", "send_normal_way", "close_practice_issues", "add_closure_day", "ask_for_radar",
    "look_through_a_slice", "tell_radars", "tell_of_absences", "tell_of_duty_reviews", "tell_of_given",
    "end_waiver", "fill_list", "open_list", "take_off_list",
    "tell_of_late_duties",
}  # fmt: skip
"""About no case, or about a row that a closed case cannot have. Imports and tasks are tried below."""


def values(ended) -> dict[str, object]:
    """What to give to a parameter of this name."""
    return {
        **vars(ended), "involvement": ended.line, "person": ended.worker, "receiving_team": ended.other,
        "transferring_team": ended.team, "team": ended.other, "at": LATER, "reason": "RC7", "why": "Why", "because": "Why",
        "kind": "core_group", "code": "assessment", "starts_on": LATER.date(), "ends_on": LATER.date(), "value": True,
        "fact": "section_47", "title": "Title", "link": "https://records.example.org/9", "dated_on": LATER.date(),
        "role": "supporting_team", "review_on": date(2027, 2, 1), "delay_reason": "None", "planned_at": LATER + timedelta(days=3),
        "held_at": LATER, "outcome": "held", "changes": {"place": "Hall"}, "moved_at": ended.case.opened_at,
        "really_at": LATER, "cases": [ended.case.pk], "deadline": ended.case.deadlines.first(), "met_at": LATER,
        "evidence": "Seen", "restricted": True, "decision": "So", "information": "More",
        "colour": "red", "text": "Dear parents", "says": "yes", "answers": [Paper("HAV-S04", "yes")], "item": "HAV-S04",
        "route": "HAV-U12-T12-AGE", "act": "case_allocated", "happened_at": LATER, "place": 1, "expires_on": date(2027, 1, 1),
        "gaps_found": "Thin", "departure": ended.departure, "condition": "sibling", "service": "eh", "given": {},
        "way": "HAV-CLO-CASE", "planned_on": date(2027, 1, 4), "given_name": "Testcase",
        "family": ended.family, "sibling": ended.sibling, "number": "9", "details": "", "channel": "phone", "source": "school", "received_at": LATER, "came_on": LATER.date(), "siblings": [], "others": [], "reason_now": "Again",
    }  # fmt: skip


SPECIAL = {  # action: what differs from the values above
    "start_spell": {"kind": "status"}, "correct_spell": {"changes": {"ends_on": date(2026, 11, 10)}},
    "add_document": {"kind": "report"}, "record_act": {"act": "care_plan_in_preparation"}, "recalculate": {"case": "pk"}, "decide_contact": {"outcome": "no_further_action"},
    "decide_dispute": {"outcome": "stays"}, "break_glass": {"reason": "Police at the door"},
    "save_checks": {"given": {"HAV-Z7": Given("not_done", reason="Why")}}, "record_event": {"held_at": LATER, "outcome": "held"},
    "answer_line": {"item": "HAV-Z7", "given": "closure"}, "rectify_child": {"family_name": "Rowan"},
    "change_child": {"family_name": "Rowan"}, "change_relationship": {"name": "Another Name"},
    "add_relationship": {"kind": "father", "name": "Another Name"}, "add_identifier": {"kind": "upn", "value": "A12345"},
}  # fmt: skip
ACTIONS = {
    f"{room}.{name}": getattr(actions, name)
    for room, actions in ROOMS.items()
    for name in actions.__all__
    if inspect.isfunction(getattr(actions, name))
    and name not in OPENS_AGAIN | TELLS | WHO_MAY_LOOK | AT_THE_END | WITHOUT_A_CASE
}


def given_to(name, act, ended, by) -> dict[str, object]:
    known = values(ended) | {"by": by} | SPECIAL.get(name.split(".")[1], {})
    known |= {"given": {ended.closure: Given("done")}} if known["given"] == "closure" else {}
    known |= {"case": ended.case.pk} if known["case"] == "pk" else {}
    wanted = [one for one in inspect.signature(act).parameters.values() if one.default is one.empty]
    wanted = [one.name for one in wanted if one.kind is not one.VAR_KEYWORD] + list(SPECIAL.get(name.split(".")[1], ()))
    assert set(wanted) <= set(known), f"{name}: say in `values` what to give for {set(wanted) - set(known)}"
    return {one: known[one] for one in wanted}


def tried(act, /, **given) -> bool:
    """Whether it was done."""
    try:
        with transaction.atomic():
            act(**given)
    except (Refused, NotAllowed):
        return False
    return True


@pytest.mark.parametrize("who", ["nobody", "everybody"])
def test_no_action_changes_a_closed_case(ended, who):
    """As somebody with every role in every team, and as the clock, an import or the seed, who may do anything."""
    before = print_of(ended.case)

    wrong = {}
    for name, act in ACTIONS.items():
        by = ended.boss if who == "everybody" else None
        if by is None and "None" not in str(inspect.signature(act).parameters.get("by", "None")):
            continue
        tried(act, **given_to(name, act, ended, by))
        if found := changed(before, after := print_of(ended.case)):
            wrong[name], before = found, after

    assert wrong == ({THE_EXCEPTION: PUT_RIGHT} if who == "everybody" else {})


def test_the_same_actions_change_a_case_that_is_open():
    """So that the test above cannot pass by asking wrongly."""
    open_one = a_full_case(is_closed=False)
    open_one.line = open_one.case.involvements.current().allocated().get()
    before = print_of(open_one.case)

    did = set()
    for name, act in ACTIONS.items():
        with transaction.atomic():
            tried(act, **given_to(name, act, open_one, open_one.boss))
            if changed(before, print_of(open_one.case)):
                did.add(name.split(".")[1])
            transaction.set_rollback(True)

    assert did >= {
        "answer_question", "record_act", "add_document", "start_spell", "correct_spell", "correct_event", "withdraw_event",
        "move_responsibility", "hold_on_duty", "end_involvement", "add_involvement",
        "start_closing", "end_departure", "change_child", "add_relationship", "change_relationship", "add_warning",
        "end_warning", "join_family", "add_identifier", "add_sibling", "end_relationship",
    }  # fmt: skip


# --- addresses ---

DOORS_THAT_OPEN = {"closures:reopen", "closures:undo", "closures:come_back", "closures:answer_return"}
READ_IT = {"notices:seen", "notices:done"}
NOT_A_RECORD = {name for name in ALL if name.startswith("protocol:")} | {"teams:sign_out"}


def addresses(ended) -> dict[str, str]:
    """Every address of the house, those about a record filled in with the closed case's own."""
    found = {}
    for name in sorted(set(CLOSED) - NOT_A_RECORD - PUBLISHED):
        try:
            parts = SAMPLES[name](ended) if name in SAMPLES else {}
            found[name] = reverse(name, kwargs=parts)
        except AttributeError:  # a record that this case has none of: an import, a draft, a meeting, a return
            continue
    return found


def as_in_samples(ended):
    """Under the names by which the samples of the house ask for their records."""
    ended.ended, ended.restricted, ended.person = ended.case, ended.child, ended.worker
    ended.restricted = ended.case
    return ended


def walk(client, ended):
    """Every form of every address, sent and taken back: which addresses changed the case, and what."""
    before, wrong = print_of(ended.case), {}
    for name, address in addresses(ended).items():
        with transaction.atomic():
            for data in said_to(client, address):
                client.post(address, data)
            if found := changed(before, print_of(ended.case)):
                wrong[name] = found
            transaction.set_rollback(True)
    return wrong


@pytest.fixture
def at_the_moment(time_machine):
    time_machine.move_to(LATER, tick=False)


def test_no_address_changes_a_closed_case(ended, client, at_the_moment):
    client.force_login(ended.boss, backend="django.contrib.auth.backends.ModelBackend")

    wrong = walk(client, as_in_samples(ended))

    assert wrong.pop("cases:rectify") == PUT_RIGHT
    assert set(wrong) - DOORS_THAT_OPEN - READ_IT == set()
    assert {"closures:reopen", "closures:undo"} <= set(wrong)


# --- imports and tasks ---


def an_import(ended, opened, **said):
    """A workbook that tells another story of this child than the record does, with every name matched."""
    sample = Sample(LATER.date()).in_need("77", opened, team="Assessment", worker="Sam Worker", **said)
    plan = {"Child Protection Plan Start Date": opened + timedelta(days=3), "Allocated Team": "Assessment"}
    sample.add(7, "77", cells=plan)
    imported = case_actions.receive_workbook(
        authority=ended.authority, filename="annex-a.xlsx", content=sample.file(), by=ended.boss, at=LATER
    )
    choices = {name: ended.team if name.kind == "team" else ended.worker for name in imported.names.all()}
    case_actions.match_names(imported=imported, choices=choices, by=ended.boss, at=LATER)
    case_actions.start_applying(imported=imported, by=ended.boss, at=LATER)
    return case_actions.apply_import(imported=imported, by=ended.boss, at=LATER)


STORIES = {
    "still open, on a plan": {"status": "b) Child Protection plan"},
    "closed on another day for another reason": {
        "status": "e) Closed episode", "closed": date(2026, 11, 2), "reason": "RC8",
    },
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_no_import_changes_a_closed_case(ended, story):
    before = print_of(ended.case)

    imported = an_import(ended, localdate(ended.case.opened_at), **STORIES[story])

    assert imported.rows.exists()
    assert changed(before, print_of(ended.case)) == []


def test_no_task_changes_a_closed_case(ended, time_machine):
    """Whatever the clock starts, an hour later and forty days later."""
    before = print_of(ended.case)

    ran = set()
    for moment in (LATER, LATER + timedelta(days=40)):
        time_machine.move_to(moment, tick=False)
        for name in sorted(our_tasks()):
            task, known = app.tasks[name], {"case": ended.case.pk, "team": ended.team.pk}
            wanted = list(inspect.signature(task.run).parameters)
            if set(wanted) <= set(known):
                task.run(**{one: known[one] for one in wanted})
                ran.add(name)

    assert changed(before, print_of(ended.case)) == []
    assert our_tasks() - ran == {"cases.imports.tasks.apply_import", "cases.imports.tasks.read_import"}
