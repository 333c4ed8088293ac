from django.apps import AppConfig


class ClosuresConfig(AppConfig):
    name = "closures"

    def ready(self) -> None:
        from closures import facts  # noqa: F401  (registers what this room knows of a case)
