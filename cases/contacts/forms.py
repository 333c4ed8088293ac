"""What the pages of the front door ask for."""

from typing import Any

from django import forms

from cases.contacts.machine import ContactState
from cases.models import ContactChannel, ContactOutcome, ContactSource, Reasons, Tier
from casetransfer.govuk import fields
from casetransfer.protocols.rows import Scale
from teams.filters import FiltersForm
from teams.models import Team

CLOCKS = [("", "Any"), ("late", "Late"), ("running", "Still running")]
ORDERS = [
    ("newest", "Newest first"), ("oldest", "Oldest first"), ("time", "Least time left first"), ("name", "Name"),
]  # fmt: skip

NOT_SAID = ("", "Not settled yet")
CHANNELS = [choice for choice in ContactChannel.choices if choice[0] != ContactChannel.NOT_SAID]


class ContactFilters(FiltersForm):
    stage = fields.FilterField(
        label="Stage", choices=[("", "Any"), ("undecided", "Not decided yet"), *ContactState.choices]
    )
    clock = fields.FilterField(label="Time", choices=CLOCKS)
    order = fields.FilterField(label="Order", choices=ORDERS)


class ContactForm(forms.Form):
    team = fields.ModelSelectField(label="Front door team", queryset=Team.objects.none(), empty_label="Choose")
    given_name = fields.TextField(label="Given name of the child", max_length=100, help_text="Or what is known of it.")
    family_name = fields.TextField(label="Family name", max_length=100, required=False)
    date_of_birth = fields.DateField(label="Date of birth", required=False)
    received_at = fields.MomentField(label="When it came in")
    channel = fields.RadiosField(label="How it came in", choices=CHANNELS)
    source = fields.SelectField(label="Who made the contact", choices=[("", "Choose"), *ContactSource.choices])
    referrer = fields.TextField(label="Name and place of work", max_length=200, required=False)
    tier = fields.SelectField(label="Tier of need", choices=[NOT_SAID, *Tier.choices], required=False)
    says = fields.LongTextField(label="What the contact is about")

    def __init__(self, *args: Any, teams: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class RatingForm(forms.Form):
    """The colours of the protocol's own scale, each with what it means; none where it has no scale."""

    def __init__(self, *args: Any, scale: Scale | None, known_before: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if scale:
            hints: dict[str, str] = {
                one.colour: f"{one.means}. Limit: {one.limit}" if one.limit else one.means for one in scale.ratings
            }
            self.fields["colour"] = fields.RadiosField(
                label=f"Rating: {scale.name}", hints=hints,
                choices=[(one.colour, one.colour.capitalize()) for one in scale.ratings],
            )  # fmt: skip
        self.fields["tier"] = fields.SelectField(
            label="Tier of need", choices=[NOT_SAID, *Tier.choices], required=False
        )
        if known_before:
            self.fields["reasons"] = fields.RadiosField(
                label="Compared with the last closing", choices=Reasons.choices, required=False
            )


class DecisionForm(forms.Form):
    """`ways`: the routes of the protocol that are settled; `named`: the teams that it may send this child to."""

    outcome = fields.RadiosField(label="What follows", choices=ContactOutcome.choices)
    team = fields.ModelSelectField(
        label="Team that takes the child on", queryset=Team.objects.none(), required=False, empty_label="Nobody"
    )
    route = fields.RadiosField(label="Way of the protocol that this goes", required=False)
    decision = fields.LongTextField(label="Why this is decided")

    def __init__(self, *args: Any, ways: list[tuple[str, str]], named: list[Team], others: list[Team], **kwargs: Any):
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = Team.objects.filter(pk__in=[one.pk for one in (*named, *others)])
        team.choices = [("", "Nobody"), *((str(one.pk), one.name) for one in (*named, *others))]
        first = f" The protocol names {' or '.join(one.name for one in named)}." if named else ""
        team.help_text = f"For a referral only.{first}"
        if ways:
            self.fields["route"].choices = [*ways, ("", "Another")]  # type: ignore[attr-defined]
        else:
            del self.fields["route"]


class InformationForm(forms.Form):
    information = fields.LongTextField(label="What the agencies said")


class KnownForm(forms.Form):
    child = fields.RadiosField(label="Which child is this?")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["child"].choices = choices  # type: ignore[attr-defined]
