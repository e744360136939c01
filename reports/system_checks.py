"""System checks of what reports need from the machine."""

from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError, connection
from django.utils import timezone

from reports.verification import signing
from sakip.models import User


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
def check_demo_password(app_configs, **kwargs):
    """Warns of people who can sign in with the password that the README prints. Nobody else may choose it."""
    from reports.seed.demo import sign_ins  # the story of the demo needs half the program

    try:
        if User._meta.db_table not in connection.introspection.table_names():
            return []  # before the first `migrate`
        people = [person.username for person, _ in sign_ins() if person.is_active]
    except DatabaseError:  # the database is away or not migrated; whatever needs it says so
        return []
    if not people:
        return []
    return [
        Warning(
            f"{len(people)} active people have the demo password: {', '.join(people)}.",
            hint="Deactivate them, or let them choose own passwords (manage.py changepassword NAME).",
            id="reports.W001",
        )
    ]
