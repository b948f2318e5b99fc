"""The same write sent twice is done once and answered twice alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Invalid
from intake.i18n import N_
from intake.models import Idempotency
from intake.policy import Actor

LONGEST_KEY = 200


def once(
    db: Session,
    *,
    actor: Actor,
    operation: str,
    key: str | None,
    request: Any,
    work: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """Do `work` and keep its answer under `key`; for a key already used with the same `request`, give that answer.

    Concurrent writers wait for the first one at the unique index. Without a key the work is simply done.
    """
    if not key:
        return work()
    if len(key) > LONGEST_KEY:
        raise Invalid(
            errors=[("Idempotency-Key", N_("The key may have at most %(count)s characters.", count=LONGEST_KEY))]
        )
    plain = json.dumps(request, sort_keys=True, ensure_ascii=False, default=str)
    fingerprint = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    if claim(db, actor, operation, key, fingerprint):
        answer = work()
        ours = (Idempotency.user_id == actor.user_id, Idempotency.operation == operation, Idempotency.key == key)
        db.execute(update(Idempotency).where(*ours).values(answer=answer))
        return answer
    return earlier_answer(db, actor, operation, key, fingerprint)


def claim(db: Session, actor: Actor, operation: str, key: str, fingerprint: str) -> bool:
    """Take the key; False when somebody has it."""
    dialect = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(Idempotency).values(
        user_id=actor.user_id,
        operation=operation,
        key=key,
        request_sha256=fingerprint,
        created_at=clock.now(),
    )
    claimed = db.execute(statement.on_conflict_do_nothing().returning(Idempotency.id)).first()
    return claimed is not None


def earlier_answer(db: Session, actor: Actor, operation: str, key: str, fingerprint: str) -> dict[str, Any]:
    row = db.execute(
        select(Idempotency.request_sha256, Idempotency.answer).where(
            Idempotency.user_id == actor.user_id, Idempotency.operation == operation, Idempotency.key == key
        )
    ).one()
    if row.request_sha256 != fingerprint:
        raise Invalid(N_("This key was already used for another request. Use a new key for a new request."))
    return row.answer
