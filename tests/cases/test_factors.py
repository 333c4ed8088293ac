"""The factors that an assessment found when it ended: recorded with it, corrected like it, imported with it."""

from datetime import date

import pytest

from cases import actions
from cases.factors import GROUPS, Factor
from cases.models import Spell
from cases.presenters.timeline import journey_lines
from teams.refusals import Refused
from tests.cases.walkers import open_case
from tests.cast import NOON

BEGUN, ENDED = date(2026, 10, 5), date(2026, 11, 9)


@pytest.fixture
def assessment(transferring_team):
    case = open_case(transferring_team)
    return actions.start_spell(case=case, kind="status", code="assessment", starts_on=BEGUN, by=None, at=NOON)


def end(spell, *factors):
    return actions.end_spell(spell=spell, ends_on=ENDED, factors=factors, by=None, at=NOON)


def test_an_assessment_ends_with_what_it_found_each_once_and_in_the_order_of_the_list(assessment):
    ended = end(assessment, "16A", "2B", "16A")

    assert ended.factors == ["2B", "16A"]
    assert assessment.case.journal.latest("pk").says == "Assessment ended on 9 November 2026, with 2 factors."


def test_the_journey_says_the_factors_in_words(assessment):
    end(assessment, "2B", "16A")

    told = {line.says: line.detail for line in journey_lines([], Spell.objects.all(), [])}

    assert told["Assessment ended"] == "Factors: Drug misuse by a parent or carer; Neglect"


IMPOSSIBLE = {
    "a code that the list does not have": (["99Z"], "Choose the factors from the list."),
    "a code of long ago": (["18A"], "Choose the factors from the list."),
    "none beside another": (["21", "2B"], "Either factors were identified or none was, not both."),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_factors_that_cannot_be_are_refused_with_their_field(assessment, name):
    factors, says = IMPOSSIBLE[name]

    with pytest.raises(Refused) as refused:
        end(assessment, *factors)

    assert [(gap.field, gap.sentence) for gap in refused.value.gaps] == [("factors", says)]


def test_only_an_assessment_has_factors(transferring_team):
    case = open_case(transferring_team)
    plan = actions.start_spell(case=case, kind="status", code="child_in_need", starts_on=BEGUN, by=None, at=NOON)

    with pytest.raises(Refused, match="Factors are those that an assessment found when it ended"):
        end(plan, "2B")


def test_corrected_factors_leave_the_wrong_ones_to_be_seen(assessment):
    wrong = end(assessment, "21")

    right = actions.correct_spell(
        spell=wrong, changes={"factors": ["4B"]}, reason="The wrong box.", by=None, at=NOON
    )  # fmt: skip

    wrong.refresh_from_db()
    assert (right.factors, right.ends_on, wrong.factors, wrong.withdrawn_reason) == (
        ["4B"],
        ENDED,
        ["21"],
        "The wrong box.",
    )
    assert list(Spell.history.filter(id=wrong.pk).values_list("factors", flat=True))[-1] == []


def test_the_page_asks_for_them_and_shows_what_will_be_written(client, transferring_manager, assessment):
    client.force_login(transferring_manager, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/cases/{assessment.case.reference}/spells/{assessment.pk}/end/"
    day = {"ends_on-day": "9", "ends_on-month": "11", "ends_on-year": "2026"}

    empty = client.post(address, day)
    shown = client.post(address, day | {"factors-4": ["16A"], "factors": ["2B"]})

    assert "Choose the factors that the assessment found, or that there was none." in empty.text
    assert "with 2 factors" in shown.text
    client.post(address, day | {"factors-4": ["16A"], "factors": ["2B"], "confirmed": "1"})
    assessment.refresh_from_db()
    assert assessment.factors == ["2B", "16A"]


def test_every_factor_is_asked_in_one_group():
    asked = [code for _, codes in GROUPS for code in codes.split()]

    assert sorted(asked) == sorted(Factor.values)
