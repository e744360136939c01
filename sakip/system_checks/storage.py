"""What keeps rows and files: the database, its tables, the disk, and who may read the secrets."""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.checks import Tags, register
from django.db import DatabaseError, connection

from sakip.operations.readiness import missing_migrations
from sakip.system_checks.told import warning

# Versions in which the WAL-reset data race is fixed: 3.51.3, and 3.50.7 and 3.44.6 of older branches.
MENDED_SQLITE = (3, 51, 3)
LEAST_FREE = 2 * 2**30  # bytes; a large import and its documents need about one
SECRETS = ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "SIGNING_PASSPHRASE")
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
POSTGRES = {"server_encoding": "UTF8", "fsync": "on", "full_page_writes": "on"}


def _is_real_database() -> bool:
    """False for the database in memory with which the settings alone are checked."""
    return connection.vendor != "sqlite" or not connection.is_in_memory_db()


def _values(statement: str, names) -> dict:
    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"{statement} {name}")
            found[name] = cursor.fetchone()[0]
        return found


# ── Database ────────────────────────────────────────────────────────────────────────────────────
@register(Tags.database)
def check_sqlite_version(app_configs, **kwargs):
    """Warns when Django uses a SQLite with the bug; `sakip/__init__.py` normally replaces it."""
    if connection.vendor != "sqlite":
        return []
    driver = connection.Database
    if driver.sqlite_version_info >= MENDED_SQLITE:
        return []
    return warning(
        1,
        f"SQLite {driver.sqlite_version} can lose commits when several processes write (WAL-reset bug).",
        "Install the package pysqlite3 of requirements.txt.",
    )


register(check_sqlite_version, Tags.security, deploy=True)  # those of the database need an option


@register(Tags.security, deploy=True)
def check_database_settings(app_configs, **kwargs):
    """What keeps a commit through a power cut, asked of the server itself."""
    if not _is_real_database():
        return []
    wanted, statement = (PRAGMAS, "PRAGMA") if connection.vendor == "sqlite" else (POSTGRES, "SHOW")
    try:
        found = _values(statement, wanted)
    except DatabaseError as error:
        return warning(
            13,
            f"The database does not answer: {type(error).__name__}.",
            "Start it, and compare DATABASE_URL with its name, user and password.",
        )
    wrong = [
        f"{name} is {found[name]}, not {value}"
        for name, value in wanted.items()
        if found[name] != value
    ]
    if not wrong:
        return []
    return warning(
        14,
        f"The database may lose or spoil what was stored: {'; '.join(wrong)}.",
        "Set it back in the settings of the database server (SQLite: sakip/settings/data.py).",
    )


@register(Tags.security, deploy=True)
def check_migrations(app_configs, **kwargs):
    if not _is_real_database():
        return []
    try:
        plan = missing_migrations()
    except DatabaseError:
        return []  # check_database_settings tells it
    if not plan:
        return []
    return warning(
        15,
        f"{len(plan)} changes of the tables were not carried out, beginning with {plan[0][0]}.",
        "Run manage.py migrate.",
    )


@register(Tags.caches, deploy=True)
def check_cache(app_configs, **kwargs):
    backend = settings.CACHES["default"]["BACKEND"]
    if "locmem" not in backend and "dummy" not in backend:
        return []
    return warning(
        16,
        "Every process remembers used codes for itself, so one code of the second factor opens once in each of them.",
        "Use a cache that all processes share, such as DatabaseCache (sakip/settings/data.py).",
    )


# ── Files ───────────────────────────────────────────────────────────────────────────────────────
@register(Tags.files, deploy=True)
def check_media_root(app_configs, **kwargs):
    if settings.STATIC_ROOT in [settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents]:
        return warning(
            2,
            "MEDIA_ROOT lies inside STATIC_ROOT: evidence would be served without a check.",
            "Write MEDIA_ROOT=… with a directory outside the static files.",
        )
    return []


@register(Tags.files, deploy=True)
def check_media_rights(app_configs, **kwargs):
    """Everybody on the machine could read evidence, or nobody could store any."""
    folder = Path(settings.MEDIA_ROOT)
    if not folder.exists():
        return []  # the usual one is made when it is needed; a named one is asked for at the start
    if not os.access(folder, os.W_OK | os.X_OK):
        return warning(
            17,
            f"The program may not write in {folder}.",
            "Give the directory to the user of the program.",
        )
    if "MEDIA_ROOT" in os.environ and folder.stat().st_mode & 0o007:
        return warning(
            18,
            f"Every user of this machine may enter {folder}, where the evidence is.",
            f"Run chmod o= {folder}.",
        )
    return []


@register(Tags.files, deploy=True)
def check_free_disk(app_configs, **kwargs):
    folders = [Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite" and _is_real_database():
        folders.append(Path(settings.DATABASES["default"]["NAME"]).parent)
    for folder in filter(Path.exists, folders):
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            return warning(
                19,
                f"Only {free / 2**30:.1f} GB are free on the disk of {folder}.",
                "Make the disk larger, or remove old backups and what else grew on it.",
            )
    return []


@register(Tags.security, deploy=True)
def check_secrets(app_configs, **kwargs):
    """A file with a secret must not be open to every user of the machine."""
    named = [os.environ.get(f"{name}_FILE", "") for name in SECRETS]
    files = [
        settings.BASE_DIR / ".env",
        settings.SIGNING_CERTIFICATE,
        *map(Path, filter(None, named)),
    ]
    for file in files:
        if file and file.exists() and file.stat().st_mode & 0o007:
            return warning(
                20,
                f"Every user of this machine may read the secrets in {file.resolve()}.",
                f"Run chmod o= {file.resolve()}.",
            )
    return []
