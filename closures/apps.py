from django.apps import AppConfig


class ClosuresConfig(AppConfig):
    name = "closures"

    def ready(self) -> None:
        from closures import facts, on_case, on_contact, receivers  # noqa: F401  (they register themselves)
