"""Children whom the walker must not see, each tied to everything that pages show: marked by their family name, and by
the names of everybody and everything around them."""

from datetime import timedelta

from django.test import override_settings

from cases import actions, outbox
from cases.models import Case
from closures import actions as closures
from teams.models import Team
from tests.cases.walkers import a_letter, booked, closed_case, open_case
from tests.cast import NOON
from tests.transfers.walkers import a_case_for_conference, named_as_in_the_pack, requested
from transfers import actions as transfers

ELSEWHERE, RESTRICTED, RELATED = "Foxgloveshire", "Hawthorn", "Sycamore"
"""A child of another council, a restricted one, and one with whom the walker has a conflict of interest."""


def plant(mark: str, team: Team, receiving: Team, worker, *, listed: bool, **child) -> list[Case]:
    """A child in each place where one may be: moving, being closed, closed, come back, at the front door."""
    named = {"given_name": "Planted", "family_name": mark} | child
    named_as_in_the_pack(team, "assess"), named_as_in_the_pack(receiving, "u12")
    moving = a_case_for_conference(team, **named)
    around(moving, mark)
    transfers.look_ahead(cases=[moving.pk], at=NOON - timedelta(days=6))
    transfer = requested(moving, receiving)
    if listed:
        transfers.list_for_meeting(transfer=transfer, by=None, at=NOON)
    coming = a_case_for_conference(team, **named)
    booked(coming, planned_at=NOON + timedelta(days=10), place=f"{mark} Hall")
    transfers.look_ahead(cases=[coming.pk], at=NOON)
    transfers.tell_radar(team=receiving, at=NOON)
    closing = open_case(team, worker=worker, **named)
    around(closing, mark)
    closures.start_closure(case=closing, way="HAV-CLO-CASE", by=worker, at=NOON)
    ended = closed_case(team, worker=worker, **named)
    closures.record_return(
        case=ended, kind="contact", came_on=NOON.date(), reason_now=f"{mark} words", same_reasons=True, by=worker,
        at=NOON,
    )  # fmt: skip
    for about in (closing.child, ended.child):
        actions.record_contact(
            team=team, child=about, given_name="Planted", family_name=mark, channel="phone", source="school",
            says=f"{mark} words", received_at=NOON, by=None, at=NOON,
        )  # fmt: skip
    return [moving, coming, closing, ended]


def around(case: Case, mark: str) -> None:
    a_letter(case, text=f"To the {mark} family.")
    actions.add_relationship(child=case.child, kind="father", name=f"Father {mark}", by=None, at=NOON)
    actions.add_warning(
        child=case.child, says=f"{mark} warning", review_on=NOON.date() + timedelta(days=9), by=None, at=NOON
    )
    actions.add_document(
        case=case, kind="assessment", title=f"{mark} paper", link="https://records.example.org/1", dated_on=NOON.date(),
        by=None, at=NOON,
    )  # fmt: skip


def send_all() -> None:
    """Every e-mail that waits goes to the mailbox page."""
    with override_settings(EMAIL_BACKEND="cases.outbox.MailboxBackend"):
        while actions.send_waiting(at=NOON + timedelta(days=1), send=outbox.send):
            pass
