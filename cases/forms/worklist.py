"""The filters of the worklist. They live in the address, so they hold references and codes only, never names."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import F, OuterRef, Subquery
from django.utils.timezone import localdate

from cases import words
from cases.fact_sources import STATUSES
from cases.models import Case, CaseQuerySet, Deadline, Involvement, Part, Spell, Standing
from casetransfer.govuk import fields
from teams.filters import FiltersForm, any_team
from teams.models import Absence, Person

STATES = [("open", "Open cases"), ("closed", "Closed cases"), ("all", "All cases")]
WORKERS = [
    ("", "Anybody"), ("mine", "Mine"), ("nobody", "Nobody yet"), ("duty", "On duty"),
    ("away", "Somebody who is away today"),
]  # fmt: skip
DUES = [("", "Any"), ("overdue", "Overdue"), ("soon", "Due soon")]
ORDERS = [
    ("newest", "Newest first"), ("oldest", "Oldest first"), ("name", "Family name"),
    ("name_down", "Family name, Z first"), ("due", "What is to be done next"),
]  # fmt: skip
ORDER_BY = {
    "newest": ("-opened_at", "-pk"),
    "oldest": ("opened_at", "pk"),
    "name": ("child__family_name", "child__given_name", "pk"),
    "name_down": ("-child__family_name", "-child__given_name", "-pk"),
    "due": (F("next_due").asc(nulls_last=True), "pk"),
}


class WorklistForm(FiltersForm):
    state = fields.FilterField(label="Show", choices=STATES)
    team = fields.FilterField(label="Held by")
    worker = fields.FilterField(label="Worker", choices=WORKERS)
    status = fields.FilterField(
        label="Status",
        choices=[("", "Any"), *((code, words.capital(words.label(code))) for code in STATUSES)],
    )  # fmt: skip
    due = fields.FilterField(label="Deadlines", choices=DUES)
    order = fields.FilterField(label="Order", choices=ORDERS)

    def __init__(self, data: Any, *, by: Person):
        super().__init__(data)
        self.by = by
        self.fields["team"].choices = any_team(by)  # type: ignore[attr-defined]

    def cases(self, standing: Standing, at: datetime) -> CaseQuerySet:
        chosen = self.chosen()
        cases = Case.objects.visible_to(self.by, standing)
        state = chosen.get("state", "open")
        if state != "all":
            cases = cases.held() if state == "open" else cases.closed()
        if team := chosen.get("team"):
            cases = cases.held_by(int(team))
        if status := chosen.get("status"):
            cases = cases.filter(spells__in=_open_statuses(status))
        if due := chosen.get("due"):
            cases = cases.filter(pk__in=_owed(due, at).values("case"))
        cases = self._of_worker(cases, chosen.get("worker", ""), at)
        if (order := chosen.get("order", "newest")) == "due":
            owed = Deadline.objects.open().owed().filter(case=OuterRef("pk")).order_by("due_at")
            cases = cases.annotate(next_due=Subquery(owed.values("due_at")[:1]))
        return cases.order_by(*ORDER_BY[order])

    def _of_worker(self, cases: CaseQuerySet, worker: str, at: datetime) -> CaseQuerySet:
        if worker == "mine":
            return cases.allocated_to(self.by)
        if worker == "away":
            return cases.allocated_to(*Absence.objects.current(localdate(at)).values_list("person", flat=True))
        if worker == "nobody":
            return cases.unallocated()
        if worker == "duty":
            return cases.filter(pk__in=Involvement.objects.current().filter(role=Part.DUTY).values("case"))
        return cases


def _open_statuses(code: str) -> Any:
    return Spell.objects.standing().open_ended().filter(kind="status", code=code)


def _owed(due: str, at: datetime) -> Any:
    if due == "overdue":
        return Deadline.objects.overdue(at)
    return Deadline.objects.open().owed().filter(paused_at=None, due_soon_at__lte=at, due_at__gte=at)


class SearchForm(forms.Form):
    q = fields.TextField(label="Name, reference, number or date of birth", max_length=100)
