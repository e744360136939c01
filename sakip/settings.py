"""The settings of every installation. Values that differ come from the environment or `.env`."""

import logging
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF

from sakip import environment, log_lines

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load_env_file()

DEBUG = environment.read_bool("DEBUG", default=False)
SECRET_KEY = environment.read_secret_key("SECRET_KEY", debug=DEBUG)
ALLOWED_HOSTS = environment.read_hosts("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = environment.read_origins("CSRF_TRUSTED_ORIGINS")
# Behind a TLS proxy: secure cookies, HSTS and redirects to https.
HTTPS = environment.read_bool("HTTPS", default=False)

INSTALLED_APPS = [
    "sakip.apps.SakipConfig",
    "performance",
    "recommendations",
    "reports",
    "workbooks",
    "sakip.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_include_bootstrap",
    "django_tasks",
    "django_tasks_db",
    "django_prose_editor",
    "django_structlog",
    "import_export",
    "tree_queries",
]

MIDDLEWARE = [
    "sakip.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "sakip.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sakip.middleware.PrivatePagesMiddleware",
    "sakip.middleware.UnreadableMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sakip.middleware.HtmxLoginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sakip.middleware.WrongStateMiddleware",
    "sakip.middleware.OtherPostMiddleware",
]

ROOT_URLCONF = "sakip.urls"
WSGI_APPLICATION = "sakip.wsgi.application"
ASGI_APPLICATION = "sakip.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "sakip.templatetags.sakip"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Lets our templates replace those of Django's form widgets, also in the admin site.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# ── Data ────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": environment.read_database(
        "DATABASE_URL", default=f"sqlite:///{quote(str(BASE_DIR))}/db.sqlite3"
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE: a transaction takes the write lock at its start, so two that read and then write cannot
    # overwrite each other. WAL: readers never wait. SQLite does not serve waiting writers in order, so
    # with many of them one can wait long.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Shared by all server processes, because it counts failed sign-ins of all of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # with more of them old counts are deleted
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# ── Files ───────────────────────────────────────────────────────────────────────────────────────
# Evidence is stored outside the web root. There is no MEDIA_URL: a view first checks the rights.
MEDIA_ROOT = environment.read_directory("MEDIA_ROOT", default=BASE_DIR / "media")
# For nginx: the internal location whose alias is MEDIA_ROOT. nginx then sends the files (X-Accel-Redirect).
EVIDENCE_X_ACCEL_PREFIX = environment.read_url_prefix("EVIDENCE_X_ACCEL_PREFIX")
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# The first start compresses every static file. Without source maps and without copies that have no hash
# in their name it takes a fifth of the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "woff", "woff2")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ── Work in the background ──────────────────────────────────────────────────────────────────────
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORED_FILES_KEPT_DAYS = 7  # for exported files, and the jobs that made them
# What makes long documents: a process started when needed, or a service that runs `manage.py db_worker`.
DOCUMENT_WORKER = environment.read_choice(
    "DOCUMENT_WORKER", default="on-demand", choices=["on-demand", "service"]
)

# ── Limits, lifetimes, defaults ─────────────────────────────────────────────────────────────────
# Values that an office may want to change come from the environment. The others are constants here, so that
# they are easy to find. Limits of a file format are in the module that reads or writes it, limits of long
# documents in reports/.

# Signing in: after SIGN_IN_ATTEMPTS wrong passwords an account is locked for a time.
SIGN_IN_ATTEMPTS = environment.read_int("SIGN_IN_ATTEMPTS", default=5, minimum=3)
SIGN_IN_WAIT_MINUTES = environment.read_int("SIGN_IN_WAIT_MINUTES", default=5, minimum=1)
SIGN_IN_ATTEMPTS_PER_ADDRESS = 10  # wrong passwords a minute, for all accounts together
PASSWORD_MIN_LENGTH = environment.read_int("PASSWORD_MIN_LENGTH", default=12, minimum=8)
PASSWORD_RESET_HOURS = environment.read_int("PASSWORD_RESET_HOURS", default=72, minimum=1)
INVITATION_DAYS = environment.read_int("INVITATION_DAYS", default=7, minimum=1)
SESSION_HOURS = environment.read_int("SESSION_HOURS", default=10, minimum=1)  # since signing in
REAUTHENTICATION_MINUTES = 5  # then a sensitive page asks for the password again

# Reminders and mail.
REMINDER_DAYS = environment.read_days("REMINDER_DAYS", default=[30, 7, 1])  # before the due date
ESCALATION_DAYS = environment.read_int("ESCALATION_DAYS", default=14, minimum=1)  # after it
WORK_SOON_DAYS = 14  # the heading “Batas waktu dalam … hari” of an operator's work
# The figure of a quarter is due so many days after its end.
QUARTER_DUE_DAYS = environment.read_int("QUARTER_DUE_DAYS", default=15, minimum=1)
LIST_AHEAD_DAYS = 30  # the filter “Dalam … hari” of the list of renaksi
# A notice that could not be mailed for so many days is not mailed any more; it stays in the inbox.
DIGEST_DAYS = environment.read_int("DIGEST_DAYS", default=7, minimum=1)
DIGEST_ITEMS = 15  # of one kind listed in a mail; of the others the mail gives the number
EMAIL_TIMEOUT = 20  # seconds
CALENDAR_YEARS_BACK, CALENDAR_YEARS_AHEAD = 1, 3
CALENDAR_MAX_EVENTS = 2_000

# Files that people send.
EVIDENCE_MAX_MEGABYTES = environment.read_int("EVIDENCE_MAX_MEGABYTES", default=20, minimum=1)
LOGO_MAX_MEGABYTES = 2
# A workbook beyond these limits is refused before it is parsed.
IMPORT_MAX_SIZE = environment.read_int("IMPORT_MAX_MEGABYTES", default=20, minimum=1) * 2**20
IMPORT_MAX_ROWS = environment.read_int("IMPORT_MAX_ROWS", default=50_000, minimum=100)
IMPORT_MAX_UNPACKED = 400 * 2**20  # bytes of an unpacked workbook
IMPORT_MAX_ENTRIES = 2_000  # parts of its archive

# The public verification page: the largest file to compare, and the number of files per network address.
VERIFICATION_MAX_MEGABYTES = environment.read_int("VERIFICATION_MAX_MEGABYTES", 100, minimum=1)
VERIFICATION_WAIT_MINUTES = 10
VERIFICATION_WRONG_CODES = 20
VERIFICATION_COMPARED_FILES = 30

# Pages with many fields: an LHE as a table has up to 1.500 lines of eight, each with a text.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20

# Pages and figures.
PAGE_LENGTH = 50  # rows of a list on one page
DEFAULT_DECIMALS = 2  # of a figure, unless the indicator sets another number

# The export of the admin site writes a text that begins like a formula as text, not as a formula.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# ── Language, numbers, time ─────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = environment.read_time_zone("TIME_ZONE", default="Asia/Makassar")
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# ── People ──────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "sakip.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
ACCOUNT_ADAPTER = "sakip.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# All limits of allauth that apply here, in its notation: /m per minute; ip: network address; key: typed
# name; user: signed-in person. No other limit has a longer period than the first one.
ACCOUNT_RATE_LIMITS = {
    "login_failed": (
        f"{SIGN_IN_ATTEMPTS_PER_ADDRESS}/m/ip,{SIGN_IN_ATTEMPTS}/{SIGN_IN_WAIT_MINUTES}m/key"
    ),
    "login": "30/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = REAUTHENTICATION_MINUTES * 60
PASSWORD_RESET_TIMEOUT = PASSWORD_RESET_HOURS * 60 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "sakip.accounts.SignInForm",
    "change_password": "sakip.accounts.PasswordChangeForm",
    "reset_password": "sakip.accounts.PasswordResetForm",
    "reset_password_from_key": "sakip.accounts.PasswordResetKeyForm",
}

# ── Mail ────────────────────────────────────────────────────────────────────────────────────────
vars().update(environment.read_email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = environment.read_sender("DEFAULT_FROM_EMAIL", default="sakip@localhost")
# The address of the site for links in mail and codes on paper; a command has no request to take it from.
SITE_URL = environment.read_origin("SITE_URL", default=environment.LOCAL_SITE)

# ── Log ─────────────────────────────────────────────────────────────────────────────────────────
# To the standard error, which the service manager keeps: JSON, and for a developer lines to read.
LOGGING = log_lines.configure(as_json=not DEBUG)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is personal; failed sign-ins name theirs
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # one line for each request is enough

# ── Issued reports ──────────────────────────────────────────────────────────────────────────────
# A PKCS#12 file and its passphrase. When they are set, every issued report is signed electronically.
SIGNING_CERTIFICATE = environment.read_file("SIGNING_CERTIFICATE")
SIGNING_PASSPHRASE = environment.read_text("SIGNING_PASSPHRASE")

# ── Security ────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Functions of the browser that no page may use.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [],
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "gyroscope": [],
    "magnetometer": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "usb": [],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
if HTTPS:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME = "__Host-sesi"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
