"""With scripts turned off, everything that must be done can be done: agreeing, a checklist, a closing."""

import pytest
from django.utils.timezone import now

from cases.models import Case
from tests.cases.walkers import open_case
from tests.closures.walkers import at_turn, started
from tests.journeys import scenes
from transfers.models import Transfer


@pytest.fixture
def people(site):
    return scenes.a_council()


def test_a_transfer_is_agreed_to_and_its_checklist_answered_without_scripts(desk, people):
    case = scenes.a_case_to_move(people)
    scenes.asked_for(people, case)

    ravi = desk(people.ravi, scripts=False).open("/").follow("Testcase Maple")
    ravi.select("Who takes the case (optional)", "Nia Receiver").press("Agree").sees("The transfer is agreed.")
    sam = desk(people.sam, scripts=False).open(case.get_absolute_url()).follow("TR-").follow("Fill in the checklist")
    sam.tick_every_line().press("Save").sees("Your answers are saved.")

    assert Transfer.objects.get(case=case).receiving_worker == people.nia


def test_a_case_is_closed_without_scripts(desk, people):
    case = open_case(people.assessment, given_name="Testcase", family_name="Willow")
    at_turn(3, started(case, at=now()), at=now())

    ada = desk(people.ada, scripts=False).open("/closures/").follow("Testcase Willow").press("Close the case")
    ada.tick_every_line().press("Close the case").sees("The case is closed.")

    assert Case.objects.get(pk=case.pk).state == "closed"


def test_a_list_is_filtered_sorted_and_kept_without_scripts(desk, people):
    scenes.a_case_to_move(people)

    sam = desk(people.sam, scripts=False).open("/cases/").select("Worker", "Mine").press("Show").sees("1 case")
    sam.page.get_by_text("Keep these filters as a view").click()
    sam.fill("Name of the view", "My own").press("Keep the view").sees("This view is kept", "1 case").follow("My own")
