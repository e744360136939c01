"""Where rows and files are stored, and what works in the background."""

from urllib.parse import quote

from sakip import environment
from sakip.operations import database_waits
from sakip.settings.base import BASE_DIR, DEBUG
from sakip.uploads import bucket_settings

DATABASES = {
    "default": environment.read_database(
        "DATABASE_URL", default=f"sqlite:///{quote(str(BASE_DIR))}/db.sqlite3"
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["ENGINE"] = "sakip.operations.sqlite"
    # IMMEDIATE: a transaction takes the write lock at its start, so two that read and then write cannot
    # overwrite each other. WAL: readers never wait.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # PostgreSQL estimates that a query with the rights in it costs much, and compiles it before it reads a
    # few rows: seconds for the history with a filter.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    options["prepare_threshold"] = (
        1  # of those statements that are to be planned once (`prepared.py`)
    )
database_waits.limit(DATABASES["default"], database_waits.COMMANDS)  # `wsgi` shortens it for pages
# Shared by all server processes: a code of the second factor, once used, is used for all of them.
CACHES = {
    "default": {
        "BACKEND": "sakip.operations.shared_cache.SharedCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # with more of them old ones are deleted
    }
}

# ── Files ───────────────────────────────────────────────────────────────────────────────────────
# Evidence is stored outside the web root. There is no MEDIA_URL: a view first checks the rights.
MEDIA_ROOT = environment.read_directory("MEDIA_ROOT", default=BASE_DIR / "media")
# For nginx: the internal location whose alias is MEDIA_ROOT. nginx then sends the files (X-Accel-Redirect).
EVIDENCE_X_ACCEL_PREFIX = environment.read_url_prefix("EVIDENCE_X_ACCEL_PREFIX")
# For the owner to write and the group to read; others nothing. nginx reads as the group.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
# A ClamAV daemon that scans every received file. Where it is set and does not answer, no file is taken.
CLAMD_ADDRESS = environment.read_socket("CLAMD_ADDRESS")
CLAMD_TIMEOUT = environment.read_int("CLAMD_TIMEOUT", default=30, minimum=1, maximum=300)  # seconds
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", ("panduan", BASE_DIR / "docs" / "panduan" / "gambar")]
STORAGES = {
    # MEDIA_ROOT, or a bucket that several machines share.
    "default": bucket_settings.storage(
        url=environment.read_text("FILES_URL").strip(),
        endpoint=environment.read_text("FILES_ENDPOINT").strip(),
        region=environment.read_text("FILES_REGION", "us-east-1").strip(),
        style=environment.read_choice("FILES_STYLE", default="path", choices=["path", "virtual"]),
        ca=environment.read_file("FILES_CA"),
        access_key=environment.read_secret("FILES_ACCESS_KEY"),
        secret_key=environment.read_secret("FILES_SECRET_KEY"),
        x_accel=EVIDENCE_X_ACCEL_PREFIX,
    ),
    "staticfiles": {
        "BACKEND": "sakip.static_files.StaticFiles",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},  # public
    },
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# The first start compresses every static file. Without source maps and without copies that have no hash
# in their name it takes a fifth of the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "woff", "woff2")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# `check --deploy` warns when the last backup is older. A day, and two hours for a backup that takes long.
BACKUP_MAX_AGE_HOURS = environment.read_int("BACKUP_MAX_AGE_HOURS", default=26, minimum=1)

# ── Work in the background ──────────────────────────────────────────────────────────────────────
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORED_FILES_KEPT_DAYS = 7  # for exported files, and the jobs that made them
# What makes long documents: a process started when needed, or a service that runs `manage.py db_worker`.
DOCUMENT_WORKER = environment.read_choice(
    "DOCUMENT_WORKER", default="on-demand", choices=["on-demand", "service"]
)
