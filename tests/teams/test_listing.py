"""What people keep of their lists: views, columns, the way back; and a list as a file."""

import pytest
from django.db import IntegrityError, transaction

from cases import actions
from teams.models import AuditEntry, LeftOut, SavedView
from tests.cases.walkers import open_case
from tests.cast import NOON

KEEP, COLUMNS = "/lists/keep/", "/lists/columns/"


@pytest.fixture
def maple(transferring_team, social_worker):
    return open_case(transferring_team, worker=social_worker, given_name="Testcase", family_name="Maple")


def keep(client, **words):
    return client.post(KEEP, {"place": "cases", "back": "/cases/", "name": "Mine", "query": "worker=mine"} | words)


def test_a_view_is_kept_under_its_name_and_opens_with_its_filters(signed_in, social_worker, maple):
    client = signed_in(social_worker)

    assert keep(client).url == "/cases/?worker=mine"

    page = client.get("/cases/?worker=mine").text
    assert '<a class="govuk-link" href="?worker=mine" aria-current="true">Mine</a>' in page
    assert "Drop the view “Mine”" in page


def test_the_same_name_again_means_the_new_filters(signed_in, social_worker):
    client = signed_in(social_worker)

    keep(client)
    keep(client, query="order=name")

    assert list(SavedView.objects.values_list("name", "query")) == [("Mine", "order=name")]


def test_a_view_that_is_dropped_is_gone(signed_in, social_worker):
    client = signed_in(social_worker)
    keep(client)

    client.post(f"/lists/{SavedView.objects.get().pk}/drop/", {"back": "/cases/"})

    assert not SavedView.objects.exists()


@pytest.mark.parametrize("words", [{"name": " "}, {"query": "q=Testcase Maple"}, {"place": "ca/ses"}])
def test_nothing_is_kept_without_a_name_or_with_words_that_somebody_typed(signed_in, social_worker, words):
    keep(signed_in(social_worker), **words)

    assert not SavedView.objects.exists()


def test_the_database_keeps_no_words_in_a_view(social_worker):
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(person=social_worker, place="cases", name="Mine", query="q=Maple Testcase")


def test_one_never_leaves_for_another_site(signed_in, social_worker):
    assert keep(signed_in(social_worker), back="//elsewhere.example.org/").url == "/"


def test_a_column_that_is_left_out_stays_away_from_the_page_and_the_file(signed_in, social_worker, maple):
    client = signed_in(social_worker)

    client.post(COLUMNS, {"place": "cases", "back": "/cases/", "offered": ["age", "worker"], "column": ["age"]})

    assert LeftOut.objects.get().columns == ["worker"]
    assert 'data-label="Worker"' not in client.get("/cases/").text
    assert "Worker" not in client.get("/cases/?file=csv").text.splitlines()[0]


def test_the_file_holds_the_rows_that_the_list_counts_and_is_in_the_audit(signed_in, social_worker, transferring_team):
    for name in ("Maple", "Rowan", '=HYPERLINK("x")'):
        open_case(transferring_team, given_name="Testcase", family_name=name)
    open_case(given_name="Somebody", family_name="Elsewhere")
    client = signed_in(social_worker)

    page, file = client.get("/cases/?order=name"), client.get("/cases/?order=name&file=csv")

    lines = file.text.splitlines()
    assert "3 cases" in page.text
    assert len(lines) == 1 + 3
    assert lines[0].startswith("Child,Case,Age,Status")
    assert "Elsewhere" not in file.text
    assert AuditEntry.objects.filter(by=social_worker, kind="exported", page="cases:worklist").exists()


def test_a_name_that_a_spreadsheet_would_run_is_words_in_the_file(signed_in, social_worker, transferring_team):
    open_case(transferring_team, given_name="=1+1", family_name="Maple")

    assert "\n'=1+1 Maple," in signed_in(social_worker).get("/cases/?file=csv").text.replace("\r", "")


def test_the_heads_sort_the_list_and_say_so(signed_in, social_worker, transferring_team):
    for name in ("Willow", "Alder"):
        open_case(transferring_team, given_name="Testcase", family_name=name)

    page = signed_in(social_worker).get("/cases/?order=name").text

    assert page.index("Testcase Alder") < page.index("Testcase Willow")
    assert 'aria-sort="ascending"><a class="app-listing__sort" href="?order=name_down"' in page


def test_the_case_leads_back_to_the_list_as_it_was(signed_in, social_worker, maple):
    client = signed_in(social_worker)

    client.get("/cases/?worker=mine&order=name")

    back = '<a class="govuk-back-link" href="/cases/?worker=mine&amp;order=name">Cases</a>'
    assert back in client.get(f"/cases/{maple.reference}/journey/").text


def test_every_list_can_be_taken_out(signed_in, transferring_manager, maple):
    client = signed_in(transferring_manager)

    for address in ("/cases/", "/contacts/list/", "/transfers/", "/closures/"):
        assert client.get(address).status_code == 200
        assert client.get(f"{address}?file=csv")["Content-Disposition"].startswith("attachment")


def test_single_keys_are_turned_off_for_good(signed_in, social_worker):
    client = signed_in(social_worker)
    assert "data-keys=" in client.get("/").text

    client.post("/account/keys/", {})

    assert "data-keys=" not in client.get("/").text


def test_only_cases_that_may_still_be_seen_are_among_those_opened_last(signed_in, social_worker, transferring_team):
    case = open_case(transferring_team, given_name="Testcase", family_name="Maple")
    client = signed_in(social_worker)
    client.get(f"/cases/{case.reference}/")
    assert "Cases you opened last" in client.get("/").text

    actions.record_conflict(case=case, person=social_worker, by=None, at=NOON)

    assert "Testcase Maple" not in client.get("/cases/found/").text
