"""Mutants of the engine: every one that `mutmut run` did not kill, tried once more in a process of its own.

mutmut tries a mutant with the tests that it saw calling the changed function, and a pack is compiled once and
remembered: of the functions that compile it, it sees the first test alone. Here every test that could tell runs, in a
new process where nothing is remembered yet. The score counts both. Run `mutmut run` first; with names, only mutants
that contain one of them are tried:

    python -m bench.mutants [name ...]
"""

import json
import os
import signal
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "mutants"
RETRIED = "retried.json"  # what became of each, kept so that the work can be taken up again
LONG = ["test_timers.py", "test_every_timer.py", "test_packs.py", "test_specifications.py", "test_calendars.py"]
LONGEST = 600  # seconds
NOBODY_TRIED, LIVED = 33, 0  # exit codes that mutmut keeps


def main() -> None:
    """Try what lived, and print the score and what still lives."""
    found = {name: code for meta in FOLDER.rglob("*.meta") for name, code in told(meta).items()}
    retried = json.loads((FOLDER / RETRIED).read_text()) if (FOLDER / RETRIED).exists() else {}
    lived = [name for name, code in found.items() if code in (LIVED, NOBODY_TRIED)]
    for name in lived:
        if name not in retried and (not sys.argv[1:] or any(part in name for part in sys.argv[1:])):
            retried[name] = is_killed(name)
            (FOLDER / RETRIED).write_text(json.dumps(retried))
    tried = [name for name, code in found.items() if code is not None]
    alive = [name for name in lived if not retried.get(name)]
    by_function = Counter(name.rpartition("__mutmut_")[0] for name in alive)
    for function, many in sorted(by_function.items()):
        print(f"{many:3} {function}")
    print(f"{len(tried) - len(alive)} of {len(tried)} killed ({1 - len(alive) / len(tried):.1%}), {len(alive)} live")


def told(meta: Path) -> dict[str, int | None]:
    codes: dict[str, int | None] = json.loads(meta.read_text())["exit_code_by_key"]
    return codes


def is_killed(name: str) -> bool:
    """Whether a test fails on this mutant, or never ends. The child loads the engine itself: this process has not."""
    pytest, *_ = map(import_module, ("pytest", "hypothesis", "pydantic", "holidays"))
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST)
        os.chdir(FOLDER)
        os.environ["MUTANT_UNDER_TEST"] = name
        sys.path.insert(0, str(FOLDER))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        options = ["-x", "-q", "--confcutdir=tests/protocols", "-pno:django", "-pno:xdist", "-pno:cacheprovider"]
        os._exit(pytest.main([*options, "-oaddopts=", "-Wignore", *tests_for(name)]) != 0)
    _, status = os.waitpid(child, 0)
    return status != 0


def tests_for(name: str) -> list[str]:
    """The short files first; of the calendar's own tests only a mutant of the calendar can know."""
    every = sorted(path.name for path in Path("tests/protocols").glob("test_*.py"))
    last = LONG if name.startswith("casetransfer.calendars.") else LONG[:-1]
    return [f"tests/protocols/{file}" for file in (*(one for one in every if one not in LONG), *last)]


if __name__ == "__main__":
    main()
