"""The outbox: each recipient is told once, whatever happens on the way."""

import smtplib
from datetime import timedelta

import pytest
from django.db import transaction

from cases import actions, outbox
from cases.actions import Recipient
from cases.models import Delivery, MailboxMessage, Notice
from tests.cast import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "cases.outbox.MailboxBackend"


def queued(*people, occasion="today", **more):
    more = {"code": "RADAR", "subject": "TEAM-1", "title": "Three cases may come to your team"} | more
    with transaction.atomic():
        actions.queue_notices(
            authority=people[0].authority, occasion=occasion, to=[Recipient(person=one) for one in people], at=NOON,
            **more,
        )  # fmt: skip


def send_all(at=NOON, send=outbox.send):
    while actions.send_waiting(at=at, send=send):
        pass


def test_a_recipient_is_told_once_of_an_occasion_however_often_it_is_queued(receiving_manager):
    for _ in range(3):
        queued(receiving_manager)

    assert Notice.objects.count() == 1


def test_what_waits_for_one_person_goes_out_as_one_email(receiving_manager, transferring_manager):
    queued(receiving_manager, transferring_manager)
    queued(receiving_manager, occasion="tomorrow", link="/radar/")

    send_all()

    titles = dict(MailboxMessage.objects.values_list("to__0", "title"))
    assert titles == {
        receiving_manager.email: "2 notices from Case transfer",
        transferring_manager.email: "Three cases may come to your team",
    }
    assert set(Notice.objects.values_list("delivery", flat=True)) == {Delivery.SENT}


def test_nothing_is_sent_twice(receiving_manager):
    queued(receiving_manager)

    send_all()
    send_all()

    assert MailboxMessage.objects.count() == 1


def test_a_mail_server_that_is_away_is_tried_again_later_and_longer(receiving_manager):
    queued(receiving_manager)

    def away(notices):
        raise ConnectionRefusedError

    waits = []
    at = NOON
    for _ in range(3):
        send_all(at, away)
        notice = Notice.objects.get()
        waits.append(notice.send_after - at)
        at = notice.send_after

    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert notice.delivery == Delivery.WAITING


def test_after_many_tries_a_person_must_look_and_can_send_it_again(receiving_manager):
    queued(receiving_manager)

    def away(notices):
        raise smtplib.SMTPServerDisconnected("gone")

    for days in range(10):
        send_all(NOON + timedelta(days=days), away)
    notice = Notice.objects.get()
    assert notice.delivery == Delivery.FAILED
    assert "mail server" in notice.trouble

    actions.send_again(notice=notice, by=receiving_manager, at=NOON)
    send_all()

    assert MailboxMessage.objects.count() == 1


def test_an_address_refused_for_good_is_not_tried_again(receiving_manager):
    queued(receiving_manager)

    def refuse(notices):
        raise actions.CannotBeSent("The mail server refuses this address for good (550).")

    send_all(send=refuse)

    assert Notice.objects.get().delivery == Delivery.FAILED


def test_somebody_who_has_left_gets_no_email(receiving_manager):
    queued(receiving_manager)
    type(receiving_manager).objects.filter(pk=receiving_manager.pk).update(is_active=False)

    send_all()

    assert Notice.objects.get().trouble == f"{receiving_manager.name} has no e-mail address."


def test_the_same_notices_make_the_same_message_id(receiving_manager):
    queued(receiving_manager)
    seen = []
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actions.send_waiting(at=NOON, send=lambda notices: seen.append(outbox._message_id(notices)) or 1 / 0)

    assert len(seen) == 2
    assert len(set(seen)) == 1


def test_the_mailbox_shows_ones_own_council_only(signed_in, receiving_manager, charlie):
    queued(receiving_manager)
    send_all()

    assert "Three cases may come" in signed_in(receiving_manager).get("/mailbox/").text
    assert "Three cases may come" not in signed_in(charlie).get("/mailbox/").text
