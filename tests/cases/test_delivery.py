"""Sending by real SMTP on loopback, with a real broker, worker and beat."""

import os
import random
import signal
import socketserver
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
import redis
from django.db import transaction
from django.utils.timezone import localdate, now

from cases import actions
from cases.actions import Recipient
from cases.models import Delivery, Notice
from casetransfer.demo import Child, commands
from tests.cases.walkers import open_case
from tests.cast import NOON
from tests.factories import PersonFactory
from tests.journeys.site import environment
from tests.transfers.walkers import named_as_in_the_pack

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("journeys")]
DAY = timedelta(days=1)
BROKER, SENDS, KILLS, PATIENCE = 10, 300, 4, 120


class Sink(socketserver.ThreadingTCPServer):
    """A mail server that takes everything and keeps each message."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.messages = []

    def told(self, person, words):
        return any(words in text for text in self.messages if f"To: {person.email}" in text)

    @property
    def ids(self):
        return Counter(
            line.partition(": ")[2] for text in self.messages for line in text.splitlines()
            if line.lower().startswith("message-id:")
        )  # fmt: skip


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 sink.example.org")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.keep()
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 goodbye")
                return
            else:
                self.say("250 sink.example.org")

    def keep(self):
        lines = []
        while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
            lines.append(line)
        self.server.messages.append("".join(lines))


@pytest.fixture
def sink():
    with Sink() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def start(sink, tmp_path, transactional_db):
    """start(name): the worker or the beat, as the demo starts them, with the sink for a mail server."""
    where = environment("http://127.0.0.1:1", BROKER) | {"EMAIL_URL": f"smtp://127.0.0.1:{sink.server_address[1]}"}
    with redis.Redis.from_url(where["REDIS_URL"]) as broker:
        broker.flushdb()
    children = []

    def begin(name):
        command = commands(1, schedule=tmp_path / "beat-schedule")[name]
        children.append(Child(name, command, logs=tmp_path, environment=where))
        return children[-1].process

    yield begin
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait()


def wait_until(question):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if question():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen in time.")


def test_the_beat_brings_the_radar_and_the_reminders_by_email(
    authority, transferring_team, receiving_team, social_worker, transferring_manager, receiving_manager, sink, start
):
    """Nothing is frozen and nothing is called: what was recorded is found by the clock, and posted by the worker."""
    at = now()
    case = open_case(named_as_in_the_pack(transferring_team, "assess"), worker=social_worker, opened_at=at - 60 * DAY)
    named_as_in_the_pack(receiving_team, "u12")
    actions.start_spell(
        case=case, kind="status", code="referral", starts_on=localdate(at - 40 * DAY), by=None, at=at - DAY
    )
    actions.answer_question(case=case, fact="section_47", value=True, by=None, at=at - DAY)
    actions.record_event(
        case=case, kind="initial_child_protection_conference", planned_at=at + 10 * DAY, by=None, at=at
    )
    start("worker")
    start("beat")

    wait_until(lambda: sink.told(receiving_manager, "Radar: 1 case may come to Under 12"))
    wait_until(lambda: sink.told(social_worker, "overdue") and sink.told(transferring_manager, "overdue"))

    assert not [one for one in sink.messages if case.child.family_name in one or case.child.given_name in one]


def test_workers_killed_over_three_hundred_sends_leave_none_unsent_and_none_twice_in_the_outbox(
    authority, receiving_team, sink, start
):
    """At most one message for each kill may reach the mail server twice, with the same Message-ID."""
    people = [PersonFactory(authority=authority) for _ in range(SENDS)]
    with transaction.atomic():
        actions.queue_notices(
            authority=authority, code="X", subject=f"TEAM-{receiving_team.pk}", occasion="once", title="Something",
            to=[Recipient(person=person) for person in people], at=NOON,
        )  # fmt: skip
    Notice.objects.update(send_after="2020-01-01T00:00:00Z")
    start("beat")
    worker = start("worker")
    moments = sorted(random.sample(range(5, SENDS * 4 // 5), KILLS))
    for moment in moments:
        wait_until(lambda reached=moment: len(sink.messages) >= reached)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        worker = start("worker")

    wait_until(lambda: not Notice.objects.exclude(delivery=Delivery.SENT).exists())

    assert Notice.objects.count() == SENDS
    assert len(sink.ids) == SENDS, moments
    assert sum(number - 1 for number in sink.ids.values()) <= KILLS
