"""Prints the findings of the consistency checks."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.definitions import ReportError, choose_evaluation
from reports.definitions.consistency import find_for_paper
from sakip import commands
from sakip.arguments import whole
from sakip.consistency.rules import SEVERITIES


class Command(BaseCommand):
    help = "List what the consistency checks find (uji konsistensi)."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--evaluation", metavar="ID", help="only this evaluation")
        commands.add_actor(parser)

    def handle(self, *, format, evaluation, **options):
        user = commands.actor(**options)
        evaluation = whole("--evaluation", evaluation)
        try:
            chosen = None if evaluation is None else choose_evaluation(user, evaluation)
        except ReportError as error:
            raise CommandError(str(error)) from error
        outcome = find_for_paper(user, on=timezone.localdate(), evaluation=chosen)
        found = outcome.waiting
        if format == "json":
            rows = [finding.as_json() for finding in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for finding in found:
            severity = SEVERITIES[finding.severity]
            self.stdout.write(f"[{severity}] {finding.code}: {finding.object}: {finding.message}")
        dismissed = f" {len(outcome.dismissed)} diabaikan." if outcome.dismissed else ""
        self.stdout.write(f"{len(found)} temuan.{dismissed}")
