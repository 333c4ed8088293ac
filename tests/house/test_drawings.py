"""The drawings in the README are those of the machines."""

from casetransfer.drawings import README, drawn, machines


def test_the_drawings_in_the_readme_are_fresh():
    text = README.read_text()

    assert text == drawn(text), "run `python manage.py draw_machines`"


def test_every_state_can_be_reached_and_every_machine_is_drawn():
    assert {model._meta.label for model in machines()} >= {"cases.Case", "transfers.Transfer", "closures.Closure"}
