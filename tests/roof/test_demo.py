"""The demo starts from an empty database, starts again quickly, and leaves no process behind."""

import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from casetransfer import servers
from casetransfer.wait import until_well
from tests.house.source import ROOT
from tests.journeys.site import free_port


@pytest.fixture
def own_servers(tmp_path, monkeypatch):
    for name in servers.SERVERS:
        monkeypatch.delenv(name, raising=False)
    yield servers.addresses(tmp_path)
    servers.down(tmp_path)


def start(port: int, addresses: dict[str, str]) -> subprocess.Popen[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    command = [sys.executable, "-m", "casetransfer.demo", str(port)]
    return subprocess.Popen(
        command, cwd=ROOT, env=inherited | addresses, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def stop(demo: subprocess.Popen[str]) -> tuple[str, list[psutil.Process]]:
    """Press Ctrl-C: what the demo said since, and which of its processes are still there."""
    family = psutil.Process(demo.pid).children(recursive=True)
    demo.send_signal(signal.SIGINT)
    said, _ = demo.communicate(timeout=60)
    return said, [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def read_until_open(demo: subprocess.Popen[str]) -> str:
    said = ""
    for line in demo.stdout:
        said += line
        if line.startswith("Open http://"):
            return said
    raise AssertionError(said)


def test_two_starts_and_two_clean_stops(own_servers):
    port = free_port()

    first = start(port, own_servers)
    assert "Sign in with the password" in read_until_open(first)
    assert until_well(f"http://127.0.0.1:{port}/health/", 60)
    _, left = stop(first)
    assert (first.returncode, left) == (0, [])

    began = time.monotonic()
    second = start(port, own_servers)
    read_until_open(second)
    took = time.monotonic() - began
    _, left = stop(second)
    assert (second.returncode, left) == (0, [])
    assert took < 40  # twenty on an idle machine


def test_a_port_in_use_is_named(own_servers):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        demo = start(stranger.getsockname()[1], own_servers)
        said, _ = demo.communicate(timeout=60)

    assert demo.returncode == 1
    assert "is in use by another program. Choose another: make demo PORT=8001" in said
