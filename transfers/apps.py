from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "transfers"

    def ready(self) -> None:
        from transfers import facts  # noqa: F401  (registers what this room knows of a case)
