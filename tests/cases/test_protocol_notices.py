"""The protocol's notices: from what was recorded to whoever must hear it, by role."""

from datetime import timedelta

import pytest

from cases import actions
from cases.actions.protocol_notices import tell_of_ended
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


def test_once_a_notice_is_given_those_that_follow_it_are_queued_and_once(case, authority, social_worker):
    """NN-N-REL-SM: the service manager hears once the team manager has been told of a relinquished child."""
    authority.pack = case.pack = "northamptonshire"
    authority.save()
    case.save()
    actions.answer_question(case=case, fact="relinquished", value=True, by=social_worker, at=NOON)
    first = Notice.objects.filter(code="NN-N-REL-TM")
    assert first.exists()
    assert actions.tell_of_given(at=NOON) == 0
    for notice in first:
        Notice.objects.filter(pk=notice.pk).update(delivery=Delivery.SENT, sent_at=NOON)

    assert [actions.tell_of_given(at=NOON + DAY), actions.tell_of_given(at=NOON + DAY)] == [1, 0]

    assert Notice.objects.filter(code="NN-N-REL-SM").exists()


def test_the_end_of_an_assessment_is_told(case, social_worker):
    """SHR-N13 and others begin when it is complete."""
    case.pack = "shropshire"
    case.save()
    begun = actions.start_spell(
        case=case, kind="status", code="assessment", starts_on=NOON.date() - 9 * DAY, by=social_worker, at=NOON
    )  # fmt: skip
    Notice.objects.all().delete()

    actions.end_spell(spell=begun, ends_on=NOON.date(), by=social_worker, at=NOON, factors=["1A"])

    assert Notice.objects.filter(code__in=["SHR-N13", "SHR-N14", "SHR-N16"]).exists()


def test_an_age_is_told_in_the_words_of_each_notice_about_it(case):
    """SHR-N32: at 17, whatever the clock's own row says of the age."""
    case.pack = "shropshire"
    case.save()
    deadline = case.deadlines.create(
        timer="SHR-T44", what="X", pack=case.pack, occasion="birth", starts_at=NOON - DAY, due_at=NOON, computed_at=NOON
    )  # fmt: skip

    tell_of_ended(deadline=deadline, at=NOON)

    assert Notice.objects.filter(code="SHR-N32").exists()
