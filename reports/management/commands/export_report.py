"""Writes one report to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from performance.models import YEARS
from reports.definitions import ReportError
from reports.documents.dossier.evidence import Mode
from reports.exports.catalogue import EXPORTS, ExportSpec, export_file
from reports.renderers import FORMATS
from sakip import commands
from sakip.arguments import whole

FIRST_YEAR, LAST_YEAR = (validator.limit_value for validator in YEARS)


class Command(BaseCommand):
    help = "Write one report to a file."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=sorted(EXPORTS))
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--evaluation", metavar="ID", help="default: the latest with data")
        parser.add_argument("--year", metavar="YYYY", help="year shown or evaluated in")
        parser.add_argument(
            "--document",
            metavar="ID",
            help="a Telaah Staf; default: the newest of the evaluation",
        )
        parser.add_argument(
            "--verified", action="store_true", help="Sudah is only what the evaluator accepted"
        )
        parser.add_argument(
            "--with-evidence",
            choices=list(Mode),
            default=Mode.NONE,
            help="what the dossier does with the files of evidence",
        )
        parser.add_argument(
            "--with-consistency",
            action="store_true",
            help="the dossier ends with the consistency checks",
        )
        parser.add_argument(
            "--all-bodies",
            action="store_true",
            help="a table for every body, in a workbook a sheet each",
        )
        commands.add_actor(parser)

    def handle(self, *, name, output, **options):
        spec = ExportSpec(
            name=name,
            format=options["format"],
            evaluation_id=whole("--evaluation", options["evaluation"]),
            year=whole("--year", options["year"], low=FIRST_YEAR, high=LAST_YEAR),
            document_id=whole("--document", options["document"]),
            options={
                name: options[name]
                for name in ("verified", "with_evidence", "with_consistency", "all_bodies")
            },
        )
        if spec.document_id is not None and name != "telaah-staf":
            raise CommandError("--document hanya untuk telaah-staf.")
        try:
            exported = export_file(spec, commands.actor(**options), today=timezone.localdate())
        except ReportError as error:
            raise CommandError(str(error)) from error
        try:
            output.write_bytes(exported.content)
        except OSError as error:
            raise CommandError(f"{output} tidak dapat ditulis: {error.strerror}.") from error
        self.stdout.write(f"{exported.title}: {output} ({len(exported.content)} bita)")
