"""Nobody searches faster than they read: a person who asks for too many lists in a minute waits for the next one."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

NOTHING = "\x00"


class NoNothing:
    """PostgreSQL keeps no zero byte and no form of ours sends one: whoever does is looking for a way in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        if NOTHING in request.path or any(NOTHING in word for _, words in request.GET.lists() for word in words):
            raise BadRequest


log = logging.getLogger("casetransfer.limits")


class SearchLimit:
    """Counted per person and minute, over every server. Where the counter does not answer the search goes on: it is in
    the audit either way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        searches = request.GET or request.path == "/cases/search/"
        if not (searches and request.user.is_authenticated and self.too_many(request.user.pk)):
            return None
        answer = render(request, "errors/too_many.jinja", status=429)
        answer["Retry-After"] = "60"
        return answer

    def too_many(self, person: int) -> bool:
        key = f"searches-{person}-{int(time.time() // 60)}"
        try:
            cache.add(key, 0, timeout=120)
            return cache.incr(key) > settings.SEARCHES_A_MINUTE
        except (RedisError, ValueError) as trouble:
            log.warning("Searches could not be counted: %s", type(trouble).__name__)
            return False
