"""When is it due? The question put to one timer."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from casetransfer.protocol_pages.forms import BareDate, BareText
from casetransfer.protocols import Pack
from casetransfer.protocols.rows import Timer
from casetransfer.protocols.sentences import capital, says_start


class DueForm(forms.Form):
    """When the clock of one timer started, and its other starts. `moments()` is what the engine counts from."""

    def __init__(self, data: Any, *, pack: Pack, timer: Timer):
        super().__init__(data)
        starts = [timer.starts, *(other.starts for other in timer.or_from)]
        offsets = [timer.offset, *(other.offset for other in timer.or_from)]
        for number, (start, offset) in enumerate(zip(starts, offsets, strict=True)):
            label = _asks_start(capital(says_start(pack, start)), timer, number)
            self.fields[f"start{number}"] = BareDate(
                label=label, label_size="s", required=number == 0 and len(starts) == 1
            )
            if "hour" in (offset or ""):
                self.fields[f"time{number}"] = BareText(
                    label="At what time?", required=False, width=5, help_text="For example, 16:05."
                )
        self.count = len(starts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(f"start{number}") for number in range(self.count)):
            self.add_error("start0", "Enter at least one of the days")
        for number in range(self.count):
            try:
                cleaned[f"moment{number}"] = _moment(cleaned.get(f"start{number}"), cleaned.get(f"time{number}") or "")
            except ValueError:
                self.add_error(f"time{number}", "Enter a time, like 9:30 or 16:05")
        return cleaned

    def moments(self) -> list[datetime | None]:
        return [self.cleaned_data[f"moment{number}"] for number in range(self.count)]


def _asks_start(words: str, timer: Timer, number: int) -> str:
    if timer.starts.on == "age_reached" and number == 0:
        return (
            "Expected date of delivery"
            if timer.starts.of in ("gestation", "expected_delivery_date")
            else "Date of birth"
        )
    return f"{'Or: ' if number else ''}{words}: on which day?"


def _moment(day: date | None, clock: str) -> datetime | None:
    if day is None:
        return None
    hour, _, minute = clock.replace(".", ":").partition(":")
    return datetime.combine(day, time(int(hour), int(minute)) if clock else time())
