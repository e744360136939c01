"""System checks of what reports need from the machine, and of what is left of the demonstration."""

from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from reports.seed.demo import someone_may_sign_in
from reports.verification import signing


@register(Tags.security)
def check_signing_certificate(app_configs, **kwargs):
    """Reports an unusable signing certificate at the start of the program, not when a report is issued."""
    if not signing.is_configured():
        return []
    try:
        signing.certificate(at=timezone.now())
    except signing.SigningError as error:
        hint = "Perbaiki keduanya, atau kosongkan keduanya untuk menerbitkan tanpa tanda tangan."
        return [Error(str(error), hint=hint, id="reports.E001")]
    return []


@register(Tags.security, deploy=True)
def check_demo_people(app_configs, **kwargs):
    """The password of the demonstration is printed in the README."""
    try:
        is_open = someone_may_sign_in()
    except DatabaseError:
        return []  # no table yet; sakip.system_checks tells it
    if not is_open:
        return []
    return [
        Warning(
            "Demo people can sign in with the password that the README prints.",
            hint="Switch these accounts off, or begin with an empty database without `load_demo`.",
            id="reports.W001",
        )
    ]
