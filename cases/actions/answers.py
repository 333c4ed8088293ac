"""Answering what only a person can say."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases import guards, words
from cases.actions.journal import add_journal
from cases.actions.ledger import lock
from cases.models import Answer, Case
from cases.permissions import check_can_record
from casetransfer.protocols import loader
from casetransfer.protocols.facts import FactError, read_facts
from teams.models import Person
from teams.refusals import Gap, refuse_if


@transaction.atomic
def answer_question(*, case: Case, fact: str, value: Any, by: Person | None, at: datetime, because: str = "") -> Answer:
    """Somebody says what the record cannot know. None takes an earlier answer back to "not known"."""
    case = lock(case)
    check_can_record(by, case)
    refuse_if(guards.open_gaps(case) + _value_gaps(case, fact, value, at))
    before = case.answers.filter(fact=fact).order_by("-answered_at", "-pk").first()
    stored = value.isoformat() if isinstance(value, date | datetime) else value
    answer = Answer.objects.create(
        case=case, fact=fact, value=stored, because=because, answered_at=at, answered_by=by, replaces=before
    )
    says = f"{words.fact(fact)} Answer: {_in_words(stored)}."
    add_journal(case, "question_answered", says, by=by, at=at, subject=answer, fact=fact)
    return answer


def _value_gaps(case: Case, fact: str, value: Any, at: datetime) -> list[Gap]:
    try:
        read_facts({fact: value}, loader.load(case.pack), at)
    except FactError as error:
        return [Gap(f"{words.capital(problem)}.", field="value") for problem in error.problems]
    return []


def _in_words(value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_in_words(one) for one in value)
    return words.label(str(value))
