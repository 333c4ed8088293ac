"""Writing the outbox: a notice is queued with its cause, sent once by a worker, mended by a person when it fails."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.actions.deadlines import ask_to_recalculate
from cases.models import Case, Channel, Delivery, MailboxMessage, Notice
from cases.notices import Recipient
from cases.permissions import check_can_deal_with
from cases.quiet import send_after
from teams.models import Authority, Person
from teams.refusals import Gap, refuse_if
from teams.roles import NotAllowed

MOST_TRIES = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
SETTLED = "The case was closed, and nothing more is owed."


def queue_notices(
    *, authority: Authority | int, code: str, subject: str, occasion: str, title: str, to: Iterable[Recipient],
    at: datetime, channel: str = Channel.EMAIL, lines: Iterable[str] = (), link: str = "", case: Case | None = None,
    must_act: bool = False, **more: Any,
) -> None:  # fmt: skip
    """One notice for each recipient, unless that recipient has been told of this occasion already. Called inside the
    transaction of its cause; a worker sends what is waiting."""
    assert transaction.get_connection().in_atomic_block
    delivery = Delivery.WAITING if channel == Channel.EMAIL else Delivery.TO_DO
    after = send_after(at, must_act=must_act)
    notices = [
        Notice(
            authority_id=authority if isinstance(authority, int) else authority.pk, case=case, code=code,
            subject=subject, occasion=occasion, channel=channel, recipient=one.key, person=one.person, team=one.team,
            relationship=one.relationship, party=one.party, title=title, lines=list(lines), link=link, queued_at=at,
            must_act=must_act, delivery=delivery, send_after=after, **more,
        )
        for one in {one.key: one for one in to}.values()
    ]  # fmt: skip
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


class CannotBeSent(Exception):
    """An e-mail that no waiting will mend: there is no address, or the other side refuses it for good."""


Send = Callable[[list[Notice]], str]


@transaction.atomic
def send_waiting(*, at: datetime, send: Send) -> int:
    """Send everything that waits for one recipient, as one e-mail, and answer how many notices that was.

    The rows stay locked while the mail server takes the message: a second worker passes them by, and when this worker
    is killed the lock falls away with its connection and the next one sends them. Only a death in the instant between
    the server's "taken" and our commit can make a second copy; both carry the same Message-ID.
    """
    first = _waiting(at).first()
    if first is None:
        return 0
    together = [
        first,
        *_waiting(at).filter(recipient=first.recipient, authority=first.authority_id).exclude(pk=first.pk),
    ]
    try:
        message_id = send(together)
    except CannotBeSent as trouble:
        _note(together, delivery=Delivery.FAILED, trouble=str(trouble)[:300])
    except OSError as trouble:  # the network, and every smtplib error
        _wait_or_give_up(together, at, trouble)
    else:
        _note(together, delivery=Delivery.SENT, sent_at=at, sent_to=first.address, message_id=message_id, trouble="")
        ask_to_recalculate({notice.case_id for notice in together if notice.case_id}, at=at)  # a clock may wait for it
    return len(together)


def _waiting(at: datetime) -> Any:
    found = Notice.objects.waiting(at).select_for_update(of=("self",), no_key=True, skip_locked=True)
    return found.select_related("person", "team", "authority").order_by("send_after", "pk")


def _note(notices: list[Notice], **changes: Any) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(**changes)


def _wait_or_give_up(notices: list[Notice], at: datetime, trouble: OSError) -> None:
    """Each try waits twice as long as the one before; then a person must look at it."""
    says = f"The mail server could not be reached or refused: {type(trouble).__name__}."
    for notice in notices:
        notice.tries += 1
        if notice.tries >= MOST_TRIES:
            _note([notice], tries=notice.tries, delivery=Delivery.FAILED, trouble=says)
        else:
            wait = min(FIRST_WAIT * 2 ** (notice.tries - 1), LONGEST_WAIT)
            _note([notice], tries=notice.tries, send_after=at + wait, trouble=says)


@transaction.atomic
def record_bounce(*, message_id: str, says: str, at: datetime) -> int:
    """The other side sent an e-mail back: its notices were not given after all, and a person must see to it. Answers
    how many that were; told twice, it changes nothing."""
    sent = Notice.objects.filter(message_id=message_id, delivery=Delivery.SENT).exclude(message_id="")
    cases = set(sent.filter(case__isnull=False).values_list("case", flat=True))
    number = sent.update(delivery=Delivery.FAILED, trouble=says[:300], bounced_at=at)
    ask_to_recalculate(cases, at=at)
    return number


@transaction.atomic
def send_again(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """A person has mended what was wrong: it is tried again."""
    notice = _lock(notice, by)
    gaps = [] if notice.delivery == Delivery.FAILED else [Gap("Only what could not be sent is sent again.")]
    refuse_if(gaps + ([] if notice.address else [Gap(f"{notice.to_whom} has no e-mail address.")]))
    notice.delivery, notice.tries, notice.trouble, notice.send_after = Delivery.WAITING, 0, "", at
    notice.save()
    return notice


@transaction.atomic
def mark_done_by_hand(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """A call was made, a letter posted, an e-mail sent some other way."""
    notice = _lock(notice, by)
    check_can_deal_with(by, notice)
    gaps = [Gap("This has been sent already.")] if notice.sent_at else []
    if notice.wants_check and not notice.checked_at:
        gaps.append(Gap("A second person must look at this first: the parent does not live with the child."))
    refuse_if(gaps)
    notice.delivery, notice.sent_at, notice.sent_by, notice.trouble = Delivery.SENT, at, by, ""
    notice.save()
    ask_to_recalculate([notice.case_id] if notice.case_id else [], at=at)
    return notice


@transaction.atomic
def check_notice(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """A second look: the right person, the right address, nothing of somebody else's in it."""
    notice = _lock(notice, by)
    check_can_deal_with(by, notice)
    gaps = [Gap("This has been looked at already.")] if notice.checked_at else []
    gaps += [Gap("This has been sent already.")] if notice.sent_at else []
    worker = notice.case.allocated_social_worker if notice.case else None
    gaps += [Gap("Somebody other than the allocated worker must look at it.")] if worker == by else []
    refuse_if(gaps)
    notice.checked_at, notice.checked_by = at, by
    notice.save()
    return notice


