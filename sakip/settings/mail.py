"""Mail, the log, and the signature of issued reports."""

import logging

from sakip import environment
from sakip.operations import log_lines
from sakip.settings.base import DEBUG

# ── Mail ────────────────────────────────────────────────────────────────────────────────────────
_mail = environment.read_email("EMAIL_URL", default="consolemail://")
MAIL_BACKEND = _mail["EMAIL_BACKEND"]
vars().update(_mail, EMAIL_BACKEND="sakip.mail.QueuedBackend")  # `sakip/services/mail.py`
EMAIL_TIMEOUT = 30  # seconds; a server that says nothing for so long counts as away
MAIL_HOURS = environment.read_int("MAIL_HOURS", default=48, minimum=1)  # then a mail is given up
DEFAULT_FROM_EMAIL = environment.read_sender("DEFAULT_FROM_EMAIL", default="sakip@localhost")
# Who looks after the server: told when a timer's service fails.
ADMINS = [("", address) for address in environment.read_addresses("OPERATOR_EMAIL")]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = "[SAKIP] "
# The address of the site for links in mail and codes on paper; a command has no request to take it from.
SITE_URL = environment.read_origin("SITE_URL", default=environment.LOCAL_SITE)

# ── Log ─────────────────────────────────────────────────────────────────────────────────────────
# To the standard error, which the service manager keeps: JSON, and for a developer lines to read.
LOGGING = log_lines.configure(as_json=not DEBUG)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is personal; sign-ins name theirs
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # one line for each request is enough

# ── Issued reports ──────────────────────────────────────────────────────────────────────────────
# A PKCS#12 file and its passphrase. When they are set, every issued report is signed electronically.
SIGNING_CERTIFICATE = environment.read_file("SIGNING_CERTIFICATE")
SIGNING_PASSPHRASE = environment.read_secret("SIGNING_PASSPHRASE")
