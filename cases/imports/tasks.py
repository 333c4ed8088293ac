"""Large workbooks, read and applied beside the site. Each does nothing where it has been done already."""

from functools import partial

from celery import shared_task
from django.utils.timezone import now

from cases import actions
from cases.imports import progress
from cases.models import Import


@shared_task
def read_import(pk: int) -> None:
    imported = Import.objects.get(pk=pk)
    actions.read_workbook(imported=imported, by=imported.uploaded_by, at=now())


@shared_task
def apply_import(pk: int) -> None:
    imported = Import.objects.get(pk=pk)
    if imported.blockers("finish"):
        return
    try:
        actions.apply_import(imported=imported, by=imported.applied_by, at=now(), progress=partial(progress.tell, pk))
    except Exception:
        actions.give_back_import(imported=imported, by=None, at=now())
        raise
