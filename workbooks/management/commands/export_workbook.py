"""Exports the rows a person may see as a workbook that can be imported again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sakip import commands
from workbooks import xlsx
from workbooks.kinds import KINDS
from workbooks.permissions import workbook_policy


class Command(BaseCommand):
    help = "Export the rows a person may see as a workbook."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        commands.add_actor(parser, required=True)

    def handle(self, *, kind, output, username, **options):
        actor = commands.actor(username)
        if not (decision := workbook_policy.check(actor, "export")):
            raise CommandError(decision.reason)
        try:
            with output.open("wb") as file:
                xlsx.write(file, KINDS[kind], actor)
        except OSError as error:
            raise CommandError(f"{output} tidak dapat ditulis: {error.strerror}.") from error
        self.stdout.write(f"{KINDS[kind].title}: {output} ({output.stat().st_size} bita)")
