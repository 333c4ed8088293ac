"""What is asked about workers, teams, the child and the people around the child."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cases.forms.base import RecordForm
from cases.models import TEAM_PARTS, IdentifierKind, Part, Reason, RelationshipKind, Sex
from casetransfer.govuk import fields
from teams.models import Person, Team

REASONS = [("", "Choose"), *Reason.choices]
OTHER_PARTS = [
    (part.value, part.label)
    for part in Part
    if part not in (Part.RESPONSIBLE_TEAM, Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY, Part.RECEIVING_TEAM)
]


class AllocateForm(RecordForm):
    worker = fields.RadiosField(label="Who takes the case?", label_size="m")
    reason = fields.SelectField(label="Why does the worker change?", choices=REASONS)

    def __init__(self, *args: Any, workers: list[tuple[str, str, str]], **kwargs: Any):
        """`workers`: (number, name, what it would do to what they hold)."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["worker"]
        field.choices = [(number, name) for number, name, _ in workers]
        field.hints = {number: says for number, _, says in workers}

    def clean_worker(self) -> Person:
        return Person.objects.get(pk=self.cleaned_data["worker"])


class DutyForm(RecordForm):
    delay_reason = fields.TextField(label="Why is there no worker yet?", max_length=200)
    review_on = fields.DateField(label="When is this looked at again?")
    manager = fields.ModelSelectField(
        label="In whose name is it held?", queryset=Person.objects.none(), required=False,
        empty_label="The whole team on duty",
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = people  # type: ignore[attr-defined]


class AddInvolvementForm(RecordForm):
    role = fields.RadiosField(label="What do they do in the case?", choices=OTHER_PARTS)
    team = fields.ModelSelectField(label="Team", queryset=Team.objects.none(), empty_label="Choose")
    person = fields.ModelSelectField(
        label="Person", queryset=Person.objects.none(), required=False, empty_label="Nobody by name",
        help_text="Leave it empty only for a team working alongside.",
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.visible_to(by).in_use()  # type: ignore[attr-defined]
        self.fields["person"].queryset = Person.objects.visible_to(by).active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") in TEAM_PARTS:
            given["person"] = None
        return given


class EndInvolvementForm(RecordForm):
    pass


class CorrectMoveForm(RecordForm):
    really_at = fields.MomentField(label="When did responsibility really move?")
    why = fields.TextField(label="Why is this corrected?", max_length=300)


class HeldAtForm(RecordForm):
    """Two moments: the one asked about, and the one at which somebody looked."""

    moment = fields.MomentField(label="Who held this child on")
    known_at = fields.MomentField(
        label="As the record said on", required=False, help_text="Leave it empty for what the record says today."
    )


class ChildForm(RecordForm):
    given_name = fields.TextField(label="Given name", max_length=100)
    family_name = fields.TextField(label="Family name", required=False, max_length=100)
    also_known_as = fields.TextField(label="Also known as", required=False, max_length=200)
    date_of_birth = fields.DateField(label="Date of birth", required=False)
    expected_delivery_date = fields.DateField(label="Expected delivery date", required=False)
    sex = fields.RadiosField(label="Sex", choices=Sex.choices)
    address = fields.LongTextField(label="Address", required=False)
    school = fields.TextField(label="School", required=False, max_length=150)
    died_on = fields.DateField(label="Date of death", required=False)


class RectifyForm(RecordForm):
    given_name = fields.TextField(label="Given name", max_length=100)
    family_name = fields.TextField(label="Family name", required=False, max_length=100)
    also_known_as = fields.TextField(label="Also known as", required=False, max_length=200)
    date_of_birth = fields.DateField(label="Date of birth", required=False)
    sex = fields.RadiosField(label="Sex", choices=Sex.choices)
    because = fields.LongTextField(
        label="What shows what is right?", max_length=300,
        help_text="For example: the birth certificate, seen today; the young person's own letter.",
    )  # fmt: skip


KNOWN = [("yes", "Yes"), ("no", "No"), ("", "Not known")]


class KnownField(fields.RadiosField):
    """Yes, no, or not known."""

    inline = True

    def __init__(self, label: str):
        super().__init__(label=label, choices=KNOWN, required=False)

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class RelationshipForm(RecordForm):
    kind = fields.SelectField(label="Who is this to the child?", choices=[("", "Choose"), *RelationshipKind.choices])
    name = fields.TextField(label="Name", max_length=200)
    address = fields.LongTextField(label="Address", required=False)
    parental_responsibility = KnownField("Has parental responsibility")
    lives_with_child = KnownField("Lives with the child")
    learning_disability = KnownField("Has a learning disability")
    care_leaver = KnownField("Is a care leaver")
    looked_after = KnownField("Is looked after")
    earlier_child_removed = KnownField("An earlier child was removed through proceedings")


class EndRelationshipForm(RecordForm):
    reason = fields.TextField(
        label="Why?", max_length=300, help_text="For example: moved away; died; was recorded under the wrong child."
    )


class SiblingForm(RecordForm):
    words = fields.TextField(
        label="Who is it?", max_length=100,
        help_text="A case or child number, a name, a date of birth, or the number in the record system.",
    )  # fmt: skip


class WhichChildForm(RecordForm):
    """`found`: (number, name, what tells this child from others)."""

    words = forms.CharField(widget=forms.HiddenInput)
    child = fields.RadiosField(label="Which child is it?", label_size="m")

    def __init__(self, *args: Any, found: list[tuple[str, str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["child"]
        field.choices = [(number, name) for number, name, _ in found]
        field.hints = {number: says for number, _, says in found}


class LeaveFamilyForm(RecordForm):
    reason = fields.TextField(label="What shows that they are not?", max_length=300)


class IdentifierForm(RecordForm):
    kind = fields.SelectField(label="What number is it?", choices=[("", "Choose"), *IdentifierKind.choices])
    value = fields.TextField(label="The number", max_length=50)
    source = fields.TextField(
        label="Who says so?", required=False, max_length=100, help_text="For example: the school; the former system."
    )


class WarningForm(RecordForm):
    says = fields.TextField(label="What must everybody know?", max_length=200)
    review_on = fields.DateField(label="When is this looked at again?")


class DocumentForm(RecordForm):
    title = fields.TextField(label="Title", max_length=200)
    kind = fields.TextField(label="What kind of paper is it?", max_length=60, help_text="For example: assessment.")
    link = fields.TextField(label="Link to it in the record system", max_length=500)
    dated_on = fields.DateField(label="Date of the paper")
