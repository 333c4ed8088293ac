"""Sign-in through the council's own directory (OpenID Connect, authorisation code with PKCE).

The library checks state, nonce and signature. What it leaves out is checked here: for whom the token is, by whom, and
until when. A person is found by tenant and object id, never by an e-mail address, and never made."""

from typing import Any
from uuid import UUID

import jwt
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.utils.timezone import now
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from teams.actions import follow_directory
from teams.models import Person

CLAIMS = ["exp", "iat", "aud", "iss", "nonce", "tid", "oid"]
LEEWAY = 30


class DirectoryBackend(OIDCAuthenticationBackend):
    def _verify_jws(self, payload: str, key: Any) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                payload, key, algorithms=[self.OIDC_RP_SIGN_ALGO], audience=self.OIDC_RP_CLIENT_ID, leeway=LEEWAY,
                options={"require": CLAIMS},
            )  # fmt: skip
        except jwt.PyJWTError as wrong:
            raise SuspiciousOperation("The directory's token is for somebody else, or out of date.") from wrong
        if claims["iss"] != settings.OIDC_ISSUER.replace("{tenant}", str(claims["tid"])):
            raise SuspiciousOperation("The token is from another directory than its tenant's.")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Nothing is asked of the directory beyond the token itself."""
        return payload

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        try:
            UUID(str(claims["tid"])), UUID(str(claims["oid"]))
        except (KeyError, ValueError):
            return False
        return True

    def update_user(self, user: Person, claims: dict[str, Any]) -> Person:
        """Called at every sign-in: roles follow the groups that the token names."""
        follow_directory(person=user, groups=_numbers(claims.get("groups")), at=now())
        return user

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        return Person.objects.active().filter(identity__tenant__tenant=claims["tid"], identity__object_id=claims["oid"])


def _numbers(groups: Any) -> list[str]:
    """Those that a directory numbers its groups by; anything else is not followed."""
    found = []
    for group in groups if isinstance(groups, list) else []:
        try:
            found.append(str(UUID(str(group))))
        except ValueError:
            continue
    return found
