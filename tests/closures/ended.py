"""A case with one of everything, closed by its three hands; what its rows say; and somebody who fills in every form."""

from datetime import date, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey

from cases import actions as case_actions
from cases.models import Case, Child, Deadline, Family, Identifier, Recalculation, Relationship, Warning
from closures.models import Closure
from teams.models import Person, Team
from teams.roles import Role
from tests.cases.walkers import a_letter, open_case
from tests.cast import NOON, a_person
from tests.closures.walkers import moved, started
from tests.factories import AuthorityFactory, MembershipFactory, TeamFactory
from tests.transfers.walkers import a_case_for_conference, agreed, answered, conference_held, requested
from transfers import actions as transfer_actions
from transfers.models import Outcome

MOVED_AT, CLOSED_AT = NOON + timedelta(minutes=5), NOON + timedelta(hours=4)
ROOMS = ("cases", "transfers", "closures")
NO_PART_OF_THE_CASE = {"recalculation", "auditentry"}  # a queue of work, and who looked at what
OF_THE_CHILD = (Identifier, Relationship, Warning)


def everybody(authority) -> Person:
    """One person who has every role in every team."""
    person = None
    for team in Team.objects.filter(authority=authority):
        for role in Role.values:
            if person is None:
                person = a_person("Ev Erybody", team, role)
            else:
                MembershipFactory(person=person, team=team, role=role)
    return person


def a_full_case(*, is_closed=True) -> SimpleNamespace:
    """Moved once after a dispute, papers and duties done, told, planned, corrected; then closed."""
    authority = AuthorityFactory(code="havering", pack="havering")
    team, u12 = (TeamFactory(authority=authority, code=code, name=code) for code in ("assess", "u12"))
    door = TeamFactory(authority=authority, code="tmash", name="Triage", kind=Team.Kind.FRONT_DOOR)
    case = a_case_for_conference(team, given_name="Testcase", family_name="Maple")
    case_actions.add_identifier(child=case.child, kind="local_id", value="77", by=None, at=NOON - timedelta(days=50))
    worker = a_person("Wo Rker", u12, Role.SOCIAL_WORKER)
    grand = a_person("Gro Up", u12, Role.GROUP_MANAGER)
    transfer = requested(case, u12)
    dispute = transfer_actions.raise_dispute(
        transfer=transfer, reason="Too soon.", by=None, at=NOON - timedelta(days=4)
    )
    transfer_actions.decide_dispute(
        dispute=dispute, outcome=Outcome.ASK_AGAIN, decision="Ask.", by=grand, at=NOON - timedelta(days=4)
    )
    transfer = answered(agreed(transfer, worker=worker))
    conference_held(case)
    transfer = transfer_actions.complete_transfer(transfer=transfer, by=None, at=MOVED_AT)
    for duty in transfer.duties.owed():
        transfer_actions.meet_duty(duty=duty, evidence="Done.", by=None, at=MOVED_AT + timedelta(minutes=1))
    case = Case.objects.get(pk=case.pk)
    since = MOVED_AT + timedelta(minutes=10)
    event = case_actions.record_event(case=case, kind="core_group", held_at=since, outcome="held", by=None, at=since)
    case_actions.record_event(
        case=case, kind="review_child_protection_conference", held_at=since, outcome="plan_ends", by=None, at=since
    )
    departure = transfer_actions.depart_from_protocol(
        case=case, route="HAV-ASSESS-U12-EPO", reason="For once.", by=grand, at=since
    )
    spell = case_actions.start_spell(
        case=case, kind="circumstance", code="homeless", value="yes", starts_on=date(2026, 11, 2), by=None, at=since
    )
    case_actions.end_spell(spell=spell, ends_on=date(2026, 11, 9), by=None, at=since)
    case_actions.answer_question(case=case, fact="section_47", value=False, by=None, at=since)
    document = case_actions.add_document(
        case=case, kind="report", title="Report", link="https://records.example.org/1", dated_on=NOON.date(), by=None,
        at=since,
    )  # fmt: skip
    contact = case_actions.record_contact(
        team=u12, child=case.child, given_name="Testcase", channel="phone", source="school", says="Seen.",
        received_at=since, by=None, at=since,
    )  # fmt: skip
    warning = case_actions.add_warning(child=case.child, says="A dog.", review_on=date(2027, 1, 4), by=None, at=since)
    boss, notice = everybody(authority), a_letter(case)
    case_actions.mark_done_by_hand(notice=notice, by=boss, at=since)
    settled(case, since)
    closure = started(case, at=since + timedelta(minutes=1))
    ended = SimpleNamespace(
        authority=authority, team=u12, other=team, door=door, case=case, worker=worker, manager=grand, boss=boss,
        event=event, spell=spell, document=document, contact=contact, warning=warning, notice=notice,
        transfer=transfer, dispute=dispute, departure=departure, closure=closure, child=case.child,
        relationship=Relationship.objects.get(child=case.child), issue=transfer.practice_issues.first(),
        family=Family.objects.create(authority=authority), sibling=open_case(u12).child, duty=transfer.duties.first(), approval=transfer.approvals.first(), line=None,
    )  # fmt: skip
    if is_closed:
        finished(ended)
    return ended