@transaction.atomic
def write_letter(*, notice: Notice, text: str, by: Person, at: datetime) -> Notice:
    """The words of a letter. Whoever looked at it before must look again."""
    notice = _lock(notice, by)
    check_can_deal_with(by, notice)
    gaps = [Gap("This has been sent already.")] if notice.sent_at else []
    refuse_if(gaps + ([] if text.strip() else [Gap("Write what the letter says.", field="text")]))
    notice.text, notice.checked_at, notice.checked_by = text.strip(), None, None
    notice.save()
    return notice


@transaction.atomic
def acknowledge(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """The recipient has seen it. Said twice, the first time counts."""
    notice = _lock(notice, by)
    check_can_deal_with(by, notice)
    if not notice.acknowledged_at:
        notice.acknowledged_at, notice.acknowledged_by = at, by
        notice.save()
    return notice


@transaction.atomic
def record_acted(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """What it asks for has been done."""
    notice = _lock(notice, by)
    check_can_deal_with(by, notice)
    if not notice.acted_at:
        notice.acknowledged_at, notice.acknowledged_by = notice.acknowledged_at or at, notice.acknowledged_by or by
        notice.acted_at, notice.acted_by = at, by
        notice.save()
    return notice


def settle_notices(case: Case, at: datetime) -> list[int]:
    """The case is closed, so what a person of the service was still to do about it (a call, a task) is not to be done
    any more. What is for the family and for professionals stays. Answers which ones."""
    theirs = Q(person__isnull=False) | Q(team__isnull=False)
    open_ones = Notice.objects.filter(theirs, case=case, delivery=Delivery.TO_DO, queued_at__lte=at)
    settled = list(open_ones.values_list("pk", flat=True))
    open_ones.update(delivery=Delivery.CANCELLED, trouble=SETTLED)
    return settled


def bring_back_notices(settled: Iterable[int]) -> None:
    """The closing was undone: it is to be done after all."""
    Notice.objects.filter(pk__in=settled, delivery=Delivery.CANCELLED).update(delivery=Delivery.TO_DO, trouble="")


def _lock(notice: Notice, by: Person) -> Notice:
    fresh = Notice.objects.visible_to(by).filter(pk=notice.pk).values("pk")
    found = Notice.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=fresh).first()
    if found is None:
        raise NotAllowed("This notice is for other people than you.")
    return found


def keep_in_mailbox(
    *, message_id: str, sender: str, to: list[str], title: str, body: str, at: datetime
) -> MailboxMessage:  # fmt: skip
    """Where no mail server is set, a message is kept to be looked at."""
    return MailboxMessage.objects.create(
        message_id=message_id, sender=sender, to=to, title=title, body=body, kept_at=at
    )
