"""What both servers are made of: a program out of a wheel, a folder of data, a loopback port behind a password."""

import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol


class ServerTrouble(Exception):
    """A server cannot be started; the message says why and what to do."""


class Server(Protocol):
    name: str
    data: Path
    log: Path

    def __init__(self, private: Path): ...

    def url(self, port: int, password: str) -> str:
        """The address to connect to."""

    def answers(self, url: str) -> bool:
        """Is it this folder's own server that answers at this address?"""

    def start(self, port: int, password: str) -> None:
        """Start it; the data of last time is still there."""

    def stop(self, url: str) -> None:
        """Stop it if it runs. Only ever this folder's own."""


def folder_of(package: str) -> Path:
    """Where a package lies, without running its code."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServerTrouble(f"The package {package} is not installed. Run make env.")
    return Path(spec.submodule_search_locations[0])


def run(command: list[str], log: Path, text: str = "") -> None:
    """Run to the end. Output goes to a file: a daemon would hold a pipe open for ever."""
    with log.with_suffix(".out").open("w+") as output:
        done = subprocess.run(
            command, input=text, text=True, stdout=output, stderr=subprocess.STDOUT, cwd="/", start_new_session=True
        )
        output.seek(0)
        said = output.read().strip()
    if done.returncode != 0:
        raise ServerTrouble(f"{Path(command[-1]).name}: {said or 'it gave no reason'}\nThe log is {log}.")
