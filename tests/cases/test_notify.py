"""GOV.UK Notify by its own client, against a server on this machine that answers as Notify does; and what came back."""

import io
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command
from django.db import transaction

from cases import actions, outbox, tasks
from cases.actions import Recipient
from cases.models import Delivery, Notice
from tests.cast import NOON

pytestmark = pytest.mark.django_db
KEY = "test-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"


class Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.answer(self.server.status, {"id": "1", "errors": [{"message": "No"}]})

    def do_GET(self):
        failed = [{"reference": asked["reference"], "status": "permanent-failure"} for asked in self.server.asked]
        self.answer(200, {"notifications": failed, "links": {}})

    def answer(self, status, words):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(words).encode())

    def log_message(self, *words):
        pass


@pytest.fixture
def notify(settings):
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        server.asked, server.status = [], 201
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND, settings.NOTIFY_API_KEY = "cases.notify.NotifyBackend", KEY
        settings.NOTIFY_TEMPLATE, settings.NOTIFY_URL = "t-1", f"http://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.fixture
def notice(receiving_manager):
    with transaction.atomic():
        actions.queue_notices(
            authority=receiving_manager.authority, code="X", subject="TEAM-1", occasion="once", title="Three may come",
            to=[Recipient(person=receiving_manager)], at=NOON,
        )  # fmt: skip
    return Notice.objects.get()


def send(notice):
    actions.send_waiting(at=NOON, send=outbox.send)
    notice.refresh_from_db()
    return notice


def test_a_notice_goes_out_by_notify_under_its_message_id(notify, notice, receiving_manager):
    assert send(notice).delivery == Delivery.SENT
    [asked] = notify.asked
    assert (asked["email_address"], asked["template_id"]) == (receiving_manager.email, "t-1")
    assert asked["personalisation"]["subject"] == "Three may come"
    assert asked["reference"] == notice.message_id


@pytest.mark.parametrize(
    ("status", "stands"), [(400, Delivery.FAILED), (429, Delivery.WAITING), (500, Delivery.WAITING)]
)
def test_what_waiting_mends_is_tried_again_and_the_rest_is_for_a_person(notify, notice, status, stands):
    notify.status = status

    assert send(notice).delivery == stands


def test_what_notify_could_not_deliver_is_seen_as_not_sent(notify, notice):
    send(notice)

    tasks.bounces()
    tasks.bounces()

    notice.refresh_from_db()
    assert (notice.delivery, notice.trouble) == (Delivery.FAILED, "It came back: there is no such mailbox.")
    assert notice.bounced_at


REPORT = """From: MAILER-DAEMON@mail.example.org
To: case-transfer@example.org
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; nobody@example.org
Action: {action}
Status: {status}
--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: Three may come

--b--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(("status", "stands"), [("5.1.1", Delivery.FAILED), ("4.4.1", Delivery.SENT)])
def test_a_report_of_the_mail_server_marks_what_came_back(notice, monkeypatch, settings, kind, status, stands):
    settings.EMAIL_BACKEND = "cases.outbox.MailboxBackend"
    send(notice)
    report = REPORT.format(action="failed", status=status, kind=kind, message_id=notice.message_id)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report.encode())))

    call_command("record_bounce")

    notice.refresh_from_db()
    assert notice.delivery == stands
