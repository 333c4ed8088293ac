"""Sending by GOV.UK Notify, with its own client. One template there has two places to fill: ((subject)), ((body))."""

import logging
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.errors import HTTPError

from cases import actions

NO_WAITING_MENDS = {400, 404}
SAYS = {
    "permanent-failure": "It came back: there is no such mailbox.",
    "temporary-failure": "It came back: the mailbox is full or switched off.",
    "technical-failure": "It came back: GOV.UK Notify could not send it.",
}
logging.getLogger("notifications_python_client").setLevel(logging.ERROR)  # its warnings repeat what was sent


class NotifyBackend(BaseEmailBackend):
    """Hands each message to Notify under its Message-ID, by which a message that came back is known again."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.to:
                _send(message, address)
        return len(email_messages)


def client() -> NotificationsAPIClient:
    return NotificationsAPIClient(settings.NOTIFY_API_KEY, settings.NOTIFY_URL, settings.EMAIL_TIMEOUT)


def _send(message: EmailMessage, address: str) -> None:
    try:
        client().send_email_notification(
            address, settings.NOTIFY_TEMPLATE, {"subject": str(message.subject), "body": str(message.body)},
            message.extra_headers["Message-ID"],
        )  # fmt: skip
    except HTTPError as refused:
        if refused.status_code in NO_WAITING_MENDS:
            raise actions.CannotBeSent(f"GOV.UK Notify refuses it ({refused.status_code}).") from refused
        raise ConnectionError(f"GOV.UK Notify answered {refused.status_code}.") from refused


def came_back() -> Iterator[tuple[str, str]]:
    """(Message-ID, what happened) of what Notify could not deliver of late."""
    if settings.NOTIFY_API_KEY:
        found = client().get_all_notifications(status="failed", template_type="email")
        for one in found["notifications"]:
            yield one["reference"] or "", SAYS.get(one["status"], SAYS["technical-failure"])
