"""The pen of the involvement ledger. Every line written in one action has the same recorded moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import DateTimeField, F, Func, Max, Q, Value

from cases.models import Case, Involvement, Part
from teams.models import Person, Team

TICK = timedelta(microseconds=1)
WORKERS = (Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY)


def lock(case: Case) -> Case:
    """One hand at a time on a case; everything below it waits for this row."""
    return (
        Case.objects.select_for_update(of=("self",), no_key=True).select_related("child", "authority").get(pk=case.pk)
    )


def _latest(bound: str, condition: Q | None = None, of: str = "recorded") -> Max:
    return Max(Func(F(of), function=bound, output_field=DateTimeField()), filter=condition)


@dataclass(slots=True)
class Ledger:
    """Under the lock of the case nobody else writes, so that what is current is read once. `worker_until`: when the
    last worker whose part has ended left it."""

    case: Case
    by: Person | None
    recorded_at: datetime
    worker_until: datetime | None
    _current: list[Involvement] | None = None

    @classmethod
    def of(cls, case: Case, by: Person | None, at: datetime) -> "Ledger":
        """The recorded axis of a case never runs backwards, whatever a server's clock does: two changes in one
        instant, or one after the clock was set back, are recorded one tick apart."""
        ended = Q(role__in=WORKERS, recorded__upper_inf=True)
        found = Involvement.objects.filter(case=case).aggregate(
            first=_latest("lower"), last=_latest("upper"), worker=_latest("upper", ended, of="period")
        )
        latest = max((found[bound] for bound in ("first", "last") if found[bound]), default=None)
        return cls(case, by, at if latest is None else max(at, latest + TICK), found["worker"])

    def lines(self, *roles: str) -> list[Involvement]:
        """What the ledger says now of now, of these parts or of all."""
        if self._current is None:
            self._current = list(self.case.involvements.current().select_related("team", "person"))
        return [line for line in self._current if not roles or line.role in roles]

    def line(self, role: str) -> Involvement | None:
        return next(iter(self.lines(role)), None)

    def write(
        self, role: str, team: Team, person: Person | None, started_at: datetime, ended_at: datetime | None = None,
        **more: Any,
    ) -> Involvement:  # fmt: skip
        line = self._line(role, team, person, started_at, ended_at, **more)
        line.save(force_insert=True)
        self._keep([line])
        return line

    def rewrite(self, line: Involvement, started_at: datetime, ended_at: datetime | None, **changes: Any) -> None:
        """From now on the record says this instead; nothing at all where the stretch is empty."""
        self.replace([line], [self.again(line, started_at, ended_at, **changes)])

    def replace(self, wrong: list[Involvement], right: list[Involvement | None]) -> None:
        """What the record said of these it says no more; it says that instead."""
        keys = {line.pk for line in wrong}
        until = Func(F("recorded"), function="lower", output_field=DateTimeField())
        said = Func(until, Value(self.recorded_at), function="tstzrange", output_field=DateTimeRangeField())
        Involvement.objects.filter(pk__in=keys).update(recorded=said)
        if self._current is not None:
            self._current = [other for other in self._current if other.pk not in keys]
        self._keep(Involvement.objects.bulk_create([line for line in right if line]))

    def again(
        self, line: Involvement, started_at: datetime, ended_at: datetime | None, **changes: Any
    ) -> Involvement | None:
        """The same line over another stretch, to be written; none where the stretch is empty."""
        if ended_at is not None and started_at >= ended_at:
            return None
        kept = {name: getattr(line, name) for name in ("team", "person", "reason", "delay_reason", "review_on")}
        kept |= changes
        return self._line(line.role, kept.pop("team"), kept.pop("person"), started_at, ended_at, **kept)

    def end(self, *lines: Involvement, ended_at: datetime) -> None:
        if lines:
            self.replace(list(lines), [self.again(one, one.started_at, max(ended_at, one.started_at)) for one in lines])

    def end_all(self, ended_at: datetime, *roles: str) -> list[Involvement]:
        lines = self.lines(*roles)
        self.end(*lines, ended_at=ended_at)
        return lines

    def _line(
        self, role: str, team: Team, person: Person | None, started_at: datetime, ended_at: datetime | None, **more: Any
    ) -> Involvement:
        return Involvement(
            case=self.case, role=role, team=team, person=person, recorded_by=self.by,
            period=DateTimeTZRange(started_at, ended_at), recorded=DateTimeTZRange(self.recorded_at, None), **more,
        )  # fmt: skip

    def _keep(self, lines: list[Involvement]) -> None:
        if self._current is not None:
            self._current += [line for line in lines if line.is_current]
