"""The filters of a list. They live in its address, so they hold codes and numbers, never words that somebody typed."""

from django import forms
from django.http import HttpRequest

LONGEST = 100


class FiltersForm(forms.Form):
    def chosen(self) -> dict[str, str]:
        """The filters that are set, as the address has them; one that cannot be understood is left out."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def words_for(request: HttpRequest, place: str) -> str:
    """The words that this person looks for in that list: they came in a body and are kept in the session."""
    if request.method == "POST":
        request.session[place] = request.POST.get("q", "").strip()[:LONGEST]
    return str(request.session.get(place, ""))
