from django.core.management import call_command

from casetransfer.protocols import authorities, pack_for
from closures.models import Closure
from teams.models import Authority, Person, Team
from transfers.models import Departure, Duty, Transfer, TransferMeeting, Waiver


def test_the_demo_has_people_in_every_team_that_holds_cases(db, capsys, monkeypatch):
    monkeypatch.setattr("cases.demo.CHILDREN", 20)  # the whole of it starts in tests/roof/test_demo.py
    call_command("seed_demo")
    call_command("seed_demo")  # finds the house full and leaves it alone

    assert set(Authority.objects.values_list("code", flat=True)) == set(authorities())
    assert not Team.objects.filter(kind=Team.Kind.CASES, memberships=None).exists()
    for code in authorities():
        wanted = {row.code for row in pack_for(code).team if not row.outside} | {"council"}
        assert set(Team.objects.filter(authority__code=code).values_list("code", flat=True)) == wanted
    stands = {"requested", "listed", "agreed", "handover", "completed", "returned", "disputed", "withdrawn", "lapsed"}
    assert stands <= set(Transfer.objects.values_list("state", flat=True))
    assert Waiver.objects.exists()
    assert Departure.objects.exists()
    assert Duty.objects.owed().exists()
    assert TransferMeeting.objects.exclude(minutes="").exists()
    assert {"started", "proposed", "authorised"} <= set(Closure.objects.values_list("state", flat=True))
    assert Person.objects.order_by("pk").first().check_password("case-transfer-demo")
    assert "Sign in with the password" in capsys.readouterr().out
