"""One settings file for every installation; what differs comes from the environment or `.env`."""

from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF

from sakip import environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment.env.read_env(BASE_DIR / ".env")

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
    "import_export",
    "tree_queries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
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
# Our templates also replace those of Django's own form widgets and the admin site.
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
    # IMMEDIATE: two read-modify-writes cannot lose one another's work; WAL: readers never wait. Who
    # waits to write is served by chance, not in turn: under a crowd the last waits long.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Shared by all server processes: failed sign-ins are counted here, wherever they arrive.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond them the oldest counts are forgotten
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# ── Files ───────────────────────────────────────────────────────────────────────────────────────
# Evidence lies outside the web root; there is no MEDIA_URL, a view checks the right first.
MEDIA_ROOT = environment.read_directory("MEDIA_ROOT", default=BASE_DIR / "media")
EVIDENCE_MAX_MEGABYTES = environment.read_int("EVIDENCE_MAX_MEGABYTES", default=20, minimum=1)
# A workbook beyond these limits is refused before it is parsed.
IMPORT_MAX_SIZE = environment.read_int("IMPORT_MAX_MEGABYTES", default=20, minimum=1) * 2**20
IMPORT_MAX_ROWS = environment.read_int("IMPORT_MAX_ROWS", default=50_000, minimum=100)
IMPORT_MAX_UNPACKED = 400 * 2**20  # bytes of a workbook once opened
IMPORT_MAX_ENTRIES = 2_000  # parts of its archive
# With nginx: the internal location whose alias is MEDIA_ROOT; it then sends the files (X-Accel-Redirect).
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

# The first start compresses every static file: no map and no second, unhashed copy, a fifth of the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "woff", "woff2")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ── Work in the background ──────────────────────────────────────────────────────────────────────
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORED_FILES_KEPT_DAYS = 7  # exported files, and the jobs that made them
# Who makes long documents: a process started for them, or a service that runs `manage.py db_worker`.
DOCUMENT_WORKER = environment.read_choice(
    "DOCUMENT_WORKER", default="on-demand", choices=["on-demand", "service"]
)

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
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
ACCOUNT_ADAPTER = "sakip.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# After so many wrong passwords an account is closed for so long; no other limit of allauth is longer.
SIGN_IN_ATTEMPTS, SIGN_IN_WAIT_MINUTES = 5, 5
ACCOUNT_RATE_LIMITS = {"login_failed": f"10/m/ip,{SIGN_IN_ATTEMPTS}/{SIGN_IN_WAIT_MINUTES}m/key"}
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
DEFAULT_FROM_EMAIL = environment.env.str("DEFAULT_FROM_EMAIL", default="sakip@localhost")
EMAIL_TIMEOUT = 20
# Mail is written by a command that knows no request: where its links lead, and the codes on paper.
SITE_URL = environment.read_origin("SITE_URL", default=environment.LOCAL_SITE)
# So many days after its due date an item is brought to the head of the unit.
ESCALATION_DAYS = environment.read_int("ESCALATION_DAYS", default=14, minimum=1)

# ── Issued reports ──────────────────────────────────────────────────────────────────────────────
# A PKCS#12 file and its passphrase: with them every issued report is signed electronically.
SIGNING_CERTIFICATE = environment.read_file("SIGNING_CERTIFICATE")
SIGNING_PASSPHRASE = environment.env.str("SIGNING_PASSPHRASE", default="")
# Largest file that anybody may compare on the public verification page.
VERIFICATION_MAX_MEGABYTES = environment.read_int("VERIFICATION_MAX_MEGABYTES", 100, minimum=1)

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
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
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
