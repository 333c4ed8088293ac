"""The Celery app, and the one list of everything that the clock starts."""

import gc
import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init
from django.conf import settings

from casetransfer.protocols import authorities, pack_for

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casetransfer.settings")

SCHEDULE = {
    "heartbeat": {"task": "casetransfer.tasks.heartbeat", "schedule": 30.0},
    "deadlines that no message reached": {"task": "cases.tasks.recalculate_waiting", "schedule": 60.0},
    "sweep": {"task": "cases.tasks.sweep", "schedule": 60.0},
    "transfers that nobody answers": {"task": "transfers.tasks.sweep", "schedule": 60.0},
    "leavers": {"task": "cases.tasks.let_leavers_go", "schedule": 300.0},
    "absences": {"task": "cases.tasks.tell_of_absences", "schedule": 300.0},
    "cases on duty": {"task": "cases.tasks.tell_of_duty_reviews", "schedule": 300.0},
    "notices that follow others": {"task": "cases.tasks.tell_of_given", "schedule": 60.0},
    "radar": {"task": "transfers.tasks.radar", "schedule": crontab(hour=7, minute=0)},
    "bounces": {"task": "cases.tasks.bounces", "schedule": 600.0},
    "dormant accounts": {"task": "teams.tasks.close_dormant_accounts", "schedule": crontab(hour=5, minute=0)},
    "outbox": {"task": "cases.tasks.send_notices", "schedule": 30.0},
}

if settings.CLOCK_SECONDS:  # for a demonstration or a test, where nobody can wait for tomorrow morning
    SCHEDULE = {name: entry | {"schedule": float(settings.CLOCK_SECONDS)} for name, entry in SCHEDULE.items()}

app = Celery("casetransfer")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 60},  # what a killed worker held is handed on after a minute
    task_publish_retry=False,  # what must be done is in the database, and the clock looks there
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    task_always_eager=False,
    timezone=settings.TIME_ZONE,
    beat_schedule=SCHEDULE,
    beat_schedule_filename=str(settings.PRIVATE_DIR / "beat-schedule"),
)


@worker_init.connect
def load_packs(**words: object) -> None:
    """Before the worker's processes are made, so that they share the packs, and none looks through them for rubbish."""
    for authority in authorities():
        pack_for(authority)
    gc.collect()
    gc.freeze()


app.autodiscover_tasks()
app.autodiscover_tasks(related_name="notices")
app.autodiscover_tasks(["cases.imports"])
