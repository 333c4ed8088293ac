import re

import pytest

from casetransfer.protocol_pages.presenters.book import Book
from casetransfer.protocol_pages.presenters.cards import card
from casetransfer.protocol_pages.presenters.due import can_be_due, due_answer
from casetransfer.protocol_pages.presenters.filters import page_of, routes_found
from casetransfer.protocol_pages.presenters.pages import chapter_page, overview
from casetransfer.protocol_pages.presenters.search import search
from casetransfer.protocol_pages.presenters.sections import BY_SLUG, CHAPTERS, chapters_of
from casetransfer.protocols import authorities, pack_for
from tests.protocols.conftest import NOON

A_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[A-Z]{2,4}-[A-Z0-9]+-")


def parts(card):
    return {part.label: [line.text for line in part.lines] for part in card.parts}


def test_a_route_says_from_where_to_where_when_and_at_which_event(book):
    shown = card(book, "EX-YOUNG-S20", full=True)

    assert shown.lead == "Moves the case: Assessment Team to Younger Children's Service"
    assert parts(shown)["From"] == ["Assessment Team"]
    assert parts(shown)["It moves at"] == [
        "The first looked-after review",
        "The first court hearing, plus 10 working days (whichever comes first)",
    ]
    assert "Looked after for: more than 20 working days" in parts(shown)["When"]
    assert parts(shown)["At the latest"] == [book.line("EX-T3").text]


def test_a_route_in_a_list_counts_what_it_asks_for(book):
    shown = card(book, "EX-YOUNG-CP")

    assert parts(shown)["Asks for"][0].startswith("1 approval, ")
    assert "From" not in parts(shown)


def test_a_route_without_a_point_moves_when_both_managers_agree(book):
    assert parts(card(book, "EX-DISABILITY"))["It moves at"] == [
        "Agreement of both managers: the protocol names no moment"
    ]


def test_a_route_names_the_rules_that_hold_it_back_and_its_rank(book):
    shown = card(book, "EX-YOUNG-S20", full=True)
    [rank] = next(part for part in shown.parts if part.label == "Where several routes fit").lines

    assert parts(shown)["Held back by"] == ["A return home is planned within six weeks", "The move is disputed"]
    assert rank.note == "it comes before 2 routes, it comes after 2 routes"


def test_a_floor_is_shown(book):
    assert parts(card(book, "EX-UNBORN"))["Not before"] == ["Gestation: 20 weeks"]


def test_a_row_names_the_rows_that_name_it(book):
    named = [part.label for part in card(book, "EX-N1", full=True).parts if part.label.startswith("Named by")]

    assert named == ["Named by: shared requirements", "Named by: route"]


def test_a_clause_says_what_became_of_it(book):
    shown = parts(card(book, "EX-3", full=True))

    assert shown["Standing"][0].startswith("Enforced.")
    assert shown["Carried by"]


def test_every_row_links_to_its_clauses_by_what_they_say(book):
    [clause] = card(book, "EX-YOUNG-CP").clauses

    assert clause.code == "EX-3"
    assert clause.url == "/protocol/exampleshire/code/EX-3/"


@pytest.mark.parametrize("authority", authorities())
def test_every_row_of_every_protocol_has_a_card_without_a_code_in_its_words(authority):
    book = Book(pack_for(authority))
    wrong = []
    for code in book.kind_of:
        shown = card(book, code, full=True)
        said = [shown.title, shown.lead, *(part.label for part in shown.parts)]
        said += [f"{line.text} {line.note}" for part in shown.parts for line in part.lines]
        said += [line.text for part in shown.parts for group in part.groups for line in group]
        wrong += [(code, words) for words in said if A_CODE.search(words)]

    assert wrong == []


@pytest.mark.parametrize("authority", authorities())
def test_every_chapter_that_holds_something_can_be_shown(authority):
    book = Book(pack_for(authority))

    for chapter, number in chapters_of(book):
        page = chapter_page(book, chapter, {})
        assert number
        assert any(shelf.cards or (shelf.table and shelf.table.rows) for shelf in page.shelves), chapter.slug


