import pytest

from casetransfer.protocol_pages.presenters.book import Book
from casetransfer.protocol_pages.presenters.finder import finder_page, questions_for
from casetransfer.protocol_pages.said import Said, place_parts
from casetransfer.protocol_pages.words import CIRCUMSTANCES
from casetransfer.protocols import authorities, pack_for
from casetransfer.protocols.questions import places
from tests.protocol_pages.conftest import TODAY


def page(book, **query):
    told = Said.of(book.pack, query, TODAY)
    facts = told.facts()
    return finder_page(book, told, facts, questions_for(book, told, facts))


def abouts(book, **query):
    told = Said.of(book.pack, query, TODAY)
    return [question.about for question in questions_for(book, told, told.facts())]


def test_the_exceptions_are_asked_right_after_the_place_and_once(book):
    assert abouts(book) == ["place"]
    assert abouts(book, holder="assess")[0] == CIRCUMSTANCES
    assert CIRCUMSTANCES not in abouts(book, holder="assess", circumstances="told")


def test_what_was_answered_or_is_not_known_is_not_asked(book):
    found = abouts(book, holder="assess", circumstances="told", age="10y", unknown="disabled")

    assert "birth" not in found
    assert "disabled" not in found


def test_before_anything_is_said_there_is_no_answer(book):
    shown = page(book)

    assert (shown.headline, shown.standing, shown.possible) == ("", "", ())


def test_a_route_that_fits_says_where_at_which_event_by_when_and_what_must_be_ready(book):
    shown = page(
        book, holder="assess", age="8y", legal_status="section_20", looked_after_from="2026-10-01",
        return_home_plan="none", disabled="no", first_looked_after_review="booked.2026-12-01",
    )  # fmt: skip
    [going] = shown.going

    assert shown.headline == "The case moves to Younger Children's Service"
    assert going.point_state == "Not reached yet; expected on Tuesday 1 December 2026"
    assert [part.label for part in going.before] == ["Who agrees"]
    assert going.ready
    assert going.deadlines
    assert going.gaps[0].text.startswith("The transfer point is not recorded as reached")


def test_a_known_start_gives_a_date_and_the_steps_of_the_count():
    book = Book(pack_for("durham"))
    shown = page(book, holder="ff", circumstances="told", age="3y", legal_status="care_order", status="looked_after",
                 placement="home_with_parents", plan="care_order_at_home", order_made_on="2025-06-01",
                 plan_still_right="yes")  # fmt: skip
    known = [deadline for going in shown.going for deadline in going.deadlines if deadline.steps]

    assert known
    assert known[0].due.endswith("2026")


def test_what_is_not_settled_says_what_it_waits_for(book):
    shown = page(book, holder="assess", circumstances="told")

    assert shown.headline == "It is not settled yet where the case goes"
    assert shown.possible
    assert all(maybe.needs.lines or maybe.needs.groups for maybe in shown.possible)


def test_the_routes_that_wait_for_least_come_first(book):
    numbers = [len(maybe.needs.lines) for maybe in page(book, holder="assess", section_47="yes").possible]

    assert numbers == sorted(numbers)


def test_no_route_is_told_as_staying_where_it_is(book):
    shown = page(book, holder="older", status="none", circumstances="told")

    assert shown.headline == "No route of this protocol fits: the case stays where it is"


def test_why_not_elsewhere_says_what_is_so_instead(book):
    shown = page(book, holder="young", status="looked_after", age="12y")
    [place] = [place for place in shown.elsewhere if place.to == "Older Children's Team"]
    route, because = place.routes[0]

    assert route.code == "EX-OLDER-AGE"
    assert [line.note for group in because.groups for line in group] == ["it is looked after", "it is looked after"]


def test_a_rule_that_holds_the_case_is_told_with_its_end(book):
    [hold] = page(book, holder="assess", legal_status="section_20", return_home_plan="clear_and_feasible").holds

    assert hold.label == "A return home is planned within six weeks"
    assert hold.lines[1].text == "Until: the plan fails"


def test_what_if_groups_the_answers_that_lead_to_the_same(book):
    by_question = dict(page(book, holder="young", status="child_in_need", age="11y6m").otherwise)

    assert set(by_question) == {"What is the child's status now?", "How old is the child?"}
    [younger] = by_question["How old is the child?"]
    assert younger.answer.startswith("0 years")


def test_the_transfer_point_of_a_route_that_fits_can_be_asked_about(book):
    shown = page(book, holder="young", status="child_in_need", age="12y")

    assert [line.text for line in shown.point_links] == ["Have the managers of both teams agreed the move?"]


def test_anything_the_protocol_asks_about_can_be_said(book):
    offered = dict(page(book, holder="assess").any_fact)

    assert {"birth", "place", "status", "first_looked_after_review", "managers_agree", "dispute_open"} <= set(offered)
    assert {"contact_at", "source", "events", "decided_route"}.isdisjoint(offered)


def test_the_address_to_share_holds_an_age_and_no_birthday(book):
    shown = page(book, holder="assess", age="8y3m")

    assert shown.share_url == "/protocol/exampleshire/find/?holder=assess&age=8y3m&on=2026-11-23"
    assert shown.has_age_only


@pytest.mark.parametrize("authority", authorities())
def test_from_every_place_of_every_protocol_a_page_can_be_made(authority):
    book = Book(pack_for(authority))

    for place in places(book.pack):
        shown = page(book, **place_parts(book.pack, f"{place.kind}:{place.code}"))
        assert shown.unread == ()
        assert shown.headline
