"""The Jinja environment of every page."""

from datetime import date
from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.runtime import Undefined, missing


class Unknown(ChainableUndefined):
    """As strict as the GOV.UK macros allow. They ask dicts for keys that are not there, so that stays silent;
    a name or an attribute of ours that does not exist raises when it is printed or looped over."""

    def _is_macro_parameter(self) -> bool:
        return self._undefined_obj is not missing and isinstance(self._undefined_obj, dict | Undefined)

    def __str__(self) -> str:
        return "" if self._is_macro_parameter() else self._fail_with_undefined_error()

    def __html__(self) -> str:
        return str(self)

    def __bool__(self) -> bool:
        """A macro called without a parameter that it needs fails at its first `if`, not silently."""
        return bool((self._undefined_hint or "").startswith("parameter ") and self._fail_with_undefined_error())

    def __iter__(self) -> Any:
        return iter(()) if self._is_macro_parameter() else self._fail_with_undefined_error()


def url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs or None)


def long_date(day: date) -> str:
    """23 November 2026"""
    return f"{day.day} {day:%B %Y}"


def combine(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return one | other


def environment(**options: Any) -> Environment:
    options["undefined"] = Unknown
    options["loader"] = ChoiceLoader(
        [options["loader"], PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    options |= {"trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.do"]}
    env = Environment(**options)  # noqa: S701  (Django's engine passes autoescape=True)
    env.globals.update(static=static, url=url, messages_of=get_messages)
    env.filters.update(combine=combine, long_date=long_date)
    return env
