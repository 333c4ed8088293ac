"""Nouns for tests: councils, teams and people. All invented."""

from datetime import date
from functools import cache

import factory
from django.conf import settings
from django.contrib.auth.hashers import make_password

from cases.models import Child
from teams.models import Authority, Membership, Person, Team
from teams.roles import Role

PASSWORD = "a long word for tests"


@cache
def hashed(password: str, hasher: str) -> str:
    """Argon2 is slow by design, and everybody here has the same password."""
    return make_password(password)


class AuthorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Authority
        django_get_or_create = ("code",)

    code = "upper-marsh"
    name = factory.LazyAttribute(lambda authority: authority.code.replace("-", " ").title() + " Council")
    pack = "havering"
    logo_text = factory.LazyAttribute(lambda authority: authority.name)


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    authority = factory.SubFactory(AuthorityFactory)
    code = "assessment"
    name = factory.Sequence(lambda n: f"Assessment team {n}")
    kind = Team.Kind.CASES


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    authority = factory.SubFactory(AuthorityFactory)
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")

    @factory.post_generation
    def password(person, create, extracted, **kwargs):
        person.password = hashed(extracted or PASSWORD, settings.PASSWORD_HASHERS[0])
        person.save(update_fields=["password"])


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    role = Role.SOCIAL_WORKER
    starts_on = date(2026, 1, 5)


class ChildFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Child

    authority = factory.SubFactory(AuthorityFactory)
    given_name = factory.Iterator(["Testcase", "Sample", "Invented", "Example"])
    family_name = factory.Iterator(["Maple", "Rowan", "Alder", "Hazel", "Willow", "Aspen", "Juniper"])
    date_of_birth = date(2016, 5, 4)
