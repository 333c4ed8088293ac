"""What the pages of this room ask for. They check the shape of an answer and know nothing of states."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cases import words
from cases.models import Reason
from casetransfer.govuk import fields
from teams.filters import FiltersForm, any_team
from teams.models import Person, Team
from transfers.models import MeetingSays, Outcome, Says


class TransferFilters(FiltersForm):
    show = fields.FilterField(label="Show", choices=[("", "Under way"), ("over", "Over"), ("all", "All")])
    state = fields.FilterField(
        label="Stands",
        choices=[
            ("", "Anywhere"), ("requested", "Asked for"), ("escalated", "Nobody answered"), ("returned", "Returned"),
            ("disputed", "Disputed"), ("handover", "Agreed or in handover"), ("late", "Past its agreed day"),
        ],
    )  # fmt: skip
    whose = fields.FilterField(label="Whose", choices=[("", "Anybody's"), ("me", "Of my cases")])
    team = fields.FilterField(label="From or to")
    order = fields.FilterField(
        label="Order",
        choices=[
            ("newest", "Asked for last"), ("oldest", "Asked for first"), ("planned", "Planned soonest"),
            ("name", "Family name"),
        ],
    )  # fmt: skip

    def __init__(self, data: Any, *, by: Person):
        super().__init__(data)
        self.fields["team"].choices = any_team(by)  # type: ignore[attr-defined]


class RequestForm(forms.Form):
    choice = fields.RadiosField(label="Which route?", label_size="m")
    siblings = fields.CheckboxesField(
        label="Ask for brothers and sisters too?", label_size="m", required=False,
        help_text="Each child is checked on their own. Whoever the protocol does not lead to the same team stays, and "
        "the record says that they are parted.",
    )  # fmt: skip
    planned_on = fields.DateField(label="Planned for", required=False)
    reason = fields.SelectField(
        label="Why does the worker change?", choices=Reason.choices, initial=Reason.STANDARD_TRANSFER,
        help_text="The national list of reasons, for the yearly return.",
    )  # fmt: skip
    note = fields.LongTextField(label="Anything the receiving team must know", required=False, max_length=500)

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], hints: dict[str, str], siblings: Sequence[Any] = (),
        **kwargs: Any,
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["choice"].hints = hints  # type: ignore[attr-defined]
        self.fields["siblings"].choices = [(one.value, one.label) for one in siblings]  # type: ignore[attr-defined]
        self.fields["siblings"].hints = {one.value: one.hint for one in siblings}  # type: ignore[attr-defined]
        if not siblings:
            del self.fields["siblings"]


class PullForm(forms.Form):
    """Ask another team for a case: by its reference, so that nobody looks through names."""

    reference = fields.TextField(label="Reference of the case", max_length=20, help_text="For example CT-10234.")


class WorkerField(fields.ModelSelectField):
    """Who may take the case, each with what they hold and what comes to them: nobody is named blind."""

    def label_from_instance(self, person: Any) -> str:
        coming = f", {person.coming} coming" if person.coming else ""
        away = ", away today" if person.is_away else ""
        return f"{person.name}: holds {words.plural(person.held, 'case')}{coming}{away}"


class AgreeForm(forms.Form):
    planned_on = fields.DateField(label="Day of the transfer", required=False)
    receiving_worker = WorkerField(
        label="Who takes the case", queryset=Person.objects.none(), required=False, empty_label="Not known yet",
        help_text="Without a name the team holds the case on duty until it is allocated.",
    )  # fmt: skip
    together = fields.CheckboxesField(
        label="Brothers and sisters who were asked for with this child", required=False,
        help_text="Take the tick away from whoever is not agreed to.",
    )  # fmt: skip
    note = fields.LongTextField(label="Note", required=False, max_length=300)

    def __init__(self, *args: Any, workers: Any, together: list[tuple[str, str]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["receiving_worker"].queryset = workers  # type: ignore[attr-defined]
        self.fields["together"].choices = together or []  # type: ignore[attr-defined]
        self.fields["together"].initial = [value for value, _ in together or []]
        if not together:
            del self.fields["together"]


class WorkerForm(forms.Form):
    worker = WorkerField(label="Who takes the case", queryset=Person.objects.none(), empty_label="Choose")

    def __init__(self, *args: Any, workers: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]


class DayForm(forms.Form):
    planned_on = fields.DateField(label="On which day does the case move?")
    why = fields.LongTextField(label="Why does the day change?", max_length=400)


class ReturnForm(forms.Form):
    gaps_found = fields.LongTextField(label="What must be put right?", max_length=1000)


class WhyForm(forms.Form):
    why = fields.LongTextField(label="Why?", max_length=400)


class NoteForm(forms.Form):
    note = fields.LongTextField(label="Note", required=False, max_length=300)


class CompleteForm(forms.Form):
    choice = fields.RadiosField(label="What was decided leads along another route. Which one?", label_size="m")
    missing_because = fields.LongTextField(label="Why are they missing?", required=False, max_length=400)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], hints: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["choice"].hints = hints  # type: ignore[attr-defined]
        if not choices:
            del self.fields["choice"]


class ApproveForm(forms.Form):
    on_behalf_of = fields.TextField(label="Who decided", max_length=150)
    note = fields.LongTextField(label="Note", required=False, max_length=300)

    def __init__(self, *args: Any, for_somebody_else: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not for_somebody_else:
            del self.fields["on_behalf_of"]


class PointForm(forms.Form):
    act = fields.RadiosField(label="What happened?")
    happened_at = fields.MomentField(label="When it happened")
    note = fields.LongTextField(label="Note", required=False, max_length=300)

    def __init__(self, *args: Any, acts: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = acts  # type: ignore[attr-defined]
        if len(acts) == 1:
            self.fields["act"].initial = acts[0][0]


class ItemForm(forms.Form):
    says = fields.RadiosField(label="Is it done?", choices=Says.choices)
    dated_on = fields.DateField(label="Date", required=False)
    link = fields.TextField(label="Link to it in the record system", required=False, max_length=500)
    text = fields.TextField(
        label="Note", required=False, max_length=500, help_text="If it is missing or does not apply, say why."
    )

    def __init__(self, *args: Any, evidence: str, options: tuple[str, ...] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        if evidence != "date":
            del self.fields["dated_on"]
        if evidence != "link":
            del self.fields["link"]
        if evidence == "choice" and options:
            self.fields["text"].help_text = f"One of: {', '.join(options)}. Otherwise say why it is missing."


class CheckForm(forms.Form):
    found_wanting = fields.TextField(
        label="What is missing or wrong?", required=False, max_length=300, help_text="Leave empty if it is in order."
    )


class WaiveForm(forms.Form):
    reason = fields.LongTextField(label="Why may it go on without this?", max_length=500)
    expires_on = fields.DateField(label="Until which day?")


class ChangeRouteForm(forms.Form):
    choice = fields.RadiosField(label="Which route now?", label_size="m")
    why = fields.LongTextField(label="Why?", max_length=400)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], hints: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["choice"].hints = hints  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


def team_of(key: str) -> Team | None:
    return Team.objects.filter(pk=int(key)).first() if key.isdigit() else None


class DisputeForm(forms.Form):
    reason = fields.LongTextField(label="What is disputed, and why?", max_length=1000)


class DecideForm(forms.Form):
    outcome = fields.RadiosField(label="What follows?", choices=Outcome.choices)
    decision = fields.LongTextField(label="The decision, with its reason", max_length=1000)


class DepartForm(forms.Form):
    instead_of = fields.RadiosField(label="What the protocol recommends, and is not followed")
    route = fields.SelectField(label="Which route is decided on?")
    reason = fields.LongTextField(label="Why, for this child?", max_length=1000)

    def __init__(
        self, *args: Any, routes: list[tuple[str, str]], recommended: list[tuple[str, str]], **kwargs: Any
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["route"].choices = [("", "Choose"), *routes]  # type: ignore[attr-defined]
        self.fields["instead_of"].choices = recommended  # type: ignore[attr-defined]
        if len(recommended) == 1:
            self.fields["instead_of"].initial = recommended[0][0]
        if not recommended:
            del self.fields["instead_of"]


class DepartureFilters(FiltersForm):
    show = fields.FilterField(label="Show", choices=[("", "In force"), ("ended", "Ended"), ("all", "All")])
    order = fields.FilterField(label="Order", choices=[("newest", "Newest first"), ("oldest", "Oldest first")])


class DutyForm(forms.Form):
    evidence = fields.LongTextField(label="What shows that it is done?", max_length=500)


class IssuesForm(forms.Form):
    items = fields.CheckboxesField(label="What is sorted out?", required=False)
    outcome = fields.LongTextField(label="How was it sorted out?", max_length=500)

    def __init__(self, *args: Any, missing: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = missing  # type: ignore[attr-defined]


class ListForm(forms.Form):
    meets_at = fields.MomentField(label="When is the meeting?")

    def __init__(self, *args: Any, has_day: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if has_day:
            del self.fields["meets_at"]


class MeetingItemForm(forms.Form):
    says = fields.RadiosField(label="What was decided?", choices=MeetingSays.choices)
    agreed_by = fields.ModelSelectField(
        label="Manager who agreed", queryset=Person.objects.none(), required=False, empty_label="Nobody",
        help_text="Only where it is agreed.",
    )  # fmt: skip
    receiving_worker = WorkerField(
        label="Who takes the case", queryset=Person.objects.none(), required=False, empty_label="Not known yet",
        help_text="Without a name the team holds the case on duty until it is allocated.",
    )  # fmt: skip
    planned_on = fields.DateField(label="Day of the transfer", required=False)
    minutes = fields.LongTextField(
        label="Minutes", required=False, max_length=1000, help_text="Where it is not agreed or is put off, say why.",
    )  # fmt: skip

    def __init__(self, *args: Any, managers: Any, workers: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"].queryset = managers  # type: ignore[attr-defined]
        self.fields["receiving_worker"].queryset = workers  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    chair = fields.ModelSelectField(
        label="Who was in the chair", queryset=Person.objects.none(), required=False, empty_label="Nobody of this list"
    )
    present = fields.LongTextField(
        label="Who was there", required=False, max_length=2000, help_text="One name on each line, with the team."
    )
    minutes = fields.LongTextField(label="Minutes of the meeting", required=False, max_length=5000)

    def __init__(self, *args: Any, chairs: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = chairs  # type: ignore[attr-defined]
