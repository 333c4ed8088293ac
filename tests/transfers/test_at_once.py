"""Two managers act on one transfer at the same moment, in two transactions of their own: one wins, and the other's page
says what happened and by whom. Both have the page open, and both requests are waiting for the case when it is let go."""

import threading
import time

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from cases.models import Case
from teams.roles import Role
from tests.cast import NOON, a_person
from tests.transfers.walkers import (
    a_case_for_conference,
    a_transfer,
    agreed,
    answered,
    approved,
    conference_held,
    named_as_in_the_pack,
    requested,
)
from transfers import actions
from transfers.machine import State
from transfers.models import Transfer

in_real_transactions = pytest.mark.django_db(transaction=True)
BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"""


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def rita(receiving_team):
    return a_person("Rita Deputy", receiving_team, Role.TEAM_MANAGER)


def at_the_same_moment(case, *posts):
    """Each opens the page, and then posts its form. The case is held until all of them wait for it; the answers come in
    the order in which they were given."""
    answers, open_pages = [], threading.Barrier(len(posts) + 1)

    def act(person, address, said):
        try:
            client = Client()
            client.force_login(person, BACKEND)
            seen = seen_on(client.get(address))
            open_pages.wait(30)
            answer = client.post(address, said | {"seen": seen})
            answers.append((person, answer.status_code, answer.text))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=post) for post in posts]
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        for thread in threads:
            thread.start()
        open_pages.wait(30)
        until_waiting(len(posts))
    for thread in threads:
        thread.join()
    return answers


def seen_on(page):
    """What the page says it has seen: the newest line of the transfer's story."""
    return page.text.split('name="seen" value="')[1].split('"')[0]


def until_waiting(number):
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.05)
    raise AssertionError("The requests do not wait for the case.")


def one_won(answers):
    """The winner, and what the other's page says."""
    won = [person for person, status, _ in answers if status == 302]
    told = [text for _, status, text in answers if status == 422]
    assert (len(won), len(told)) == (1, 1), [status for _, status, _ in answers]
    return won[0], told[0]


def page_of(transfer, verb):
    return f"{transfer.get_absolute_url()}{verb}/"


@in_real_transactions
def test_of_two_who_agree_one_wins_and_the_other_sees_who_agreed(
    transferring_team, receiving_team, receiving_manager, rita
):
    transfer = approved(a_transfer(transferring_team, receiving_team))

    winner, told = one_won(
        at_the_same_moment(
            transfer.case, *((person, page_of(transfer, "agree"), {}) for person in (receiving_manager, rita))
        )
    )

    assert Transfer.objects.get().agreed_by == winner
    assert f"{winner.name} acted while this page was open" in told
    assert "Under 12 agreed to the transfer" in told
    assert "See where the transfer stands" in told
    assert transfer.case.journal.filter(kind="transfer_agreed").count() == 1


@in_real_transactions
def test_one_agrees_while_the_other_returns_it_and_nothing_of_the_first_is_undone_unseen(
    transferring_team, receiving_team, receiving_manager, rita
):
    transfer = approved(a_transfer(transferring_team, receiving_team))

    winner, told = one_won(
        at_the_same_moment(
            transfer.case,
            (receiving_manager, page_of(transfer, "agree"), {}),
            (rita, page_of(transfer, "return"), {"gaps_found": "The chronology ends in spring."}),
        )
    )

    state, did = (State.AGREED, "agreed to") if winner == receiving_manager else (State.RETURNED, "returned")
    assert Transfer.objects.get().state == state
    assert f"{winner.name} acted while this page was open" in told
    assert f"Under 12 {did} the transfer" in told


@in_real_transactions
def test_of_two_who_complete_one_moves_the_case_and_the_other_sees_who_did(
    transferring_team, receiving_team, receiving_manager, rita
):
    named_as_in_the_pack(transferring_team, "assess")
    named_as_in_the_pack(receiving_team, "u12")
    case = a_case_for_conference(transferring_team)
    transfer = answered(agreed(requested(case, receiving_team)))
    conference_held(case)

    winner, told = one_won(
        at_the_same_moment(case, *((person, page_of(transfer, "complete"), {}) for person in (receiving_manager, rita)))
    )

    assert Transfer.objects.get().finished_by == winner
    assert f"{winner.name} acted while this page was open" in told
    assert case.involvements.responsible().current().count() == 1
    assert case.journal.filter(kind="transfer_completed").count() == 1


@in_real_transactions
def test_of_two_who_decide_a_dispute_one_decision_stands_and_the_other_reads_it(
    transferring_team, receiving_team, group_manager, council
):
    second = a_person("Gerd Group", council, Role.GROUP_MANAGER)
    transfer = a_transfer(transferring_team, receiving_team)
    actions.raise_dispute(transfer=transfer, reason="Not ours.", by=None, at=NOON)
    said = {
        group_manager: {"outcome": "goes_ahead", "decision": "It goes."},
        second: {"outcome": "stays", "decision": "It stays."},
    }

    winner, told = one_won(
        at_the_same_moment(
            transfer.case, *((person, page_of(transfer, "dispute/decide"), says) for person, says in said.items())
        )
    )

    decided = transfer.disputes.get()
    assert (decided.decided_by, decided.decision) == (winner, said[winner]["decision"])
    assert f"{winner.name} acted while this page was open" in told
    assert decided.decision in told


def test_a_page_on_which_nobody_else_acted_is_good_however_old_it_is(
    transferring_team, receiving_team, receiving_manager, signed_in
):
    transfer = approved(a_transfer(transferring_team, receiving_team))
    client, address = signed_in(receiving_manager), page_of(transfer, "agree")
    seen = seen_on(client.get(address))

    assert client.post(address, {"seen": seen}).status_code == 302


def test_a_page_that_was_overtaken_keeps_what_was_typed_and_can_be_sent_again(
    transferring_team, receiving_team, receiving_manager, group_manager, signed_in
):
    transfer = a_transfer(transferring_team, receiving_team)
    client, address = signed_in(receiving_manager), page_of(transfer, "return")
    words = "The chronology ends in spring."
    seen = seen_on(client.get(address))
    actions.give_approval(transfer=transfer, place=1, by=group_manager, at=NOON)

    told = client.post(address, {"seen": seen, "gaps_found": words})
    newly_seen = seen_on(told)
    again = client.post(address, {"seen": newly_seen, "gaps_found": words})

    assert told.status_code == 422
    assert "Greta Group acted while this page was open" in told.text
    assert words in told.text
    assert again.status_code == 302
    assert Transfer.objects.get().state == State.RETURNED


def test_whoever_opens_a_page_whose_act_was_done_reads_who_did_it(
    transferring_team, receiving_team, receiving_manager, rita, signed_in
):
    transfer = approved(a_transfer(transferring_team, receiving_team))
    actions.agree_transfer(transfer=transfer, by=receiving_manager, at=NOON)

    text = signed_in(rita).get(page_of(transfer, "agree")).text

    assert "This transfer is agreed: Ravi Manager, 23 November 2026 at 12:00." in text
    assert '<form method="post" novalidate' not in text
