"""Says which program this is; `manage.py version` is Django's own."""

import platform

import django
from django.core.management.base import BaseCommand

from sakip import __version__


class Command(BaseCommand):
    help = "Print the version of the program, of Django and of Python, as a report of a fault should name them."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(
            f"Tindak Lanjut SAKIP {__version__} "
            f"(Django {django.get_version()}, Python {platform.python_version()})"
        )
