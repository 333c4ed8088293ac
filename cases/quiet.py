"""When a notice may go out: not in the quiet hours, and what can wait once a day, where a council has set it so.
What the protocol says must be acted on goes at once, always."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils.timezone import localtime, make_aware

DAY = timedelta(days=1)


def send_after(at: datetime, *, must_act: bool) -> datetime:
    """The moment from which a notice written now may be sent."""
    if must_act:
        return at
    if settings.DIGEST_AT:
        return _next(time.fromisoformat(settings.DIGEST_AT), at)
    if settings.QUIET_HOURS:
        begins, _, ends = settings.QUIET_HOURS.partition("-")
        return _after_quiet(time.fromisoformat(begins), time.fromisoformat(ends), at)
    return at


def _after_quiet(begins: time, ends: time, at: datetime) -> datetime:
    now = localtime(at).time()
    is_quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
    return _next(ends, at) if is_quiet else at


def _next(clock: time, at: datetime) -> datetime:
    """The next time that the clock on the wall shows this, now included."""
    today = localtime(at).date()
    moment = make_aware(datetime.combine(today, clock))
    return moment if moment >= at else make_aware(datetime.combine(today + DAY, clock))
