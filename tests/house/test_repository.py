"""What must not be in the repository."""

import re
import subprocess

import pytest

from tests.house.source import ROOT

# Put together from halves, so that this file does not find itself
HOSTS = "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)", "deb" + r"\.debian\.org"])
UNFINISHED = r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error"]) + r")\b"


def tracked_lines(pattern: str) -> list[str]:
    done = subprocess.run(["git", "grep", "-nIE", pattern, "--", "."], cwd=ROOT, capture_output=True)
    if done.returncode > 1:
        pytest.fail(done.stderr.decode())
    return done.stdout.decode().splitlines()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
@pytest.mark.parametrize("pattern", [HOSTS, UNFINISHED])
def test_nothing_unfinished_and_no_registry_is_named(pattern):
    assert tracked_lines(pattern) == []


def test_the_lock_file_records_no_address():
    locks = "".join(path.read_text() for path in ROOT.glob("requirements*.lock"))

    assert not re.search(r"https?://", locks)
