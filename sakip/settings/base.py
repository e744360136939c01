"""What every installation is made of: apps, middleware, templates, language and time."""

from pathlib import Path

from sakip import environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
environment.load_env_file()

DEBUG = environment.read_bool("DEBUG", default=False)
SECRET_KEY = environment.read_secret_key("SECRET_KEY", debug=DEBUG)
# Keys used before: what they encrypted (second factors, waiting mail) is still read. Not for a key that leaked.
SECRET_KEY_FALLBACKS = environment.read_keys("SECRET_KEY_FALLBACKS")
# Proves that the history is what the program wrote; empty means SECRET_KEY. Older keys, the newest first.
HISTORY_KEY = environment.read_key("HISTORY_KEY")
HISTORY_KEY_FALLBACKS = environment.read_keys("HISTORY_KEY_FALLBACKS")
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
    "api",
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
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
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
    "sakip.middleware.ProbeMiddleware",
    "sakip.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "sakip.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sakip.middleware.CompressedPagesMiddleware",
    "sakip.middleware.PrivatePagesMiddleware",
    "sakip.middleware.UnreadableMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sakip.middleware.HtmxLoginMiddleware",
    "sakip.middleware.LenientSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sakip.sign_in.sessions.SessionEndMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sakip.middleware.TriesMiddleware",
    "sakip.sign_in.accounts.OwnPasswordMiddleware",
    "sakip.sign_in.second_factor.RequiredFactorMiddleware",
    "sakip.middleware.ActorLogMiddleware",
    "sakip.middleware.WrongStateMiddleware",
    "sakip.unsaved.UnsavedMiddleware",
    "sakip.middleware.OtherPostMiddleware",
    "sakip.finding.viewed.ViewedMiddleware",
    "sakip.once.OnceMiddleware",  # the last: see there
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
# Lets our templates replace those of Django's form widgets, also in the admin site; errors name their field.
FORM_RENDERER = "sakip.field_errors.NamingRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = environment.read_time_zone("TIME_ZONE", default="Asia/Makassar")
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
