"""The whole checklist on one page: each line with its tick, what proves it, and the way out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from casetransfer.govuk import fields
from casetransfer.protocols.rows import Item
from transfers.actions import Given
from transfers.brief import ItemState
from transfers.models import ChecklistAnswer, Says

PROOF = {"date": "dated_on", "link": "link"}
PROOF_LABELS = {"link": "Link to it in the record", "text": "In words", "name": "Name", "choice": "Which"}
WAYS_OUT = [(Says.NO.value, "It is missing"), (Says.NOT_APPLICABLE.value, "It does not apply to this child")]


class OnOneLine(fields.Shown):
    """Any line may be left for later, so its boxes are not called optional."""

    def heading(self, bound: BoundField) -> dict[str, Any]:
        return {"text": bound.label, "classes": "govuk-fieldset__legend--s" if self.LEGEND else ""}


class LineDate(OnOneLine, fields.DateField):
    pass


class LineSelect(OnOneLine, fields.SelectField):
    pass


class LineText(OnOneLine, fields.TextField):
    pass


class LineRadios(OnOneLine, fields.RadiosField):
    pass


@dataclass(frozen=True, slots=True)
class AnswerLine:
    code: str
    what: str
    done: BoundField
    evidence: BoundField | None
    other: BoundField
    reason: BoundField

    @property
    def is_open(self) -> bool:
        """Whether the way out is in use, so that it must be seen."""
        return bool(self.other.value() or self.other.errors or self.reason.errors)


class ChecklistForm(forms.Form):
    """`cleaned_data` holds the answers that are new or other than before, as the action takes them."""

    def __init__(self, *args: Any, states: Sequence[ItemState], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.states = states
        for state in states:
            self._ask(state.item, state.answer)

    def _ask(self, item: Item, answer: ChecklistAnswer | None) -> None:
        says = answer.says if answer else ""
        self.fields[f"{item.code}-done"] = fields.TickField(label=item.what, required=False, initial=says == Says.YES)
        if item.evidence != "tick":
            proof = _proof(item)
            proof.initial = getattr(answer, PROOF.get(item.evidence, "text")) if says == Says.YES else None
            self.fields[_proof_name(item)] = proof
        self.fields[f"{item.code}-says"] = LineRadios(
            label="Otherwise", choices=WAYS_OUT, required=False, initial=says if says != Says.YES else ""
        )
        why = answer.text if answer and says != Says.YES else ""
        self.fields[f"{item.code}-why"] = LineText(label="Why", required=False, max_length=500, initial=why)

    def lines(self) -> Iterator[AnswerLine]:
        for item in (state.item for state in self.states):
            proof = self[_proof_name(item)] if item.evidence != "tick" else None
            code = item.code
            yield AnswerLine(code, item.what, self[f"{code}-done"], proof, self[f"{code}-says"], self[f"{code}-why"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given = [one for state in self.states if (one := self._given(state, said))]
        return {"answers": given}

    def _given(self, state: ItemState, said: dict[str, Any]) -> Given | None:
        """What was said of one line. Evidence alone says that it is done; of tick and way out the new one counts."""
        item, answer = state.item, state.answer
        code, before = item.code, answer.says if answer else ""
        ticked, other, proof = said.get(f"{code}-done"), said.get(f"{code}-says"), said.get(_proof_name(item))
        if other and not (ticked and before != Says.YES):
            why = said.get(f"{code}-why", "")
            if not why:
                self.add_error(f"{code}-why", f"Say why: {item.what}")
            given = Given(code, other, text=why)
        elif ticked or (proof and before != Says.YES):
            given = Given(code, Says.YES, **({PROOF.get(item.evidence, "text"): proof} if proof else {}))
        elif before == Says.YES:
            self.add_error(f"{code}-says", f"Say whether it is missing or does not apply: {item.what}")
            return None
        else:
            return None
        return given if answer is None or _is_new(given, answer) else None


def _proof_name(item: Item) -> str:
    return f"{item.code}-{PROOF.get(item.evidence, 'text')}"


def _proof(item: Item) -> forms.Field:
    if item.evidence == "date":
        return LineDate(label="Date", required=False)
    if item.evidence == "choice" and item.options:
        return LineSelect(
            label="Which", choices=[("", "Choose"), *((one, one) for one in item.options)], required=False
        )
    return LineText(label=PROOF_LABELS[item.evidence], required=False, max_length=500)


def _is_new(given: Given, answer: ChecklistAnswer) -> bool:
    before = (answer.says, answer.dated_on, answer.link, answer.text)
    return bool(answer.found_wanting) or before != (given.says, given.dated_on, given.link, given.text)
