"""Take in a message that came back. The mail server pipes it here: the sender's address has this command for alias."""

import email
import sys
from email.message import Message
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from cases import actions


class Command(BaseCommand):
    help = "Read a delivery report (RFC 3464) from standard input, and mark what it is about as not delivered."

    def handle(self, **options: Any) -> None:
        report = email.message_from_binary_file(sys.stdin.buffer)
        status, message_id = read(report)
        if status.startswith("5") and message_id:  # 4 is a delay: the mail server goes on trying
            actions.record_bounce(message_id=message_id, says=f"It came back: refused for good ({status}).", at=now())


def read(report: Message) -> tuple[str, str]:
    """(status such as 5.1.1, Message-ID of what was sent), as far as the report says."""
    status = message_id = ""
    for part in report.walk():
        status = status or str(part.get("Status") or "").split(" ")[0]
        if part is report:
            continue
        message_id = message_id or str(part.get("Message-ID") or "").strip()
        if part.get_content_type() == "text/rfc822-headers":
            headers = email.message_from_string(str(part.get_payload()))
            message_id = message_id or str(headers.get("Message-ID") or "").strip()
    return status, message_id
