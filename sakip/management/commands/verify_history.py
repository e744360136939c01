"""Checks the history against its chain; ends with 1 when anything was edited, deleted, added or cut off."""

from django.core.management.base import BaseCommand, CommandError

from sakip.history.verifying import verify


class Command(BaseCommand):
    help = "Find history that was edited, deleted, added from outside or cut off."

    def add_arguments(self, parser):
        parser.add_argument(
            "--against",
            metavar="HEAD",
            action="append",
            default=[],
            help="a head from the log or from an issued report, such as 1200-9f8e7d6c5b4a3210",
        )

    def handle(self, *, against, **options):
        for text in against:
            number, _, link = text.partition("-")
            if not (
                number.isdecimal() and len(link) >= 12 and set(link) <= set("0123456789abcdef")
            ):
                raise CommandError(
                    f"“{text}” bukan kepala rantai. Tulis nomor, tanda hubung, dan sedikitnya 12 huruf "
                    "sidiknya, misalnya 1200-9f8e7d6c5b4a."
                )
        verdict = verify(against=against)
        self.stdout.write(f"{verdict.entries} entri diperiksa, kepala rantai {verdict.head}.")
        if verdict.count:
            told = "\n".join(verdict.faults)
            raise CommandError(f"Riwayat tidak utuh, {verdict.count} kesalahan:\n{told}")
        self.stdout.write("Riwayat utuh.")
