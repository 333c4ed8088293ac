from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import DateTimeField

from tests.house.source import ROOMS

# Moments that arrive by themselves, so nobody did them
NOBODY_DID_IT = {
    "due", "starts", "ends", "breached", "expires", "planned", "held", "due_soon", "due_soon_told", "computed",
    "met_known", "superseded", "first_seen", "changed", "gone", "told", "first_told", "queued", "asked", "ended", "away_from", "kept",
    "bounced", "escalated",
}  # fmt: skip


def test_every_change_of_a_model_has_its_migration(db):
    words = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=words)
    except SystemExit:
        pytest.fail(words.getvalue())


def test_every_at_has_its_by():
    alone = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model.__name__.startswith("Historical")
        for field in model._meta.get_fields()
        if isinstance(field, DateTimeField) and field.name.endswith("_at")
        if (stem := field.name.removesuffix("_at")) not in NOBODY_DID_IT
        if not hasattr(model, f"{stem}_by")
    ]

    assert alone == []
