"""What must not be in the repository."""

import re
import subprocess

import pytest

from tests.house.source import ROOT

HOSTS = r"pypi\.org|pythonhosted|npmjs\.(org|com)|deb\.debian\.org"
UNFINISHED = r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|NotImplementedError"


def tracked_lines(pattern: str) -> list[str]:
    done = subprocess.run(["git", "grep", "-nIE", pattern, "--", ".", ":!tests/house"], cwd=ROOT, capture_output=True)
    if done.returncode > 1:
        pytest.fail(done.stderr.decode())
    return done.stdout.decode().splitlines()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
@pytest.mark.parametrize("pattern", [HOSTS, r"\b(" + UNFINISHED.split("(", 1)[1]])
def test_nothing_unfinished_and_no_registry_is_named(pattern):
    assert tracked_lines(pattern) == []


def test_the_lock_file_records_no_address():
    locks = "".join(path.read_text() for path in ROOT.glob("requirements*.lock"))

    assert not re.search(r"https?://", locks)
