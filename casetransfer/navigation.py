"""The one navigation of the service, and what every page knows about who is reading it."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.urls import reverse

from teams.roles import Permission


@dataclass(frozen=True)
class Entry:
    """A place in the navigation: its word, its page, and the permissions of which any one opens it."""

    text: str
    page: str
    any_of: frozenset[Permission] = frozenset()

    def open_to(self, permissions: frozenset[Permission]) -> bool:
        return not self.any_of or bool(self.any_of & permissions)


SEES_CASES = frozenset({Permission.SEE_OWN_CASES, Permission.SEE_TEAM_CASES, Permission.SEE_ALL_CASES})

# In this order: Home, Cases, Contacts, Transfers, Radar, Closures, Notices, Protocol, Reports, Settings.
ENTRIES = [
    Entry("Home", "home"),
    Entry("Cases", "cases:worklist", SEES_CASES),
    Entry(
        "Contacts",
        "contacts:board",
        frozenset({Permission.RECORD_CONTACT, Permission.DECIDE_CONTACT, Permission.SEE_ALL_CASES}),
    ),
    Entry("Transfers", "transfers:list"),
    Entry("Radar", "radar:list", frozenset({Permission.SEE_TEAM_CASES, Permission.SEE_ALL_CASES})),
    Entry("Meetings", "transfers:meetings", frozenset({Permission.KEEP_MEETING_LIST})),
    Entry(
        "Closures",
        "closures:queue",
        frozenset({Permission.PROPOSE_CLOSURE, Permission.AUTHORISE_CLOSURE, Permission.COMPLETE_CLOSURE}),
    ),
    Entry("Notices", "notices:list"),
    Entry("Protocol", "protocol:own"),
    Entry("Reports", "reports", frozenset({Permission.SEE_REPORTS})),
    Entry("Audit", "teams:audit", frozenset({Permission.READ_AUDIT})),
    Entry(
        "Settings",
        "teams:settings",
        frozenset(
            {Permission.MANAGE_TEAMS, Permission.MANAGE_CALENDAR, Permission.IMPORT_RECORDS, Permission.DESTROY_RECORD}
        ),
    ),
]
if settings.EMAIL_BACKEND == "cases.outbox.MailboxBackend":
    ENTRIES.append(Entry("Mailbox", "notices:mailbox"))
SEARCH_PAGE = "cases:search"


@cache
def logo_of(code: str) -> str:
    """The council's own logo, where its file was put among the static files before the start: council/CODE.svg."""
    return next((name for name in (f"council/{code}.svg", f"council/{code}.png") if finders.find(name)), "")


def for_page(request: HttpRequest) -> dict[str, object]:
    """Context processor: the council, the navigation open to this person, and where the search box leads."""
    person = getattr(request, "user", None)
    nonce = str(getattr(request, "csp_nonce", ""))
    if person is None or not person.is_authenticated:
        return {"authority": None, "navigation": [], "search_url": "", "nonce": nonce, "came_from": None}
    known = getattr(request, "permissions", None)
    permissions = person.permissions() if known is None else known
    navigation = [_item(entry, request.path) for entry in ENTRIES if entry.open_to(permissions)]
    search_url = reverse(SEARCH_PAGE) if SEARCH_PAGE else ""
    return {
        "authority": person.authority, "navigation": navigation, "search_url": search_url, "nonce": nonce,
        "came_from": request.session.get("list"), "logo": logo_of(person.authority.code),
    }  # fmt: skip


def _item(entry: Entry, path: str) -> dict[str, object]:
    href = reverse(entry.page)
    inside = path == href if href == "/" else path.startswith(href)
    return {"text": entry.text, "href": href, "current": path == href, "active": inside}
