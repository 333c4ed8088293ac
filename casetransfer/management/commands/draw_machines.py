"""manage.py draw_machines: draw the state machines into the README."""

from typing import Any

from django.core.management.base import BaseCommand

from casetransfer.drawings import README, drawn


class Command(BaseCommand):
    help = "Draw the state machines into the README."

    def handle(self, *args: Any, **options: Any) -> None:
        README.write_text(drawn(README.read_text()))
        self.stdout.write("The drawings in the README are fresh.")
