from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from cases import case_deadlines, receivers  # noqa: F401  (each connects itself)
