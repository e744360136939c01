"""Loads demo people and a half-done second year, and prints who can sign in."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.seed.demo import load_demo, sign_ins
from reports.seed.source import sentence

HEAD = ("Nama pengguna", "Kata sandi", "Peran", "Unit kerja", "Nama")
INACTIVE = "(nonaktif: tidak dapat masuk)"


class Command(BaseCommand):
    help = "Load the demo people, with one known password, and a second year. Never on a real installation."

    def add_arguments(self, parser):
        parser.add_argument(
            "--list", action="store_true", dest="only_list", help="only print who can sign in"
        )

    def handle(self, *, only_list, **options):
        if not only_list:
            self.stdout.write(sentence(load_demo(today=timezone.localdate())))
        rows = [self._row(person, password) for person, password in sign_ins()]
        if rows:
            self._print([HEAD, *rows])

    def _row(self, person, password):
        role = person.get_role_display() + (", admin" if person.is_superuser else "")
        name = str(person) if person.is_active else f"{person} {INACTIVE}"
        return (person.username, password, role, str(person.unit), name)

    def _print(self, rows):
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
