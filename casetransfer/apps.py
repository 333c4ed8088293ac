from django.apps import AppConfig


class CaseTransferConfig(AppConfig):
    name = "casetransfer"

    def ready(self) -> None:
        from casetransfer import celery  # noqa: F401  (tasks named with shared_task find their app here)
