"""What the pages of notices ask."""

from django import forms

from casetransfer.govuk import fields


class LetterForm(forms.Form):
    text = fields.LongTextField(
        label="What the letter says",
        help_text="In plain words, to this one person. Nothing about anybody who does not live with them.",
    )
