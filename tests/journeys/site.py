"""The running site of a journey: real gunicorn, Celery worker and beat, on the database of the tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from casetransfer.demo import Child, commands
from casetransfer.wait import until_well
from tests.house.source import ROOT

START_LIMIT = 60
OTHERS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def environment(address: str, redis_number: int) -> dict[str, str]:
    """As in production, but the clock strikes every other second."""
    database = connection.settings_dict
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return inherited | {
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
        "REDIS_URL": f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{redis_number}",
        "SITE_URL": address,
        "CLOCK_SECONDS": "2",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nobody_else() -> None:
    """End what processes of ours left in the database of the tests, and wait until it is gone. A process that was
    killed leaves a session that goes on until it next speaks to it, and the tables cannot be emptied beside one."""
    until = time.monotonic() + START_LIMIT
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({OTHERS}) AS others")  # noqa: S608
            if not cursor.fetchall():
                return
            time.sleep(0.05)
    raise AssertionError("Somebody else is still in the database of the tests.")


class RunningSite:
    def __init__(self, redis_number: int, logs: Path):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = environment(self.address, redis_number)
        self.logs = logs
        self.children = {
            name: Child(name, command, logs=logs, environment=self.environment)
            for name, command in commands(self.port, schedule=logs / "beat-schedule").items()
        }

    def wait(self, path: str = "/health/") -> None:
        """Until web, worker and beat have all shown a sign of life."""
        if until_well(self.address + path, START_LIMIT):
            return
        logs = "\n".join(log.read_text()[-2000:] for log in self.logs.glob("*.log"))
        raise AssertionError(f"The site did not start.\n{logs}")

    def manage(self, *words: str) -> str:
        """A command of manage.py, as an operator would run it beside the running site."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def pause(self) -> None:
        """The clock stands still, so that nothing is written while the tables are emptied."""
        self._tell(signal.SIGSTOP)
        nobody_else()

    def go_on(self) -> None:
        self._tell(signal.SIGCONT)

    def _tell(self, what: signal.Signals) -> None:
        for name in ("beat", "worker"):
            os.killpg(self.children[name].process.pid, what)

    def stop(self) -> None:
        self.go_on()
        for child in self.children.values():
            child.ask_to_stop()
        for child in self.children.values():
            child.wait()
        nobody_else()
