"""What goes wrong in the systems that we read, each with the test that keeps it from going wrong here."""

import ast
from datetime import timedelta

import pytest
from kombu.exceptions import OperationalError

from cases import actions as case_actions
from cases.forms.worklist import WorklistForm
from cases.models import Deadline, JournalEntry, Notice, Recalculation, Standing
from cases.presenters.worklist import worklist_of
from cases.search import search_for
from teams.models import AuditEntry
from tests.cases.walkers import open_case
from tests.cast import NOON
from tests.house.source import ROOT
from tests.transfers.walkers import a_case_for_conference, named_as_in_the_pack, requested
from transfers import actions as transfer_actions
from transfers.presenters.lists import transfers_for

HERE = "house/test_peers_defects.py"
DEFECTS = {
    "a case touched on this day of last month is skipped today": {
        HERE: ["test_who_was_told_on_this_day_of_last_month_is_told_today"],
    },
    "nought days left is no colour": {
        "cases/test_deadlines.py": ["test_what_is_due_today_has_a_colour_until_its_last_second"],
    },
    "a night that was missed is never caught up with": {
        "cases/test_sweep.py": [
            "test_after_a_week_without_a_clock_it_sends_what_is_due_and_unsent_nothing_stale_and_tells_the_managers",
        ],
        "transfers/test_silence.py": ["test_a_clock_that_comes_late_gives_nobody_more_than_the_protocols_hours"],
    },
    "a notifier that is away longer than its window never sends": {
        "cases/test_outbox.py": [
            "test_a_mail_server_that_is_away_is_tried_again_later_and_longer",
            "test_after_many_tries_a_person_must_look_and_can_send_it_again",
        ],
    },
    "two accept the same transfer": {
        "transfers/test_at_once.py": [
            "test_of_two_who_agree_one_wins_and_the_other_sees_who_agreed",
            "test_of_two_who_complete_one_moves_the_case_and_the_other_sees_who_did",
        ],
        "house/test_moves.py": ["test_a_move_is_made_once_by_the_right_person_and_refused_otherwise"],
    },
    "it is revoked after it was accepted": {
        "transfers/test_truth_table.py": [
            "test_nothing_follows_a_final_state",
            "test_what_is_complete_is_not_withdrawn_returned_or_disputed_and_its_approvals_stand",
        ],
    },
    "a second open movement keeps the first from ever being closed": {
        "transfers/test_pull.py": [
            "test_asked_for_withdrawn_and_asked_for_again_leaves_one_line_of_the_receiver_and_none_after_the_move",
        ],
        "cases/test_ledger.py": ["test_the_database_refuses_by_itself"],
        "cases/test_ledger_machine.py": ["test_no_open_case_is_ever_unheld_or_doubly_held"],
    },
    "the audit ends with the case": {HERE: ["test_the_audit_and_the_story_of_a_case_survive_its_closing"]},
    "the audit is lost with the queue": {
        HERE: ["test_an_act_is_audited_though_the_queue_is_gone"],
        "teams/test_audit.py": ["test_a_process_killed_in_the_middle_leaves_neither_the_act_nor_its_entry"],
    },
    "whoever reads can switch the audit of reading off": {
        HERE: ["test_reading_is_audited_whatever_the_reader_says"],
        "teams/test_audit.py": ["test_a_page_that_cannot_be_audited_is_not_shown"],
    },
    "somebody approves their own request by posting it": {
        "transfers/test_pull.py": ["test_nobody_approves_what_they_asked_for_themselves_by_posting_it"],
        "transfers/test_truth_table.py": ["test_whoever_asked_neither_agrees_nor_approves"],
        "closures/test_hands.py": ["test_whoever_proposed_does_not_authorise"],
    },
    "a restricted case is in the search, a file, a count, an e-mail or an answer as one types": {
        HERE: ["test_a_restricted_case_is_counted_nowhere_for_those_who_must_not_see_it"],
        "house/test_crawl.py": ["test_no_page_shows_a_child_out_of_scope", "test_no_email_names_a_child"],
        "transfers/test_pull.py": ["test_a_restricted_a_foreign_and_an_unknown_reference_are_told_alike"],
        "transfers/test_meeting_file.py": ["test_the_file_names_references_and_no_child"],
    },
    "what was typed is lost with the session": {
        "teams/test_drafts.py": ["test_what_was_typed_survives_the_end_of_the_session"],
    },
    "days are counted past the end of the table of bank holidays": {
        "protocols/test_calendars.py": ["test_past_its_horizon_the_calendar_refuses_instead_of_guessing"],
        "protocols/test_timers.py": ["test_past_the_known_bank_holidays_nothing_is_guessed"],
    },
    "a case goes to somebody who has left, or to nobody": {
        "transfers/test_leavers.py": [
            "test_nobody_who_has_left_is_named_as_the_worker",
            "test_where_the_worker_leaves_between_agreement_and_move_another_is_named_first",
            "test_a_team_that_is_no_longer_in_use_is_not_asked",
        ],
        "cases/test_leavers.py": ["test_the_manager_holds_the_cases_of_a_leaver"],
        "transfers/test_radar.py": ["test_a_team_without_a_manager_hears_it_in_its_mailbox"],
    },
    "working days are miscounted over New Year and Easter": {
        "protocols/test_calendars.py": [
            "test_dates_checked_by_hand",
            "test_every_day_the_calendar_knows_agrees_with_the_act_and_the_proclamations",
        ],
    },
    "a new protocol breaks the cases that are under way": {
        "transfers/test_older_protocol.py": [
            "test_every_page_of_it_still_opens",
            "test_nothing_completes_along_it",
            "test_it_is_led_along_a_route_that_there_is",
        ],
        "cases/test_facts.py": ["test_an_answer_of_an_earlier_pack_counts_as_unknown"],
        "protocols/test_command_line.py": ["test_diff_says_what_changes_and_whose_answer_would_differ"],
    },
    "a case is closed with something of it still open": {
        "closures/test_net.py": [
            "test_a_transfer_under_way_bars_the_closing",
            "test_what_is_owed_to_the_child_bars_the_closing",
        ],
    },
}


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_of_the_eighteen_defects_has_its_tests():
    missing = {
        f"{path}::{name}"
        for tests in DEFECTS.values()
        for path, names in tests.items()
        for name in names
        if name not in names_in(path)
    }

    assert missing == set()
    assert len(DEFECTS) == 18
    assert all(DEFECTS.values())


