import pytest
from django.urls import reverse

from casetransfer.protocols import authorities
from teams.models import Authority

HAVERING = "/protocol/havering/"


@pytest.fixture
def reader(signed_in, social_worker):
    return signed_in(social_worker)


def test_the_way_in_leads_to_the_protocol_of_ones_own_council(reader):
    assert reader.get("/protocol/").url == HAVERING
    assert reader.get("/protocol/find/").url == f"{HAVERING}find/"


def test_without_a_protocol_of_its_own_a_council_sees_the_list_of_all(reader, social_worker):
    Authority.objects.filter(pk=social_worker.authority_id).update(pack="not-yet")

    assert "Your council has no protocol here yet" in reader.get("/protocol/").text
    assert reader.get("/protocol/find/").url == "/protocol/"


@pytest.mark.parametrize("council", authorities())
@pytest.mark.parametrize("page", ["overview", "find"])
def test_every_protocol_can_be_opened_by_every_member_of_staff(reader, council, page):
    assert reader.get(reverse(f"protocol:{page}", kwargs={"authority": council})).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/protocol/atlantis/", "/protocol/atlantis/find/", f"{HAVERING}no-such-chapter/", f"{HAVERING}code/NO-SUCH/",
     "/protocol/durham/ratings/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(reader, path):
    assert reader.get(path).status_code == 404


def test_the_overview_draws_the_map_and_says_the_same_in_a_table(reader):
    text = reader.get(HAVERING).text

    assert text.count('<svg class="app-map') == 2
    assert "9 routes<span" in text
    assert "Leaving care and care leavers at 18" in text


def test_a_team_of_the_map_can_be_looked_at_alone(reader):
    text = reader.get(f"{HAVERING}?team=cwd").text

    assert "Shown: the routes from and to Children with Disabilities" in text


def test_routes_are_shown_a_page_at_a_time(reader):
    first, second = reader.get(f"{HAVERING}routes/"), reader.get(f"{HAVERING}routes/?page=2")

    assert "101 found, page 1 of 6" in first.text
    assert first.text.count('class="app-row"') == second.text.count('class="app-row"') == 20


def test_a_filter_lives_in_the_address(reader):
    text = reader.get(f"{HAVERING}routes/?from=cppt&to=perm").text

    assert "4 found" in text
    assert '<option value="cppt" selected>' in text


def test_an_inferred_row_is_shown_as_a_reading(reader):
    text = reader.get(f"{HAVERING}routes/?basis=inferred").text

    assert "A reading" in text
    assert "<strong>Reading:</strong>" in text


@pytest.mark.parametrize("code", ["HAV-ASSESS-U12-CP", "HAV-T02", "HAV-AST-3c", "HAV-B1", "tmash", "HAV-S02", "HAV-N1"])
def test_every_code_has_a_page_of_its_own(reader, code):
    response = reader.get(f"{HAVERING}code/{code}/")

    assert response.status_code == 200
    assert code in response.text


def test_a_timer_says_when_it_is_due_and_shows_the_count(reader):
    start = {"start0-day": "23", "start0-month": "12", "start0-year": "2026"}
    text = reader.post(f"{HAVERING}code/HAV-T02/", start).text

    assert "Monday 18 January 2027" in text
    assert "Christmas Day, not counted" in text


def test_a_timer_refuses_a_day_that_is_none(reader):
    start = {"start0-day": "31", "start0-month": "2", "start0-year": "2026"}
    response = reader.post(f"{HAVERING}code/HAV-T02/", start)

    assert response.status_code == 422
    assert "must be a real date" in response.text


def test_a_timer_without_a_number_has_no_form(reader):
    assert "When is it due?" not in reader.get(f"{HAVERING}code/HAV-T36/").text


def test_a_search_that_finds_nothing_says_so(reader):
    assert "Nothing in this protocol holds" in reader.get(f"{HAVERING}search/?q=submarine").text
    assert "Enter a word" in reader.get(f"{HAVERING}search/").text


def test_an_answer_goes_into_the_address_and_the_next_question_is_asked(reader):
    first = reader.post(f"{HAVERING}find/", {"about": "place", "answer": "holder:assess"})
    told = reader.post(first.url, {"about": "circumstances"})

    assert first.url.startswith(f"{HAVERING}find/?holder=assess&on=")
    assert "Is any of this so?" in reader.get(first.url).text
    assert "How old is the child?" in reader.get(told.url).text


def test_a_date_of_birth_never_reaches_the_address(reader):
    response = reader.post(
        f"{HAVERING}find/?holder=assess&on=2026-11-23",
        {"about": "birth", "date_of_birth-day": "24", "date_of_birth-month": "5", "date_of_birth-year": "2015"},
    )

    assert response.url == f"{HAVERING}find/?holder=assess&age=11y5m&on=2026-11-23"


def test_an_answer_that_is_none_is_asked_again_with_the_reason(reader):
    response = reader.post(f"{HAVERING}find/", {"about": "place"})

    assert response.status_code == 422
    assert "There is a problem" in response.text


def test_a_link_says_what_of_it_could_not_be_read(reader):
    text = reader.get(f"{HAVERING}find/?holder=assess&wings=two").text

    assert "Some of this link could not be read and was left out: wings" in text


def test_a_settled_case_is_told_with_event_papers_and_people(reader):
    text = reader.get(
        f"{HAVERING}find/?holder=assess&circumstances=told&conference_request=approved&age=10y4m&section_47=yes"
        "&initial_child_protection_conference=held.2026-11-20.child_protection_plan&on=2026-11-23"
    ).text

    assert "The case moves to Under 12" in text
    assert "Reached on Friday 20 November 2026" in text
    assert "Must be ready: the move waits for it" in text
    assert "Service manager, transferring side: Approves the conference in a case note" in text


def test_an_unknown_question_is_the_most_decisive_one_instead(reader):
    assert "Where is the case, or the request, now?" in reader.get(f"{HAVERING}find/?ask=wings").text


@pytest.mark.parametrize("path", ["", "routes/", "code/HAV-T02/", "find/?holder=assess&age=10y", "clauses/"])
def test_a_page_of_the_protocol_asks_the_database_only_about_the_reader(reader, path, django_assert_max_num_queries):
    reader.get(HAVERING + path)

    with django_assert_max_num_queries(8):
        reader.get(HAVERING + path)
