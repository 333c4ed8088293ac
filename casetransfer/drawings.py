"""The state machines drawn as Mermaid, from the machines themselves, for the README."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models
from django_fsm import FSMField

from teams.machines import StateMachine

README = Path(__file__).resolve().parent.parent / "README.md"
START, END = "<!-- drawings: made by manage.py draw_machines -->", "<!-- end of drawings -->"


def machines() -> Iterator[type[models.Model]]:
    """Every model with a life of its own, from the lowest floor up."""
    for model in apps.get_models():
        if issubclass(model, StateMachine):
            yield model


def drawing(model: type[models.Model]) -> str:
    """One machine: its states in their own words, an arrow for each move."""
    field = next(field for field in model._meta.fields if isinstance(field, FSMField))
    names = dict(field.choices or ())
    moves = [
        f"    {transition.source} --> {transition.target}: {transition.name.replace('_', ' ')}"
        for transition in field.get_all_transitions(model)
        if transition.target in names
    ]
    states = [f'    state "{name}" as {state}' for state, name in names.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *states, f"    [*] --> {field.default}", *sorted(moves), "```"])


def drawings() -> str:
    """All machines, each under its name."""
    return "\n\n".join(f"### {str(model._meta.verbose_name).capitalize()}\n\n{drawing(model)}" for model in machines())


def drawn(text: str) -> str:
    """The README's text with the drawings as they are now."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{drawings()}\n\n{END}{after}"
