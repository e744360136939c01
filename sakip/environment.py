"""Reads settings from the environment. A wrong value is refused with a sentence that says what to write."""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
KEY_LENGTH = 50  # characters
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

# The program keeps no files in or under the first, and not directly in the others.
SYSTEM_DIRECTORIES = {
    f"/{name}"
    for name in ["bin", "boot", "dev", "etc", "lib", "lib64", "proc", "run", "sbin", "sys"]
}
SHARED_DIRECTORIES = {"/", "/home", "/opt", "/root", "/tmp", "/usr", "/var"}  # noqa: S108  named to be refused
HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]")


def load_env_file():
    """Adds what `.env` says to the environment. A variable that is already set there stays as it is."""
    environ.Env.read_env(Path(__file__).resolve().parent.parent / ".env")


def read_text(name, default=""):
    """The value exactly as it was written.

    Not through `environ.Env`: it takes a value that begins with $ for the name of another variable and
    silently gives the default when there is none.
    """
    return os.environ.get(name, default)


def read_secret(name, default=""):
    """The value of the variable, or what the file holds that the variable with _FILE behind its name names.

    A file keeps a secret out of the environment, which other processes of the same user can read. It is
    how systemd (LoadCredential) and containers hand secrets over. Line breaks at its end do not count.
    """
    path = read_file(f"{name}_FILE")
    if path is None:
        return read_text(name, default)
    if name in os.environ:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Keep only one of them.")
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ImproperlyConfigured(
            f"{name}_FILE is “{path}”, which cannot be read: {reason}. Name a text file that the user "
            "of the program may read."
        ) from None


def read_bool(name, default):
    value = read_text(name, str(default)).strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} is “{value}”. Write {name}=on or {name}=off.")


def read_int(name, default, minimum=0, maximum=10**9):
    value = read_text(name, str(default)).strip()
    if value.isascii() and value.isdigit() and minimum <= int(value) <= maximum:
        return int(value)
    most = f" and at most {maximum}" if maximum < 10**9 else ""
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write a whole number of at least {minimum}{most}, such as {name}={default}."
    )


def read_days(name, default):
    """A sorted list of different whole numbers, each at least 1."""
    texts = [text.strip() for text in read_text(name, ",".join(map(str, default))).split(",")]
    if all(text.isascii() and text.isdigit() and int(text) >= 1 for text in texts):
        return sorted({int(text) for text in texts})
    raise ImproperlyConfigured(
        f"{name} is “{','.join(texts)}”. Write whole numbers of days from 1 on and separate them with "
        f"commas, such as {name}={','.join(map(str, default))}."
    )


def read_choice(name, default, choices):
    value = read_text(name, default).strip()
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name} is “{value}”. Write one of: {', '.join(choices)}.")


def read_choices(name, default, choices):
    """Several of the choices, separated by commas; the first one, which means none, stands alone."""
    words = [word.strip() for word in read_text(name, ",".join(default)).split(",")]
    if set(words) <= set(choices) and (choices[0] not in words or len(words) == 1):
        return words
    raise ImproperlyConfigured(
        f"{name} is “{','.join(words)}”. Write {name}={choices[0]}, or one or more of "
        f"{', '.join(choices[1:])}, separated by commas."
    )


def read_secret_key(name, *, debug):
    value = read_secret(name)
    if len(value) >= KEY_LENGTH:
        return value
    if debug and not value:
        return "insecure-development-key-that-is-never-used-when-debug-is-off"
    raise ImproperlyConfigured(
        f"{name} is missing or shorter than {KEY_LENGTH} characters. Write {name}=… with a long random text; "
        "`make setup` makes one in .env."
    )


def read_key(name):
    """A key that may be missing; the code that uses it then takes another."""
    value = read_secret(name)
    if not value or len(value) >= KEY_LENGTH:
        return value
    raise ImproperlyConfigured(
        f"{name} is shorter than {KEY_LENGTH} characters. Write {name}=… with a long random text."
    )


def read_keys(name):
    keys = [key.strip() for key in read_secret(name).split(",") if key.strip()]
    if all(len(key) >= KEY_LENGTH for key in keys):
        return keys
    raise ImproperlyConfigured(
        f"{name} holds a key shorter than {KEY_LENGTH} characters. Write the whole keys, the newest "
        "first, and separate them with commas."
    )


def read_hosts(name, default):
    hosts = _listed(name, default)
    for host in hosts:
        if not HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"{name} holds “{host}”. Write host names without http:// and without a port, and "
                f"separate them with commas, such as {name}=sakip.example.go.id,127.0.0.1."
            )
    return hosts


def _listed(name, default):
    text = os.environ.get(name)
    return list(default) if text is None else [part.strip() for part in text.split(",")]


def read_address(name):
    """A (host, port) to listen on, or None when it is not set."""
    value = read_text(name).strip()
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if HOST.fullmatch(host) and host != "*" and port.isdigit() and 0 < int(port) < 65_536:
        return host.strip("[]"), int(port)
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write an address and a port, such as {name}=127.0.0.1:9100."
    )


