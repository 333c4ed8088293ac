"""What was to be told because of a closing: to whom, and what proves that it was."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cases import words
from cases.models import Channel, Delivery, Notice, Standing
from closures.models import Closure
from closures.net import OUTSIDE_CHANNELS
from teams.models import Person

COLOURS = {
    Delivery.WAITING: "blue", Delivery.TO_DO: "amber", Delivery.SENT: "green", Delivery.FAILED: "red",
    Delivery.CANCELLED: "grey",
}  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """One notice of a closing. `proof`: who sent it and when, or to which address the mail server took it."""

    pk: int
    what: str
    to: str
    how: str
    state: str
    colour: str
    proof: str
    trouble: str
    can_open: bool
    can_print: bool

    @classmethod
    def of(cls, notice: Notice, can_open: bool) -> "Letter":
        what = notice.title.removeprefix(f"{notice.subject}: ")
        return cls(
            notice.pk, what, words.capital(notice.to_whom), notice.get_channel_display(),
            notice.get_delivery_display(), COLOURS[Delivery(notice.delivery)], _proof(notice), notice.trouble,
            can_open, can_open and notice.channel == Channel.LETTER and bool(notice.text),
        )  # fmt: skip


def letters_of(closure: Closure, person: Person, standing: Standing) -> list[Letter]:
    """The notices that the protocol wants of this way of closing, and all that goes to family and professionals while
    the case is being closed; not the tasks of the service's own people, which the hands themselves show, except what
    one of them must still do after the closing."""
    notices = list(_notices(closure))
    pks = [notice.pk for notice in notices]
    mine = set(Notice.objects.visible_to(person, standing).filter(pk__in=pks).values_list("pk", flat=True))
    return [Letter.of(notice, notice.pk in mine) for notice in notices]


def _notices(closure: Closure) -> QuerySet[Notice]:
    codes = {code for row in closure.plan.rows for code in row.notices}
    codes |= {code for turn in closure.plan.turns for code in turn.notices}
    outside = Q(person=None, team=None, channel__in=OUTSIDE_CHANNELS)
    wanted = (Q(code__in=codes) | outside) & ~Q(channel__in=[Channel.TASK, Channel.IN_APP])
    if closure.closed_at:
        wanted |= Q(delivery=Delivery.TO_DO)
    found = closure.case.notices.filter(wanted, queued_at__gte=closure.started_at)
    following = closure.case.closures.filter(started_at__gt=closure.started_at).order_by("started_at").first()
    if following:
        found = found.filter(queued_at__lt=following.started_at)
    return found.select_related("person", "team", "relationship", "sent_by").order_by("queued_at", "pk")


def _proof(notice: Notice) -> str:
    if not notice.sent_at:
        return ""
    when = words.moment(notice.sent_at)
    if notice.sent_by:
        return f"{notice.sent_by.name}, {when}"
    return f"Taken by the mail server for {notice.sent_to}, {when}" if notice.sent_to else when
