"""What the forms of the record share."""

from collections.abc import Iterable

from django import forms

from cases import words
from teams.refusals import Gap


class RecordForm(forms.Form):
    """A form whose action may refuse: each gap is shown at the field it names, or above the form."""

    def show(self, gaps: Iterable[Gap]) -> None:
        for gap in gaps:
            clauses = f" ({', '.join(gap.clauses)})" if gap.clauses else ""
            self.add_error(gap.field if gap.field in self.fields else None, f"{gap.sentence}{clauses}")


def choices_of(codes: Iterable[str], *, empty: str = "") -> list[tuple[str, str]]:
    """Codes of the vocabulary as choices in words."""
    listed = [(code, words.capital(words.label(code))) for code in codes]
    return [("", empty), *listed] if empty else listed
