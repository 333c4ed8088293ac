"""The radar: what may come to a team is seen early, and its managers are told once."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from cases import actions as case_actions
from cases import outbox
from cases.models import MailboxMessage, Notice
from teams.models import Absence
from teams.roles import Role
from tests.cases.walkers import booked, open_case
from tests.cast import NOON, a_person
from tests.transfers.walkers import CONFERENCE, a_transfer
from transfers import actions
from transfers.models import RadarEntry, RadarSlice, Transfer
from transfers.presenters.dashboard import dashboard_of
from transfers.presenters.radar import RadarPage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "cases.outbox.MailboxBackend"


@pytest.fixture
def coming(transferring_team, receiving_team):
    """Section 47, and a conference booked in ten days: the case may come to Under 12."""
    receiving_team.code = "u12"
    transferring_team.code = "assess"
    receiving_team.save()
    transferring_team.save()
    case = open_case(transferring_team)
    case_actions.answer_question(case=case, fact="section_47", value=True, by=None, at=NOON - 20 * DAY)
    booked(case, planned_at=NOON + 10 * DAY)
    return case


def look(case, at=NOON):
    actions.look_ahead(cases=[case.pk], at=at)
    return RadarEntry.objects.expected().filter(case=case)


def tell(team, at=NOON):
    told = actions.tell_radar(team=team, at=at)
    while case_actions.send_waiting(at=at, send=outbox.send):
        pass
    return told


def test_a_booked_conference_puts_the_case_on_the_receiving_teams_radar(coming, receiving_team):
    """HAV-GP-13: two weeks ahead. What the conference will decide is not known, so it is likely, not certain."""
    entry = look(coming).get(route=CONFERENCE)

    assert (entry.receiving_team, entry.expected_on) == (receiving_team, date(2026, 12, 3))
    assert (entry.certainty, entry.news()) == ("likely", "new")


def test_a_route_that_is_only_possible_says_nothing_beside_a_surer_one_to_the_same_team(coming, receiving_team):
    """Were the child homeless, another route would lead to Under 12 at the same conference."""
    entries = look(coming).filter(receiving_team=receiving_team)

    assert [(entry.route, entry.certainty) for entry in entries] == [(CONFERENCE, "likely")]


def test_what_lies_beyond_the_horizon_is_not_on_the_radar(coming):
    case_actions.move_event(
        event=coming.events.get(), planned_at=NOON + 15 * DAY, reason="The chair is ill", by=None, at=NOON
    )

    assert not look(coming).exists()


def test_a_held_conference_makes_it_certain(coming):
    event = coming.events.get()
    case_actions.record_event_held(
        event=event, held_at=NOON + 10 * DAY, outcome="child_protection_plan", by=None, at=NOON + 10 * DAY
    )

    entry = look(coming, NOON + 10 * DAY).get(route=CONFERENCE)

    assert entry.certainty == "certain"
    assert entry.reason.startswith("The transfer point is reached")


def test_the_receiving_manager_gets_one_email_without_personal_data(coming, receiving_team, receiving_manager):
    another_route_of(look(coming).get())

    for _ in range(3):
        tell(receiving_team)

    message = MailboxMessage.objects.get()
    assert message.to == [receiving_manager.email]
    assert RadarEntry.objects.filter(case=coming).untold().count() == 0
    assert message.title == "Radar: 1 case may come to Under 12"
    assert "The next is expected on Thursday 3 December" in message.body
    assert not [word for word in (coming.child.given_name, coming.child.family_name) if word in message.body]


def another_route_of(entry):
    """The same case may come by two routes: it is one case all the same."""
    entry.pk, entry.route = None, "HAV-ASSESS-U12-CIN"
    entry.save()


def test_the_email_names_the_protocols_notice_and_sender(coming, receiving_team, receiving_manager):
    """HAV-N1"""
    look(coming)
    tell(receiving_team)

    notice = Notice.objects.get()
    assert (notice.code, notice.clause) == ("HAV-N1", "HAV-GP-13, HAV-AST-4")
    assert notice.on_behalf_of == "Practice manager or Group manager"


def test_a_moved_conference_is_told_again_with_the_date_before(coming, receiving_team, receiving_manager):
    look(coming)
    tell(receiving_team)
    later = NOON + DAY
    case_actions.move_event(
        event=coming.events.get(), planned_at=NOON + 12 * DAY, reason="The chair is ill", by=None, at=later
    )

    entry = look(coming, later).get(route=CONFERENCE)
    assert (entry.was_expected_on, entry.expected_on, entry.news()) == (
        date(2026, 12, 3), date(2026, 12, 5), "moved",
    )  # fmt: skip
    tell(receiving_team, later)

    assert "with another date or certainty" in MailboxMessage.objects.first().body
    assert look(coming, later).get(route=CONFERENCE).news() == ""


def test_a_cancelled_conference_is_told_as_gone(coming, receiving_team, receiving_manager):
    look(coming)
    tell(receiving_team)

    case_actions.cancel_event(event=coming.events.get(), reason="No longer needed", by=None, at=NOON + DAY)
    assert not look(coming, NOON + DAY).filter(expected_on__isnull=False).exists()
    tell(receiving_team, NOON + DAY)

    assert MailboxMessage.objects.count() == 2


def test_what_came_and_went_between_two_radars_is_never_told(coming, receiving_team, receiving_manager):
    look(coming)
    case_actions.close_case(case=coming, reason="RC7", by=None, at=NOON)
    look(coming, NOON)

    assert tell(receiving_team) == 0


def test_looking_again_without_a_change_writes_nothing(coming):
    look(coming)

    assert actions.look_ahead(cases=[coming.pk], at=NOON + timedelta(hours=1)) == 0


def test_a_manager_who_is_away_is_told_through_the_deputy(coming, receiving_team, receiving_manager):
    deputy = a_person("Dee Puty", receiving_team, Role.SENIOR)
    Absence.objects.create(
        person=receiving_manager, deputy=deputy, starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 27)
    )
    look(coming)
    tell(receiving_team)

    assert MailboxMessage.objects.get().to == [deputy.email]


def test_a_team_without_a_manager_hears_it_in_its_mailbox(coming, receiving_team):
    receiving_team.email = "under-12@upper-marsh.example.org"
    receiving_team.save()
    look(coming)
    tell(receiving_team)

    assert MailboxMessage.objects.get().to == [receiving_team.email]


def test_the_page_shows_the_receiving_manager_what_comes_and_the_name_only_to_those_who_hold_the_case(
    coming, receiving_manager, transferring_manager, signed_in
):
    look(coming)
    name = coming.child.name

    coming_page = signed_in(receiving_manager).get("/radar/").text
    assert coming.reference in coming_page
    assert name not in coming_page
    assert "Thursday 3 December" in coming_page

    assert name in signed_in(transferring_manager).get("/radar/?view=leaving").text


def test_the_page_tells_a_case_once_with_every_way_in_which_it_may_move(coming, receiving_manager, receiving_team):
    entry = look(coming).filter(receiving_team=receiving_team).first()
    another_route_of(entry)

    page = RadarPage.of(receiving_manager, "coming", "", "1", NOON)

    assert page.page.paginator.count == 1
    assert len(page.lines[0].ways) == 2


def test_a_child_is_named_on_the_dashboard_only_to_those_who_may_open_the_case(
    coming, receiving_manager, receiving_team
):
    look(coming)

    row = dashboard_of(receiving_manager, NOON).sections[3].rows[0]

    assert row.child == coming.reference
    case_actions.add_involvement(
        case=coming, role="co_worker", team=receiving_team, person=receiving_manager, by=None, at=NOON
    )
    assert dashboard_of(receiving_manager, NOON).sections[3].rows[0].child == coming.child.name


def test_the_page_needs_the_same_number_of_queries_however_many_cases_come(
    coming, receiving_manager, transferring_team, signed_in, django_assert_max_num_queries
):
    look(coming)
    for _ in range(4):
        case = open_case(transferring_team)
        case_actions.answer_question(case=case, fact="section_47", value=True, by=None, at=NOON - 20 * DAY)
        booked(case, planned_at=NOON + 10 * DAY)
        look(case)
    client = signed_in(receiving_manager)

    with django_assert_max_num_queries(20):
        client.get("/radar/")


def test_workers_share_the_morning_in_slices_and_the_last_one_tells(coming, receiving_manager, monkeypatch):
    monkeypatch.setattr("transfers.actions.radar.A_SLICE", 1)
    open_case(coming.involvements.first().team)

    assert actions.ask_for_radar(at=NOON) == 2
    assert actions.ask_for_radar(at=NOON) == 2
    assert actions.look_through_a_slice(at=NOON)
    assert actions.tell_radars(at=NOON) == 0
    assert actions.look_through_a_slice(at=NOON)
    assert not actions.look_through_a_slice(at=NOON)
    actions.tell_radars(at=NOON)
    assert Notice.objects.get().person == receiving_manager


def test_what_a_killed_worker_left_yesterday_does_not_stop_today(coming):
    RadarSlice.objects.create(first=1, last=1, asked_at=NOON - DAY)

    actions.ask_for_radar(at=NOON)

    assert [one.asked_at for one in RadarSlice.objects.all()] == [NOON]


def test_a_radar_that_waited_for_a_week_is_not_sent_and_its_news_goes_into_the_next(
    coming, receiving_team, receiving_manager
):
    look(coming)
    actions.tell_radar(team=receiving_team, at=NOON)
    look(coming, NOON + 7 * DAY)
    tell(receiving_team, NOON + 7 * DAY)

    assert sorted(Notice.objects.values_list("delivery", flat=True)) == ["cancelled", "sent"]
    assert "1 new since the last radar" in MailboxMessage.objects.get().body


def test_the_clock_of_the_two_week_radar_is_met_once_the_receiving_team_has_been_told(
    coming, receiving_team, receiving_manager
):
    """HAV-T24 is met by the radar, HAV-N1."""
    look(coming)
    case_actions.recalculate(case=coming.pk, at=NOON)
    clocks = coming.deadlines.standing().filter(timer="HAV-T24")
    assert [clock.met_at for clock in clocks] == [None]

    tell(receiving_team)
    case_actions.recalculate(case=coming.pk, at=NOON)

    assert [clock.met_at for clock in clocks.all()] == [NOON]


def test_the_radar_says_how_often_a_team_announced_its_moves_in_time(
    transferring_team, receiving_team, transferring_manager, signed_in
):
    """Two moves of the last year: the one told fifteen days before, the other only ten."""
    for days in (15, 10):
        moved = a_transfer(transferring_team, receiving_team)
        Transfer.objects.filter(pk=moved.pk).update(state="completed", finished_at=now() - DAY)
        RadarEntry.objects.create(
            authority=moved.case.authority, case=moved.case, route=moved.route, name="A move", effect="moves",
            transferring_team=transferring_team, receiving_team=receiving_team, certainty="certain", reason="Booked",
            first_seen_at=NOON, changed_at=NOON, gone_at=NOON, first_told_at=now() - DAY - days * DAY, told_at=NOON,
        )  # fmt: skip

    page = signed_in(transferring_manager).get("/radar/?view=leaving").text
    assert "Assessment: 1 of 2 cases announced in time (50%)" in page
