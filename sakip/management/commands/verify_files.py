"""Checks the stored files against the records; ends with 1 when one is changed, missing or orphaned."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sakip.arguments import whole
from sakip.uploads import inventory


class Command(BaseCommand):
    help = "Find stored files that were changed, are missing, or belong to no record."

    def add_arguments(self, parser):
        parser.add_argument(
            "--remove-orphans",
            action="store_true",
            help="remove the files that belong to no record and are old enough",
        )
        parser.add_argument(
            "--age",
            metavar="HOURS",
            help=f"a younger file is no orphan (default {settings.ORPHAN_HOURS})",
        )

    def handle(self, *, remove_orphans, age, **options):
        hours = whole("--age", age, low=0, high=10_000)
        hours = settings.ORPHAN_HOURS if hours is None else hours
        found = inventory.take(now=timezone.now(), age=timedelta(hours=hours))
        lines = [str(fault) for fault in found.faults]
        if remove_orphans:
            removed = inventory.remove(found.orphans)
            self.stdout.write(f"{removed} berkas tanpa data dihapus.")
            if removed < len(found.orphans):
                self.stdout.write("Pencadangan sedang berjalan. Jalankan lagi sesudahnya.")
        else:
            lines += [f"Tanpa data: {name}" for _, name in found.orphans]
        self.stdout.write(f"{found.files} berkas diperiksa.")
        if lines:
            told = "\n".join(lines)
            raise CommandError(f"{len(lines)} berkas tidak sesuai dengan data:\n{told}")
        self.stdout.write("Semua berkas sesuai dengan data.")
