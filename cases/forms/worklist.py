"""The filters of the worklist. They live in the address, so they hold references and codes only, never names."""

from typing import Any

from django import forms
from django.forms import BoundField

from cases import words
from cases.fact_sources import STATUSES
from cases.models import Case, CaseQuerySet, Involvement, Part, Spell, Standing
from casetransfer.govuk import fields
from teams.models import Person, Team

STATES = [("open", "Open cases"), ("closed", "Closed cases"), ("all", "All cases")]
WORKERS = [("", "Anybody"), ("mine", "Mine"), ("nobody", "Nobody yet"), ("duty", "On duty")]
ORDERS = [("newest", "Newest first"), ("oldest", "Oldest first"), ("name", "Family name")]
ORDER_BY = {
    "newest": ("-opened_at", "-pk"),
    "oldest": ("opened_at", "pk"),
    "name": ("child__family_name", "child__given_name", "pk"),
}


class Filter(fields.SelectField):
    """A choice that narrows a list: nobody has to make it, and nothing needs to say so."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, required=False, **kwargs)

    def heading(self, bound: BoundField) -> dict[str, Any]:
        return super().heading(bound) | {"text": bound.label}


class WorklistForm(forms.Form):
    state = Filter(label="Show", choices=STATES)
    team = Filter(label="Held by")
    worker = Filter(label="Worker", choices=WORKERS)
    status = Filter(
        label="Status",
        choices=[("", "Any"), *((code, words.capital(words.label(code))) for code in STATUSES)],
    )  # fmt: skip
    order = Filter(label="Order", choices=ORDERS)

    def __init__(self, data: Any, *, by: Person):
        super().__init__(data)
        self.by = by
        teams = Team.objects.visible_to(by).exclude(kind=Team.Kind.SUPPORT)
        self.fields["team"].choices = [("", "Any team"), *((str(t.pk), t.name) for t in teams)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The filters that are set, as the address has them; one that cannot be understood is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def cases(self, standing: Standing) -> CaseQuerySet:
        chosen = self.chosen()
        cases = Case.objects.visible_to(self.by, standing)
        state = chosen.get("state", "open")
        if state != "all":
            cases = cases.held() if state == "open" else cases.closed()
        if team := chosen.get("team"):
            cases = cases.held_by(int(team))
        if status := chosen.get("status"):
            cases = cases.filter(spells__in=_open_statuses(status))
        return self._of_worker(cases, chosen.get("worker", "")).order_by(*ORDER_BY[chosen.get("order", "newest")])

    def _of_worker(self, cases: CaseQuerySet, worker: str) -> CaseQuerySet:
        if worker == "mine":
            return cases.allocated_to(self.by)
        if worker == "nobody":
            return cases.unallocated()
        if worker == "duty":
            return cases.filter(pk__in=Involvement.objects.current().filter(role=Part.DUTY).values("case"))
        return cases


def _open_statuses(code: str) -> Any:
    return Spell.objects.standing().open_ended().filter(kind="status", code=code)


class SearchForm(forms.Form):
    q = fields.TextField(label="Name, reference, number or date of birth", max_length=100)
