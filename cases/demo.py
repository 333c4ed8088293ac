"""An invented caseload for the demo: families and children in every stage, in every council that has a pack. Which
team holds which child is asked of the protocol itself, so that something is about to happen in every team."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import cycle

from django.utils.timezone import localdate, now

from cases import actions, demo_contacts, demo_lives
from cases.demo_lives import Life
from cases.facts import facts_of
from cases.models import Case, Child, Family, Part
from casetransfer.calendars import add_months
from casetransfer.protocols import Pack, decide, pack_for, read_facts
from teams.models import Authority, Membership, Person, Team
from teams.roles import Role

CHILDREN = 48  # in each council
GIVEN = (
    "Acorn Bramble Clover Dewdrop Ember Fern Garnet Heather Indigo Juniper Kestrel Larch Marigold Nutmeg Opal Pebble "
    "Quartz Robin Saffron Teasel Umber Violet Willow Xanthe Yarrow Zoë Renée Sorrel Thyme Linnet"
).split()
FAMILY = (
    "Samplewood Testerly Mockridge Fixturely Demoson Exampleton Placeholder-Smith Draftwell Specimen Trialby "
    "O'Dummy Fauxley Inventry Makebelieve Pretendry Modelworth Scenario Sandboxe Templeton-Test Nullworthy"
).split()
WARNINGS = ("Two workers visit together.", "Do not give the address to the father.", "A dog in the home.")


def seed(say: Callable[[str], object]) -> None:
    for number, authority in enumerate(Authority.objects.order_by("code")):
        if authority.teams.filter(kind=Team.Kind.CASES).exists():
            _Council(authority, number).fill()
            say(f"{authority.cases.count()} invented cases of {authority.name}")


class _Council:
    """One council being filled. The same number always gives the same children."""

    def __init__(self, authority: Authority, number: int) -> None:
        self.authority, self.dice, self.now = authority, random.Random(number), now()  # noqa: S311
        self.pack: Pack = pack_for(authority.pack)
        self.teams = list(authority.teams.filter(kind=Team.Kind.CASES).order_by("pk"))
        self.workers = {team.pk: cycle(self._workers(team)) for team in self.teams}
        self.first = self._first_team()

    def fill(self) -> None:
        names = self._names()
        made = 0
        while made < CHILDREN:
            size = self.dice.choice([1, 1, 2, 2, 3])
            family = actions.add_family(authority=self.authority, by=None, at=self.now)
            surname = next(names)
            for child_number in range(size):
                made += 1
                self._child(made, family, surname, is_oldest=child_number == 0)
        demo_contacts.seed(self.first, self.dice, GIVEN, FAMILY)

    def _first_team(self) -> Team:
        """Where most of what comes through the front door goes."""
        doors = {team.code for team in self.pack.team if team.front_door}
        arriving = [code for route in self.pack.route if doors & set(route.from_teams) for code in route.to]
        by_code = {team.code: team for team in self.teams}
        known = [code for code, _ in Counter(arriving).most_common() if code in by_code]
        return by_code[known[0]] if known else self.teams[0]

    def _workers(self, team: Team) -> list[Person]:
        held = Membership.objects.current(localdate(self.now)).filter(team=team, role=Role.SOCIAL_WORKER)
        return [membership.person for membership in held.select_related("person").order_by("pk")]

    def _names(self) -> Iterator[str]:
        shuffled = self.dice.sample(FAMILY, len(FAMILY))
        return cycle(shuffled)

    def _child(self, number: int, family: Family, surname: str, *, is_oldest: bool) -> None:
        age, lives = self._age_and_lives()
        opened_at = self.now - timedelta(days=self.dice.randint(310, 420), hours=2)
        born, expected = self._born(age)
        if expected:
            opened_at = self.now - timedelta(days=40)
        taken = set(family.children.values_list("given_name", flat=True))
        given = self.dice.choice([name for name in GIVEN if name not in taken])
        child = actions.add_child(
            authority=self.authority, family=family, given_name="Unborn" if age < 0 else given,
            family_name=surname, date_of_birth=born, expected_delivery_date=expected,
            sex=self.dice.choice(["female", "male"]) if age >= 0 else "unknown",
            address=f"{number} Invented Street\nSampletown", local_id=f"{self.pack.identity.prefix}{100000 + number}",
            restricted=number % 35 == 0, by=None, at=opened_at,
        )  # fmt: skip
        if is_oldest or self.dice.random() < 0.3:
            self._around(child, opened_at)
        worker = next(self.workers[self.first.pk])
        case = actions.open_case(child=child, team=self.first, by=worker, at=opened_at)
        life = Life(case, self.dice, self.now, worker)
        self.dice.choice(lives)(life)
        self._settle(life, number)

    def _age_and_lives(self) -> tuple[int, list[Callable[[Life], None]]]:
        """An age in months, and the lives that are lived at it."""
        group = self.dice.choices(["unborn", "young", "older", "nearly", "grown"], [6, 54, 22, 13, 5])[0]
        groups: dict[str, tuple[int, list[Callable[[Life], None]]]] = {
            "unborn": (-1, demo_lives.UNBORN),
            "young": (self.dice.randint(15, 140), demo_lives.YOUNG),
            "older": (self.dice.randint(137, 190), demo_lives.OLDER),
            "nearly": (self.dice.randint(191, 215), demo_lives.NEARLY_GROWN),
            "grown": (self.dice.randint(217, 230), demo_lives.GROWN),
        }
        return groups[group]

    def _born(self, months: int) -> tuple[date | None, date | None]:
        today = localdate(self.now)
        if months < 0:
            return None, today + timedelta(days=self.dice.randint(15, 120))
        return add_months(today, -months) - timedelta(days=self.dice.randint(0, 27)), None

    def _around(self, child: Child, at: datetime) -> None:
        for kind in self.dice.choice([["mother"], ["mother", "father"], ["mother", "grandparent"]]):
            actions.add_relationship(
                child=child, kind=kind, name=f"{self.dice.choice(GIVEN)} {child.family_name}", by=None, at=at,
                parental_responsibility=kind != "grandparent",
                learning_disability=self.dice.choice([None, None, False]),
                care_leaver=self.dice.choice([None, False, False, True]),
            )  # fmt: skip
        if self.dice.random() < 0.12:
            actions.add_warning(
                child=child, says=self.dice.choice(WARNINGS), review_on=localdate(self.now) + timedelta(days=60),
                by=None, at=at,
            )  # fmt: skip

    def _settle(self, life: Life, number: int) -> None:
        """The team, the worker, and for some the end."""
        team = self._team_for(life.case)
        worker = next(self.workers[team.pk])
        if team != self.first:
            actions.move_responsibility(
                case=life.case, transferring_team=self.first, team=team, by=None, at=life.ago(0), worker=worker,
                effective_at=life.ago(self.dice.choice([self.dice.randint(1, 9), self.dice.randint(14, 38)])),
            )  # fmt: skip
        elif number % 9 == 0:
            actions.hold_on_duty(
                case=life.case, delay_reason="Two workers are away.", by=None, at=life.ago(0),
                review_on=localdate(self.now) + timedelta(days=5),
            )  # fmt: skip
        elif number % 11:
            actions.allocate(case=life.case, worker=worker, by=None, at=life.ago(0), reason="FCONTA")
        if number % 6 == 0:
            self._co_worker(life.case, team)
        if number % 10 == 0:
            self._close(life, reopen=number % 20 == 0)

    def _team_for(self, case: Case) -> Team:
        """A team from which the protocol has something to say about this child; sometimes where it came in."""
        if self.dice.random() < 0.3:
            return self.first
        built = facts_of(case, self.now)
        moving: dict[Team, int] = {}
        for team in self.teams:
            decision = decide(self.pack, read_facts(built.values | {"holder": team.code}, self.pack, self.now))
            moving[team] = sum(found.plan.route.effect == "moves" for found in decision.recommended)
        best = [team for team in self.teams if moving[team] == max(moving.values())]
        return self.dice.choice(best)

    def _co_worker(self, case: Case, team: Team) -> None:
        others = [other for other in self.teams if other != team]
        if others:
            other = self.dice.choice(others)
            actions.add_involvement(
                case=case, role=Part.CO_WORKER, team=other, person=next(self.workers[other.pk]), by=None, at=self.now
            )

    def _close(self, life: Life, *, reopen: bool) -> None:
        for spell in life.case.spells.standing().open_ended():
            actions.end_spell(spell=spell, ends_on=localdate(self.now), by=None, at=self.now)
        actions.close_case(case=life.case, reason="RC7", by=None, at=self.now)
        if reopen:
            actions.reopen_case(case=life.case, team=self.first, why="A new referral.", by=None, at=now())
            actions.start_spell(
                case=life.case, kind="status", code="referral", starts_on=localdate(self.now), by=None, at=now()
            )
