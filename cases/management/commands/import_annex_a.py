"""Import an Ofsted Annex A workbook from the command line: what the pages under Settings, Imports do."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now

from cases import actions
from cases.imports.machine import ImportState
from cases.imports.presenters import ImportPage, Matching, people_and_teams, rejects_of
from cases.imports.reconciling import reconcile
from cases.models import Import, ImportName
from teams.models import Authority, Person, Team
from teams.refusals import Refused

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Read an Annex A workbook and show what it holds. With --apply, put it in the record: names that are the same "
        "as one here, or that --match gives, count as confirmed by the person named with --as; others are left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="person", required=True, metavar="EMAIL", help="who imports it")
        parser.add_argument("--apply", action="store_true", help="put it in the record")
        parser.add_argument(
            "--match", action="append", default=[], metavar="WRITTEN=NAME", help="who a name in the workbook is"
        )

    def handle(self, *, file: Path, person: str, apply: bool, match: list[str], **options: Any) -> None:
        by = Person.objects.active().filter(email__iexact=person).select_related("authority").first()
        if by is None:
            raise CommandError(f"Nobody here has the e-mail address {person}.")
        try:
            imported = self._receive(file, by.authority, by)
            if apply:
                self._apply(imported, by, dict(one.split("=", 1) for one in match if "=" in one))
            else:
                self.stdout.write(f"Nothing was changed. Look at it under /settings/imports/{imported.pk}/")
        except Refused as refused:
            raise CommandError("\n".join(refused.sentences)) from refused

    def _receive(self, file: Path, authority: Authority, by: Person) -> Import:
        try:
            with file.open("rb") as content:
                imported = actions.receive_workbook(
                    authority=authority, filename=file.name, content=content, by=by, at=now()
                )
        except OSError as missing:
            raise CommandError(f"{file} cannot be read: {missing.strerror}.") from missing
        imported = actions.read_workbook(imported=imported, by=by, at=now())
        if imported.state == ImportState.REFUSED:
            raise CommandError(imported.why_refused)
        self._preview(imported)
        return imported

    def _preview(self, imported: Import) -> None:
        page = ImportPage.of_import(imported, localdate())
        for sheet in page.sheets:
            rest = (
                f" not read: {sheet.problem}" if sheet.problem else f" {sheet.ready} ready, {sheet.rejected} rejected"
            )
            self.stdout.write(f"{sheet.name:10} {sheet.title:26}{rest}")
        self.stdout.write(f"{page.children} children, {page.cases} of them with a case")
        for line in rejects_of(imported, "", None).object_list[:SHOWN]:
            self.stdout.write(
                f"  {line.sheet}, row {line.row}, child {line.child_number or '?'}: {' '.join(line.reasons)}"
            )
        if page.rejected > SHOWN:
            self.stdout.write(f"  and {page.rejected - SHOWN} more rejected rows")

    def _apply(self, imported: Import, by: Person, said: dict[str, str]) -> None:
        actions.match_names(imported=imported, choices=self._choices(imported, said), by=by, at=now())
        actions.start_applying(imported=imported, by=by, at=now())
        try:
            actions.apply_import(imported=imported, by=by, at=now(), progress=self._progress)
        except Exception:
            actions.give_back_import(imported=imported, by=by, at=now())
            raise
        report = reconcile(imported, now())
        self.stdout.write(
            f"Applied. {report.agreeing} of {report.with_case} children agree with the record, {report.left_out} were "
            f"left out, {len(report.differences)} differences: /settings/imports/{imported.pk}/report/"
        )

    def _choices(self, imported: Import, said: dict[str, str]) -> dict[ImportName, Team | Person | None]:
        teams, people = people_and_teams(imported)
        matching = Matching.of_import(imported)
        choices: dict[ImportName, Team | Person | None] = {}
        for lines, known in ((matching.teams, teams), (matching.workers, people)):
            for line in lines:
                chosen: Any = known.get(line.chosen) if line.sure else None
                if line.name.written in said:
                    meant = said[line.name.written]
                    chosen = next((one for one in known.values() if one.name == meant), None)
                    if chosen is None:
                        raise CommandError(f"Nobody here is called {meant}.")
                choices[line.name] = chosen
                self.stdout.write(f'  {line.name.get_kind_display()} "{line.name}": {chosen or "left out"}')
        return choices

    def _progress(self, done: int, of: int) -> None:
        if done % 200 == 0 or done == of:
            self.stdout.write(f"  {done} of {of} children")
