import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from cases import actions
from cases.models import ClockRun
from casetransfer import health
from casetransfer.tasks import heartbeat


@pytest.fixture(autouse=True)
def _own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def test_alive_and_ready(client, db):
    assert client.get("/health/live/").json() == {"web": "ok"}
    assert client.get("/health/ready/").json() == {"database": "ok", "broker": "ok"}


def test_a_clock_that_never_ran_is_not_well(client, db):
    response = client.get("/health/")

    assert (response.status_code, response.json()["clock"]) == (503, "never ran")


def test_a_heartbeat_makes_the_clock_well(client, db):
    heartbeat()

    assert client.get("/health/").json()["clock"] == "ok"


def test_a_clock_that_stopped_is_not_well(client, db):
    cache.set("heartbeat", time.time() - health.HEARTBEAT_LIMIT - 10)

    response = client.get("/health/")

    assert response.status_code == 503
    assert response.json()["clock"].startswith("last ran")


def test_a_broker_that_is_gone_is_not_ready(client, db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    response = client.get("/health/ready/")

    assert (response.status_code, response.json()["broker"]) == (503, "no answer")


def test_a_sweep_that_has_not_run_raises_the_alarm(client, db):
    """Deadlines are chased by a task of the clock: a page for the monitoring says when it stands still."""
    heartbeat()
    assert client.get("/health/").json()["deadlines"] == "never ran"

    actions.sweep(at=now())
    assert client.get("/health/").status_code == 200

    ClockRun.objects.update(ended_at=now() - timedelta(hours=1))
    response = client.get("/health/")
    assert (response.status_code, response.json()["deadlines"][:8]) == (503, "last ran")
