"""What the pages of this room ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.timezone import localdate

from cases.models import ClosureReason, Contact, Reasons
from casetransfer.govuk import fields
from casetransfer.protocols.rows import Item
from closures.guards import DOES_NOT_APPLY, DONE, EVIDENCE_ASKED, NOT_DONE, WAIVED
from closures.models import Check, Closure
from teams.filters import FiltersForm, any_team
from teams.models import Person, Team
from teams.refusals import Gap

EVIDENCE_LABELS = {
    "link": "Link to it in the record", "date": "Date", "text": "In words", "name": "Name", "choice": "Which",
}  # fmt: skip


class QueueFilters(FiltersForm):
    show = fields.FilterField(label="Show", choices=[("", "What waits for me"), ("all", "All that I may see")])
    team = fields.FilterField(label="Held by")
    order = fields.FilterField(
        label="Order",
        choices=[
            ("longest", "Longest waiting first"), ("shortest", "Newest first"), ("name", "Family name"),
            ("team", "Team"), ("lines", "Fewest lines left"),
        ],
    )  # fmt: skip

    def __init__(self, data: Any, *, by: Person):
        super().__init__(data)
        self.fields["team"].choices = any_team(by)  # type: ignore[attr-defined]


class Unmarked(fields.Shown):
    """May be left empty while a part is saved half done, so it is not called optional."""

    def heading(self, bound: BoundField) -> dict[str, Any]:
        kind = "fieldset__legend" if self.LEGEND else "label"
        return {"text": bound.label, "classes": f"govuk-{kind}--{self.label_size}" if self.label_size else ""}


class PartSelect(Unmarked, fields.SelectField):
    pass


class PartText(Unmarked, fields.TextField):
    pass


class PartLongText(Unmarked, fields.LongTextField):
    pass


class PartDate(Unmarked, fields.DateField):
    pass


class PartRadios(Unmarked, fields.RadiosField):
    pass


class PlainForm(forms.Form):
    """A form that shows what an action refuses beside the boxes it is about."""

    def refuse(self, gaps: list[Gap]) -> None:
        for gap in gaps:
            self.add_error(gap.field if gap.field in self.fields else None, gap.sentence)


class StartForm(PlainForm):
    way = fields.RadiosField(label="How does the case close?", label_size="m")
    added = fields.CheckboxesField(label="Does any of these apply as well?", label_size="m", required=False)

    def __init__(
        self, *args: Any, ways: list[tuple[str, str, str]], additions: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        way: Any = self.fields["way"]
        way.choices = [(code, name) for code, name, _ in ways]
        way.hints = {code: hint for code, _, hint in ways if hint}
        if len(ways) == 1:
            way.initial = ways[0][0]
        if additions:
            self.fields["added"].choices = additions  # type: ignore[attr-defined]
        else:
            del self.fields["added"]


class BecauseForm(PlainForm):
    because = fields.LongTextField(label="Why?", max_length=300, label_size="m")

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].label = asks


@dataclass(frozen=True)
class Line:
    """One line of a checklist as it is asked: the tick first, what proves it, and the way out of it."""

    item: Item
    done: BoundField
    evidence: BoundField | None
    other: BoundField
    reason: BoundField

    @property
    def what(self) -> str:
        return self.item.what

    @property
    def is_open(self) -> bool:
        """Whether the way out is in use, so that it must be seen."""
        return bool(self.other.value() or self.other.errors or self.reason.errors)


class PartForm(PlainForm):
    """The part of one hand: its lines, and at the end what it says of the whole."""

    def __init__(self, *args: Any, closure: Closure, waivable: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closure = closure
        self.items_asked = [item for item in closure.present_turn.items if item.code in closure.applying_items]
        for item in self.items_asked:
            self._ask(item, item.code in waivable)
        if not closure.is_last_turn or not closure.why:
            self.fields["reason"] = PartSelect(
                label="Reason for closure", choices=[("", "Choose"), *ClosureReason.choices], required=False,
                initial=closure.reason,
            )  # fmt: skip
            self.fields["why"] = PartLongText(
                label="Why the case can close", required=False, max_length=4000, initial=closure.why,
                help_text="What has changed for the child. It is read beside the reason if the child comes back.",
            )  # fmt: skip
        if closure.is_last_turn:
            self.fields["closed_on"] = fields.DateField(
                label="Closed on an earlier day", required=False,
                help_text="Leave it empty and the case closes now. It cannot be before the other hands had done their "
                "part, nor before anything that was done with the child.",
            )  # fmt: skip
        if closure.turn > 1:
            needed = closure.present_turn.makes == "authorised"
            kind: Any = PartLongText if needed else fields.LongTextField
            self.fields["comment"] = kind(label="Comment", required=False, max_length=2000, initial="")

    def _ask(self, item: Item, may_waive: bool) -> None:
        check = self.closure.answers.get(item.code)
        answer = check.answer if check else ""
        self.fields[f"{item.code}-done"] = fields.TickField(
            label=item.what, required=False, initial=answer == DONE, help_text=item.note
        )
        if item.evidence != "tick":
            proof = proof_field(item)
            proof.initial = _evidence_of(check, item)
            self.fields[f"{item.code}-evidence"] = proof
        ways_out = [(NOT_DONE, "Not done")]
        ways_out += [(DOES_NOT_APPLY, "Does not apply to this child")] if DOES_NOT_APPLY in item.options else []
        ways_out += [(WAIVED, "Waived: the case may close without it")] if may_waive else []
        self.fields[f"{item.code}-other"] = PartRadios(
            label="Otherwise", choices=ways_out, required=False, initial=answer if answer != DONE else ""
        )
        self.fields[f"{item.code}-reason"] = PartText(
            label="Why", required=False, max_length=300, initial=check.reason if check else ""
        )

    def lines(self) -> Iterator[Line]:
        for item in self.items_asked:
            proof = f"{item.code}-evidence"
            yield Line(
                item, self[f"{item.code}-done"], self[proof] if proof in self.fields else None,
                self[f"{item.code}-other"], self[f"{item.code}-reason"],
            )  # fmt: skip

    def ends(self) -> list[BoundField]:
        """What is asked of the whole, after the lines."""
        return [self[name] for name in ("reason", "why", "comment", "closed_on") if name in self.fields]

    def given(self) -> dict[str, tuple[str, str, str]]:
        """(answer, evidence, reason) of every line that somebody answered."""
        said = self.cleaned_data
        found = {}
        for item in self.items_asked:
            answer = DONE if said[f"{item.code}-done"] else said[f"{item.code}-other"]
            evidence = in_words(said.get(f"{item.code}-evidence"))
            if answer:
                found[item.code] = (answer, evidence, said[f"{item.code}-reason"].strip())
        return found


def proof_field(item: Item) -> Any:
    """The box for what proves a line."""
    label = EVIDENCE_LABELS[item.evidence]
    if item.evidence == "choice":
        choices = [("", "Choose"), *((one, one) for one in item.options if one != DOES_NOT_APPLY)]
        return PartSelect(label=label, choices=choices, required=False)
    if item.evidence == "date":
        return PartDate(label=label, required=False)
    return PartText(label=label, required=False, max_length=500)


def in_words(evidence: str | date | None) -> str:
    """What was given in a box, as it is kept."""
    return evidence.isoformat() if isinstance(evidence, date) else (evidence or "").strip()


def _evidence_of(check: Check | None, item: Item) -> str | date | None:
    """What proves a line so far, as its box wants it."""
    if check is None or not check.evidence:
        return None if item.evidence == "date" else ""
    return date.fromisoformat(check.evidence) if item.evidence == "date" else check.evidence


class LineForm(PlainForm):
    """One line of many closings: a tick for each case in which it is done, with what proves it."""

    def __init__(self, *args: Any, item: Item, closures: list[Closure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.closures = item, closures
        for closure in closures:
            name = f"{closure.case.child.name}, case {closure.case.reference}"
            self.fields[f"{closure.reference}-done"] = fields.TickField(label=name, required=False)
            if item.evidence != "tick":
                proof = proof_field(item)
                proof.label = f"{proof.label} of case {closure.case.reference}"
                self.fields[f"{closure.reference}-evidence"] = proof

    def boxes(self, closure: Closure) -> tuple[BoundField, BoundField | None]:
        proof = f"{closure.reference}-evidence"
        return self[f"{closure.reference}-done"], self[proof] if proof in self.fields else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for closure in self.closures:
            proof = f"{closure.reference}-evidence"
            is_missing = proof in self.fields and proof not in self.errors and not said.get(proof)
            if said.get(f"{closure.reference}-done") and is_missing:
                self.add_error(proof, f"{EVIDENCE_ASKED[self.item.evidence]}: case {closure.case.reference}.")
        return said

    def given(self) -> dict[Closure, str]:
        """The closings in which it is done, with their evidence."""
        said = self.cleaned_data
        return {
            closure: in_words(said.get(f"{closure.reference}-evidence"))
            for closure in self.closures
            if said[f"{closure.reference}-done"]
        }


class StepDownForm(PlainForm):
    service = fields.RadiosField(label="Which service goes on with the family?", label_size="m")
    lead_professional = fields.TextField(label="Lead professional", required=False, max_length=150)
    lead_organisation = fields.TextField(label="Their organisation", required=False, max_length=150)
    sought_by = fields.TextField(
        label="Who keeps looking for a lead professional", required=False, max_length=150,
        help_text="If nobody has been found yet.",
    )  # fmt: skip
    consent_of = fields.TextField(label="Who in the family agreed", required=False, max_length=150)
    consent_on = fields.DateField(label="The day they agreed", required=False)
    handover_on = fields.DateField(label="The handover meeting", required=False)

    def __init__(self, *args: Any, services: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        if len(services) == 1:
            self.fields["service"].initial = services[0][0]


class ReopenForm(PlainForm):
    team = fields.ModelSelectField(
        label="Which team holds the case?", queryset=Team.objects.in_use(), empty_label="Choose"
    )  # fmt: skip
    because = fields.LongTextField(label="Why is the case opened again?", max_length=300)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = team.queryset.visible_to(by)


class ReturnForm(PlainForm):
    kind = fields.RadiosField(
        label="What has come?",
        choices=[("contact", "A contact about the child"), ("court_report", "A request of the court for a report")],
    )
    came_on = fields.DateField(label="The day it came")
    reason_now = fields.LongTextField(label="Why the child comes back", max_length=2000)
    same_reasons = fields.YesNoField(label="Are the reasons the same as at closing?", required=False)

    def __init__(self, *args: Any, contact: Contact | None = None, **kwargs: Any):
        """`contact`: what brought the child back, so that nobody types it a second time."""
        super().__init__(*args, **kwargs)
        if contact:
            said = {Reasons.SAME: "yes", Reasons.DIFFERENT: "no"}
            self.fields["kind"].initial = "contact"
            self.fields["came_on"].initial = localdate(contact.received_at)
            self.fields["reason_now"].initial = contact.says[:2000]
            self.fields["same_reasons"].initial = said.get(Reasons(contact.reasons)) if contact.reasons else None


class AnswerReturnForm(PlainForm):
    answer = fields.RadiosField(label="What is your answer?", label_size="m")
    because = fields.LongTextField(
        label="Why", required=False, max_length=300, help_text="Needed unless the child is taken back."
    )

    def __init__(self, *args: Any, answers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]