def test_a_chapter_that_holds_nothing_is_not_listed(book):
    assert {chapter.slug for chapter, _ in chapters_of(book)} < {chapter.slug for chapter in CHAPTERS}


def test_the_overview_names_the_other_councils(book):
    assert len(overview(book, "").others) == len(authorities())
    assert overview(book, "nowhere").chosen is None
    assert overview(book, "young").chosen.name == "Younger Children's Service"


# --- filters ---


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"from": "young"}, {"EX-OLDER-AGE"}),
        ({"from": "any"}, {"EX-ADVISER"}),
        ({"to": "disability"}, {"EX-DISABILITY"}),
        ({"effect": "joins"}, {"EX-ADVISER"}),
        ({"from": "assess", "to": "older"}, {"EX-OLDER-CP"}),
        ({"q": "unborn conference"}, {"EX-UNBORN"}),
        ({"q": "ex-door"}, {"EX-DOOR-ASSESS"}),
        ({"basis": "inferred"}, set()),
    ],
)
def test_routes_are_filtered(book, query, codes):
    assert set(routes_found(book, query)) == codes


def test_timers_and_clauses_are_filtered():
    book = Book(pack_for("havering"))

    backward = chapter_page(book, BY_SLUG["timers"], {"kind": "backward"})
    guidance = chapter_page(book, BY_SLUG["clauses"], {"standing": "guidance", "q": "HAV-INT"})

    assert backward.pages.total == len([timer for timer in book.pack.timer if timer.kind == "backward"])
    assert {row[1].tag for row in guidance.shelves[0].table.rows} == {"Guidance"}


@pytest.mark.parametrize(("wanted", "number"), [("", 1), ("2", 2), ("99", 3), ("0", 1), ("-1", 1), ("two", 1)])
def test_a_page_that_does_not_exist_is_the_nearest_one(wanted, number):
    assert page_of(range(25), {"page": wanted}, 10).number == number


def test_a_page_links_to_the_others_with_the_filters_kept():
    links = page_of(range(25), {"page": "2", "from": "young", "to": ""}, 10).as_links()

    assert links["previous"]["href"] == "?from=young&page=1"
    assert links["next"]["href"] == "?from=young&page=3"


# --- search ---


def test_a_search_finds_the_row_of_that_very_code_first():
    assert search(Book(pack_for("havering")), "HAV-AST-3c")[0].code == "HAV-AST-3c"


def test_a_search_wants_every_word():
    book = Book(pack_for("havering"))
    found = search(book, "conference approved service manager")

    assert found
    assert len(found) < len(search(book, "conference"))


def test_a_search_reads_conditions_and_the_glossary():
    book = Book(pack_for("havering"))

    assert any(hit.kind == "Route" for hit in search(book, "not born yet"))
    assert any(hit.code == "" for hit in search(book, "PASC"))


def test_a_search_for_nothing_finds_nothing():
    assert search(Book(pack_for("havering")), "  ") == ()


# --- when is it due? ---


def test_a_due_day_is_told_with_its_steps():
    answer = due_answer(pack_for("havering"), "HAV-T02", [NOON.replace(month=12, day=23)])

    assert answer.due == "Monday 18 January 2027"
    assert any("Christmas Day, not counted" in step for step in answer.steps)


def test_a_due_moment_is_told_with_its_time():
    assert due_answer(pack_for("havering"), "HAV-T09", [NOON]).due == "Monday 23 November 2026 at 16:00"


def test_a_day_beyond_the_known_bank_holidays_is_refused_in_a_sentence():
    answer = due_answer(pack_for("havering"), "HAV-T02", [NOON.replace(year=2040)])

    assert answer.due == ""
    assert "working days are known only" in answer.why_none


def test_only_a_timer_that_can_count_is_asked_when_it_is_due():
    pack = pack_for("havering")

    assert can_be_due(pack.timers["HAV-T02"])
    assert not can_be_due(pack.timers["HAV-T36"])
