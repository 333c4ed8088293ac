"""The pages of a case: what they show, to whom, and in how many queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import Deadline, Part
from closures.actions import start_closure
from tests.cases.walkers import OPENED, booked, child_protection_case, held, looked_after_case, open_case
from tests.cast import NOON, a_person
from tests.factories import TeamFactory
from tests.transfers.walkers import a_case_for_conference, named_as_in_the_pack, requested

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def at_noon(time_machine):
    time_machine.move_to(NOON)


def text(response, status=200):
    assert response.status_code == status, response.text[-2000:]
    return " ".join(response.text.split())


def boxes(name, moment):
    """A moment as its boxes send it."""
    parts = {"day": moment.day, "month": moment.month, "year": moment.year, "time": f"{moment:%H:%M}"}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


PAGES = [
    "",
    "journey/",
    "family/",
    "events/",
    "involvement/",
    "held/",
    "deadlines/",
    "documents/",
    "facts/",
    "history/",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_case_opens_under_its_banner(page, signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker, given_name="Testcase", family_name="Maple")

    shown = text(signed_in(social_worker).get(f"/cases/{case.reference}/{page}"))

    assert "Testcase Maple" in shown
    assert "10 years 6 months" in shown
    assert "Sam Worker" in shown


@pytest.mark.parametrize("page", PAGES)
def test_a_case_page_takes_at_most_twenty_queries_whatever_its_history(
    page, signed_in, social_worker, transferring_manager, transferring_team, receiving_team
):
    family = actions.add_family(authority=transferring_team.authority, by=None, at=OPENED)
    holder, receiver = named_as_in_the_pack(transferring_team, "assess"), named_as_in_the_pack(receiving_team, "u12")
    case = a_case_for_conference(holder, worker=social_worker, family=family)
    child_protection_case(transferring_team, family=family)
    requested(case, receiver)
    start_closure(case=case, way="HAV-CLO-CASE", by=social_worker, at=NOON)
    for number in range(1, 16):
        moment = OPENED + timedelta(days=number)
        actions.record_event(case=case, kind="court_hearing", held_at=moment, outcome="directions", by=None, at=NOON)
        teams = [transferring_team, receiving_team] if number % 2 else [receiving_team, transferring_team]
        actions.move_responsibility(
            case=case, transferring_team=teams[0], team=teams[1], by=None, at=NOON - timedelta(hours=50 - number)
        )
        actions.add_warning(
            child=case.child, says=f"Invented warning {number}", review_on=date(2027, 1, 1), by=None, at=NOON
        )
    actions.recalculate(case=case.pk, at=NOON)
    client = signed_in(transferring_manager)
    client.get("/cases/")  # the first page of a session notes when it was seen

    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/cases/{case.reference}/{page}")

    assert response.status_code == 200
    assert Deadline.objects.open().filter(case=case).exists()
    assert len(queries) <= 20, "\n".join(query["sql"][:160] for query in queries)


def test_the_overview_says_what_to_record_and_what_to_answer(signed_in, social_worker, transferring_team):
    transferring_team.code = "assess"
    transferring_team.save()
    case = looked_after_case(transferring_team, worker=social_worker)
    booked(case, "looked_after_review", planned_at=NOON - timedelta(days=1))

    shown = text(signed_in(social_worker).get(f"/cases/{case.reference}/"))

    assert "Record whether the first looked-after review was held" in shown
    assert "To be answered" in shown
    assert "Looked after since" in shown


def test_a_manager_names_the_worker_after_seeing_the_caseloads(
    signed_in, social_worker, transferring_manager, transferring_team
):
    open_case(transferring_team, worker=social_worker)
    case = open_case(transferring_team)
    client = signed_in(transferring_manager)

    shown = text(client.get(f"/cases/{case.reference}/allocate/"))
    response = client.post(f"/cases/{case.reference}/allocate/", {"worker": social_worker.pk, "reason": "MANAGE"})

    assert "Holds 1 case; would hold 2." in shown
    assert response.status_code == 302
    assert case.allocated_social_worker == social_worker


def test_a_worker_cannot_name_the_worker(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)

    assert signed_in(social_worker).get(f"/cases/{case.reference}/allocate/").status_code == 403


def test_an_outcome_is_shown_with_what_it_will_do_before_it_is_saved(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = booked(case, planned_at=NOON - timedelta(hours=2))
    client, url = signed_in(social_worker), f"/cases/{case.reference}/events/{event.pk}/hold/"
    given = boxes("held_at", NOON - timedelta(hours=2)) | {"outcome": "child_protection_plan"}

    shown = text(client.post(url, given))
    event.refresh_from_db()

    assert "this is what it will do" in shown
    assert "Child protection starts." in shown
    assert event.held_at is None
    assert case.spells.count() == 0
    assert case.journal.filter(kind="event_held").count() == 0


def test_confirming_saves_it(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = booked(case, planned_at=NOON - timedelta(hours=2))
    client, url = signed_in(social_worker), f"/cases/{case.reference}/events/{event.pk}/hold/"
    given = boxes("held_at", NOON - timedelta(hours=2)) | {"outcome": "child_protection_plan", "confirmed": "yes"}

    response = client.post(url, given)

    assert response.status_code == 302
    assert case.spells.get().code == "child_protection"
    assert case.journal.filter(kind="event_held").get().by == social_worker


def test_going_back_from_the_preview_keeps_what_was_typed(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = booked(case)

    shown = text(
        signed_in(social_worker).post(
            f"/cases/{case.reference}/events/{event.pk}/move/",
            boxes("planned_at", NOON + timedelta(days=4)) | {"reason": "The chair is away.", "back": "yes"},
        )
    )

    assert 'value="The chair is away."' in shown


def test_what_is_refused_is_said_at_its_field(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = booked(case)

    shown = text(
        signed_in(social_worker).post(
            f"/cases/{case.reference}/events/{event.pk}/hold/",
            boxes("held_at", NOON + timedelta(days=3)) | {"outcome": "child_protection_plan"},
        ),
        422,
    )

    assert "Date held cannot be in the future" in shown
    assert "There is a problem" in shown


def test_both_dates_of_a_moved_event_are_shown(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = booked(case)
    actions.move_event(
        event=event, planned_at=NOON + timedelta(days=5), reason="The chair is away.", by=social_worker, at=NOON
    )

    shown = text(signed_in(social_worker).get(f"/cases/{case.reference}/events/"))

    assert "28 November 2026 at 12:00" in shown
    assert "Was planned for 24 November 2026 at 12:00; moved: The chair is away." in shown


def test_a_correction_leaves_both_to_be_seen(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = held(case, outcome="child_protection_plan", held_at=NOON - timedelta(days=1))
    actions.correct_event(
        event=event, changes={"outcome": "no_plan"}, reason="Wrong button.", by=social_worker, at=NOON
    )

    shown = text(signed_in(social_worker).get(f"/cases/{case.reference}/journey/"))

    assert "held: child protection plan</s>" in shown
    assert "Corrected: Wrong button." in shown
    assert "held: no plan" in shown


def test_who_held_this_child_then_and_who_knew_it(signed_in, social_worker, transferring_team, receiving_team):
    case = open_case(transferring_team, worker=social_worker)
    actions.move_responsibility(
        case=case, transferring_team=transferring_team, team=receiving_team, by=None, at=NOON - timedelta(hours=1),
        effective_at=NOON - timedelta(days=2),
    )  # fmt: skip
    asked = boxes("moment", NOON - timedelta(days=1))
    client = signed_in(social_worker)

    today = text(client.get(f"/cases/{case.reference}/held/", asked))
    then = text(client.get(f"/cases/{case.reference}/held/", asked | boxes("known_at", NOON - timedelta(hours=3))))

    assert ">Under 12<" in today
    assert ">Assessment<" in then
    assert "The record says something else today." in then


def test_the_worklist_shows_what_the_filters_in_its_address_say(
    signed_in, social_worker, transferring_manager, transferring_team, receiving_team
):
    open_case(transferring_team, worker=social_worker, family_name="Allocated")
    open_case(transferring_team, family_name="Waiting")
    child_protection_case(transferring_team, family_name="Planned")
    client = signed_in(transferring_manager)

    def names(query):
        shown = text(client.get(f"/cases/?{query}"))
        return {name for name in ("Allocated", "Waiting", "Planned") if f" {name}</a>" in shown}

    assert names("") == {"Allocated", "Waiting", "Planned"}
    assert names("worker=nobody") == {"Waiting", "Planned"}
    assert names("status=child_protection") == {"Planned"}
    assert names(f"team={receiving_team.pk}") == set()
    assert names("state=closed") == set()
    assert names("team=nonsense&page=nonsense") == {"Allocated", "Waiting", "Planned"}


def test_a_worklist_page_takes_the_same_queries_for_one_case_or_fifty(
    signed_in, transferring_manager, transferring_team
):
    client = signed_in(transferring_manager)
    client.get("/cases/")  # the first page of a session notes when it was seen
    counts = []
    for more in (1, 55):
        for _ in range(more):
            child_protection_case(transferring_team)
        with CaptureQueriesContext(connection) as queries:
            shown = text(client.get("/cases/"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert "Next page" in shown


def test_a_search_puts_no_name_into_any_address(signed_in, social_worker, transferring_team):
    open_case(transferring_team, worker=social_worker, given_name="Testcase", family_name="Maple")
    client = signed_in(social_worker)

    answer = client.post("/cases/search/", {"q": "Testcase Maple"})
    shown = text(client.get(answer.url))

    assert answer.url == "/cases/found/"
    assert "1 case for “Testcase Maple”" in shown


def test_somebody_of_another_team_does_not_find_the_case(signed_in, receiving_team, transferring_team):
    case = open_case(transferring_team)
    stranger = a_person("Other Side", receiving_team, "social_worker")

    assert signed_in(stranger).get(f"/cases/{case.reference}/").status_code == 404


def test_a_restricted_record_is_for_those_named_in_it_and_their_managers(
    signed_in, social_worker, transferring_manager, transferring_team
):
    case = open_case(transferring_team, worker=social_worker, restricted=True)
    colleague = a_person("Cara Colleague", transferring_team, "social_worker")
    url = f"/cases/{case.reference}/"

    answers = [signed_in(person).get(url).status_code for person in (social_worker, transferring_manager, colleague)]

    assert answers == [200, 200, 404]


def test_a_question_is_answered_and_no_longer_asked(signed_in, social_worker, transferring_team):
    transferring_team.code = "assess"
    transferring_team.save()
    case = looked_after_case(transferring_team, worker=social_worker)
    url = f"/cases/{case.reference}/questions/return_home_plan/"

    response = signed_in(social_worker).post(url, {"value": "none", "because": "Review", "confirmed": "yes"})

    assert response.status_code == 302
    assert case.answers.get().value == "none"


def test_a_co_worker_is_added_and_ended(signed_in, social_worker, transferring_team, receiving_team):
    case = open_case(transferring_team, worker=social_worker)
    helper = a_person("Hal Helper", receiving_team, "social_worker")
    client = signed_in(social_worker)
    client.post(
        f"/cases/{case.reference}/involvement/add/",
        {"role": Part.CO_WORKER, "team": receiving_team.pk, "person": helper.pk},
    )
    line = case.involvements.current().get(role=Part.CO_WORKER)

    client.post(f"/cases/{case.reference}/involvement/{line.pk}/end/")

    assert not case.involvements.current().filter(role=Part.CO_WORKER).exists()


FORMS = {
    "events/book/": {"kind": "core_group", **boxes("planned_at", NOON + timedelta(days=1))},
    "events/record/": {
        "kind": "core_group", "outcome": "held", **boxes("held_at", NOON - timedelta(days=1)),
    },
    "record/legal/": {"code": "section_20", "starts_on-day": "1", "starts_on-month": "11", "starts_on-year": "2026"},
    "record/circumstance/": {
        "code": "homeless yes", "starts_on-day": "1", "starts_on-month": "11", "starts_on-year": "2026",
    },
    "child/": {"given_name": "Testcase", "family_name": "Oak", "sex": "female", "date_of_birth-day": "4",
               "date_of_birth-month": "5", "date_of_birth-year": "2016"},
    "family/add/": {"kind": "mother", "name": "Invented Mother", "care_leaver": "yes"},
    "numbers/add/": {"kind": "upn", "value": "A123456789012"},
    "warnings/add/": {
        "says": "Two workers visit together.", "review_on-day": "1", "review_on-month": "2", "review_on-year": "2027",
    },
    "documents/add/": {"title": "Assessment", "kind": "assessment", "link": "https://records.example.org/1",
                       "dated_on-day": "1", "dated_on-month": "11", "dated_on-year": "2026"},
}  # fmt: skip


@pytest.mark.parametrize("page", FORMS)
def test_each_form_opens_empty_refuses_nothing_typed_and_saves(page, signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    client, url = signed_in(social_worker), f"/cases/{case.reference}/{page}"

    opened, empty = client.get(url), client.post(url, {})
    saved = client.post(url, FORMS[page] | {"confirmed": "yes"})

    assert (opened.status_code, empty.status_code, saved.status_code) == (200, 422, 302)


def test_a_deputy_of_the_team_holds_on_duty(signed_in, transferring_manager, transferring_team):
    case = open_case(transferring_team)

    signed_in(transferring_manager).post(
        f"/cases/{case.reference}/duty/",
        {"delay_reason": "Nobody is free.", "review_on-day": "1", "review_on-month": "12", "review_on-year": "2026"},
    )

    assert case.involvements.current().get(role=Part.DUTY).delay_reason == "Nobody is free."


def test_a_move_is_corrected_on_its_page(signed_in, transferring_manager, transferring_team):
    first = TeamFactory(authority=transferring_team.authority, name="First team")
    case = open_case(first)
    line = actions.move_responsibility(
        case=case, transferring_team=first, team=transferring_team, by=None, at=NOON - timedelta(hours=2)
    )
    url = f"/cases/{case.reference}/involvement/{line.pk}/correct/"
    given = boxes("really_at", NOON - timedelta(hours=4)) | {"why": "Typed late.", "confirmed": "yes"}

    signed_in(transferring_manager).post(url, given)

    assert case.responsible_team_at(NOON - timedelta(hours=3)) == transferring_team


def test_a_social_workers_day_opens_with_the_cases_they_hold_by_what_is_due(
    signed_in, social_worker, transferring_team
):
    later = open_case(transferring_team, worker=social_worker, given_name="Later", family_name="Due")
    sooner = open_case(transferring_team, worker=social_worker, given_name="Sooner", family_name="Due")
    booked(sooner)
    open_case(transferring_team, given_name="Somebody", family_name="Else")
    a_deadline(later, NOON + timedelta(days=5))
    a_deadline(sooner, NOON + timedelta(days=1))

    said = text(signed_in(social_worker).get("/"))

    assert "My cases (2)" in said
    assert said.index("Sooner Due") < said.index("Later Due")
    assert "Initial child protection conference, 24 November 2026" in said
    assert "Somebody Else" not in said


def test_a_day_on_which_nobody_has_anything_to_do_is_not_due_in_anybodys_caseload(
    signed_in, social_worker, transferring_team
):
    case = open_case(transferring_team, worker=social_worker)
    a_deadline(case, NOON - timedelta(days=5), what="Twenty days are over", is_owed=False)
    a_deadline(case, NOON + timedelta(days=5 * 365), what="A review years ahead")
    a_deadline(case, NOON + timedelta(days=5))

    said = text(signed_in(social_worker).get("/"))

    assert "A visit" in said
    assert "Twenty days are over" not in said
    assert "A review years ahead" not in said


def test_what_only_a_person_knows_is_said_to_be_done_on_the_page_of_the_deadline(
    signed_in, django_assert_max_num_queries
):
    """SHR-T09: nothing in the record meets a visit to the child. SHR-T10: the assessment meets its own."""
    team = TeamFactory(authority__pack="shropshire", authority__code="shire", code="assessment")
    worker = a_person("Sam Worker", team, "social_worker")
    case = open_case(team, worker=worker, opened_at=NOON)
    actions.recalculate(case=case.pk, at=NOON)
    visit, client = case.deadlines.get(timer="SHR-T09"), signed_in(worker)
    page = f"/cases/{case.reference}/deadlines/{visit.pk}/"

    assert page in text(client.get(f"/cases/{case.reference}/"))
    with django_assert_max_num_queries(20):
        shown = text(client.get(page))
    assert "It is done" in shown
    assert "Day 1 Tuesday 24 November" in shown
    client.post(f"{page}done/", boxes("met_at", NOON) | {"evidence": "Seen at home."})

    visit.refresh_from_db()
    assert (visit.met_by, visit.evidence) == (worker, "Seen at home.")
    assert "Seen at home." in text(client.get(page))
    assert client.post(f"{page}pause/", {"reason": "Away."}).status_code == 422


def test_what_the_record_meets_leads_to_where_it_is_recorded(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = booked(case, "core_group")
    row = a_deadline(case, NOON + timedelta(days=5), timer="HAV-T52")

    said = text(signed_in(social_worker).get(f"/cases/{case.reference}/deadlines/{row.pk}/"))

    assert "The record itself meets this deadline as soon as" in said
    assert f"/events/{event.pk}/hold/" in said
    assert f"/deadlines/{row.pk}/done/" not in said


def test_the_deadlines_of_a_day_past_are_shown_as_they_were_known_and_what_lies_too_far_ahead_says_so(signed_in):
    team = TeamFactory(authority__pack="shropshire", authority__code="shire", code="assessment")
    worker = a_person("Sam Worker", team, "social_worker")
    case = open_case(team, worker=worker)
    a_deadline(case, NOON - timedelta(days=5), met_at=NOON - timedelta(days=9), met_known_at=NOON - timedelta(days=1))
    booked(case, "court_hearing", planned_at=NOON + timedelta(days=5 * 365))
    client, url = signed_in(worker), f"/cases/{case.reference}/deadlines/"

    assert "Met on" in text(client.get(url))
    assert "Overdue by" in text(client.get(url, {"on-day": "20", "on-month": "11", "on-year": "2026"}))
    assert "England's working days are known only from" in text(client.get(url)).replace("&#39;", "'")


def test_who_is_a_brother_or_sister_is_confirmed_on_a_second_page_and_can_be_taken_back(
    signed_in, social_worker, transferring_team, receiving_team
):
    case = open_case(transferring_team, worker=social_worker, given_name="Testcase", family_name="Maple")
    open_case(receiving_team, given_name="Secret", family_name="Maple")
    brother = open_case(transferring_team, given_name="Brother", family_name="Maple")
    client, family = signed_in(social_worker), f"/cases/{case.reference}/family/"

    assert "1 other child with the same family name is known here" in text(client.get(family))
    assert "No other child" in text(client.post(f"{family}sibling/", {"words": "Nobody Invented"}), 422)
    which = text(client.post(f"{family}sibling/", {"words": "Maple"}))
    assert brother.child.reference in which
    assert "Secret" not in which
    client.post(f"{family}sibling/", {"words": "Maple", "asked": "yes", "child": brother.child.pk})
    for one in (case, brother):
        one.child.refresh_from_db()
        assert one.journal.filter(kind="sibling_added").exists()
    assert case.child.family == brother.child.family is not None
    assert brother.get_absolute_url() in text(client.get(family))

    client.post(f"{family}leave/", {"reason": "Another family of that name."})
    case.child.refresh_from_db()
    assert case.child.family is None


def test_an_address_that_letters_print_is_put_right_and_somebody_leaves_the_family(
    signed_in, social_worker, transferring_team
):
    case = open_case(transferring_team, worker=social_worker)
    mother = actions.add_relationship(
        child=case.child,
        kind="mother",
        name="Mother Testcase",
        address="1 Old Lane",
        care_leaver=True,
        by=None,
        at=OPENED,
    )
    client, url = signed_in(social_worker), f"/cases/{case.reference}/family/{mother.pk}/"
    typed = {"kind": "mother", "name": "Mother Testcase", "address": "2 New Lane", "care_leaver": "yes"}

    assert "1 Old Lane" in text(client.get(f"{url}change/"))
    client.post(f"{url}change/", typed)
    mother.refresh_from_db()
    assert (mother.address, mother.care_leaver, mother.recorded_by) == ("2 New Lane", True, social_worker)

    client.post(f"{url}end/", {"reason": "Moved away."})
    assert "Mother Testcase" not in text(client.get(f"/cases/{case.reference}/family/"))
    assert client.get(f"{url}change/").status_code == 404


def test_who_came_to_a_meeting_is_recorded_and_shown(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, worker=social_worker)
    event = booked(
        case, "core_group", planned_at=NOON - timedelta(hours=1), attendees=["Invented Chair", "Invented School"]
    )
    client, url = signed_in(social_worker), f"/cases/{case.reference}/events/"
    assert "Asked to come: Invented Chair, Invented School" in text(client.get(url))

    came = {"outcome": "held", "attended": ["Invented Chair"], "others": "Invented Aunt\n", "confirmed": "yes"}
    client.post(f"{url}{event.pk}/hold/", boxes("held_at", NOON - timedelta(hours=1)) | came)

    assert "Came: Invented Aunt, Invented Chair. Did not come: Invented School" in text(client.get(url))
    event.refresh_from_db()
    actions.correct_event(event=event, changes={"place": "Hall"}, reason="Wrong room", by=None, at=NOON)
    assert text(client.get(url)).count("Came: Invented Aunt, Invented Chair") == 2


def a_deadline(case, due_at, what="A visit", timer="HAV-T04", **more):
    return Deadline.objects.create(
        case=case, timer=timer, occasion=what, what=what, pack="havering", version="1",
        starts_at=OPENED, due_at=due_at, computed_at=OPENED, **more,
    )  # fmt: skip
