"""The first council and its first system administrator, who adds everybody else."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import localdate, now

from casetransfer.protocols import authorities
from teams import actions
from teams.models import Person, Team
from teams.roles import Role


class Command(BaseCommand):
    help = "Open the house for a council: the authority, a council-wide team and its first system administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the council's short name, which is its protocol pack's")
        parser.add_argument("name", help="the council's name as people read it")
        parser.add_argument("email", help="the administrator's address")
        parser.add_argument("person", help="the administrator's name")
        parser.add_argument("--colour", default="#1d70b8")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["code"] not in authorities():
            raise CommandError(f"There is no pack {options['code']}. There are: {', '.join(authorities())}.")
        try:
            self.open(password=getpass("Password for the administrator: "), **options)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused

    @transaction.atomic
    def open(self, *, code: str, name: str, email: str, person: str, colour: str, password: str, **rest: Any) -> None:
        at = now()
        authority = actions.add_authority(code=code, name=name, pack=code, colour=colour, at=at)
        validate_password(password, Person(authority=authority, email=email, name=person))
        team = actions.add_team(
            authority=authority, code="council", name="Council-wide", kind=Team.Kind.SUPPORT, by=None, at=at
        )
        administrator = actions.add_person(
            authority=authority, email=email, name=person, password=password, by=None, at=at
        )
        actions.add_membership(
            person=administrator, team=team, role=Role.SYSTEM_ADMINISTRATOR, starts_on=localdate(at), by=None, at=at
        )
        self.stdout.write(f"{authority} is open. {administrator} may sign in and add teams and people.")
