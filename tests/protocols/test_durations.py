"""Lengths of time as a protocol writes them: what is read, and how it is said back."""

import pytest

from casetransfer.protocols.durations import Duration

FORMS = [
    ("4 hours", 4, "hours", "4 hours"),
    ("1 working day", 1, "working days", "1 working day"),
    ("20 days", 20, "days", "20 days"),
    ("6 weeks", 42, "days", "6 weeks"),
    ("3 months", 3, "months", "3 months"),
    ("1 year", 12, "months", "1 year"),
    ("11y6m", 138, "months", "11 years 6 months"),
    ("18y", 216, "months", "18 years"),
    ("1y1m", 13, "months", "1 year 1 month"),
    ("20w0d", 140, "days", "20 weeks"),
    ("20w", 140, "days", "20 weeks"),
    ("39w6d", 279, "days", "39 weeks 6 days"),
    ("1w1d", 8, "days", "1 week 1 day"),
]


@pytest.mark.parametrize(("text", "count", "unit", "words"), FORMS)
def test_a_length_is_read_and_said_in_words(text, count, unit, words):
    length = Duration.parse(text)

    assert (length.count, length.unit, str(length)) == (count, unit, words)


@pytest.mark.parametrize("text", ["", "soon", "4h", "15.5", "1 fortnight", "11y12m", "20w7d", "15 working days later"])
def test_what_is_no_length_is_refused_with_the_forms_that_are(text):
    with pytest.raises(ValueError, match="is not a length of time") as refused:
        Duration.parse(text)

    assert str(refused.value) == (
        f'"{text}" is not a length of time: write "4 hours", "15 working days", "20 days", "6 weeks", "3 months", '
        '"1 year", "11y6m" or "20w0d"'
    )


def test_only_weeks_of_pregnancy_are_counted_to_the_expected_delivery_date():
    assert [text for text, *_ in FORMS if Duration.parse(text).is_gestation] == ["20w0d", "20w", "39w6d", "1w1d"]
