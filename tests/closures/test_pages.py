"""What the pages of closing show and let be done, as somebody sees them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases import actions as case_actions
from cases.models import Notice
from closures import actions
from closures.models import Closure
from closures.presenters import ClosurePage, DestroyYearPage
from teams.roles import Role
from tests.cases.walkers import a_letter, open_case
from tests.cast import NOON, a_person
from tests.closures.test_endings import WINDOWS, at_the_door, closed_under
from tests.closures.walkers import a_case, at_turn, checked, closed, started, the_hand
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db


def shown(closure, person=None, at=NOON):
    closure = Closure.objects.get(pk=closure.pk)
    return ClosurePage.of(closure, person or the_hand(closure, 1), at)


def test_a_letter_is_shown_with_its_recipient_and_then_with_what_proves_it():
    closure = at_turn(2)
    letter, worker = a_letter(closure.case), the_hand(closure, 1)

    waiting = next(one for one in shown(closure).letters if one.pk == letter.pk)
    case_actions.mark_done_by_hand(notice=letter, by=worker, at=NOON + timedelta(hours=1))
    posted = next(one for one in shown(closure).letters if one.pk == letter.pk)

    assert (waiting.what, waiting.to, waiting.proof) == ("Letter to a parent", "Mother Testcase, mother", "")
    assert posted.proof == f"{worker.name}, 23 November 2026 at 13:00"


def test_an_e_mail_is_proved_by_the_address_that_the_mail_server_took_it_for():
    closure = at_turn(2)
    letter = a_letter(closure.case)
    Notice.objects.filter(pk=letter.pk).update(
        channel="email", delivery="sent", sent_at=NOON, sent_to="school@example.org"
    )

    told = next(one for one in shown(closure).letters if one.pk == letter.pk)

    assert told.proof == "Taken by the mail server for school@example.org, 23 November 2026 at 12:00"


def test_what_was_told_before_or_at_another_closing_is_not_of_this_one():
    closure = closed()
    actions.undo_closing(closure=closure, because="Wrong.", by=closure.closed_by, at=NOON + timedelta(hours=1))
    again = started(closure.case, at=NOON + timedelta(hours=2))
    letter = a_letter(closure.case)
    Notice.objects.filter(pk=letter.pk).update(queued_at=NOON + timedelta(hours=3))

    assert letter.pk not in {one.pk for one in shown(closure).letters}
    assert letter.pk in {one.pk for one in shown(again).letters}


def test_tasks_of_the_service_itself_are_no_letters():
    assert [one.what for one in shown(at_turn(3)).letters] == []


def test_how_long_the_file_is_kept_is_shown_before_and_after_the_closing():
    closure = at_turn(3, started(a_case(date_of_birth=date(2016, 5, 4))))
    before = shown(closure).kept_until

    after = shown(closed(closure)).kept_until

    assert before.until == after.until == date(2041, 5, 4)


def test_the_form_for_the_file_gives_the_destroy_year_and_its_rule(signed_in):
    """NN-4.2.b4"""
    closure = started(a_case("northamptonshire", "csst", date_of_birth=date(2016, 5, 4)), "NN-CLO-CLOSE")
    manager = the_hand(closure, 1)
    address = reverse("closures:destroy_year", args=[closure.reference])

    page = signed_in(manager).get(address).text

    assert "2041" in page
    assert "common practice, not law" in page
    assert "as if it closed today" in page
    assert address in signed_in(manager).get(closure.get_absolute_url()).text


def test_a_withdrawn_closing_has_no_form_for_the_file(signed_in):
    closure = started()
    worker = the_hand(closure, 1)
    actions.withdraw(closure=closure, because="No.", by=worker, at=NOON)

    assert DestroyYearPage.of(Closure.objects.get(pk=closure.pk), worker, NOON) is None
    assert signed_in(worker).get(reverse("closures:destroy_year", args=[closure.reference])).status_code == 404


def test_the_last_hand_writes_down_an_earlier_day(client, time_machine):
    closure = checked(at_turn(3))
    time_machine.move_to(NOON + timedelta(days=2), tick=False)
    client.force_login(the_hand(closure, 3), backend="django.contrib.auth.backends.ModelBackend")
    boxes = {"closed_on_day": "23", "closed_on_month": "11", "closed_on_year": "2026", "hand_on": "1"}
    page = client.get(reverse("closures:part", args=[closure.reference])).text
    assert 'name="closed_on-day"' in page
    boxes = {name.replace("closed_on_", "closed_on-"): value for name, value in boxes.items()}

    client.post(reverse("closures:part", args=[closure.reference]), boxes | {"HAV-Z10-done": "on"})

    assert localdate(Closure.objects.get(pk=closure.pk).case.closed_at) == NOON.date()


@pytest.mark.parametrize(("pack", "team", "kind", "last", "state"), WINDOWS)
def test_the_front_door_records_a_return_until_the_last_day_and_not_the_day_after(
    client, time_machine, pack, team, kind, last, state
):
    case = closed_under(pack, team)
    door = at_the_door(case)
    time_machine.move_to(f"{last + timedelta(days=1)}T11:00:00Z", tick=False)
    client.force_login(door, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("closures:come_back", args=[case.reference])

    def sent(day):
        parts = {f"came_on-{part}": getattr(day, part) for part in ("day", "month", "year")}
        return client.post(address, {"kind": kind, "reason_now": "Again", "same_reasons": "yes", **parts})

    a_day_late = sent(last + timedelta(days=1))
    in_time = sent(last)

    assert a_day_late.status_code == 422
    assert f"The window ended on {last:%-d %B %Y}" in a_day_late.text
    assert in_time.status_code == 302
    assert case.returns.get().state == state


def test_a_closed_case_is_found_by_its_number_and_read_but_offers_nothing_but_to_open_it(signed_in):
    closure = closed()
    team = closure.case.involvements.standing().responsible().get().team
    manager = a_person("Ma Nager", team, Role.TEAM_MANAGER)

    found = signed_in(manager).post(reverse("cases:search"), {"q": closure.case.reference}, follow=True).text
    page = signed_in(manager).get(closure.case.get_absolute_url()).text

    assert closure.case.reference in found
    assert "See how it was closed" in page
    assert "Open the case again" in page
    assert "Propose closing" not in page
    history = signed_in(manager).get(reverse("cases:history", args=[closure.case.reference]))
    assert "The closing was" in history.text or "Closed by" in history.text


def test_the_queue_asks_the_database_no_more_for_many_closings_than_for_few(signed_in, django_assert_max_num_queries):
    team = a_case().holding.team
    for _ in range(6):
        started(open_case(team))
    sam = a_person("Sam Worker", team, Role.SOCIAL_WORKER)
    client = signed_in(sam)

    with django_assert_max_num_queries(25):
        assert client.get(reverse("closures:queue")).status_code == 200
    with django_assert_max_num_queries(25):
        assert client.get(reverse("closures:lines")).status_code == 200


def test_another_councils_front_door_finds_no_return(signed_in):
    case = closed_under("havering", "assess")
    other = TeamFactory(kind="front_door", code="tmash", authority__code="upper-marsh")
    fay = a_person("Fay Door", other, Role.FRONT_DOOR)

    assert signed_in(fay).get(reverse("closures:come_back", args=[case.reference])).status_code == 404
