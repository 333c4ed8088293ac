import pkgutil

from casetransfer.celery import SCHEDULE, app
from tests.house.source import ROOMS, python_files


def our_tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if name.split(".")[0] in ROOMS}


def test_every_task_is_in_the_schedule_or_called():
    code = "\n".join(path.read_text() for path in python_files())
    scheduled = {entry["task"] for entry in SCHEDULE.values()}

    idle = [name for name in our_tasks() - scheduled if f"{name.rsplit('.', 1)[1]}.delay" not in code]

    assert idle == []


def test_the_schedule_names_tasks_that_exist():
    assert {entry["task"] for entry in SCHEDULE.values()} <= our_tasks()


def test_only_one_driver_and_one_state_machine_are_installed():
    """Django would silently prefer psycopg 3; django-fsm and its fork share one import name."""
    installed = {module.name for module in pkgutil.iter_modules()}

    assert installed.isdisjoint({"psycopg", "pytest_postgresql"})
