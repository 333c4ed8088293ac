"""Is the site well? /health/live/ for a restart, /health/ready/ for a load balancer, /health/ for a person."""

import time

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now

from cases.models import ClockRun

HEARTBEAT_LIMIT = 120
SWEEP_LIMIT = 600


def record_heartbeat() -> None:
    cache.set("heartbeat", time.time(), timeout=None)


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "no answer"
    return "ok"


def broker() -> str:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        return "no answer"
    return "ok"


def clock() -> str:
    """The beat and a worker, seen by the age of the last heartbeat."""
    try:
        last = cache.get("heartbeat")
    except redis.RedisError:
        return "no answer"
    if last is None:
        return "never ran"
    age = int(time.time() - last)
    return "ok" if age <= HEARTBEAT_LIMIT else f"last ran {age} seconds ago"


def sweep() -> str:
    """The alarm of the deadlines: the sweep that chases what is late has come to its end lately."""
    try:
        last = ClockRun.objects.filter(pk="sweep").values_list("ended_at", flat=True).first()
    except Error:
        return "no answer"
    if last is None:
        return "never ran"
    age = int((now() - last).total_seconds())
    return "ok" if age <= SWEEP_LIMIT else f"last ran {age} seconds ago"


def _answer(checks: dict[str, str]) -> JsonResponse:
    return JsonResponse(checks, status=200 if set(checks.values()) <= {"ok"} else 503)


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    return _answer({"web": "ok"})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    return _answer({"database": database(), "broker": broker()})


@login_not_required
def whole(request: HttpRequest) -> JsonResponse:
    return _answer({"database": database(), "broker": broker(), "clock": clock(), "deadlines": sweep()})
