"""The whole site on this machine: servers, migrations, an invented caseload, web, worker and beat.

python -m casetransfer.demo [PORT]     Ctrl-C stops all of it.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import FrameType

from casetransfer import servers
from casetransfer.wait import until_well

ROOT = Path(__file__).resolve().parent.parent
LOGS = servers.PRIVATE / "logs"
START_LIMIT, STOP_LIMIT, GIVE_UP_AFTER = 60.0, 15.0, 5


class Stop(Exception):
    """Somebody pressed Ctrl-C, or the system asked us to end."""


def commands(port: int, schedule: Path | None = None) -> dict[str, list[str]]:
    beat = ["celery", "--app=casetransfer", "beat", "--pidfile=", "--loglevel=INFO"]
    return {
        "web": ["gunicorn", "casetransfer.wsgi", f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4"],
        "worker": ["celery", "--app=casetransfer", "worker", "--concurrency=2", "--loglevel=INFO"],
        "beat": [*beat, f"--schedule={schedule}"] if schedule else beat,
    }


class Child:
    """One of our own processes, in a group of its own so that Ctrl-C reaches it only through us."""

    def __init__(self, name: str, command: list[str], *, logs: Path = LOGS, environment: dict[str, str] | None = None):
        self.name, self.command, self.starts = name, [sys.executable, "-m", *command], 0
        self.log, self.environment = logs / f"{name}.log", environment
        self.start()

    def start(self) -> None:
        self.starts += 1
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def keep_alive(self) -> None:
        code = self.process.poll()
        if code is None:
            return
        if self.starts >= GIVE_UP_AFTER:
            raise SystemExit(f"The {self.name} keeps stopping. Its log is {self.log}.")
        print(f"The {self.name} stopped (exit code {code}) and is started again.", flush=True)
        self.start()

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        try:
            self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def keep_alive(children: list[Child]) -> None:
    for child in children:
        child.keep_alive()


def manage(*words: str) -> None:
    done = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, start_new_session=True)
    if done.returncode:
        raise SystemExit(f"manage.py {words[0]} failed.")


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(f"Port {port} is in use by another program. Choose another: make demo PORT=8001") from None


def run(port: int) -> None:
    address = f"http://127.0.0.1:{port}"
    check_port_is_free(port)
    os.environ["SITE_URL"] = address
    os.environ.setdefault("CLOCK_SECONDS", "30")  # nobody watching a demo waits for tomorrow's radar
    manage("migrate", "--verbosity=0")
    LOGS.mkdir(exist_ok=True)
    children: list[Child] = []
    try:
        children += [Child(name, command) for name, command in commands(port).items()]
        manage("seed_demo")
        if not until_well(f"{address}/health/ready/", START_LIMIT, partial(keep_alive, children)):
            raise SystemExit(f"The site does not answer. Its log is {LOGS / 'web.log'}.")
        print(f"\nOpen {address} (Ctrl-C stops everything)", flush=True)
        while True:
            time.sleep(1)
            keep_alive(children)
    finally:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait()


def stop(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # one is enough: the second would leave processes behind
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stop


def main(words: list[str]) -> int:
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        with servers.in_use() as addresses:
            os.environ.update(addresses)
            run(int(words[0]) if words else 8000)
    except Stop:
        print("\nStopped.")
    except servers.ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
