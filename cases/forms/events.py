"""What is asked about events."""

from typing import Any

from cases import words
from cases.forms.base import RecordForm, choices_of
from cases.models import Event
from casetransfer.govuk import fields
from casetransfer.protocols.vocabulary import event_kinds


def kinds() -> list[tuple[str, str]]:
    named = sorted((words.capital(event.says), event.kind) for event in event_kinds().values())
    return [("", "Choose"), *((kind, says) for says, kind in named)]


def _names(typed: str) -> list[str]:
    return [line.strip()[:150] for line in typed.splitlines() if line.strip()]


class BookEventForm(RecordForm):
    kind = fields.SelectField(label="What is it?", choices=kinds)
    planned_at = fields.MomentField(label="When is it planned?", help_text="For example, 24 11 2026 at 9:30")
    place = fields.TextField(label="Where?", required=False, max_length=150)
    attendees = fields.LongTextField(label="Who is asked to come?", required=False, help_text="One name on each line.")
    ordinal = fields.NumberField(
        label="Which one is it?", required=False, width=2, min_value=1, max_value=99,
        help_text="For reviews and core groups: 1 for the first. Leave it empty to count on from the last one here.",
    )  # fmt: skip
    earlier_elsewhere = fields.TickField(
        label="The earlier ones were held before this record began", required=False,
        help_text="For a child who moved here, or whose reviews are in another system.",
    )  # fmt: skip

    def clean_attendees(self) -> list[str]:
        return _names(self.cleaned_data["attendees"])


class RecordPastEventForm(BookEventForm):
    """One that was held without having been booked here."""

    held_at = fields.MomentField(label="When was it held?")
    outcome = fields.SelectField(
        label="What was decided?", required=False, help_text="The choices depend on what it was."
    )

    field_order = ["kind", "held_at", "outcome", "ordinal", "earlier_elsewhere", "place", "attendees"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["planned_at"]
        self.fields["attendees"].label = "Who came?"
        every = {outcome for event in event_kinds().values() for outcome in event.outcomes}
        self.fields["outcome"].choices = choices_of(sorted(every), empty="Choose")  # type: ignore[attr-defined]


class MoveEventForm(RecordForm):
    planned_at = fields.MomentField(label="New date and time")
    reason = fields.TextField(label="Why is it moved?", max_length=300)


class HoldEventForm(RecordForm):
    held_at = fields.MomentField(label="When was it held?")
    outcome = fields.RadiosField(label="What was decided?", required=False)
    next_planned_at = fields.MomentField(
        label="If it was adjourned, when does it go on?", required=False, help_text="Leave it empty if not known yet."
    )
    attended = fields.CheckboxesField(label="Who came?", choices=(), required=False)
    others = fields.LongTextField(label="Who else came?", required=False, help_text="One name on each line.")
    detail = fields.LongTextField(label="Anything to add", required=False, max_length=500)

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = event_kinds()[event.kind]
        outcome, outcomes = self.fields["outcome"], known.outcomes
        outcome.choices = choices_of(outcomes)  # type: ignore[attr-defined]
        outcome.required, outcome.error_messages["required"] = True, f"Choose the outcome of the {known.says}."
        if not outcomes:
            del self.fields["outcome"], self.fields["next_planned_at"]
        asked = [attendee.name for attendee in event.attendees.all()]
        self.fields["attended"].choices = [(name, name) for name in asked]  # type: ignore[attr-defined]
        if not asked:
            del self.fields["attended"]
            self.fields["others"].label = "Who came?"

    def clean(self) -> dict[str, Any]:
        """Who came, asked or not, in one list, as the action takes it."""
        given = super().clean() or {}
        given["attended"] = [*given.get("attended", ()), *_names(given.pop("others", ""))]
        return given


class CancelEventForm(RecordForm):
    reason = fields.TextField(label="Why will it not take place?", max_length=300)


HELD = [("yes", "It was held"), ("no", "It was not held: it is still only planned"), ("never", "It should not be here")]


class CorrectEventForm(RecordForm):
    was = fields.RadiosField(label="What is right?", choices=HELD)
    planned_at = fields.MomentField(label="Planned for", required=False)
    held_at = fields.MomentField(label="If it was held: when?", required=False)
    outcome = fields.SelectField(label="If it was held: what was decided?", required=False)
    reason = fields.TextField(label="Why is this corrected?", max_length=300)

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.event = event
        outcomes = event_kinds()[event.kind].outcomes
        self.fields["outcome"].choices = choices_of(outcomes, empty="Choose")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("was") == "yes" and not given.get("held_at") and "held_at" not in self.errors:
            self.add_error("held_at", "Say when it was held.")
        if given.get("was") == "no" and not given.get("planned_at") and "planned_at" not in self.errors:
            self.add_error("planned_at", "Say when it is planned for.")
        return given

    def changes(self) -> dict[str, Any]:
        """What the correction changes, as the action takes it."""
        given = self.cleaned_data
        held = given["was"] == "yes"
        return {
            "planned_at": given["planned_at"],
            "held_at": given["held_at"] if held else None,
            "outcome": given["outcome"] if held else "",
        }
