from datetime import date

import pytest

from cases import actions
from cases.imports.presenters import Matching, people_and_teams
from cases.models import Import
from teams.roles import Role
from tests.cases.imports.sample import Sample
from tests.cast import NOON, a_person

TODAY = date(2026, 11, 23)


@pytest.fixture
def importer(transferring_team):
    return a_person("Ima Importer", transferring_team, Role.ADMIN)


@pytest.fixture
def sample():
    return Sample(TODAY)


@pytest.fixture
def cast_of_workbook(social_worker, receiving_manager):
    """The teams and workers whom the generated workbooks name."""


@pytest.fixture
def receive(authority, importer):
    def receive_it(sample, *, at=NOON, name="annex-a.xlsx") -> Import:
        content = sample.file() if isinstance(sample, Sample) else sample
        return actions.receive_workbook(authority=authority, filename=name, content=content, by=importer, at=at)

    return receive_it


@pytest.fixture
def applied(receive, importer):
    """applied(sample) -> the import, with every name matched that is the same as one here, the others left out."""

    def apply_it(sample, *, at=NOON) -> Import:
        imported = receive(sample, at=at)
        teams, people = people_and_teams(imported)
        matching = Matching.of_import(imported)
        choices = {line.name: teams.get(line.chosen) if line.sure else None for line in matching.teams}
        choices |= {line.name: people.get(line.chosen) if line.sure else None for line in matching.workers}
        actions.match_names(imported=imported, choices=choices, by=importer, at=at)
        actions.start_applying(imported=imported, by=importer, at=at)
        return actions.apply_import(imported=imported, by=importer, at=at)

    return apply_it
