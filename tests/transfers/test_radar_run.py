"""The morning's radar with a real broker, worker and beat."""

import os
import signal
import time
from datetime import timedelta

import pytest
import redis
from django.utils.timezone import now

from cases import actions as case_actions
from cases.models import MailboxMessage
from casetransfer.demo import Child, commands
from tests.cases.walkers import open_case
from tests.journeys.site import environment, nobody_else
from transfers.models import RadarEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("journeys")]
CASES, PATIENCE = 450, 240
BROKER = 9


@pytest.fixture
def clock(tmp_path, transactional_db):
    """clock(name): start the worker or the beat as the demo does, with a schedule that strikes often."""
    started = []
    where = environment("http://127.0.0.1:1", BROKER)
    with redis.Redis.from_url(where["REDIS_URL"]) as broker:
        broker.flushdb()

    def start(name):
        command = commands(1, schedule=tmp_path / "beat-schedule")[name]
        started.append(Child(name, command, logs=tmp_path, environment=where))
        return started[-1].process

    yield start
    for child in started:
        child.ask_to_stop()
    for child in started:
        child.wait()
    nobody_else()


def wait_until(question, seconds=PATIENCE):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


@pytest.fixture
def caseload(transferring_team, receiving_team, receiving_manager):
    """Many cases of which each may come to the receiving team in ten days."""
    for team, code in ((transferring_team, "assess"), (receiving_team, "u12")):
        team.code = code
        team.save()
    at = now() - timedelta(days=20)
    for number in range(CASES):
        case = open_case(transferring_team, opened_at=at)
        if number % 3 == 0:
            case_actions.answer_question(case=case, fact="section_47", value=True, by=None, at=at)
            case_actions.record_event(
                case=case, kind="initial_child_protection_conference", planned_at=now() + timedelta(days=10),
                by=None, at=now() - timedelta(days=1),
            )  # fmt: skip


def test_a_worker_killed_in_the_middle_of_the_radar_run_still_lets_the_email_go_out_once(
    caseload, clock, receiving_team, receiving_manager
):
    RadarEntry.objects.all().delete()  # what each change had looked up already
    with redis.Redis.from_url(environment("", BROKER)["REDIS_URL"]) as broker:
        broker.flushdb()
    worker = clock("worker")
    clock("beat")

    wait_until(RadarEntry.objects.exists)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    found = RadarEntry.objects.values("case").distinct().count()
    assert found < CASES / 3, "the run was not cut off in its middle"
    assert not MailboxMessage.objects.exists()

    clock("worker")
    wait_until(MailboxMessage.objects.exists)
    wait_until(lambda: RadarEntry.objects.values("case").distinct().count() == CASES / 3)
    time.sleep(5)  # several more runs, which must add nothing

    message = MailboxMessage.objects.get()
    assert message.to == [receiving_manager.email]
    assert message.title == f"Radar: {CASES // 3} cases may come to {receiving_team.name}"
