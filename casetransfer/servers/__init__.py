"""A private PostgreSQL and Valkey for a machine that has none: python -m casetransfer.servers up|down|status

Used only where DATABASE_URL or REDIS_URL is unset. Both listen on a loopback port of their own, behind a password,
and keep their data under `.private/`. They outlive the command that started them; the next one finds them again.
"""

import fcntl
import json
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from casetransfer.servers.postgres import Postgres
from casetransfer.servers.programs import Server, ServerTrouble
from casetransfer.servers.valkey import Valkey

__all__ = ["PRIVATE", "SERVERS", "ServerTrouble", "addresses", "down", "in_use", "own_secret_key", "status"]

PRIVATE = Path(__file__).resolve().parent.parent.parent / ".private"
PATIENCE = 30.0
SERVERS: dict[str, type[Server]] = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}


def addresses(private: Path = PRIVATE) -> dict[str, str]:
    """The two addresses: from the environment, else of a private server, which is started if it does not answer."""
    given = {name: os.environ[name] for name in SERVERS if os.environ.get(name)}
    missing = [name for name in SERVERS if name not in given]
    return given | (_bring_up(missing, private) if missing else {})


@contextmanager
def in_use(private: Path = PRIVATE) -> Iterator[dict[str, str]]:
    """Keep the servers up for as long as this lasts. Whoever leaves last stops them, so nothing is left running."""
    with _open(private, "in-use") as sign:
        fcntl.flock(sign, fcntl.LOCK_SH)
        try:
            yield addresses(private)
        finally:
            try:
                fcntl.flock(sign, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                down(private)


def down(private: Path = PRIVATE) -> None:
    """Stop both private servers, if they are this folder's own."""
    if not private.exists():
        return
    with _alone(private):
        recorded = _recorded(private)
        for name, kind in SERVERS.items():
            kind(private).stop(recorded.get(name, ""))


def status(private: Path = PRIVATE) -> dict[str, str]:
    """A word for each server, by its name."""
    recorded = _recorded(private)

    def word(name: str) -> str:
        if os.environ.get(name):
            return f"given by {name}"
        return "running" if name in recorded and SERVERS[name](private).answers(recorded[name]) else "stopped"

    return {kind.name: word(name) for name, kind in SERVERS.items()}


def own_secret_key(private: Path = PRIVATE) -> str:
    """A secret key of this machine's own, made at its first use. A production site is given one."""
    path = private / "secret_key"
    if not path.exists():
        with _alone(private):
            if not path.exists():
                _write(path, secrets.token_urlsafe(48))
    return path.read_text()


def _bring_up(names: list[str], private: Path) -> dict[str, str]:
    recorded = _recorded(private)
    if all(name in recorded and SERVERS[name](private).answers(recorded[name]) for name in names):
        return {name: recorded[name] for name in names}
    with _alone(private):
        return {name: _bring_up_one(name, private) for name in names}


def _bring_up_one(name: str, private: Path) -> str:
    """Under the lock: the one who held it before may have started it meanwhile."""
    server, recorded = SERVERS[name](private), _recorded(private)
    url = recorded.get(name, "")
    if url and server.answers(url):
        return url
    if not url and server.data.exists():
        raise ServerTrouble(f"{server.data} is there, but its password in servers.json is gone. Move the folder away.")
    server.stop(url)
    before = urlsplit(url)
    password, port = before.password or secrets.token_urlsafe(24), _free_port(before.port or 0)
    url = server.url(port, password)
    _write(private / "servers.json", json.dumps(recorded | {name: url}, indent=2) + "\n")
    server.start(port, password)
    _wait_for(server, url)
    return url


def _wait_for(server: Server, url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.answers(url):
        if time.monotonic() > deadline:
            raise ServerTrouble(f"{server.name} was started but does not answer. Its log is {server.log}.")
        time.sleep(0.05)


def _recorded(private: Path) -> dict[str, str]:
    try:
        return json.loads((private / "servers.json").read_text())
    except (FileNotFoundError, NotADirectoryError):
        return {}


def _write(path: Path, text: str) -> None:
    """For our eyes only, and never half written."""
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)


@contextmanager
def _open(private: Path, name: str) -> Iterator[int]:
    try:
        private.mkdir(exist_ok=True)
        handle = os.open(private / name, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as trouble:
        raise ServerTrouble(f"{private} cannot be used for the private servers: {trouble.strerror}.") from trouble
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _alone(private: Path) -> Iterator[None]:
    """Only one command at a time starts or stops a server; the second waits for the first."""
    with _open(private, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _free_port(wanted: int) -> int:
    """The port of last time if it is free, else any free one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise ServerTrouble("This machine has no free loopback port.")
