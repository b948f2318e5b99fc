"""Log lines: readable at a desk, JSON in production, every one with the id of its request."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import Any

import structlog

REQUEST_ID_BYTES = 6


def request_id() -> str:
    """A short id that a person can read over the telephone; never taken from outside."""
    return secrets.token_hex(REQUEST_ID_BYTES)


def name_person(user_id: int) -> None:
    """Every further line of this request says who sent it: by number, for names are nobody's business in a log."""
    structlog.contextvars.bind_contextvars(user_id=user_id)


def configure(*, as_json: bool) -> None:
    """Send our lines and those of the libraries to stderr in one form; calling it again changes nothing."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter) for handler in root.handlers):
        return
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    if as_json:
        shared.append(structlog.processors.format_exc_info)
        renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
        )
    )
    root.addHandler(handler)
    root.setLevel(logging.INFO)
