"""The program's settings, made quick and harmless for tests."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only-" + "x" * 40)

from sakip.settings import *  # noqa: E402, F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = tempfile.mkdtemp(prefix="sakip-tests-")
EMAIL_BACKEND = MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DOCUMENT_WORKER = "service"  # no processes of our own
WHITENOISE_AUTOREFRESH = True  # static files from where they lie, none collected
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # In memory in every process: by itself pytest-django knows only Django's own backend as SQLite.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
