"""The protocol's notices: from what was recorded to whoever must hear it, by role."""

from datetime import timedelta

import pytest

from cases import actions
from cases.facts import facts_of
from cases.happenings import Happening
from cases.models import Delivery, Notice
from cases.protocol_notices import called, rows_for
from teams.refusals import Refused
from tests.cases.walkers import a_letter, open_case
from tests.cast import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(transferring_team, social_worker, transferring_manager):
    return open_case(transferring_team, worker=social_worker)


def book(case, by, kind="legal_planning_meeting"):
    return actions.record_event(case=case, kind=kind, planned_at=NOON + 3 * DAY, by=by, at=NOON)


def test_booking_a_legal_planning_meeting_tells_the_receiving_side_in_the_same_transaction(
    case, social_worker, receiving_team, receiving_manager
):
    """HAV-N19, HAV-N27"""
    book(case, social_worker)

    codes = set(Notice.objects.values_list("code", flat=True))
    assert codes & {"HAV-N19", "HAV-N27", "HAV-N28"}


def test_what_an_import_records_tells_nobody(case):
    book(case, None)

    assert not Notice.objects.exists()


def test_answering_a_question_can_call_for_a_notice(case, social_worker, transferring_manager):
    """HAV-N32: the request for a conference is passed up."""
    actions.answer_question(case=case, fact="conference_request", value="requested", by=social_worker, at=NOON)

    notice = Notice.objects.filter(code="HAV-N32").first()
    assert notice is not None
    assert notice.clause == "HAV-CP-1, HAV-CP-3"
    assert case.child.given_name not in notice.title + " ".join(notice.lines)


@pytest.mark.parametrize(("route", "told"), [("HAV-OLA-U12-CP", True), ("HAV-ASSESS-U12-CP", False)])
def test_what_some_routes_alone_ask_to_be_told_is_not_told_on_others(case, route, told):
    """HAV-TIN-6: the other authority hears of a transfer in, not of a move from one team to the next."""
    facts = facts_of(case, NOON)
    agreed = rows_for(facts.pack, [Happening("transfer_agreed", NOON, "transfer:1", route=route)])

    codes = {one.row.code for one in called(case, agreed, facts, NOON.date(), receiving=None)}

    assert ("HAV-N14" in codes) is told


@pytest.fixture
def letters(case):
    return a_letter(case), a_letter(case, kind="father", lives_with_child=False)


def test_each_parent_gets_a_letter_of_their_own(letters):
    assert [letter.delivery for letter in letters] == [Delivery.TO_DO, Delivery.TO_DO]
    assert len({letter.recipient for letter in letters}) == 2


def test_a_letter_to_a_parent_elsewhere_is_not_sent_before_a_second_look(letters, social_worker, transferring_manager):
    _, elsewhere = letters

    with pytest.raises(Refused, match="second person"):
        actions.mark_done_by_hand(notice=elsewhere, by=social_worker, at=NOON)
    with pytest.raises(Refused, match="other than the allocated worker"):
        actions.check_notice(notice=elsewhere, by=social_worker, at=NOON)

    actions.check_notice(notice=elsewhere, by=transferring_manager, at=NOON)
    actions.mark_done_by_hand(notice=elsewhere, by=social_worker, at=NOON)

    elsewhere.refresh_from_db()
    assert elsewhere.delivery == Delivery.SENT


def test_a_notice_is_seen_and_acted_upon(case, social_worker, transferring_manager):
    actions.answer_question(case=case, fact="conference_request", value="requested", by=social_worker, at=NOON)
    notice = Notice.objects.filter(code="HAV-N32").first()

    actions.record_acted(notice=notice, by=transferring_manager, at=NOON + DAY)

    notice.refresh_from_db()
    assert (notice.acknowledged_by, notice.acted_at) == (transferring_manager, NOON + DAY)


def test_a_letter_is_a_tagged_pdf_for_its_one_recipient(case, letters, social_worker, signed_in):
    client = signed_in(social_worker)
    ours = client.get(f"/notices/{letters[0].pk}/letter.pdf")

    assert ours.headers["Content-Type"] == "application/pdf"
    assert ours.content.startswith(b"%PDF-")
    assert b"/MarkInfo" in ours.content or b"/ObjStm" in ours.content


def test_the_page_says_how_old_the_address_is(case, letters, social_worker, signed_in):
    page = signed_in(social_worker).get(f"/notices/{letters[0].pk}/").text

    assert "recorded on 19 October 2025" in page


def test_the_list_and_the_deadlines_open_for_everybody(case, letters, social_worker, signed_in):
    client = signed_in(social_worker)

    assert "Letter to a parent" in client.get("/notices/?show=to_do").text
    assert "Nothing is overdue" in client.get("/notices/deadlines/").text
