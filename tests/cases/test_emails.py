"""No e-mail says who a child is: everything about a child is marked, every notice is sent, and no mark is seen."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction

from cases import actions, outbox
from cases.actions.protocol_notices import queue_called
from cases.happenings import Happening
from cases.models import Channel, Delivery, Notice, Warning
from cases.notices import Recipient
from cases.protocol_notices import Called
from casetransfer.protocols import authorities, pack_for
from teams import actions as team_actions
from teams.models import Team
from teams.roles import Role
from tests.cases.walkers import a_letter, booked, open_case
from tests.cast import NOON, a_person
from tests.factories import AuthorityFactory, TeamFactory
from tests.house.source import ROOT
from transfers import actions as transfers

pytestmark = pytest.mark.django_db
DAY, MARK, BORN = timedelta(days=1), "Zzyzx", date(2016, 2, 17)
SEEN_AS = (MARK, "2016-02-17", "17 February 2016", "17/02/2016", "17 Feb 2016")


@pytest.fixture
def team():
    authority = AuthorityFactory(code="marked", name="Upper Marsh Council")
    team = TeamFactory(authority=authority, code="assess", name="Assessment", email="assess@example.org")
    other = TeamFactory(authority=authority, code="u12", name="Under 12", email="u12@example.org")
    a_person("Ravi Manager", other, Role.TEAM_MANAGER)
    a_person("Tess Manager", team, Role.TEAM_MANAGER)
    return team


@pytest.fixture
def worker(team):
    return a_person("Sam Worker", team, Role.SOCIAL_WORKER)


@pytest.fixture
def case(team, worker):
    """Everything that can be written of a child, with the mark in it."""
    case = open_case(
        team, worker=worker, given_name=f"{MARK}a", family_name=f"{MARK}b", date_of_birth=BORN,
        address=f"1 {MARK} Lane", school=f"{MARK} School", also_known_as=f"{MARK}c",
    )  # fmt: skip
    Warning.objects.create(child=case.child, says=f"{MARK} bites", review_on=NOON + DAY, added_at=NOON)
    a_letter(case, text=f"Dear {MARK}")
    case.child.relationships.update(name=f"{MARK} senior", address=f"1 {MARK} Lane")
    actions.answer_question(case=case, fact="section_47", value=True, by=None, at=NOON - 20 * DAY)
    booked(case, planned_at=NOON + 10 * DAY, place=f"{MARK} Hall", detail=f"{MARK} was hurt")
    return case


def send_everything():
    """Every e-mail of the outbox, one after the other, not put together."""
    for notice in Notice.objects.filter(delivery=Delivery.WAITING).select_related("person", "team", "authority"):
        outbox.send([notice])
    return [str(message.message()) + message.body + message.subject for message in mail.outbox]


def seen(texts):
    return [text for text in texts for words in SEEN_AS if words in text]


@pytest.mark.parametrize("authority", authorities())
def test_no_notice_of_a_protocol_says_who_the_child_is(authority, case, worker):
    case.pack = authority
    case.save()
    pack = pack_for(authority)
    everybody = tuple(Recipient(person=worker) for _ in "1"), tuple(Recipient(team=team) for team in Team.objects.all())
    Notice.objects.all().delete()
    with transaction.atomic():
        for row in pack.notice:
            for to, nobody in ((everybody[0], False), (everybody[1], True)):
                happening = Happening(row.starts.on, NOON, f"once {nobody}", row.starts.of)
                queue_called(case, pack, Called(row, happening, to, nobody_found=nobody), NOON)
    assert set(Notice.objects.values_list("code", flat=True)) == set(pack.notices)
    Notice.objects.update(delivery=Delivery.WAITING, channel=Channel.EMAIL)  # as if all of them were e-mails

    sent = send_everything()

    assert len(sent) == 3 * len(pack.notice)
    assert seen(sent) == []


def test_no_notice_of_the_house_says_who_the_child_is(case, team, worker, settings):
    actions.recalculate(case=case.pk, at=NOON)
    case.deadlines.update(due_at=NOON - DAY, due_soon_at=None, is_owed=True, is_certain=True)
    actions.sweep(at=NOON)
    case.deadlines.update(due_at=NOON + DAY, due_soon_at=NOON, breached_at=None)
    actions.sweep(at=NOON + timedelta(hours=1))
    transfers.look_ahead(cases=[case.pk], at=NOON)
    for one in Team.objects.all():
        transfers.tell_radar(team=one, at=NOON)
    actions.record_contact(
        team=team, child=case.child, given_name=f"{MARK}a", family_name=f"{MARK}b", channel="phone", source="police",
        says=f"{MARK} shouted", referrer=f"PC {MARK}", received_at=NOON, by=None, at=NOON,
    )  # fmt: skip
    team_actions.record_absence(
        person=worker, deputy=None, starts_on=NOON.date(), ends_on=NOON.date(), by=None, at=NOON
    )  # fmt: skip
    actions.tell_of_absences(at=NOON)
    actions.hold_on_duty(case=case, delay_reason=f"{MARK} waits", review_on=NOON.date(), by=None, at=NOON)
    actions.tell_of_duty_reviews(at=NOON)
    actions.restrict(case=case, restricted=True, by=None, at=NOON)
    duty = a_person("Dot Duty", team, Role.GROUP_MANAGER)
    actions.break_glass(case=case, reason=f"{MARK} is in hospital", by=duty, at=NOON)

    sent = send_everything()

    assert {
        "DEADLINES-OVERDUE",
        "DEADLINES-DUE-SOON",
        "CONTACT-PASSED-ON",
        "restricted_opened",
        "WORKER-AWAY",
        "DUTY-REVIEW",
    } <= set(Notice.objects.values_list("code", flat=True))
    assert any("Radar" in text for text in sent)
    assert seen(sent) == []
    assert [path.name for path in (ROOT / "templates/emails").iterdir()] == ["notices.txt.jinja"]


def test_a_mark_would_be_seen(case, worker):
    with transaction.atomic():
        actions.queue_notices(
            authority=case.authority, code="X", subject="X", occasion="once", title=f"About {case.child.name}",
            to=[Recipient(person=worker)], at=NOON,
        )  # fmt: skip

    assert seen(send_everything())
