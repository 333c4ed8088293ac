"""The audit: every act leaves an entry, no entry can be changed, and what was changed all the same is found."""

import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from teams import actions
from teams.chain import Anchor, walk
from teams.models import AuditEntry, AuditLink
from tests.cast import NOON
from tests.factories import PASSWORD
from tests.house.source import ROOT

Kind = AuditEntry.Kind


def kinds(**which):
    return list(AuditEntry.objects.filter(**which).order_by("pk").values_list("kind", flat=True))


def test_signing_in_and_out_is_audited(client, social_worker):
    client.post("/sign-in/", {"username": social_worker.email, "password": PASSWORD})
    client.post("/sign-out/")

    assert [kind for kind in kinds(by=social_worker) if kind != Kind.CHANGED] == [Kind.SIGNED_IN, Kind.SIGNED_OUT]


def test_what_a_stranger_typed_is_not_kept(client, social_worker):
    client.post("/sign-in/", {"username": "fish@example.org", "password": "wrong"})
    client.post("/sign-in/", {"username": social_worker.email, "password": "wrong"})

    failed = AuditEntry.objects.filter(kind=Kind.SIGN_IN_FAILED).order_by("pk")
    assert [entry.subject for entry in failed] == ["", f"teams.person {social_worker.pk}"]
    assert failed[1].authority == social_worker.authority


def test_a_lock_out_is_audited(client, social_worker):
    for _ in range(5):
        client.post("/sign-in/", {"username": social_worker.email, "password": "wrong"})

    assert Kind.LOCKED_OUT in kinds(subject=f"teams.person {social_worker.pk}")


def test_reading_a_record_is_audited(signed_in, system_administrator, social_worker):
    signed_in(system_administrator).get(f"/settings/people/{social_worker.pk}/")

    entry = AuditEntry.objects.get(kind=Kind.READ)
    assert (entry.by, entry.page, entry.subject) == (system_administrator, "teams:person", str(social_worker.pk))


def test_a_search_is_audited_without_its_words(signed_in, system_administrator):
    signed_in(system_administrator).get("/settings/people/", {"name": "Maple"})

    entry = AuditEntry.objects.get(kind=Kind.SEARCHED)
    assert "Maple" not in f"{entry.subject}{entry.page}{entry.detail}"


def test_a_refusal_is_audited(signed_in, social_worker, charlie):
    client = signed_in(social_worker)
    client.get("/settings/")
    client.post("/settings/teams/add/", {"name": "Mine"})

    refused = AuditEntry.objects.filter(kind=Kind.REFUSED, by=social_worker).order_by("pk")
    assert [entry.page for entry in refused] == ["teams:settings", "teams:add_team"]


def test_every_change_is_audited_with_its_person(system_administrator, authority):
    team = actions.add_team(authority=authority, code="council", name="North", by=system_administrator, at=NOON)

    entry = AuditEntry.objects.filter(kind=Kind.CHANGED, subject=f"teams.team {team.pk}").get()
    assert (entry.by, entry.at, entry.page, entry.authority) == (system_administrator, NOON, "added", authority)


def test_a_page_that_cannot_be_audited_is_not_shown(signed_in, system_administrator, social_worker, monkeypatch):
    def fails(**kwargs):
        raise IntegrityError("the audit is full")

    monkeypatch.setattr("teams.auditing.record_audit", fails)

    with pytest.raises(IntegrityError):
        signed_in(system_administrator).get(f"/settings/people/{social_worker.pk}/")


