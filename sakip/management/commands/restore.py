"""Restores a backup into an empty place."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sakip.backup import restoring
from sakip.backup.errors import BackupRefused


class Command(BaseCommand):
    help = "Restore the backup FILE into the empty database and the empty place for files of the settings."
    requires_system_checks = ()  # there is no database yet

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args, file, **options):
        try:
            found = restoring.restore(file)
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        rows = sum(count for count, _ in found["tables"].values())
        self.stdout.write(
            f"Dipulihkan dan dibandingkan: {rows} baris dalam {len(found['tables'])} tabel, "
            f"{found['contents']['files']} berkas. Jalankan migrate, lalu nyalakan program."
        )
        if found["missing_count"]:
            self.stderr.write(
                f"{found['missing_count']} berkas sudah tidak ada sebelum dicadangkan, misalnya "
                f"“{found['missing'][0]}”."
            )
