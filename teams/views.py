"""Settings: a council's teams, its people and its calendar."""

from base64 import b32encode
from binascii import unhexlify
from collections.abc import Callable
from functools import partial
from typing import Any

import django_otp
from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django_otp.util import random_hex

from teams import actions, forms, presenters
from teams.loading import needs, with_one
from teams.models import Absence, Membership, Person, Team
from teams.requests import SignedInRequest
from teams.roles import Permission

manage_teams = needs(Permission.MANAGE_TEAMS)
manage_calendar = needs(Permission.MANAGE_CALENDAR)


def ask(
    request: SignedInRequest,
    page: str,
    form: Any,
    act: Callable[..., Any],
    then: tuple[Any, ...] | Callable[[Any], tuple[Any, ...]],
    said: str,
    **more: Any,
) -> HttpResponse:
    """Show a form; once it is in order, act, say so and go on. What the rows refuse is shown in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(**form.cleaned_data, by=request.user, at=now())
        except ValidationError as refused:
            form.refuse(refused)
        else:
            messages.success(request, said)
            return redirect(*(then(made) if callable(then) else then))
    return render(request, f"teams/{page}.jinja", {"form": form, **more}, status=422 if form.errors else 200)


def person_page(person: Person) -> tuple[str, int]:
    return "teams:person", person.pk


def after_sign_in(person: Person, otherwise: str) -> str:
    return reverse("teams:drafts") if presenters.drafts_of(person) else otherwise


class SignIn(LoginView):
    template_name = "teams/sign_in.jinja"
    authentication_form = forms.SignInForm
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """First to what was being typed when the session before this one ended, if anything was."""
        return after_sign_in(self.request.user, super().get_success_url())  # type: ignore[arg-type]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"with_directory": bool(django_settings.OIDC_RP_CLIENT_ID)}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if form.device:
            django_otp.login(self.request, form.device)
        return answer


def account(request: SignedInRequest) -> HttpResponse:
    has_second_factor = django_otp.user_has_device(request.user)
    return render(request, "teams/account.jinja", {"has_second_factor": has_second_factor})


def keys(request: SignedInRequest) -> HttpResponse:
    """Single keys that move about the pages: on, or off for good on every machine."""
    form = form_for(request, forms.KeysForm, initial={"uses_keys": request.user.uses_keys})
    act = partial(actions.choose_keys, person=request.user)
    return ask(request, "keys", form, act, ("teams:account",), "Your choice is kept.")


def own_password(request: SignedInRequest) -> HttpResponse:
    form = form_for(request, forms.OwnPasswordForm, person=request.user)

    def act(*, password: str, **rest: Any) -> None:
        person = actions.set_password(person=request.user, password=password, by=rest["by"], at=rest["at"])
        update_session_auth_hash(request, person)

    return ask(request, "own_password", form, act, ("teams:account",), "Your password is changed.")


def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    form = form_for(request, forms.ConfirmForm)
    act = partial(actions.sign_out_everywhere, person=request.user)
    said = "You are signed out everywhere."
    return ask(request, "sign_out_everywhere", form, act, ("teams:sign_in",), said)


def second_factor(request: SignedInRequest) -> HttpResponse:
    key = request.session.setdefault("second_factor_key", random_hex(20))
    form = form_for(request, forms.SecondFactorForm, key=key)

    def act(*, code: str, **rest: Any) -> None:
        device = actions.add_second_factor(person=request.user, key=key, **rest)
        del request.session["second_factor_key"]
        django_otp.login(request, device)

    secret, has_one = b32encode(unhexlify(key)).decode(), django_otp.user_has_device(request.user)
    return ask(
        request, "second_factor", form, act, ("teams:account",), "The authenticator app is set up.", secret=secret,
        has_second_factor=has_one, is_wanted=django_settings.REQUIRE_SECOND_FACTOR and not has_one,
    )  # fmt: skip


def form_for(request: SignedInRequest, kind: type[forms.OfAuthority], **more: Any) -> Any:
    return kind(request.POST if request.method == "POST" else None, by=request.user, **more)


@needs(Permission.MANAGE_TEAMS, Permission.MANAGE_CALENDAR, Permission.IMPORT_RECORDS, Permission.DESTROY_RECORD)
def settings(request: SignedInRequest) -> HttpResponse:
    permissions = request.user.permissions()
    to_do = presenters.steps_to_do(request.user, localdate()) if Permission.MANAGE_TEAMS in permissions else []
    return render(request, "teams/settings.jinja", {"permissions": permissions, "to_do": to_do})


@manage_teams
def look(request: SignedInRequest) -> HttpResponse:
    authority = request.user.authority
    form = form_for(request, forms.LookForm, initial={"logo_text": authority.logo_text, "colour": authority.colour})
    act = partial(actions.change_look, authority=authority)
    return ask(request, "look", form, act, ("teams:settings",), "The head of every page is changed.")


@manage_teams
def team_list(request: SignedInRequest) -> HttpResponse:
    show = "without_manager" if request.GET.get("show") == "without_manager" else "all"
    rows = presenters.teams_with_people(request.user, localdate(), show)
    return render(request, "teams/team_list.jinja", {"rows": rows, "show": show})


@manage_teams
@with_one(Team)
def team_detail(request: SignedInRequest, team: Team) -> HttpResponse:
    members = presenters.members_of(team, localdate())
    return render(request, "teams/team_detail.jinja", {"team": team, "members": members})


@manage_teams
def add_team(request: SignedInRequest) -> HttpResponse:
    authority = request.user.authority
    form = form_for(request, forms.TeamForm, codes=presenters.team_codes(authority))
    act = partial(actions.add_team, authority=authority)
    return ask(request, "add_team", form, act, ("teams:team_list",), "The team is added.")


@manage_teams
@with_one(Team)
def change_team(request: SignedInRequest, team: Team) -> HttpResponse:
    form = form_for(request, forms.ChangeTeamForm, initial={"name": team.name, "email": team.email})
    then = ("teams:team_detail", team.pk)
    return ask(
        request, "change_team", form, partial(actions.change_team, team=team), then, "The team is changed.", team=team
    )


@manage_teams
def people(request: SignedInRequest) -> HttpResponse:
    words = request.GET.get("name", "").strip()
    show = "one_factor" if request.GET.get("show") == "one_factor" else "all"
    page, lines = presenters.people_page(request.user, words, request.GET.get("page", "1"), localdate(), show)
    return render(request, "teams/people.jinja", {"page": page, "lines": lines, "words": words, "show": show})


@manage_teams
@with_one(Person)
def person(request: SignedInRequest, person: Person) -> HttpResponse:
    return render(request, "teams/person.jinja", {"shown": presenters.person_shown(person, localdate())})


@manage_teams
def add_person(request: SignedInRequest) -> HttpResponse:
    form = form_for(request, forms.PersonForm)
    act = partial(actions.add_person, authority=request.user.authority)
    said = "The person is added. Next: give them a role and a way to sign in."
    return ask(request, "add_person", form, act, person_page, said)


def about(
    request: SignedInRequest, page: str, form: Any, person: Person, act: Callable[..., Any], said: str
) -> HttpResponse:
    """A form about one person."""
    then = ("teams:person", person.pk)
    return ask(request, page, form, partial(act, person=person), then, said, person=person)


@manage_teams
@with_one(Person)
def change_person(request: SignedInRequest, person: Person) -> HttpResponse:
    known = {"name": person.name, "email": person.email, "registration": person.registration}
    form = form_for(request, forms.PersonForm, initial=known)
    return about(request, "change_person", form, person, actions.change_person, "The change is saved.")


@manage_teams
@with_one(Person)
def set_password(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.PasswordForm, person=person)
    return about(request, "set_password", form, person, actions.set_password, "The password is set.")


@manage_teams
@with_one(Person)
def add_membership(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.MembershipForm)
    return about(request, "add_membership", form, person, actions.add_membership, "The role is added.")


@manage_teams
@with_one(Person)
def record_absence(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.AbsenceForm)
    return about(request, "record_absence", form, person, actions.record_absence, "The absence is recorded.")


@manage_teams
@with_one(Absence)
def change_absence(request: SignedInRequest, absence: Absence) -> HttpResponse:
    known = {"starts_on": absence.starts_on, "ends_on": absence.ends_on, "deputy": absence.deputy_id}
    form = form_for(request, forms.AbsenceForm, initial=known)
    act, then = partial(actions.change_absence, absence=absence), ("teams:person", absence.person_id)
    return ask(request, "change_absence", form, act, then, "The absence is changed.", absence=absence)


@manage_teams
@with_one(Person)
def remove_second_factor(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.ConfirmForm)
    said = "The authenticator app is removed."
    return about(request, "remove_second_factor", form, person, actions.remove_second_factor, said)


@manage_teams
@with_one(Person)
def close_account(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.ConfirmForm)
    return about(request, "close_account", form, person, actions.close_account, "The account is closed.")


@manage_teams
@with_one(Person)
def open_account(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.ConfirmForm)
    return about(request, "open_account", form, person, actions.open_account_again, "The account is open again.")


@manage_teams
@with_one(Person)
def sign_out_person(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.ConfirmForm)
    said = "They are signed out everywhere."
    return about(request, "sign_out_person", form, person, actions.sign_out_everywhere, said)


@manage_teams
def dormant(request: SignedInRequest) -> HttpResponse:
    return render(request, "teams/dormant.jinja", {"people": presenters.dormant_people(request.user)})


@manage_teams
@with_one(Membership)
def end_membership(request: SignedInRequest, membership: Membership) -> HttpResponse:
    form = form_for(request, forms.EndMembershipForm)
    act = partial(actions.end_membership, membership=membership)
    then = ("teams:person", membership.person_id)
    return ask(request, "end_membership", form, act, then, "The last day is recorded.", membership=membership)


@manage_calendar
def calendar(request: SignedInRequest) -> HttpResponse:
    return render(request, "teams/calendar.jinja", {"days": presenters.closure_days(request.user)})
