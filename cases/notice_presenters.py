"""What the pages of notices show, ready made."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from cases import words
from cases.models import MailboxMessage
from teams.models import Person

PER_PAGE = 25


@dataclass(frozen=True)
class Message:
    pk: int
    sent: str
    to: str
    title: str
    body: str

    @classmethod
    def of(cls, message: MailboxMessage) -> "Message":
        return cls(message.pk, words.moment(message.kept_at), ", ".join(message.to), message.title, message.body)


@dataclass(frozen=True)
class Mailbox:
    page: Page
    messages: list[Message]
    search: str


def mailbox(person: Person, search: str, page: str) -> Mailbox:
    """The newest first; `search` looks in the address."""
    found = MailboxMessage.objects.visible_to(person)
    if search:
        found = found.filter(to__icontains=search)
    sheet = Paginator(found, PER_PAGE).get_page(page)
    return Mailbox(sheet, [Message.of(message) for message in sheet], search)
