"""The filters of a list. They live in its address, so they hold codes and numbers, never words that somebody typed."""

from django import forms
from django.http import HttpRequest

from teams.models import Person, Team

LONGEST = 100


class FiltersForm(forms.Form):
    def chosen(self) -> dict[str, str]:
        """The filters that are set, as the address has them; one that cannot be understood is left out."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def any_team(by: Person) -> list[tuple[str, str]]:
    """The teams that hold cases, as a filter offers them."""
    teams = Team.objects.visible_to(by).exclude(kind=Team.Kind.SUPPORT).order_by("name")
    return [("", "Any team"), *((str(pk), name) for pk, name in teams.values_list("pk", "name"))]


def words_for(request: HttpRequest, place: str) -> str:
    """The words that this person looks for in that list: they came in a body and are kept in the session."""
    if request.method == "POST":
        request.session[place] = request.POST.get("q", "").strip()[:LONGEST]
    return str(request.session.get(place, ""))
