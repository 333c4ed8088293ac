import pytest
from django.core.management import CommandError, call_command

from casetransfer.protocols import authorities
from teams.models import Person
from teams.roles import Permission

COMMAND = "teams.management.commands.open_authority.getpass"


def open_authority(code, password, monkeypatch):
    monkeypatch.setattr(COMMAND, lambda prompt: password)
    call_command("open_authority", code, "Marsh Council", "first@example.org", "First Person")


def test_the_first_administrator_may_manage_teams(db, monkeypatch):
    open_authority(authorities()[0], "a very long word", monkeypatch)

    assert Person.objects.get().may(Permission.MANAGE_TEAMS)


@pytest.mark.parametrize(("password", "reason"), [("short", "at least 12"), ("first@example.org", "similar")])
def test_a_weak_password_opens_nothing(db, monkeypatch, password, reason):
    with pytest.raises(CommandError, match=reason):
        open_authority(authorities()[0], password, monkeypatch)

    assert not Person.objects.exists()


def test_a_council_without_a_pack_is_refused(db, monkeypatch):
    with pytest.raises(CommandError, match="There is no pack nowhere"):
        open_authority("nowhere", "a very long word", monkeypatch)
