"""Makes a backup, or checks one."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sakip.backup import making, restoring
from sakip.backup.errors import BackupRefused


class Command(BaseCommand):
    help = "Write the database and all files into the new file FILE, while people go on working."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--verify", action="store_true", help="write nothing; check the backup that FILE is"
        )

    def handle(self, *args, file, verify, **options):
        try:
            if verify:
                self.verify(file)
            else:
                self.make(file.absolute())
        except BackupRefused as error:
            raise CommandError(str(error)) from error

    def make(self, file):
        made = making.make(file)
        self.stdout.write(f"{file}: basis data dan {made.files} berkas, {made.size} bita.")
        if made.missing:
            self.stderr.write(
                f"{len(made.missing)} berkas sudah tidak ada sebelum dicadangkan, misalnya "
                f"“{made.missing[0]}”. Cari berkas itu dalam cadangan yang lebih lama."
            )

    def verify(self, file):
        found = restoring.verify(file)
        rows = sum(count for count, _ in found["tables"].values())
        self.stdout.write(
            f"{file} utuh: dibuat {found['made_at']} oleh versi {found['program']} ({found['engine']}), "
            f"{rows} baris dalam {len(found['tables'])} tabel, {found['contents']['files']} berkas."
        )
