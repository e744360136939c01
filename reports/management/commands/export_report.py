"""Writes one report to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports import commands, definitions
from reports.renderers import FORMATS, render


class Command(BaseCommand):
    help = "Write one report to a file."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=sorted(definitions.DEFINITIONS))
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--evaluation", type=int, metavar="ID", help="default: the latest")
        parser.add_argument("--year", type=int, metavar="YYYY", help="year shown or evaluated in")
        commands.add_actor(parser)

    def handle(self, *, name, output, **options):
        try:
            report = definitions.build(
                name,
                commands.actor(options["username"]),
                today=timezone.localdate(),
                evaluation_id=options["evaluation"],
                year=options["year"],
            )
        except definitions.ReportError as error:
            raise CommandError(str(error)) from error
        content = render(report, options["format"])
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} tidak dapat ditulis: {error.strerror}.") from error
        self.stdout.write(f"{report.title}: {output} ({len(content)} bita)")
