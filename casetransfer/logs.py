"""Logs for whoever operates the site: what happened, how fast, to which record's number. Never a name, never words
that somebody typed: paths are logged as their pattern and queries not at all."""

import logging
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse


def where_it_broke(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of an error: its kind and the lines of code it went through. Neither its words nor what was in the variables,
    which may be a child's name."""
    given = event.pop("exc_info", None)
    kind, _, trail = given if isinstance(given, tuple) else sys.exc_info() if given else (None, None, None)
    if kind is not None:
        lines = [f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(trail)]
        event["error"], event["through"] = kind.__name__, lines
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    where_it_broke,
]


def configuration(*, level: str, as_json: bool) -> dict[str, Any]:
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    shape: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    quiet = {"level": "CRITICAL", "propagate": False}  # these write what people typed
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, shape],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"axes": quiet, "django.request": {"level": "ERROR"}, "django.security": quiet},
    }


class RequestLog:
    """One line per request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.log = logging.getLogger("casetransfer.requests")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        self.log.info(
            "%s /%s %s in %d ms, person %s",
            request.method,
            match.route if match else "(no such page)",
            response.status_code,
            (time.monotonic() - started) * 1000,
            getattr(getattr(request, "user", None), "pk", None),
        )
        return response
