"""Counts how far the follow-up is today; `--backfill` tells earlier days from history."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.models import Evaluation
from recommendations.services.daily_counts import backfill, count_day


class Command(BaseCommand):
    help = "Count today's progress for the trend. send_reminders does it too, every day."

    def add_arguments(self, parser):
        parser.add_argument(
            "--backfill",
            type=int,
            default=0,
            metavar="DAYS",
            help="fill days before that were not counted, as far as history tells them",
        )

    def handle(self, **options):
        today, days = timezone.localdate(), options["backfill"]
        self.stdout.write(f"{count_day(today=today)} hitungan hari ini.")
        if days:
            filled = sum(
                backfill(evaluation=evaluation, today=today, days=days)
                for evaluation in Evaluation.objects.all()
            )
            self.stdout.write(f"{filled} hitungan hari-hari sebelumnya.")