def a_deadline(case, due_at):
    return Deadline.objects.create(
        case=case, timer="T1", what="Visit", pack=case.pack, occasion=f"due {due_at}", computed_at=due_at,
        starts_at=due_at - timedelta(days=9), due_at=due_at, due_soon_at=due_at - timedelta(hours=1),
    )  # fmt: skip


def test_who_was_told_on_this_day_of_last_month_is_told_today(transferring_team, social_worker):
    case = open_case(transferring_team, worker=social_worker)
    told = []

    for at in (NOON - timedelta(days=31), NOON):  # 23 October, 23 November
        a_deadline(case, at - timedelta(minutes=5))
        case_actions.sweep(at=at)
        told.append(Notice.objects.filter(person=social_worker, title="1 deadline is overdue").count())

    assert told == [1, 2]


def test_the_audit_and_the_story_of_a_case_survive_its_closing(
    transferring_team, receiving_team, transferring_manager, signed_in
):
    case = a_case_for_conference(named_as_in_the_pack(transferring_team, "assess"))
    requested(case, named_as_in_the_pack(receiving_team, "u12"))
    signed_in(transferring_manager).get(case.get_absolute_url())
    entries = set(AuditEntry.objects.filter(subject=case.reference).values_list("pk", flat=True))
    told = set(JournalEntry.objects.filter(case=case).values_list("pk", flat=True))
    changes = case.history.count()

    for transfer in case.transfers.all():
        transfer_actions.withdraw_transfer(transfer=transfer, why="It closes.", by=None, at=NOON)
    case_actions.close_case(case=case, reason="RC7", by=None, at=NOON)

    assert len(entries) > 5
    assert entries < set(AuditEntry.objects.filter(subject=case.reference).values_list("pk", flat=True))
    assert told < set(JournalEntry.objects.filter(case=case).values_list("pk", flat=True))
    assert case.history.count() > changes
    page = signed_in(transferring_manager).get(f"{case.get_absolute_url()}history/").text
    assert "asked for the transfer to Under 12" in page


def test_an_act_is_audited_though_the_queue_is_gone(
    transferring_team, social_worker, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*args, **kwargs):
        raise OperationalError("nobody answers")

    monkeypatch.setattr("celery.app.task.Task.apply_async", away)
    with django_capture_on_commit_callbacks(execute=True) as asked:
        case = open_case(transferring_team, worker=social_worker, by=social_worker)

    assert asked
    assert AuditEntry.objects.filter(kind="changed", subject=case.reference, by=social_worker).exists()
    assert Recalculation.objects.filter(case=case).exists()  # the clock finds it a minute later


@pytest.mark.parametrize(
    ("method", "asked", "headers"),
    [
        ("get", {}, {}),
        ("head", {}, {}),
        ("get", {"audit": "false", "log": "0", "silent": "1"}, {}),
        ("get", {}, {"X-Audit": "off", "X-No-Log": "1", "DNT": "1", "Purpose": "prefetch", "Sec-Purpose": "prefetch"}),
        ("get", {}, {"X-Requested-With": "XMLHttpRequest", "HX-Request": "true"}),
        ("get", {}, {"X-HTTP-Method-Override": "POST"}),
    ],
)
def test_reading_is_audited_whatever_the_reader_says(
    transferring_team, social_worker, signed_in, method, asked, headers
):
    case = open_case(transferring_team, worker=social_worker)

    answer = getattr(signed_in(social_worker), method)(case.get_absolute_url(), asked, headers=headers)

    assert answer.status_code == 200
    entry = AuditEntry.objects.get(by=social_worker, kind="read")
    assert entry.subject == case.reference


def test_a_restricted_case_is_counted_nowhere_for_those_who_must_not_see_it(
    transferring_team, receiving_team, social_worker, signed_in
):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    for restricted in (False, True):
        case = a_case_for_conference(transferring_team, restricted=restricted, family_name="Maple")
        requested(case, receiving_team)
    standing = Standing.of(social_worker)

    assert worklist_of(WorklistForm({}, by=social_worker).cases(standing, NOON), NOON).found == "1 case"
    assert worklist_of(search_for(social_worker, "Maple"), NOON).found == "1 case"
    assert transfers_for(social_worker, {"show": "all"}, NOON).count() == 1
    assert "1 transfer" in signed_in(social_worker).get("/transfers/").text
