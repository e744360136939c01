"""Removes what has lived long enough, every day; says of each kind how many."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from sakip.purging import purge


class Command(BaseCommand):
    help = "Remove what has lived long enough, and files that no record has."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be removed; remove nothing"
        )

    def handle(self, *, dry_run, **options):
        verb = "akan dihapus" if dry_run else "dihapus"
        for label, count in purge(at=timezone.now(), dry_run=dry_run):
            self.stdout.write(f"{label}: {count} {verb}")
