"""Cards of people and of endings: teams, roles, ratings, duties; disputes, closing, coming back."""

from collections.abc import Iterator

from casetransfer.protocol_pages.presenters.book import Book, Part, part, said
from casetransfer.protocol_pages.presenters.moves import when_part
from casetransfer.protocols import rows
from casetransfer.protocols.durations import Duration
from casetransfer.protocols.plans import engine_for
from casetransfer.protocols.sentences import capital, plain, who

DISPUTED = {
    "any": "Any disagreement",
    "transfer": "A transfer",
    "rereferral": "A child coming back after closure",
    "threshold": "Whether the threshold is met",
    "allocation": "Who takes a case or a call",
    "keep": "Keeping the case",
}


def team_parts(book: Book, row: rows.Team, *, full: bool) -> Iterator[Part]:
    yield part("Also called", ", ".join(row.also_called))
    yield part("What it does", row.remit)
    yield part("Part of", book.lines((row.part_of,) if row.part_of else ()))
    yield part("Ages", ages(row))
    yield part("Holds cases", "No" if not row.holds_cases else "Yes")


def ages(team: rows.Team) -> str:
    low = f"from {Duration.parse(team.age_from)}" if team.age_from else ""
    high = f"under {Duration.parse(team.age_under)}" if team.age_under else ""
    return capital(", ".join(words for words in (low, high) if words))


def role_parts(book: Book, row: rows.Role, *, full: bool) -> Iterator[Part]:
    yield part("Step on the ladder", "" if row.level is None else str(row.level))
    yield part("In this service works as", capital(plain(row.acts_as)))


def scale_parts(book: Book, row: rows.Scale, *, full: bool) -> Iterator[Part]:
    yield part("Rates", capital(plain(row.rates)))
    for rating in row.ratings:
        limit = f"{Duration.parse(rating.limit)}" if rating.limit else ""
        timer = book.lines((rating.timer,) if rating.timer else ())
        yield Part(capital(rating.colour), (*said(rating.means, limit), *timer))
    yield when_part(book, row.when, "Only when")


def duty_parts(book: Book, row: rows.Duty, *, full: bool) -> Iterator[Part]:
    yield part("Owed by", book.people(row.who or (row.owed_by,) if row.owed_by != "other" else row.who))
    yield part("At", capital(row.at))
    yield part("Ends", "When the case moves" if row.until_move else "")
    yield part("Timer", book.lines((row.timer,) if row.timer else ()))
    yield when_part(book, row.when, "Only when")
    asking = (code for code, plan in engine_for(book.pack).plans.items() if row.code in plan.asks.duties)
    yield part("Routes", book.lines(asking) if full else ())


def responsibility_parts(book: Book, row: rows.Responsibility, *, full: bool) -> Iterator[Part]:
    yield part("Responsible", row.responsible)


def dispute_step_parts(book: Book, row: rows.DisputeStep, *, full: bool) -> Iterator[Part]:
    yield part("Step", str(row.order))
    yield part("Decided by", book.people(row.by))
    yield part("Within", str(Duration.parse(row.limit)) if row.limit else "No time limit is stated")
    yield part("Final", "Yes" if row.final else "")
    yield part("May be left out", "Yes" if row.optional else "")
    yield part("About", DISPUTED[row.about])


def rereferral_parts(book: Book, row: rows.ReReferral, *, full: bool) -> Iterator[Part]:
    last = "the last day still counts" if row.last_day_in else "the last day no longer counts"
    yield part("Window", f"{Duration.parse(row.window)} after closure; {last}")
    yield part("Reasons", "The same as at closure" if row.reasons == "same" else "Any")
    yield part("About", capital(plain(row.applies_to)))
    yield part("Goes to", "The team that closed it" if row.goes_to == "previous_team" else "The worker who had it")
    yield part("By itself", "Yes" if row.automatic else "No: somebody accepts it")
    yield part("Accepted by", book.people(row.accepts))
    yield part("Routes", book.lines(book.pack.routes_named(row.routes)))
    yield when_part(book, row.when, "Only when")
    yield part("Timer", book.lines((row.timer,) if row.timer else ()))


def closure_parts(book: Book, row: rows.Closure, *, full: bool) -> Iterator[Part]:
    yield part("From", book.teams(row.from_teams))
    yield part("To", book.teams(row.to))
    yield when_part(book, row.when)
    steps = sorted(row.steps, key=lambda step: step.order)
    yield part("Steps", tuple(book.line(step.code, capital(who(book.pack, step.hand))) for step in steps))
    yield part("Checklists", book.lines(row.checklists))
    yield part("Who is told", book.lines(row.notices))


def closure_step_parts(book: Book, row: rows.ClosureStep, *, full: bool) -> Iterator[Part]:
    yield part("Step", str(row.order))
    yield part("Done by", book.people(row.hand))
    yield part("The case is then", capital(row.makes))
    yield part("By somebody else than the step before", "Yes" if row.different_person else "")
    yield part("Checklist", book.lines((row.checklist,) if row.checklist else ()))
    yield part("Who is told", book.lines(row.notices))
