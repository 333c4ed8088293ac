"""Sending: what waits for one recipient becomes one e-mail. It holds no personal data: what it is about is a
reference, a count and a link that only opens for somebody who may see it."""

import hashlib
import smtplib
from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.timezone import now

from cases import actions
from cases.models import Notice

MOST_LINES = 20


def send(notices: list[Notice]) -> str:
    """Hand one e-mail to the mail server, and answer its Message-ID."""
    first = notices[0]
    if not first.address:
        raise actions.CannotBeSent(f"{first.to_whom} has no e-mail address.")
    message_id = _message_id(notices)
    message = EmailMessage(
        subject=_title(notices), body=_body(notices), from_email=settings.DEFAULT_FROM_EMAIL, to=[first.address],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        connection=get_connection(),
    )  # fmt: skip
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if all(code >= 500 for code in codes):
            raise actions.CannotBeSent(f"The mail server refuses this address for good ({codes[0]}).") from refused
        raise
    return message_id


def _message_id(notices: list[Notice]) -> str:
    """The same notices always make the same Message-ID, so that a copy can be known as one."""
    marks = ",".join(str(pk) for pk in sorted(notice.pk for notice in notices))
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<notice-{hashlib.sha256(marks.encode()).hexdigest()[:32]}@{host}>"


def _title(notices: list[Notice]) -> str:
    return notices[0].title if len(notices) == 1 else f"{len(notices)} notices from Case transfer"


def _body(notices: list[Notice]) -> str:
    return render_to_string(
        "emails/notices.txt.jinja",
        {"notices": notices[:MOST_LINES], "more": max(len(notices) - MOST_LINES, 0), "site": settings.SITE_URL},
    )


class MailboxBackend(BaseEmailBackend):
    """Keeps each message in the database, in the same transaction that marks it sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            actions.keep_in_mailbox(
                message_id=message.extra_headers["Message-ID"], sender=message.from_email, to=list(message.to),
                title=str(message.subject), body=str(message.body), at=now(),
            )  # fmt: skip
        return len(email_messages)
