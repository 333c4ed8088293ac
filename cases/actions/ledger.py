"""The pen of the involvement ledger. Every line written in one action has the same recorded moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import DateTimeField, F, Func, Max

from cases.models import Case, Involvement
from teams.models import Person, Team

TICK = timedelta(microseconds=1)


def lock(case: Case) -> Case:
    """One hand at a time on a case; everything below it waits for this row."""
    return Case.objects.select_for_update(of=("self",)).select_related("child", "authority").get(pk=case.pk)


@dataclass(frozen=True, slots=True)
class Ledger:
    case: Case
    by: Person | None
    recorded_at: datetime

    @classmethod
    def of(cls, case: Case, by: Person | None, at: datetime) -> "Ledger":
        """The recorded axis of a case never runs backwards, whatever a server's clock does: two changes in one
        instant, or one after the clock was set back, are recorded one tick apart."""
        bounds = [Max(Func(F("recorded"), function=name, output_field=DateTimeField())) for name in ("lower", "upper")]
        found = Involvement.objects.filter(case=case).aggregate(first=bounds[0], last=bounds[1])
        latest = max((bound for bound in found.values() if bound), default=None)
        return cls(case, by, at if latest is None else max(at, latest + TICK))

    def lines(self, *roles: str) -> list[Involvement]:
        """What the ledger says now of now, of these parts or of all."""
        lines = self.case.involvements.current().select_related("team", "person")
        return list(lines.filter(role__in=roles) if roles else lines)

    def line(self, role: str) -> Involvement | None:
        return next(iter(self.lines(role)), None)

    def write(
        self, role: str, team: Team, person: Person | None, started_at: datetime, ended_at: datetime | None = None,
        **more: Any,
    ) -> Involvement:  # fmt: skip
        return Involvement.objects.create(
            case=self.case, role=role, team=team, person=person, recorded_by=self.by,
            period=DateTimeTZRange(started_at, ended_at), recorded=DateTimeTZRange(self.recorded_at, None), **more,
        )  # fmt: skip

    def rewrite(self, line: Involvement, started_at: datetime, ended_at: datetime | None, **changes: Any) -> None:
        """From now on the record says this instead; nothing at all where the stretch is empty."""
        self.supersede(line)
        self.write_again(line, started_at, ended_at, **changes)

    def supersede(self, line: Involvement) -> None:
        line.recorded = DateTimeTZRange(line.recorded.lower, self.recorded_at)
        line.save(update_fields=["recorded"])

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
