"""python -m casetransfer.protocols: check, vocabulary, route, due, explain, diff."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from casetransfer.calendars import CalendarError
from casetransfer.protocols.answers import as_dict, as_lines, due_as_dict
from casetransfer.protocols.check import Report, check
from casetransfer.protocols.diff import changes, moved
from casetransfer.protocols.explain import NoSuchRow, explain
from casetransfer.protocols.facts import FactError, local, read_facts
from casetransfer.protocols.loader import PackError, authorities, load, read
from casetransfer.protocols.routes import decide
from casetransfer.protocols.timers import due
from casetransfer.protocols.vocabulary import Fact, common_facts


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 well, 1 mistakes found, 2 the question could not be asked."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except (PackError, FactError, NoSuchRow, CalendarError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m casetransfer.protocols", description=__doc__)
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help="everything wrong with the packs, and what they hold")
    checking.add_argument("authority", nargs="*")
    checking.set_defaults(run=_check)
    words = commands.add_parser("vocabulary", help="every fact a condition may use")
    words.set_defaults(run=_vocabulary)
    routing = commands.add_parser("route", help="where a child's case goes, and why not elsewhere")
    routing.add_argument("authority")
    routing.add_argument("facts", type=Path)
    routing.add_argument("--at", type=datetime.fromisoformat, help="the moment asked about, such as 2026-11-23T09:30")
    routing.set_defaults(run=_route)
    timing = commands.add_parser("due", help="when a clock runs out")
    timing.add_argument("authority")
    timing.add_argument("timer")
    timing.add_argument("--from", dest="start", type=_moment, required=True, help="such as 2026-12-23T16:00")
    timing.add_argument("--or-from", dest="other", type=_moment, action="append", default=[])
    timing.add_argument("--show-steps", action="store_true")
    timing.set_defaults(run=_due)
    comparing = commands.add_parser("diff", help="what a new version of a pack changes")
    comparing.add_argument("old", type=Path, help="the folder of the present version")
    comparing.add_argument("new", type=Path, help="the folder of the new version")
    comparing.add_argument(
        "--cases", type=Path, help="a JSON list of {reference, at, facts}: whose answer would differ"
    )
    comparing.set_defaults(run=_diff)
    explaining = commands.add_parser("explain", help="any row in plain English")
    explaining.add_argument("authority")
    explaining.add_argument("code")
    explaining.set_defaults(run=_explain)
    for command in (checking, words, routing, timing):
        command.add_argument("--json", action="store_true")
    return parser


def _moment(text: str) -> datetime | None:
    if text == "unknown":
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a date and time such as 2026-12-23T16:00') from None


def _check(arguments: argparse.Namespace) -> int:
    reports = [check(authority) for authority in arguments.authority or authorities()]
    if arguments.json:
        print(json.dumps([asdict(report) for report in reports], indent=2))
    else:
        for report in reports:
            _print_report(report)
    return 1 if any(report.problems for report in reports) else 0


def _print_report(report: Report) -> None:
    print(f"{report.authority}")
    for kind, count in report.counts.items():
        basis = ", ".join(f"{name} {n}" for name, n in report.basis.get(kind, {}).items())
        print(f"  {kind.replace('_', ' '):16}{count:5}{'   ' + basis if basis else ''}")
    if report.clauses:
        print("  clauses: " + ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in report.clauses.items()))
    print(f"  scenarios       {report.scenarios:5}")
    for problem in report.problems:
        print(f"  ! {problem}")
    print(f"  {len(report.problems)} mistakes\n" if report.problems else "  no mistakes\n")


def _vocabulary(arguments: argparse.Namespace) -> int:
    facts: dict[str, dict[str, Any]] = {name: _entry(fact) for name, fact in common_facts().items()}
    for authority in authorities():
        for fact in load(authority).fact:
            entry = facts.setdefault(fact.name, _entry(fact))
            entry["used_by"].append(authority)
    if arguments.json:
        print(json.dumps(list(facts.values()), indent=2))
        return 0
    for entry in facts.values():
        values = f" ({', '.join(entry['values'])})" if entry["values"] else ""
        print(f"{entry['name']}: {entry['type']}{values}. {entry['says']}")
    return 0


def _entry(fact: Fact) -> dict[str, Any]:
    return fact.model_dump(mode="json") | {"used_by": []}


def _route(arguments: argparse.Namespace) -> int:
    pack = load(arguments.authority)
    given = json.loads(arguments.facts.read_text(encoding="utf-8"))
    if not isinstance(given, dict):
        raise ValueError(f"{arguments.facts} must hold one object of facts")
    decision = decide(pack, read_facts(given, pack, local(arguments.at or datetime.now().astimezone())))
    print(json.dumps(as_dict(decision), indent=2) if arguments.json else "\n".join(as_lines(decision)))
    return 0


def _due(arguments: argparse.Namespace) -> int:
    pack = load(arguments.authority)
    result = due(pack, arguments.timer, arguments.start, other=arguments.other)
    answer = {"authority": arguments.authority, "timer": arguments.timer, "from": arguments.start.isoformat()}
    answer |= due_as_dict(pack, result)
    if arguments.json:
        print(json.dumps(answer, indent=2))
        return 0
    print(answer["due"] or answer["why_none"])
    if arguments.show_steps:
        print("\n".join(f"  {step}" for step in result.steps))
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    old, new = read(arguments.old), read(arguments.new)
    for change in changes(old, new):
        print(f"{change.kind.replace('_', ' ')} {change.code}: {change.says}")
    if arguments.cases:
        cases = json.loads(arguments.cases.read_text(encoding="utf-8"))
        for case in moved(old, new, cases):
            print(f"case {case.reference}: {case.says}")
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    print(explain(load(arguments.authority), arguments.code))
    return 0


if __name__ == "__main__":
    sys.exit(main())
