"""Exports the rows a person may see as a workbook that can be imported again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sakip import commands
from workbooks.kinds import KINDS
from workbooks.permissions import workbook_policy
from workbooks.writers import exports as exporting
from workbooks.writers import formats


class Command(BaseCommand):
    help = "Export the rows a person may see as a workbook."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND")
        parser.add_argument(
            "--output",
            required=True,
            type=Path,
            metavar="FILE",
            help=".xlsx, .ods, .json, .csv, or .zip for several tables as CSV",
        )
        commands.add_actor(parser)

    def handle(self, *, kind, output, **options):
        actor = commands.actor(**options)
        if not (decision := workbook_policy.check(actor, "export")):
            raise CommandError(decision.reason)
        found = exporting.exports(KINDS[kind], actor)
        format = _format(output, found)
        try:
            with output.open("wb") as file:
                formats.FORMATS[format].write(file, KINDS[kind], found)
        except OSError as error:
            raise CommandError(f"{output} tidak dapat ditulis: {error.strerror}.") from error
        self.stdout.write(f"{KINDS[kind].title}: {output} ({output.stat().st_size} bita)")


def _format(output, exports) -> str:
    suffix = output.suffix.lower().removeprefix(".")
    format = "csv" if suffix == "zip" else suffix
    if format in formats.FORMATS and formats.extension(format, exports) == suffix:
        return format
    if format == "csv":
        right = formats.extension(format, exports)
        raise CommandError(f"Tulis nama berkas yang berakhir dengan .{right} untuk CSV ini.")
    raise CommandError(
        "Tulis nama berkas yang berakhir dengan .xlsx, .ods, .json, .csv, atau .zip."
    )
