from django.apps import AppConfig


class ClosuresConfig(AppConfig):
    name = "closures"

    def ready(self) -> None:
        from closures import facts, on_case, receivers  # noqa: F401  (they register themselves)
