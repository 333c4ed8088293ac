"""The private servers, each test with a folder and servers of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from casetransfer import servers
from casetransfer.servers.postgres import Postgres
from casetransfer.servers.programs import ServerTrouble
from tests.house.source import ROOT


@pytest.fixture
def private(tmp_path, monkeypatch):
    for name in servers.SERVERS:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "private"
    yield folder
    servers.down(folder)


def ask(url: str, statement: str):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def test_both_start_answer_and_stop(private):
    found = servers.addresses(private)

    assert "PostgreSQL 18" in ask(found["DATABASE_URL"], "SELECT version()")[0][0]
    assert redis.Redis.from_url(found["REDIS_URL"]).ping()
    assert set(servers.status(private).values()) == {"running"}

    servers.down(private)

    assert set(servers.status(private).values()) == {"stopped"}


def test_what_was_written_is_there_after_a_restart(private):
    ask(servers.addresses(private)["DATABASE_URL"], "CREATE TABLE kept AS SELECT 42 AS answer")
    servers.down(private)

    again = servers.addresses(private)

    assert ask(again["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]


@pytest.mark.parametrize("whose", ["nobody's", "this test's"])
def test_after_a_power_cut_it_starts_again_and_harms_nobody_who_has_the_number_now(private, whose):
    for statement in ("CREATE TABLE kept AS SELECT 42 AS answer", "CHECKPOINT"):
        ask(servers.addresses(private)["DATABASE_URL"], statement)
    named = private / "postgres" / "postmaster.pid"
    first, rest = named.read_text().split("\n", 1)
    os.kill(int(first), signal.SIGKILL)
    wait_until_gone(int(first))
    if whose == "this test's":
        named.write_text(f"{os.getpid()}\n{rest}")

    again = servers.addresses(private)

    assert ask(again["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]


def wait_until_gone(process: int) -> None:
    """Until its children have gone too: they notice, and leave the shared memory."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return time.sleep(1)
        time.sleep(0.1)
    raise AssertionError("The server outlives its own end.")


def test_two_commands_at_once_share_one_server(private):
    code = f"import json, pathlib; from casetransfer import servers; print(json.dumps(servers.addresses(pathlib.Path({str(private)!r}))))"
    environment = {name: value for name, value in os.environ.items() if name not in servers.SERVERS}
    both = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for _ in range(2)
    ]

    first, second = (json.loads(command.communicate(timeout=60)[0]) for command in both)

    assert first == second


def test_a_taken_port_is_left_alone_and_another_chosen(private):
    before = urlsplit(servers.addresses(private)["DATABASE_URL"]).port
    servers.down(private)

    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", before))
        stranger.listen()
        after = servers.addresses(private)["DATABASE_URL"]

    assert urlsplit(after).port != before
    assert ask(after, "SELECT 1") == [(1,)]


def test_data_of_another_version_is_left_alone_with_a_sentence(private):
    servers.addresses(private)
    servers.down(private)
    (private / "postgres" / "PG_VERSION").write_text("15\n")

    with pytest.raises(ServerTrouble, match="was made by PostgreSQL 15, and this project runs 18"):
        servers.addresses(private)

    (private / "postgres" / "PG_VERSION").write_text("18\n")


def test_a_folder_with_something_else_in_it_is_left_alone(private):
    (private / "postgres").mkdir(parents=True)

    with pytest.raises(ServerTrouble, match="is not a PostgreSQL database"):
        Postgres(private).start(1, "word")


def test_data_without_its_password_is_left_alone(private):
    (private / "postgres").mkdir(parents=True)

    with pytest.raises(ServerTrouble, match=r"its password in .* is gone"):
        servers.addresses(private)


def test_a_file_where_the_folder_should_be_gives_a_sentence(private):
    private.write_text("")

    with pytest.raises(ServerTrouble, match="cannot be used"):
        servers.addresses(private)

    private.unlink()


def test_the_last_to_leave_stops_the_servers(private):
    with servers.in_use(private):
        with servers.in_use(private):
            pass
        assert set(servers.status(private).values()) == {"running"}

    assert set(servers.status(private).values()) == {"stopped"}


def test_an_address_in_the_environment_is_taken_as_it_is(private, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")

    assert servers.addresses(private) == {
        "DATABASE_URL": "postgresql://somewhere/else",
        "REDIS_URL": "redis://somewhere",
    }
    assert not private.exists()


def test_a_secret_key_is_made_once(private):
    assert servers.own_secret_key(private) == servers.own_secret_key(private)
    assert (private / "secret_key").stat().st_mode & 0o077 == 0
