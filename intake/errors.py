"""What can go wrong in the domain, with the problem type and status that every channel answers with (RFC 9457)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from intake.i18n import N_, Message


class DomainError(Exception):
    """A rule said no. `message` tells the person what to do next; `extra` goes into the problem document."""

    type: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422
    default: ClassVar[Message] = N_("This cannot be done. Check what you entered and try again.")

    def __init__(self, message: Message | None = None, **extra: Any) -> None:
        self.message = message or self.default
        self.extra = extra
        super().__init__(str(self.message))


class NotFound(DomainError):
    """The thing does not exist, or not for this person: both look the same."""

    type, status = "not-found", 404
    default = N_("This page does not exist, or it is not open to you.")


class DeclareFirst(DomainError):
    """The person must declare whether they have a conflict of interest before seeing more than the cover."""

    type, status = "declare-first", 403
    default = N_("Declare first whether you have a conflict of interest in this proposal.")


class Forbidden(DomainError):
    type, status = "forbidden", 403
    default = N_("You may see this, but your role does not allow this action.")


class IllegalMove(DomainError):
    type, status = "illegal-move", 409
    default = N_(
        "This step is not possible at the stage the proposal is in now. Reload the page to see where it stands."
    )


class Stale(DomainError):
    type, status = "stale", 409
    default = N_(
        "Somebody changed this in the meantime. Nothing of yours was lost: reload the page, compare, and try again."
    )


class DecidedInSession(DomainError):
    type, status = "decided-in-session", 409
    default = N_("This is decided only in a session of the committee and takes effect when the chair releases it.")


class Incomplete(DomainError):
    """Something required is missing. `problems` is a list of plain dicts or of objects with a `message`."""

    type, status = "incomplete", 422
    default = N_("Something required is missing. Complete it and try again.")

    def __init__(self, message: Message | None = None, problems: Sequence[Any] = (), **extra: Any) -> None:
        super().__init__(message, **extra)
        self.problems = list(problems)


class Invalid(DomainError):
    """The input has the wrong shape. `errors` is a list of (path, Message)."""

    type, status = "invalid", 422
    default = N_("Some of what you entered is not valid. Correct the marked places and try again.")

    def __init__(
        self, message: Message | None = None, errors: Sequence[tuple[str, Message]] = (), **extra: Any
    ) -> None:
        super().__init__(message, **extra)
        self.errors = list(errors)


class Stopped(Invalid):
    """The text must not be received online at all: nothing of it is kept or repeated."""


class TooLarge(DomainError):
    type, status = "too-large", 413
    default = N_("This is larger than what can be accepted. Make it smaller or split it, and try again.")


class TooMany(DomainError):
    type, status = "too-many", 429
    default = N_("Too many attempts. Wait a minute and try again.")
