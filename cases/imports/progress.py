"""How far a worker has come with an import. It is told outside the transaction, so that others can see it."""

from django.core.cache import cache

EVERY = 20
KEPT_SECONDS = 3600


def tell(pk: int, done: int, of: int) -> None:
    if done % EVERY == 0 or done == of:
        cache.set(f"import-{pk}", (done, of), KEPT_SECONDS)


def told(pk: int) -> tuple[int, int] | None:
    return cache.get(f"import-{pk}")