def read_origins(name):
    origins = [origin for origin in _listed(name, []) if origin]
    for origin in origins:
        if not re.fullmatch(r"https?://[^/\s]+", origin):
            raise ImproperlyConfigured(
                f"{name} holds “{origin}”. Write the whole origin, such as "
                f"{name}=https://sakip.example.go.id."
            )
    return origins


def read_origin(name, default):
    value = read_text(name, default).strip().rstrip("/")
    if re.fullmatch(r"https?://[^/\s]+", value):
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write the whole origin, such as {name}=https://sakip.example.go.id."
    )


def read_issuer(name):
    """The address of an identity provider, empty when none is used. Without TLS only on this machine."""
    value = read_text(name).strip().rstrip("/")
    if not value or re.fullmatch(
        r"https://[^/\s]+\S*|http://(localhost|127\.0\.0\.1)(:\d+)?", value
    ):
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write the https address of the identity provider, exactly as it writes "
        f"its own “issuer”, such as {name}=https://sso.example.go.id/realms/asn."
    )


def read_words(name):
    """Words separated by commas; none when the setting is empty."""
    return [word.strip() for word in read_text(name).split(",") if word.strip()]


def read_database(name, default):
    url = read_secret(name, default)
    advice = "Write sqlite:////path/db.sqlite3 or postgres://user:password@host:5432/name."
    config = _parse_url(environ.Env.db_url_config, name, url, DATABASE_SCHEMES, advice)
    if (
        not config["NAME"] or url == "sqlite:///"
    ):  # "sqlite:///" alone would be a database in memory.
        raise _bad_url(name, url, advice)
    return config


def read_email(name, default):
    url = read_secret(name, default)
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
    """The error for a wrong URL. It tells only how the URL begins, because the rest may hold a password."""
    scheme = re.match(r"[\w+.-]{1,20}:/{0,3}", url)
    begins = f"begins with “{scheme[0]}” and cannot be read" if scheme else "has no scheme"
    return ImproperlyConfigured(f"{name} {begins if url else 'is empty'}. {advice}")


def read_sender(name, default):
    """An address that mail comes from, with or without a name before it."""
    return _address(name, read_text(name, default).strip())


def read_addresses(name):
    """Addresses that mail goes to, separated by commas; none when it is not set."""
    return [_address(name, value) for value in _listed(name, []) if value]


def _address(name, value):
    address = parseaddr(value)[1]
    try:
        if not address.endswith("@localhost"):
            validate_email(address)
    except ValidationError:
        raise ImproperlyConfigured(
            f"{name} is “{value}”. Write an address, such as {name}=sakip@example.go.id."
        ) from None
    return value


def read_time_zone(name, default):
    value = read_text(name, default)
    try:
        return ZoneInfo(value).key
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise ImproperlyConfigured(
            f"{name} is “{value}”. Write {name}=Asia/Jakarta, Asia/Makassar or Asia/Jayapura."
        ) from None


def read_directory(name, default):
    """A directory for files. One that is named must be there, so that a disk that is not mounted is noticed."""
    path = Path(read_text(name, str(default))).expanduser()
    found = _problem_of_directory(path, is_named=name in os.environ)
    if not found:
        return path
    raise ImproperlyConfigured(
        f"{name} is “{path}”{found} Write the absolute path of a directory of its own, such as "
        f"{name}=/srv/sakip/media."
    )


def _problem_of_directory(path, *, is_named):
    if not path.is_absolute():
        return ", which is not absolute."
    real = path.resolve()
    if str(real) in SHARED_DIRECTORIES or SYSTEM_DIRECTORIES & {*map(str, [real, *real.parents])}:
        return ", a directory of the system."
    if path.exists() and not path.is_dir():
        return ", which is not a directory."
    if is_named and not path.exists():
        return ", which does not exist. Make it, or mount its disk."
    if path.exists() and not os.access(path, os.W_OK | os.X_OK):
        return ", in which the program may not write. Give it to the user of the program."
    return ""


def read_file(name):
    """The path, None when it is not set. The code that uses the file checks that it can be read."""
    value = read_text(name).strip()
    if not value or Path(value).is_absolute():
        return Path(value) if value else None
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write the absolute path of a file, such as {name}=/etc/sakip/segel.p12."
    )


def read_url_prefix(name):
    value = read_text(name).strip()
    if not value or re.fullmatch(r"/(?:[\w.-]+/)+", value):
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write a path that begins and ends with a slash, such as {name}=/bukti-internal/."
    )


def read_socket(name):
    """`host:port` or `unix:/path`; empty when it is not set."""
    value = read_text(name).strip()
    host, _, port = value.rpartition(":")
    is_network = (
        HOST.fullmatch(host) and port.isascii() and port.isdigit() and 0 < int(port) < 2**16
    )
    if not value or is_network or re.fullmatch(r"unix:/[^\0\s]+", value):
        return value
    raise ImproperlyConfigured(
        f"{name} is “{value}”. Write host and port, such as {name}=127.0.0.1:3310, or the path of a "
        f"socket, such as {name}=unix:/run/clamav/clamd.ctl."
    )
