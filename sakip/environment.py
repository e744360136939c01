"""Reads settings from the environment. A wrong value is refused with a sentence that says what to write."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
LOCAL_SITE = "http://127.0.0.1:8000"  # used until SITE_URL is set
DATABASE_SCHEMES = ("sqlite:///", "postgres://", "postgresql://", "pgsql://")
EMAIL_SCHEMES = (
    "smtp://",
    "smtp+tls://",
    "smtp+ssl://",
    "consolemail://",
    "filemail://",
    "memorymail://",
)

env = environ.Env()


def read_bool(name, default):
    value = env.str(name, default=str(default)).strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} is “{value}”. Write {name}=on or {name}=off.")


def read_int(name, default, minimum=0):
    value = env.str(name, default=str(default)).strip()
    if value.isascii() and value.isdigit() and int(value) >= minimum:
        return int(value)
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write a whole number of at least {minimum}, such as {name}={default}."
    )


def read_days(name, default):
    """A sorted list of different whole numbers, each at least 1."""
    texts = [text.strip() for text in env.str(name, default=",".join(map(str, default))).split(",")]
    if all(text.isascii() and text.isdigit() and int(text) >= 1 for text in texts):
        return sorted({int(text) for text in texts})
    raise ImproperlyConfigured(
        f"{name} is “{','.join(texts)}”. Write whole numbers of days from 1 on and separate them with "
        f"commas, such as {name}={','.join(map(str, default))}."
    )


def read_choice(name, default, choices):
    value = env.str(name, default=default).strip()
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name} is “{value}”. Write one of: {', '.join(choices)}.")


def read_secret_key(name, *, debug):
    value = env.str(name, default="")
    if len(value) >= 50:
        return value
    if debug and not value:
        return "insecure-development-key-that-is-never-used-when-debug-is-off"
    raise ImproperlyConfigured(
        f"{name} is missing or shorter than 50 characters. Write {name}=… with a long random text; "
        "`make setup` makes one in .env."
    )


def read_hosts(name, default):
    hosts = [host.strip() for host in env.list(name, default=default)]
    for host in hosts:
        if not host or "/" in host or " " in host:
            raise ImproperlyConfigured(
                f"{name} holds “{host}”. Write host names without http:// and separate them with "
                f"commas, such as {name}=sakip.example.go.id,127.0.0.1."
            )
    return hosts


def read_origins(name):
    origins = env.list(name, default=[])
    for origin in origins:
        if not re.fullmatch(r"https?://[^/\s]+", origin):
            raise ImproperlyConfigured(
                f"{name} holds “{origin}”. Write the whole origin, such as "
                f"{name}=https://sakip.example.go.id."
            )
    return origins


def read_origin(name, default):
    value = env.str(name, default=default).strip().rstrip("/")
    if re.fullmatch(r"https?://[^/\s]+", value):
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write the whole origin, such as {name}=https://sakip.example.go.id."
    )


def read_database(name, default):
    url = env.str(name, default=default)
    advice = "Write sqlite:////path/db.sqlite3 or postgres://user:password@host:5432/name."
    config = _parse_url(environ.Env.db_url_config, name, url, DATABASE_SCHEMES, advice)
    if (
        not config["NAME"] or url == "sqlite:///"
    ):  # "sqlite:///" alone would be a database in memory.
        raise _bad_url(name, url, advice)
    return config


def read_email(name, default):
    url = env.str(name, default=default)
    advice = (
        "Write smtp+tls://user:password@host:587, or consolemail:// to print mail on the console."
    )
    return _parse_url(environ.Env.email_url_config, name, url, EMAIL_SCHEMES, advice)


def _parse_url(parse, name, url, schemes, advice):
    if not url.startswith(schemes):
        raise _bad_url(name, url, advice)
    try:
        return parse(url)
    except ValueError:  # For example, the port is not a number.
        raise _bad_url(name, url, advice) from None


def _bad_url(name, url, advice):
    """The error for a wrong URL; its message does not contain the password."""
    return ImproperlyConfigured(f"{name} is “{url.split('@')[-1]}”. {advice}")


def read_time_zone(name, default):
    value = env.str(name, default=default)
    try:
        return ZoneInfo(value).key
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise ImproperlyConfigured(
            f"{name} is “{value}”. Write {name}=Asia/Jakarta, Asia/Makassar or Asia/Jayapura."
        ) from None


def read_directory(name, default):
    path = Path(env.str(name, default=str(default))).expanduser()
    if not path.is_absolute() or path.is_file():
        raise ImproperlyConfigured(
            f"{name} is “{path}”. Write the absolute path of a directory, such as {name}=/srv/sakip/media."
        )
    return path


def read_file(name):
    """The path, None when it is not set. The code that uses the file checks that it can be read."""
    value = env.str(name, default="").strip()
    if not value or Path(value).is_absolute():
        return Path(value) if value else None
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write the absolute path of a file, such as {name}=/etc/sakip/segel.p12."
    )


def read_url_prefix(name):
    value = env.str(name, default="").strip()
    if not value or re.fullmatch(r"/(?:[\w.-]+/)+", value):
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write a path that begins and ends with a slash, such as {name}=/bukti-internal/."
    )
