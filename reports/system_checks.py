"""System checks of what reports need from the machine."""

from django.core.checks import Error, Tags, register
from django.utils import timezone

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
