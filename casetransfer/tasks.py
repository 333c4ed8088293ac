"""What the clock starts in the roof itself."""

from celery import shared_task

from casetransfer import health


@shared_task
def heartbeat() -> None:
    """The clock and a worker are alive: the health page reads when this last ran."""
    health.record_heartbeat()
