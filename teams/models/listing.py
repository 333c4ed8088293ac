"""How somebody keeps their lists: views under a name of their own, and the columns they leave out."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from teams.models.house import Person

CODES_ONLY = r"^[A-Za-z0-9_=&-]*$"


class OwnQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> "OwnQuerySet":
        return self.filter(person=person)


class SavedView(models.Model):
    """The filters of a list as its address has them: codes and numbers, never words that somebody typed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views", db_index=False)
    place = models.SlugField(max_length=30, db_index=False)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "name"], name="saved_view_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_is_named"),
            models.CheckConstraint(condition=Q(query__regex=CODES_ONLY), name="saved_view_holds_codes_only"),
        ]

    def __str__(self) -> str:
        return self.name


class LeftOut(models.Model):
    """The columns of one list that a person does not want to see. A new column is seen until they leave it out."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="left_out", db_index=False)
    place = models.SlugField(max_length=30, db_index=False)
    columns = ArrayField(models.SlugField(max_length=30))

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="left_out_once_for_a_list")]

    def __str__(self) -> str:
        return f"{self.place} without {', '.join(self.columns)}"
