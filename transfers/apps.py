from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "transfers"

    def ready(self) -> None:
        from transfers import facts, happenings, on_case, receivers  # noqa: F401  (each registers itself)
