"""Recording, ending and correcting orders, plans, placements and circumstances; answering questions."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from cases import actions, words
from cases.acts import acts_for
from cases.facts import Question
from cases.forms.spells import (
    ActForm,
    AnswerForm,
    CorrectAssessmentForm,
    CorrectSpellForm,
    EndAssessmentForm,
    EndSpellForm,
    StartSpellForm,
)
from cases.loading import with_case
from cases.models import Spell, SpellKind
from cases.slots import CaseContext
from cases.views.asking import Act, ask, check_may_record, form_of
from casetransfer.protocols.facts import vocabulary_of
from teams.requests import SignedInRequest

FACTS = "cases:facts"
TITLES = {
    SpellKind.STATUS: "Record a status",
    SpellKind.LEGAL: "Record an order or legal basis",
    SpellKind.PLAN: "Record a plan",
    SpellKind.PLACEMENT: "Record a placement",
    SpellKind.PROCEEDINGS: "Record how far care proceedings have come",
    SpellKind.CIRCUMSTANCE: "Record a circumstance",
}


@with_case
def start(request: SignedInRequest, context: CaseContext, kind: str) -> HttpResponse:
    check_may_record(context)
    if kind not in SpellKind.values:
        raise Http404
    form = form_of(request, StartSpellForm, kind=kind)

    def act(form: Any) -> Act:
        return partial(
            actions.start_spell, case=context.case, kind=kind, **form.given(), by=context.person, at=context.at
        )

    return ask(
        request, context, "ask", form, act, said="It is recorded.", then=FACTS, previewed=True,
        title=TITLES[SpellKind(kind)], button="Continue",
    )  # fmt: skip


@with_case
def end(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    spell = _spell(context, pk)

    def act(form: Any) -> Act:
        given = form.given() if spell.is_assessment else form.cleaned_data
        return partial(actions.end_spell, spell=spell, **given, by=context.person, at=context.at)

    form = form_of(request, EndAssessmentForm if spell.is_assessment else EndSpellForm)
    return ask(
        request, context, "ask", form, act, said="The end is recorded.", then=FACTS, previewed=True,
        title=f"End: {words.named(spell)}, since {words.day(spell.starts_on)}", button="Continue",
    )  # fmt: skip


@with_case
def correct(request: SignedInRequest, context: CaseContext, pk: int) -> HttpResponse:
    spell = _spell(context, pk)
    now_is = {"starts_on": spell.starts_on, "ends_on": spell.ends_on, "found": spell.factors}
    form_class = CorrectAssessmentForm if spell.is_assessment else CorrectSpellForm
    form = form_of(request, form_class, now_is, spell=spell)

    def act(form: Any) -> Act:
        who: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": context.person, "at": context.at}
        return partial(actions.correct_spell, spell=spell, changes=form.changes(), **who)

    return ask(
        request, context, "ask", form, act, said="It is corrected.", then=FACTS, previewed=True,
        title=f"Correct: {words.named(spell)}, since {words.day(spell.starts_on)}", button="Continue",
    )  # fmt: skip


@with_case
def answer(request: SignedInRequest, context: CaseContext, fact: str) -> HttpResponse:
    check_may_record(context)
    known = vocabulary_of(context.facts.pack).get(fact)
    if known is None or known.derived or known.type not in ("flag", "choice", "date"):
        raise Http404
    question = Question.about(known)
    form = form_of(request, AnswerForm, question=question)

    def act(form: Any) -> Act:
        return partial(
            actions.answer_question, case=context.case, fact=fact, **form.cleaned_data, by=context.person, at=context.at
        )

    return ask(
        request, context, "ask", form, act, said="Thank you: the answer is recorded.", then="cases:case",
        previewed=True, title="Answer a question", button="Continue",
    )  # fmt: skip


@with_case
def act(request: SignedInRequest, context: CaseContext) -> HttpResponse:
    """Something has happened that no other page records, and the protocol wants it told."""
    check_may_record(context)
    pack = context.facts.pack
    acts = list(acts_for(pack, context.facts.read()))
    if not acts:
        raise Http404
    form = form_of(request, ActForm, acts=acts, pack=pack)

    def do(form: Any) -> Act:
        return partial(actions.record_act, case=context.case, **form.cleaned_data, by=context.person, at=context.at)

    return ask(
        request, context, "ask", form, do, said="It is written down, and whoever the protocol names is told.",
        then="cases:case", title="Tell others what has happened", button="Write it down and tell",
    )  # fmt: skip


def _spell(context: CaseContext, pk: int) -> Spell:
    check_may_record(context)
    return get_object_or_404(context.case.spells.standing(), pk=pk)
