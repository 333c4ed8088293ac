"""The same line of many closings, ticked in one go by the hand whose turn it is."""

import pytest
from django.urls import reverse

from closures import actions
from closures.actions import Given
from closures.models import Check, Closure
from closures.presenters import line_for, lines_for
from teams.models import Team
from teams.refusals import Refused
from teams.roles import Role
from tests.cases.walkers import open_case
from tests.cast import NOON, a_person
from tests.closures.walkers import LINK, a_case, at_turn, started

pytestmark = pytest.mark.django_db
LINE = "HAV-Z10"


@pytest.fixture
def waiting():
    """Three closings that wait for the same admin, and one that is not so far."""
    first = at_turn(3)
    team = first.case.holding.team
    others = [at_turn(3, started(open_case(team))) for _ in range(2)]
    started(open_case(team))
    return [Closure.objects.get(pk=closure.pk) for closure in (first, *others)]


@pytest.fixture
def writing(client):
    """A browser for writing: a batch locks and writes case by case, on purpose, and reading is watched elsewhere."""

    def sign_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def ada(waiting):
    return a_person("Ada Support", waiting[0].case.holding.team, Role.ADMIN)


def the_line(closure):
    return next(item.code for item in closure.present_turn.items)


def test_the_lines_that_wait_are_counted_over_all_cases(waiting, ada):
    found = {line.item.code: line.number for line in lines_for(ada, NOON)}

    assert found == {the_line(waiting[0]): 3}


def test_a_line_is_recorded_in_every_case_that_is_ticked(waiting, ada):
    line = the_line(waiting[0])

    actions.answer_line(item=line, given=dict.fromkeys(waiting[:2], Given("done")), by=ada, at=NOON)

    assert list(Check.objects.filter(item=line).values_list("closure", flat=True)) == [one.pk for one in waiting[:2]]
    assert [one.closure.pk for one in line_for(ada, line, NOON).cases] == [waiting[2].pk]
    assert waiting[0].case.journal.filter(kind="closing_checked", by=ada).exists()


def test_where_one_case_is_refused_none_is_written_and_the_case_is_named(waiting, ada):
    line, other = the_line(waiting[0]), Closure.objects.exclude(pk__in=[one.pk for one in waiting]).get()

    with pytest.raises(Refused, match=f"Case {other.case.reference}: This waits for"):
        actions.answer_line(item=line, given=dict.fromkeys([*waiting, other], Given("done")), by=ada, at=NOON)

    assert not Check.objects.filter(item=line).exists()


def test_nothing_ticked_is_said_so(waiting, ada):
    with pytest.raises(Refused, match="Tick the cases in which it is done"):
        actions.answer_line(item=the_line(waiting[0]), given={}, by=ada, at=NOON)


def test_the_page_ticks_many_cases_and_shows_what_is_left(waiting, ada, signed_in, writing):
    line = the_line(waiting[0])
    address = reverse("closures:line", args=[line])

    assert address in signed_in(ada).get(reverse("closures:lines")).text
    assert waiting[0].case.reference in signed_in(ada).get(address).text
    response = writing(ada).post(address, {f"{one.reference}-done": "on" for one in waiting[:2]}, follow=True)

    assert "Recorded in 2 cases." in response.text
    assert waiting[2].case.reference in response.text
    assert waiting[0].case.reference not in response.text


def test_a_line_with_evidence_wants_it_for_each_case(writing):
    team = a_case().holding.team
    closures = [started(open_case(team)) for _ in range(2)]
    sam = a_person("Sam Worker", team, Role.SOCIAL_WORKER)
    client, address = writing(sam), reverse("closures:line", args=["HAV-Z7"])
    ticked = {f"{one.reference}-done": "on" for one in closures}

    refused = client.post(address, ticked | {f"{closures[0].reference}-evidence": LINK})
    assert refused.status_code == 422
    assert f"Give the link to it: case {closures[1].case.reference}." in refused.text
    wrong = client.post(address, ticked | {f"{one.reference}-evidence": "ftp://x" for one in closures})
    assert f"Case {closures[1].case.reference}: The link must begin with https://" in wrong.text
    client.post(address, ticked | {f"{one.reference}-evidence": LINK for one in closures})

    assert Check.objects.filter(item="HAV-Z7", answer="done", evidence=LINK).count() == 2


def test_whoever_did_another_part_is_not_asked(waiting):
    """Nobody does two hands: what they may not take does not wait for them."""
    manager = waiting[0].hands[2].done_by
    manager.memberships.create(team=waiting[0].case.holding.team, role=Role.ADMIN, starts_on=NOON.date())

    assert the_line(waiting[0]) not in {line.item.code for line in lines_for(manager, NOON)}


def test_a_line_that_waits_for_nobody_has_no_page(ada, signed_in):
    assert signed_in(ada).get(reverse("closures:line", args=["NO-SUCH"])).status_code == 404


def test_business_support_of_the_whole_council_ticks_for_every_team(waiting):
    central = Team.objects.create(authority=waiting[0].case.authority, code="council", name="Support", kind="support")
    admin = a_person("Cen Tral", central, Role.ADMIN)

    assert line_for(admin, the_line(waiting[0]), NOON).number == 3
