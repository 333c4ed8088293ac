"""What the pages of imports ask for."""

from typing import Any

from django import forms

from cases.imports.presenters import LEAVE_OUT, Matching, NameLine
from cases.imports.workbook import MEGABYTE, MOST_BYTES
from cases.models import ImportName
from casetransfer.govuk import fields
from teams.models import Person, Team

XLSX = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    workbook = fields.FileField(
        label="Annex A workbook", accept=XLSX, max_length=200,
        help_text=f"An .xlsx file of at most {MOST_BYTES // MEGABYTE} MB, without macros or password.",
        error_messages={"required": "Choose the workbook"},
    )  # fmt: skip


class MatchingForm(forms.Form):
    """One choice for each name. Nothing is chosen for a name that looks like nobody."""

    def __init__(self, *args: Any, matching: Matching, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines: dict[str, NameLine] = {}
        self.names_of = {"Team": matching.teams, "Worker": matching.workers}
        self._ask(matching.teams, matching.team_choices, "Leave its rows out")
        self._ask(matching.workers, matching.worker_choices, "Nobody here: leave the case to be allocated")
        if any(not line.chosen for line in self.lines.values()):
            self.fields["rest"] = fields.TickField(
                label="Leave out every name for which I have not chosen anybody", required=False,
                help_text="The rows of such a team do not come in. A case of such a worker waits to be allocated.",
            )  # fmt: skip
        if "rest" in self.data:
            for key in self.lines:
                self.fields[key].required = False

    def _ask(self, lines: tuple[NameLine, ...], choices: tuple[tuple[str, str], ...], leave_out: str) -> None:
        for line in lines:
            self.lines[line.key] = line
            self.fields[line.key] = fields.SelectField(
                label=line.name.written or "No team given in the workbook",
                choices=[("", "Choose"), (LEAVE_OUT, leave_out), *choices],
                initial=line.chosen, help_text=self._known_of(line),
                error_messages={"required": f"Choose who {line.name.written} is, or leave it out" if line.name.written
                                else "Choose the team for the rows that name none, or leave them out"},
            )  # fmt: skip

    @staticmethod
    def _known_of(line: NameLine) -> str:
        rows = "1 row" if line.name.rows == 1 else f"{line.name.rows} rows"
        if not line.chosen:
            return f"{rows}. No name here is like it."
        return f"{rows}." if line.sure else f"{rows}. The name is only similar: please check."

    def choices(self, teams: dict[str, Team], people: dict[str, Person]) -> dict[ImportName, Team | Person | None]:
        """Each name with whom it means; None: nobody."""
        known: dict[str, dict[str, Any]] = {"team": teams, "worker": people}
        return {
            line.name: known[line.name.kind].get(self.cleaned_data[key]) for key, line in self.lines.items()
        }  # fmt: skip


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class HeaderForm(forms.Form):
    column = fields.SelectField(label="Column")
    header = fields.TextField(
        label="Your own header",
        required=False,
        max_length=200,
        help_text="Leave it empty to use the official one again.",
    )

    def __init__(self, *args: Any, choices: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        flat = [(key, f"{group}: {header}") for group, rows in choices for key, header in rows]
        self.fields["column"].choices = [("", "Choose"), *flat]  # type: ignore[attr-defined]
