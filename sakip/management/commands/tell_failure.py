"""Tells the operators that a service failed: one error in the log, and a mail when they have an address."""

import logging
import socket
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection, mail_admins
from django.core.management.base import BaseCommand, CommandError

logger = logging.getLogger("sakip.services")

BODY = """Layanan {name} di {host} gagal.

Lihat sebabnya dengan: journalctl --unit {name} --lines 100
Setelah diperbaiki, jalankan lagi dengan: systemctl start {name}
"""


class Command(BaseCommand):
    help = "Log that a service failed and mail OPERATOR_EMAIL. systemd starts it through OnFailure."

    def add_arguments(self, parser):
        parser.add_argument("name", help="name of the service, such as sakip-backup")

    def handle(self, *, name, **options):
        host = socket.gethostname()
        logger.error("The service %s failed on %s.", name, host)
        try:
            mail_admins(
                f"Layanan {name} gagal",
                BODY.format(name=name, host=host),
                connection=get_connection(settings.MAIL_BACKEND),  # the queue may be what failed
            )
        except (OSError, SMTPException) as error:
            raise CommandError(
                f"Surel tentang {name} tidak terkirim: {error}. Log sudah menyebut kegagalannya; periksa "
                "EMAIL_URL dan peladen surel."
            ) from error
