"""Log lines: one JSON object each, with request id, person and duration. Nothing secret or personal in them.

`settings.py` imports this module, so it may import nothing of Django's models.
"""

import logging
import re
import time
from contextlib import contextmanager

import structlog

import sakip

NAMED_LOGGERS = {
    # The middleware writes the same with the request id; these would say it twice.
    "django.request": "CRITICAL",
    "django.server": "INFO",
    "fontTools": "ERROR",
    "weasyprint": "ERROR",
    "weasyprint.progress": "ERROR",
    "pyhanko": "ERROR",
    "pikepdf": "WARNING",
}
# What timers and services run; the others are answered to the person who typed them.
LOGGED_COMMANDS = {
    "backup",
    "check_consistency",
    "count_day",
    "db_worker",
    "purge",
    "recount",
    "restore",
    "send_reminders",
    "verify_files",
    "verify_history",
}
# An NIP as it is stored and as it is printed; the year of birth stays, so that a reader knows what it was.
NIP = re.compile(r"(?<!\d)(\d{4})\d{4} ?\d{6} ?\d ?\d{3}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")


def masked(text: str) -> str:
    """Returns the line without NIP and e-mail addresses."""
    return EMAIL.sub(r"…@\1", NIP.sub(r"\1…", text))


def _as_masked_json(logger, name, event) -> str:
    return masked(structlog.processors.JSONRenderer(ensure_ascii=False)(logger, name, event))


_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure(*, as_json: bool) -> dict:
    """Sets structlog up and returns LOGGING. Without `as_json`, the lines are for a person at a terminal."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter, "as_json": as_json}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {name: {"level": level} for name, level in NAMED_LOGGERS.items()},
    }


@contextmanager
def command(arguments: list[str]):
    """Names a command in every line that it writes, and tells how it ended. Its arguments may be secret.

    The failure of one that a service runs is written once, in the form of the other lines (code 1).
    """
    name, began = next(iter(arguments), "help"), time.monotonic()
    logger = structlog.get_logger(__name__)
    structlog.contextvars.bind_contextvars(command=name)
    try:
        yield
    except SystemExit as end:
        if end.code and name in LOGGED_COMMANDS:
            logger.error("command_failed", code=end.code, seconds=_since(began))
        raise
    except Exception:
        if name not in LOGGED_COMMANDS:
            raise
        logger.exception("command_failed", seconds=_since(began))
        raise SystemExit(1) from None
    if name in LOGGED_COMMANDS:
        logger.info("command_finished", seconds=_since(began))


def tell_start(what: str) -> None:
    """Says which program begins to work, so that a failure in the log is known to be of which version."""
    structlog.get_logger(__name__).info("started", what=what, version=sakip.__version__)


def _since(began):
    return round(time.monotonic() - began, 1)


def formatter(*, as_json: bool) -> logging.Formatter:
    end = (
        [structlog.processors.format_exc_info, _as_masked_json]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *end],
    )


def request_id() -> str:
    """The id of the current request, "" outside of one."""
    return structlog.contextvars.get_contextvars().get("request_id", "")
