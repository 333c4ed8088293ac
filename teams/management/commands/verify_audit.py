"""Is the audit whole? Prints an anchor to keep elsewhere; given one from before, looks for it in the chain."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from teams.chain import Anchor, walk


class Command(BaseCommand):
    help = "Walk the audit's chain from the first entry to the last, and print an anchor to keep elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", action="append", default=[], help="an anchor printed before: 120:9f86d0...")
        parser.add_argument("--anchors", type=Path, help="a file of anchors, one a line; the new one is added to it")

    def handle(self, *args: Any, anchor: list[str], anchors: Path | None, **options: Any) -> None:
        kept = anchors.read_text().splitlines() if anchors and anchors.exists() else []
        try:
            found = walk([Anchor.read(words) for words in [*anchor, *kept] if words.strip()])
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        if found.faults:
            raise CommandError("\n".join(found.faults))
        if anchors:
            with anchors.open("a") as file:
                file.write(f"{found.anchor}\n")
        self.stdout.write(f"{found.anchor.position} entries, each as it was written.")
        self.stdout.write(f"Anchor: {found.anchor}")
