"""Settings: the council's own directory, who is who in it, and which of its groups gives which role."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from teams import actions, forms
from teams.loading import needs, with_one
from teams.models import DirectoryGroup, Person
from teams.presenters import directory_of
from teams.requests import SignedInRequest
from teams.roles import Permission
from teams.views import about, ask, form_for

manage_teams = needs(Permission.MANAGE_TEAMS)


@manage_teams
def directory(request: SignedInRequest) -> HttpResponse:
    tenant, groups = directory_of(request.user)
    return render(request, "teams/directory.jinja", {"tenant": tenant, "groups": groups})


@manage_teams
def name_tenant(request: SignedInRequest) -> HttpResponse:
    form = form_for(request, forms.TenantForm)
    act = partial(actions.name_tenant, authority=request.user.authority)
    return ask(request, "name_tenant", form, act, ("teams:directory",), "The directory is named.")


def tenant_of(request: SignedInRequest) -> Any:
    tenant, _ = directory_of(request.user)
    if tenant is None:
        raise Http404
    return tenant


@manage_teams
def map_group(request: SignedInRequest) -> HttpResponse:
    act = partial(actions.map_group, tenant=tenant_of(request))
    said = "The group gives this role."
    return ask(request, "map_group", form_for(request, forms.GroupForm), act, ("teams:directory",), said)


@manage_teams
@with_one(DirectoryGroup)
def unmap_group(request: SignedInRequest, mapped: DirectoryGroup) -> HttpResponse:
    form, said = form_for(request, forms.ConfirmForm), "The group gives this role no longer."
    act = partial(actions.unmap_group, mapped=mapped)
    return ask(request, "unmap_group", form, act, ("teams:directory",), said, mapped=mapped)


@manage_teams
@with_one(Person)
def link(request: SignedInRequest, person: Person) -> HttpResponse:
    tenant_of(request)
    form = form_for(request, forms.IdentityForm)
    said = "The person signs in through the directory from now on."
    return about(request, "link_identity", form, person, actions.link_identity, said)


@manage_teams
@with_one(Person)
def unlink(request: SignedInRequest, person: Person) -> HttpResponse:
    form = form_for(request, forms.ConfirmForm)
    said = "The directory signs this person in no longer."
    return about(request, "unlink_identity", form, person, actions.unlink_identity, said)