@pytest.mark.parametrize("table", ["teams_auditentry", "teams_auditlink"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_the_audit(authority, table, change):
    written(authority)

    with pytest.raises(IntegrityError, match="The audit is never changed"), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.parametrize("words", ["a name, perhaps", "Zoë", "x\x1fy"])
def test_the_audit_holds_references_only(authority, words):
    with pytest.raises(IntegrityError, match="audit_holds_references_only"):
        actions.record_audit(kind=Kind.READ, by=None, at=NOON, subject=words, authority_id=authority.pk)


# --- the chain: only a commit links, so these commit ---


def written(authority, count=3):
    for number in range(count):
        actions.record_audit(
            kind=Kind.READ, by=None, at=NOON, subject=f"CT-{number}", authority_id=authority.pk, status=200
        )


def by_hand(statement):
    """As somebody would who owns the database: triggers off."""
    tables = ("teams_auditentry", "teams_auditlink")
    with connection.cursor() as cursor:
        for words in (
            *[f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables],
            statement,
            *[f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables],
        ):
            cursor.execute(words)


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_nobody_touched_is_whole(authority):
    written(authority)

    found = walk([])

    assert found.faults == []
    assert found.anchor.position == AuditEntry.objects.count() == AuditLink.objects.count()
    assert walk([found.anchor]).faults == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE teams_auditentry SET subject = 'CT-9' WHERE subject = 'CT-1'",
        "UPDATE teams_auditentry SET at = at - interval '1 microsecond' WHERE subject = 'CT-1'",
        "UPDATE teams_auditentry SET detail = '{\"status\": 404}' WHERE subject = 'CT-1'",
        "UPDATE teams_auditlink SET hash = repeat('0', 64) WHERE position = 2",
        "DELETE FROM teams_auditlink WHERE position = 2",
        "DELETE FROM teams_auditlink WHERE entry_id = (SELECT id FROM teams_auditentry WHERE subject = 'CT-1');"
        "DELETE FROM teams_auditentry WHERE subject = 'CT-1'",
        "INSERT INTO teams_auditentry (at, kind, subject, page, detail) VALUES (now(), 'read', 'CT-8', '', '{}')",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_whatever_is_changed_by_hand_is_found(authority, statement):
    written(authority)

    by_hand(statement)

    assert walk([]).faults


@pytest.mark.django_db(transaction=True)
def test_a_chain_cut_off_at_its_end_is_found_by_its_anchor(authority):
    written(authority)
    anchor = walk([]).anchor

    by_hand(
        "DELETE FROM teams_auditlink WHERE position = (SELECT max(position) FROM teams_auditlink);"
        "DELETE FROM teams_auditentry WHERE subject = 'CT-2'"
    )

    assert walk([]).faults == []
    assert walk([anchor]).faults == [
        f"The chain ends at {anchor.position - 1}, before the anchor at {anchor.position}."
    ]
    assert "not the one that was anchored" in walk([Anchor(1, "0" * 64)]).faults[0]


@pytest.mark.django_db(transaction=True)
def test_the_command_keeps_its_anchors_in_a_file(authority, tmp_path):
    written(authority)
    words, file = StringIO(), tmp_path / "anchors"

    call_command("verify_audit", anchors=file, stdout=words)
    written(authority, 1)
    call_command("verify_audit", anchors=file, stdout=words)

    assert len(file.read_text().splitlines()) == 2
    by_hand("TRUNCATE teams_auditentry, teams_auditlink")
    with pytest.raises(CommandError, match="before the anchor"):
        call_command("verify_audit", anchors=file)
    with pytest.raises(CommandError, match="An anchor is a number"):
        call_command("verify_audit", anchor=["nonsense"])


KILLED = """
import django, os, signal
django.setup()
from django.db import transaction
from django.utils.timezone import now
from teams import actions
from teams.models import Authority, AuditEntry
with transaction.atomic():
    authority = Authority.objects.get()
    actions.add_team(authority=authority, code="council", name="Half done", by=None, at=now())
    assert AuditEntry.objects.filter(page="added").exists()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_leaves_neither_the_act_nor_its_entry(authority):
    before = AuditEntry.objects.count()
    held = connection.settings_dict
    address = f"postgresql://{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    own = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "casetransfer.settings"}

    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=own, capture_output=True, text=True)

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert authority.teams.filter(name="Half done").exists() is False
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_acts_at_the_same_time_make_one_chain(authority):
    def act():
        try:
            written(authority, 5)
        finally:
            connection.close()

    from threading import Thread

    threads = [Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert AuditEntry.objects.filter(kind=Kind.READ).count() == 20
    assert walk([]).faults == []
