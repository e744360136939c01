"""Counts again what the program keeps: the findings of the consistency checks and the figures of the follow-up."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.figures import keeping as figures
from sakip.consistency import keeping as findings
from sakip.consistency.marks import mark_everything


class Command(BaseCommand):
    help = "Compute every kept finding and figure again from the records."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; list what is not as the records say, and end with 1 if there is something",
        )

    def handle(self, *, check, verbosity, **options):
        today = timezone.localdate()
        if check:
            self._compare(today)
            return
        mark_everything()
        counted = figures.renew(today)
        scopes = findings.renew()
        if verbosity:
            self.stdout.write(
                f"Angka {len(counted)} LHE dan {scopes} lingkup temuan dihitung ulang."
            )

    def _compare(self, today):
        number = 0
        for said in (*figures.differences(today), *findings.differences()):
            number += 1
            self.stderr.write(said)
        if number:
            raise CommandError(
                f"{number} yang tersimpan tidak sesuai dengan data. Jalankan `manage.py recount`."
            )
        self.stdout.write("Semua yang tersimpan sesuai dengan data.")
