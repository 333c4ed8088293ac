"""What is audited by itself: every change of a row that has a history, and every sign-in."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils.timezone import now
from simple_history.signals import post_create_historical_record

from teams.actions import record_audit
from teams.models import AuditEntry, Person

Kind = AuditEntry.Kind
SIGNS = {"+": "added", "~": "changed", "-": "deleted"}


@receiver(post_create_historical_record, dispatch_uid="teams.receivers.note_change")
def note_change(sender: Any, instance: Any, history_instance: Any, history_user: Any, **kwargs: Any) -> None:
    """In the same transaction as the row and its history. A reference where there is one, else a kind and a number."""
    subject = getattr(instance, "reference", "") or name_of(instance)
    by = history_user if isinstance(history_user, Person) else None
    record_audit(
        kind=Kind.CHANGED, by=by, at=history_instance.history_date, subject=subject,
        page=SIGNS[history_instance.history_type], row=name_of(instance),
        authority_id=getattr(instance, "authority_id", None),
    )  # fmt: skip


def name_of(thing: Any) -> str:
    return f"{thing._meta.label_lower} {thing.pk}"


@receiver(user_logged_in, dispatch_uid="teams.receivers.note_sign_in")
def note_sign_in(sender: Any, user: Person, request: Any = None, **kwargs: Any) -> None:
    if request is not None:
        request.session["began"] = now().timestamp()
    record_audit(kind=Kind.SIGNED_IN, by=user, at=now(), subject=name_of(user))


@receiver(user_logged_out, dispatch_uid="teams.receivers.note_sign_out")
def note_sign_out(sender: Any, user: Person | None, **kwargs: Any) -> None:
    if isinstance(user, Person):
        record_audit(kind=Kind.SIGNED_OUT, by=user, at=now(), subject=name_of(user))


@receiver(user_login_failed, dispatch_uid="teams.receivers.note_failure")
def note_failure(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    _note_stranger(Kind.SIGN_IN_FAILED, credentials.get("username") or "")


@receiver(user_locked_out, dispatch_uid="teams.receivers.note_lock_out")
def note_lock_out(sender: Any, username: str | None = None, **kwargs: Any) -> None:
    _note_stranger(Kind.LOCKED_OUT, username or "")


def _note_stranger(kind: str, typed: str) -> None:
    """What was typed is not kept: it may be a password. Whose account it was, if anybody's, is."""
    person = Person.objects.filter(email__iexact=typed).first()
    authority_id = person.authority_id if person else None
    record_audit(
        kind=kind, by=None, at=now(), subject=name_of(person) if person else "", authority_id=authority_id
    )  # fmt: skip
