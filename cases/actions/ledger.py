"""The pen of the involvement ledger. Every line written in one action has the same recorded moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import DateTimeField, F, Func, Max, Q

from cases.models import Case, Involvement, Part
from teams.models import Person, Team

TICK = timedelta(microseconds=1)
WORKERS = (Part.ALLOCATED_SOCIAL_WORKER, Part.DUTY)


def lock(case: Case) -> Case:
    """One hand at a time on a case; everything below it waits for this row."""
    return Case.objects.select_for_update(of=("self",)).select_related("child", "authority").get(pk=case.pk)


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
        line = Involvement.objects.create(
            case=self.case, role=role, team=team, person=person, recorded_by=self.by,
            period=DateTimeTZRange(started_at, ended_at), recorded=DateTimeTZRange(self.recorded_at, None), **more,
        )  # fmt: skip
        if self._current is not None and line.is_current:
            self._current.append(line)
        return line

    def rewrite(self, line: Involvement, started_at: datetime, ended_at: datetime | None, **changes: Any) -> None:
        """From now on the record says this instead; nothing at all where the stretch is empty."""
        self.supersede(line)
        self.write_again(line, started_at, ended_at, **changes)

    def supersede(self, line: Involvement) -> None:
        line.recorded = DateTimeTZRange(line.recorded.lower, self.recorded_at)
        line.save(update_fields=["recorded"])
        if self._current is not None:
            self._current = [other for other in self._current if other.pk != line.pk]

    def write_again(self, line: Involvement, started_at: datetime, ended_at: datetime | None, **changes: Any) -> None:
        if ended_at is None or started_at < ended_at:
            kept = {name: getattr(line, name) for name in ("team", "person", "reason", "delay_reason", "review_on")}
            kept |= changes
            team, person = kept.pop("team"), kept.pop("person")
            self.write(line.role, team, person, started_at, ended_at, **kept)

    def end(self, line: Involvement, ended_at: datetime) -> None:
        self.rewrite(line, line.started_at, max(ended_at, line.started_at))

    def end_all(self, ended_at: datetime, *roles: str) -> list[Involvement]:
        lines = self.lines(*roles)
        for line in lines:
            self.end(line, ended_at)
        return lines
