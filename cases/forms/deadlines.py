"""What is asked about deadlines."""

from cases.forms.base import RecordForm
from casetransfer.govuk import fields


class MeetForm(RecordForm):
    met_at = fields.MomentField(label="When was it done?")
    evidence = fields.TextField(
        label="What shows it?", max_length=300, help_text="For example: telephone call, see the case note of that day."
    )


class StopForm(RecordForm):
    reason = fields.TextField(label="Why does it not apply?", max_length=300)


class PauseForm(RecordForm):
    reason = fields.TextField(label="Why does it stand still?", max_length=300)


class ResumeForm(RecordForm):
    reason = fields.TextField(label="Why does it run on?", max_length=300)


class OnForm(RecordForm):
    """A day past: what was known then."""

    on = fields.DateField(label="What was known on this day", label_size="s")