def settled(case, at) -> None:
    """The clocks are worked out, and what one team owed the other is done; the outbox is empty."""
    Recalculation.objects.get_or_create(case=case, defaults={"asked_at": at})
    case_actions.recalculate(case=case.pk, at=at)
    for deadline in Deadline.objects.standing().filter(case=case, met_at=None, stopped_at=None):
        case_actions.stop_deadline(deadline=deadline, reason="Not needed.", by=None, at=at)
    for notice in case.notices.exclude(delivery="sent"):
        notice.delivery, notice.sent_at, notice.checked_at = "sent", at, at
        notice.save()


def finished(ended) -> None:
    """Closed by the three hands, and the clocks stopped."""
    at = CLOSED_AT - timedelta(minutes=3)
    ended.line = ended.case.involvements.current().allocated().get()
    while (closure := Closure.objects.get(pk=ended.closure.pk)).is_under_way:
        at += timedelta(minutes=1)
        moved(closure, at=at)
        for notice in ended.case.notices.exclude(delivery="sent"):
            notice.delivery, notice.sent_at, notice.checked_at = "sent", at, at
            notice.save()
    ended.closure, ended.case = closure, Case.objects.get(pk=ended.case.pk)
    settled(ended.case, CLOSED_AT)


# --- what the rows of a case say ---


def of_a_case() -> dict[Any, str]:
    """Every model of the rooms that belongs to a case or tells of its child, and the way to it: {Spell: "case", Duty:
    "transfer__case"}."""
    ways: dict[Any, str] = {Case: "pk"}
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    models = [one for one in models if not one.__name__.startswith("Historical")]
    for _ in range(4):
        for model in models:
            for field in model._meta.get_fields():
                to = getattr(field, "related_model", None)
                if isinstance(field, ForeignKey) and to in ways and to is not model and model not in ways:
                    ways[model] = field.name if to is Case else f"{field.name}__{ways[to]}"
    ways |= {Child: "cases"} | dict.fromkeys(OF_THE_CHILD, "child__cases")
    return {model: way for model, way in ways.items() if model._meta.model_name not in NO_PART_OF_THE_CASE}


WAYS = of_a_case()


def print_of(case) -> dict[str, list[dict[str, Any]]]:
    """All that is written of a case, row by row."""
    return {
        model._meta.label: list(model.objects.filter(**{way: case.pk}).order_by("pk").values())
        for model, way in WAYS.items()
    }


def changed(before, after) -> list[str]:
    return sorted(name for name in before if before[name] != after[name])


# --- somebody who fills in every form ---


class Forms(HTMLParser):
    """The forms of a page that write: where each goes, and its boxes."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[SimpleNamespace] = []
        self.now: SimpleNamespace | None = None
        self.select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.now = SimpleNamespace(
                action=said.get("action", ""), method=said.get("method", "get").lower(), boxes=[]
            )
            self.forms.append(self.now)
        if self.now is None:
            return
        if tag in ("input", "textarea", "button") and said.get("name"):
            kind = said.get("type", "text") if tag == "input" else tag
            self.now.boxes.append((kind, said["name"], said.get("value", "")))
        if tag == "select":
            self.select = said["name"]
        if tag == "option" and self.select and said.get("value"):
            self.now.boxes.append(("option", self.select, said["value"]))

    def handle_endtag(self, tag):
        if tag == "form":
            self.now = None
        if tag == "select":
            self.select = None


def filled(form, number: int) -> dict[str, list[str]]:
    """Every box of a form filled in; of several choices the one of that number."""
    said: dict[str, list[str]] = {}
    choices: dict[str, list[str]] = {}
    for kind, name, value in form.boxes:
        if kind in ("radio", "option", "button"):
            choices.setdefault(name, []).append(value)
        elif kind == "hidden":
            said[name] = [value]
        elif kind == "checkbox":
            said.setdefault(name, []).append(value or "on")
        elif kind != "file":
            said[name] = [in_box(name, value)]
    return said | {name: [values[number % len(values)]] for name, values in choices.items()}


def in_box(name: str, value: str) -> str:
    is_ahead = any(word in name for word in ("planned", "review_on", "expires", "next", "meets", "until"))
    parts = {"day": "30" if is_ahead else "23", "month": "11", "year": "2026", "time": "09:30"}
    part = name.rpartition("-")[2].rpartition("_")[2]
    if part in parts and name != part:
        return parts[part]
    return value or ("https://records.example.org/2" if "link" in name or "evidence" in name else "Some words")


GENERAL = dict.fromkeys(("reason", "because", "why", "note", "text", "evidence", "says", "minutes"), "Some words")


def said_to(client, address: str):
    """What to send to an address: nothing; then each form of its page filled in two ways, or words where it has no
    page."""
    found = client.get(address)
    forms = Forms(found.text).forms if found.status_code == 200 and "html" in found.headers["Content-Type"] else []
    mine = [form for form in forms if form.method == "post" and (form.action or address).split("?")[0] == address]
    yield {}
    if not mine:
        yield GENERAL
    for form in mine:
        yield filled(form, 0)
        if any(kind in ("radio", "option", "button") for kind, _, _ in form.boxes):
            yield filled(form, 1)
