"""To the council's directory, and back. Where no directory is set, there are no such pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from teams.views import after_sign_in


class OnlyWithDirectory:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.OIDC_RP_CLIENT_ID:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


@method_decorator(login_not_required, name="dispatch")
class ToDirectory(OnlyWithDirectory, OIDCAuthenticationRequestView):
    pass


@method_decorator(login_not_required, name="dispatch")
class FromDirectory(OnlyWithDirectory, OIDCAuthenticationCallbackView):
    @property
    def success_url(self) -> str:
        return after_sign_in(self.user, super().success_url)
