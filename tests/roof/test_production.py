"""A production site says what it lacks, and passes Django's own checks for deployment."""

import json
import os
import shutil
import subprocess
import sys

import pytest
import yaml

from casetransfer.demo import commands
from tests.house.source import ROOT

COMPLETE = {
    "PRODUCTION": "1",
    "SECRET_KEY": "x9#" * 25 + "a-long-word-for-a-test",
    "ALLOWED_HOSTS": "transfer.example.org",
    "SITE_URL": "https://transfer.example.org",
    "DEFAULT_FROM_EMAIL": "transfer@example.org",
    "DATABASE_URL": "postgresql://none",
    "REDIS_URL": "redis://none",
}


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    not_inherited = {*COMPLETE, "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the journeys set the last for their own thread
    own = {name: value for name, value in os.environ.items() if name not in not_inherited}
    command = [sys.executable, "-W", "error", "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=own | environment, capture_output=True, text=True)


@pytest.mark.parametrize("name", [name for name in COMPLETE if name != "PRODUCTION"])
def test_a_missing_variable_stops_the_start_with_a_hint(name):
    done = manage("check", **{each: value for each, value in COMPLETE.items() if each != name})

    assert done.returncode == 1
    assert f"{name} is not set. Set it in the environment; docker-compose.yml shows each one." in done.stderr


def test_djangos_checks_for_deployment_find_nothing():
    done = manage("check", "--deploy", "--fail-level=WARNING", **COMPLETE)

    assert done.returncode == 0, done.stderr


def test_compose_runs_what_the_demo_runs():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

    for name, words in commands(8000).items():
        ours = [word.replace("127.0.0.1", "0.0.0.0") for word in words]  # noqa: S104  (inside its container)
        assert services[name]["command"] == ["python", "-m", *ours]


def test_compose_gives_every_variable_that_production_needs():
    given = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["x-app"]["environment"]

    assert set(COMPLETE) <= set(given)


def test_the_image_starts_as_compose_starts_the_web():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    last = (ROOT / "Dockerfile").read_text().strip().splitlines()[-1]

    assert json.loads(last.removeprefix("CMD ")) == services["web"]["command"]


def test_compose_migrates_and_asks_after_the_web_as_the_demo_does():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

    assert services["migrate"]["command"] == ["python", "manage.py", "migrate"]
    _, python, *asks = services["web"]["healthcheck"]["test"]
    assert (python, asks[:2], asks[2][-14:]) == ("python", ["-m", "casetransfer.wait"], "/health/ready/")
    nobody_there = subprocess.run([sys.executable, *asks[:2], "http://127.0.0.1:1/health/ready/", "0.1"], cwd=ROOT)
    assert nobody_there.returncode == 1


COMPOSE = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]


def has_compose() -> bool:
    return bool(shutil.which(COMPOSE[0])) and not subprocess.run([*COMPOSE, "version"], capture_output=True).returncode


@pytest.mark.skipif(not has_compose(), reason="No docker compose client here.")
def test_the_compose_client_reads_the_file():
    words = {"SECRET_KEY": "a-long-random-word", "POSTGRES_PASSWORD": "another"}

    done = subprocess.run([*COMPOSE, "config"], cwd=ROOT, env=os.environ | words, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "postgresql://casetransfer:another@postgres:5432/casetransfer" in done.stdout
