"""The name of the site, the proxy, mail and the clock. Django itself covers DEBUG, HTTPS, HSTS and cookies."""

from django.conf import settings
from django.core.checks import Tags, register

from sakip.environment import LOCAL_SITE
from sakip.system_checks.told import warning

ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")


@register(Tags.security, deploy=True)
def check_hosts(app_configs, **kwargs):
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return warning(
        21,
        "ALLOWED_HOSTS=* lets a reader choose the address that stands in links and mail.",
        "Write the names of the site, such as ALLOWED_HOSTS=sakip.example.go.id.",
    )


@register(Tags.security, deploy=True)
def check_site_url(app_configs, **kwargs):
    if settings.SITE_URL != LOCAL_SITE and settings.SITE_URL.startswith("https://"):
        return []
    return warning(
        22,
        f"Links in mail and codes on paper lead to {settings.SITE_URL}, which only this machine reaches or which "
        "is not encrypted.",
        "Write SITE_URL=https://… with the name of the site.",
    )


@register(Tags.security, deploy=True)
def check_proxy(app_configs, **kwargs):
    """Behind a proxy, every reader has its address unless the program is told to look behind it."""
    if not settings.HTTPS or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return warning(
        23,
        "The address of a reader is taken from the wrong place, so wrong passwords lock the wrong people out.",
        "Write TRUSTED_PROXIES=1, and let the proxy overwrite X-Forwarded-For (deploy/nginx).",
    )


@register(Tags.security, deploy=True)
def check_mail(app_configs, **kwargs):
    if not settings.MAIL_BACKEND.endswith("smtp.EmailBackend"):
        return warning(
            24,
            "Mail goes nowhere: no invitation, no new password, no reminder reaches anybody.",
            "Write EMAIL_URL=smtp+tls://user:password@host:587.",
        )
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        return warning(
            25,
            f"Mail comes from {settings.DEFAULT_FROM_EMAIL}, which other mail servers refuse.",
            "Write DEFAULT_FROM_EMAIL=… with an address of the office.",
        )
    return []


@register(Tags.security, deploy=True)
def check_operators(app_configs, **kwargs):
    if settings.ADMINS:
        return []
    return warning(
        26,
        "Nobody gets a mail when the backup or another nightly job fails.",
        "Write OPERATOR_EMAIL=… with the address of those who look after the server.",
    )


@register(Tags.security, deploy=True)
def check_time_zone(app_configs, **kwargs):
    if settings.TIME_ZONE in ZONES:
        return []
    return warning(
        27,
        f"TIME_ZONE is {settings.TIME_ZONE}, so due dates end at a time that is midnight nowhere in Indonesia.",
        f"Write one of: {', '.join(ZONES)}.",
    )
