"""What the pages about restricted records ask for."""

from typing import Any

from django import forms

from casetransfer.govuk import fields
from teams.models import Person

REASON = "Do not name the child: the reference is enough."


class BreakGlassForm(forms.Form):
    reference = fields.TextField(label="Reference of the case", width=10, help_text="Like CT-10234.")
    reason = fields.LongTextField(label="What is the emergency?", max_length=300, help_text=REASON)

    def clean_reference(self) -> str:
        return self.cleaned_data["reference"].strip().upper()


class AboutPerson(forms.Form):
    person = fields.ModelSelectField(label="Person", queryset=Person.objects.active(), empty_label="Choose")

    def __init__(self, *args: Any, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.visible_to(by).active()  # type: ignore[attr-defined]


class GrantForm(AboutPerson):
    reason = fields.LongTextField(label="Why does this person need to see the record?", max_length=300)


class ReviewForm(forms.Form):
    was_needed = fields.RadiosField(
        label="Was it right to open the record?", choices=[("yes", "Yes"), ("no", "No: it will be followed up")]
    )
    finding = fields.LongTextField(label="What did you find?", max_length=300, help_text=REASON)

    def clean_was_needed(self) -> bool:
        return self.cleaned_data["was_needed"] == "yes"
