"""Many people at once: one of them wins, and everybody else is told why not."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction

from cases import actions
from cases.actions.deadlines import ask_to_recalculate
from cases.actions.ledger import lock
from cases.models import Case, Recalculation
from teams.refusals import Refused
from tests.cases.walkers import open_case
from tests.cast import NOON
from tests.factories import TeamFactory

AT_ONCE = 50


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_move_one_case_at_once_one_wins_and_the_rest_are_told_who_holds_it():
    first = TeamFactory(name="First")
    teams = [TeamFactory(authority=first.authority, name=f"Team {number}") for number in range(AT_ONCE)]
    case = open_case(first)
    answers, ready = [], threading.Barrier(AT_ONCE)

    def move(team):
        ready.wait()
        try:
            actions.move_responsibility(case=case, transferring_team=first, team=team, by=None, at=NOON)
            answers.append("moved")
        except Refused as refused:
            answers.append(refused.sentences[0].split(":")[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=(team,)) for team in teams]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Counter(answers) == {"moved": 1, "First no longer holds this case": AT_ONCE - 1}
    assert Case.objects.get(pk=case.pk).involvements.responsible().current().count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_holds_a_case_does_not_keep_others_from_writing_what_points_at_it():
    """Else two acts could wait for each other: one for the case, the other for a row that is about the case."""
    case, written = open_case(TeamFactory()), threading.Event()

    def ask():
        try:
            ask_to_recalculate([case.pk], at=NOON)
            written.set()
        finally:
            connection.close()

    Recalculation.objects.all().delete()
    with transaction.atomic():
        lock(case)
        other = threading.Thread(target=ask)
        other.start()
        assert written.wait(timeout=10)
    other.join()
