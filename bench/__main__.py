"""Every measurement, one after the other: `make bench`."""

from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run each bench_*.py beside this file and print what it measured."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        for line in import_module(f"bench.{path.stem}").run():
            print(line, flush=True)


if __name__ == "__main__":
    main()
